// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using System.Text.Json;
using Comity.Acts;
using Comity.Evidence;
using Comity.Requests;

namespace Comity.Tests.Acts;

/// <summary>The form of an act: strict JSON, every member once, none unknown, none missing (docs/spec/act.md, 2).</summary>
public sealed class ActEncodingTests
{
    private static readonly Citation Form = new("docs/spec/act.md", "2");
    private static readonly Citation Limits = new("docs/spec/act.md", "4");
    private static readonly string Withdrawal = Text(
        Some.Act(new Withdraw("No longer needed"), concerns: Some.Id("r"))
    );
    private static readonly string Asked = Text(Some.Act(Some.Request()));

    [Fact]
    public void An_act_is_read_member_by_member()
    {
        var act = Some.Act(new Withdraw("No longer needed"), concerns: Some.Id("r"), number: 7) with
        {
            Follows = [Some.Id("a"), Some.Id("b")],
            Approvals = [Some.Id("c")],
        };

        var read = Parse(Text(act)).Admitted();

        Assert.Equal(act with { Follows = read.Follows, Approvals = read.Approvals }, read);
        Assert.Equal(act.Follows, read.Follows);
        Assert.Equal(act.Approvals, read.Approvals);
    }

    [Fact]
    public void The_bytes_are_the_ones_the_specification_shows() =>
        Assert.Equal(
            """
            {
              "kind": "withdraw",
              "version": 1,
              "dossier": "0102030405060708090a0b0c0d0e0f10",
              "concerns": "454349e422f05297191ead13e21d3db520e5abef52055e4964b82fb213f593a1",
              "from": "XA/central",
              "to": "XB/central",
              "visibility": "shared",
              "number": 1,
              "issued": "2026-11-02T09:00:00Z",
              "follows": [],
              "approvals": [],
              "body": {
                "reason": "No longer needed"
              }
            }
            """.ReplaceLineEndings("\n"),
            Withdrawal
        );

    [Theory]
    // A name doubled, at each level, also spelled another way
    [InlineData("\"number\": 1", "\"number\": 1, \"number\": 1", "number")]
    [InlineData("\"number\": 1", "\"number\": 1, \"n\\u0075mber\": 2", "number")]
    [InlineData("\"reason\": \"No longer needed\"", "\"reason\": \"a\", \"reason\": \"b\"", "body")]
    [InlineData("\"reason\": \"No longer needed\"", "\"reason\": \"a\", \"r\\u0065ason\": \"a\"", "body")]
    // A name unknown, at each level; the name itself is content and is not repeated
    [InlineData("\"number\": 1", "\"number\": 1, \"nmuber\": 1", "?")]
    [InlineData("\"number\": 1", "\"number\": 1, \"Number\": 1", "?")]
    [InlineData("\"number\": 1", "\"number\": 1, \"$id\": \"1\"", "?")]
    [InlineData("\"reason\": \"No longer needed\"", "\"raeson\": \"a\"", "body.?")]
    [InlineData("\"reason\": \"No longer needed\"", "\"a suspect's name.x[0]\": \"a\"", "body.?")]
    [InlineData("\"reason\": \"No longer needed\"", "\"$type\": \"withdraw\"", "body.?")]
    // Values of another kind
    [InlineData("\"number\": 1", "\"number\": \"1\"", "number")]
    [InlineData("\"number\": 1", "\"number\": true", "number")]
    [InlineData("\"number\": 1", "\"number\": 2147483648", "number")]
    [InlineData("\"number\": 1", "\"number\": null", "number")]
    [InlineData("\"follows\": []", "\"follows\": {}", "follows")]
    [InlineData("\"follows\": []", "\"follows\": [\"00\"]", "follows[0]")]
    [InlineData("\"shared\"", "\"Shared\"", "visibility")]
    [InlineData("\"shared\"", "\"shared, party\"", "visibility")]
    [InlineData("\"shared\"", "0", "visibility")]
    [InlineData("\"XA/central\"", "\"XA/Central\"", "from")]
    [InlineData("\"XA/central\"", "\"AA/central\"", "from")]
    [InlineData("\"XB/central\"", "null", "to")]
    [InlineData("\"0102030405060708090a0b0c0d0e0f10\"", "\"0102030405060708090A0B0C0D0E0F10\"", "dossier")]
    [InlineData("\"454349", "\"45434", "concerns")]
    [InlineData("\"2026-11-02T09:00:00Z\"", "\"2026-11-02T09:00:00.0Z\"", "issued")]
    [InlineData("\"2026-11-02T09:00:00Z\"", "\"2026-11-02T10:00:00+01:00\"", "issued")]
    [InlineData("\"2026-11-02T09:00:00Z\"", "\"2026-11-31T09:00:00Z\"", "issued")]
    [InlineData("\"No longer needed\"", "[\"No longer needed\"]", "body.reason")]
    [InlineData("\"reason\"", "\"reason\": \"a\"}, \"x\": {\"reason\"", "?")]
    public void What_is_not_of_its_kind_is_malformed_where_it_stands(string text, string instead, string where) =>
        Assert.Equal(new Refusal("act.malformed", Form, where), Parse(Replace(Withdrawal, text, instead)).Refused());

    [Fact]
    public void Every_member_of_an_act_must_be_there_but_the_request_it_concerns()
    {
        var optional = new List<string>();
        foreach (var member in JsonElement.Parse(Withdrawal).EnumerateObject())
        {
            var rest = JsonElement.Parse(Withdrawal).EnumerateObject().Where(m => m.Name != member.Name);
            var json = JsonSerializer.Serialize(rest.ToDictionary(m => m.Name, m => m.Value));
            if (Parse(json) is Outcome<Act>.Refused refused)
            {
                Assert.Equal(new Refusal("act.malformed", Form, ""), refused.Why);
            }
            else
            {
                optional.Add(member.Name);
            }
        }

        Assert.Equal(["concerns"], optional);
    }

    [Fact]
    public void A_missing_member_of_a_body_is_malformed_at_the_part_that_lacks_it()
    {
        Assert.Equal(
            new Refusal("act.malformed", Form, "body.facts[0]"),
            Parse(Replace(Asked, "\"number\": 1,\n        \"text\"", "\"text\"")).Refused()
        );
        Assert.Equal(
            new Refusal("act.malformed", Form, "body.facts[0].?"),
            Parse(Replace(Asked, "\"number\": 1,\n        \"text\"", "\"nom\": 1,\n        \"text\"")).Refused()
        );
    }

    [Fact]
    public void An_optional_member_may_be_left_out_or_be_nothing()
    {
        var absent = Parse(Replace(Withdrawal, "\"reason\": \"No longer needed\"", "")).Admitted();
        var nothing = Parse(Replace(Withdrawal, "\"No longer needed\"", "null")).Admitted();

        Assert.Equal(new Withdraw(null), absent.Body);
        Assert.Equal(new Withdraw(null), nothing.Body);
    }

    [Theory]
    [InlineData("salute", 1)]
    [InlineData("withdraw", 2)]
    public void A_kind_or_version_not_known_is_kept_as_it_stands(string kind, int version)
    {
        var json = Replace(Withdrawal, "\"withdraw\"", $"\"{kind}\"");
        json = Replace(json, "\"version\": 1", $"\"version\": {version}");
        json = Replace(json, "\"reason\": \"No longer needed\"", "\"depth\": {\"list\": [1, \"é\"], \"none\": null}");

        var act = Parse(json).Admitted();

        Assert.Equal(new NotUnderstood("{\n    \"depth\": {\"list\": [1, \"é\"], \"none\": null}\n  }"), act.Body);
        Assert.Equal((kind, version, 1, Some.XaCentral), (act.Kind, act.Version, act.Number, act.From));
        Assert.Equal(Text(act), Text(Parse(Text(act)).Admitted()));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("1")]
    public void A_body_is_an_object_in_every_kind(string body)
    {
        var empty = "{\n    \"reason\": \"No longer needed\"\n  }";

        Assert.Equal(new Refusal("act.malformed", Form, "body"), Parse(Replace(Withdrawal, empty, body)).Refused());
        Assert.Equal(
            new Refusal("act.malformed", Form, "body"),
            Parse(Replace(Replace(Withdrawal, empty, body), "\"withdraw\"", "\"salute\"")).Refused()
        );
    }

    [Fact]
    public void A_body_on_its_own_is_read_as_strictly()
    {
        var kind = ActKind.Find("withdraw", 1)!;

        Assert.Equal(new Withdraw("x"), ActEncoding.ReadBody(kind, "{\"reason\":\"x\"}"u8).Admitted());
        Assert.Equal(
            new Refusal("act.malformed", Form, "body"),
            ActEncoding.ReadBody(kind, "{\"reason\":\"x\",\"reason\":\"y\"}"u8).Refused()
        );
        Assert.Equal(
            new Refusal("act.malformed", Form, "byte 10"),
            ActEncoding.ReadBody(kind, "{\"reason\":1.0}"u8).Refused()
        );
        Assert.Equal(
            new Refusal("act.malformed", Form, "body.?"),
            ActEncoding.ReadBody(kind, "{\"who\":\"x\"}"u8).Refused()
        );
        Assert.Equal(
            new Refusal("act.outside-limits", Limits, "body.reason"),
            ActEncoding.ReadBody(kind, "{\"reason\":\" \"}"u8).Refused()
        );
        Assert.Equal(
            new Refusal("act.too-large", Limits),
            ActEncoding.ReadBody(kind, new byte[Act.MaximumBytes + 1]).Refused()
        );
    }

    [Fact]
    public void A_supply_names_the_exhibit_at_fault()
    {
        var supply = new Supply([Some.Exhibit("a"), Some.Exhibit("b")], true, null);
        var json = Text(Some.Act(supply, Some.XbCentral, Some.XaCentral, concerns: Some.Id("r")));

        Assert.Equal(
            new Refusal("act.malformed", Form, "body.exhibits[1].manifest.size"),
            Parse(ReplaceLast(json, "\"size\": 1000", "\"size\": \"1000\"")).Refused()
        );
    }

    private static Outcome<Act> Parse(string json) => ActEncoding.Parse(Encoding.UTF8.GetBytes(json));

    private static string Text(Act act) => Encoding.UTF8.GetString(ActEncoding.Write(act));

    private static string Replace(string json, string text, string instead)
    {
        var at = json.IndexOf(text, StringComparison.Ordinal);
        Assert.True(at >= 0, $"nothing to replace: {text}");
        return string.Concat(json.AsSpan(0, at), instead, json.AsSpan(at + text.Length));
    }

    private static string ReplaceLast(string json, string text, string instead)
    {
        var at = json.LastIndexOf(text, StringComparison.Ordinal);
        return string.Concat(json.AsSpan(0, at), instead, json.AsSpan(at + text.Length));
    }
}
