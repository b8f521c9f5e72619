// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json;
using System.Text.Json.Nodes;
using Comity.Acts;
using Comity.Parties;
using Comity.Requests;

namespace Comity.Tests.Acts;

/// <summary>Both sides of every limit (docs/spec/act.md, 4).</summary>
public sealed class ActLimitsTests
{
    private static readonly Citation Source = new("docs/spec/act.md", "4");

    public static TheoryData<string> Members => [.. Limits.All.Select(l => l.ToString())];

    [Theory]
    [MemberData(nameof(Members))]
    public void A_member_on_its_limit_is_taken_and_one_outside_is_not(string member)
    {
        var limit = Limits.All.Single(l => l.ToString() == member);

        Assert.All(limit.Inside, value => BodyJson.With(limit.Kind, limit.Member, value).Admitted());
        Assert.All(
            limit.Outside,
            value =>
                Assert.Equal(Outside($"body.{limit.Member}"), BodyJson.With(limit.Kind, limit.Member, value).Refused())
        );
    }

    [Fact]
    public void Every_text_number_and_list_of_every_kind_has_its_limit_tried()
    {
        var tried = Limits.All.Select(l => l.ToString()).ToHashSet();
        var ruledOtherwise = new[]
        {
            "request facts[0].number", // numbered from 1 without gaps
            "request conduct[0].facts[0]", // a fact there is
            "request data[0].items[0]", // an item there is
            "request data[0].facts[0]", // a fact there is
            "request items[0].id", // named by what is sought
            "request language", // two or three small letters
            "grant withheld[0].items[0]",
        };

        var missing = Specimens
            .Bodies.SelectMany(b => Leaves(b.Key, BodyJson.Of(b.Key), ""))
            .Distinct()
            .Where(member => !tried.Contains(member) && !ruledOtherwise.Contains(member));

        Assert.Empty(missing);
    }

    [Theory]
    // Facts are numbered from 1 without gaps, so that a reference to one is a reference to that one.
    [InlineData("request", "facts[0].number", "2", "facts")]
    [InlineData("request", "facts[0].number", "0", "facts[0].number")]
    [InlineData("request", "conduct[0].facts", "[0]", "conduct[0].facts[0]")]
    [InlineData("request", "conduct[0].facts", "[1, 2]", "conduct[0].facts[1]")]
    [InlineData("request", "data[0].facts", "[2]", "data[0].facts[0]")]
    [InlineData("request", "data[0].items", """["i2"]""", "data[0].items[0]")]
    [InlineData("request", "items[0].id", "\"i2\"", "data[0].items[0]")]
    [InlineData("request", "items[0].id", "\"I1\"", "items[0].id")]
    [InlineData("request", "items[0].id", "\"i1234567890123456\"", "items[0].id")]
    [InlineData("request", "items[0].until", "\"2026-10-03T09:00:00Z\"", "items[0].until")]
    [InlineData("request", "language", "\"e\"", "language")]
    [InlineData("request", "language", "\"engl\"", "language")]
    [InlineData("request", "language", "\"EN\"", "language")]
    [InlineData("request", "language", "\"e1\"", "language")]
    // A penalty heavier than a term has no length.
    [InlineData(
        "request",
        "offences[0].provision.maximumPenalty.kind",
        "\"life\"",
        "offences[0].provision.maximumPenalty.years"
    )]
    // An earlier request is named one way or the other.
    [InlineData("request", "earlier[0]", """{"relation": "repeats"}""", "earlier[0].act")]
    // What is returned has a reason.
    [InlineData("approve", "reason", "null", "reason")]
    // What preserves nothing is no preservation.
    [InlineData("grant", "preserved.until", "\"2026-11-03T09:00:00Z\"", "preserved")]
    // An act inside a transcription keeps to its own form and limits.
    [InlineData("transcribed", "body", "null", "body")]
    [InlineData("transcribed", "body", "[]", "body")]
    [InlineData("transcribed", "body", "{}", "body")]
    [InlineData("transcribed", "body", """{"reference": ""}""", "body")]
    [InlineData("transcribed", "body", """{"reference": "a", "other": 1}""", "body")]
    public void Members_that_contradict_one_another_are_outside(
        string kind,
        string member,
        string json,
        string where
    ) => Assert.Equal(Outside($"body.{where}"), BodyJson.With(kind, member, JsonNode.Parse(json)).Refused());

    [Theory]
    [InlineData("request", "conduct[0].facts", "[1, 1]")]
    [InlineData("request", "items[0].until", "\"2026-10-03T09:00:01Z\"")]
    [InlineData("request", "items[0].from", "null")]
    [InlineData("request", "items[0].port", "null")]
    [InlineData("request", "language", "\"es\"")]
    [InlineData("request", "language", "\"arb\"")]
    [InlineData("request", "offences[0].provision.maximumPenalty", """{"kind": "death", "years": 0, "months": 0}""")]
    [InlineData("request", "earlier[0].reference", "null")]
    [InlineData("request", "earlier[0].act", "null")]
    [InlineData("approve", "verdict", "\"approves\"")]
    [InlineData("grant", "preserved.until", "\"2026-11-03T09:00:01Z\"")]
    [InlineData("grant", "preserved", "null")]
    [InlineData("transcribed", "body", """{"reference": "a"}""")]
    public void Members_that_agree_are_inside(string kind, string member, string json) =>
        BodyJson.With(kind, member, JsonNode.Parse(json)).Admitted();

    [Fact]
    public void An_approval_needs_no_reason()
    {
        var body = BodyJson.Of("approve");
        body["verdict"] = "approves";
        body["reason"] = null;

        BodyJson.Read("approve", body).Admitted();
    }

    [Theory]
    [InlineData("request", "offences", "offences")]
    [InlineData("request", "items", "items")]
    [InlineData("ask", "questions", "questions")]
    [InlineData("supplement", "answers", "answers")]
    [InlineData("supplement", "offences", "offences")]
    [InlineData("grant", "conditions", "conditions")]
    [InlineData("accept", "conditions", "conditions")]
    [InlineData("refuse", "grounds", "grounds")]
    [InlineData("supply", "exhibits", "exhibits")]
    [InlineData("confirm", "exhibits", "exhibits")]
    [InlineData("assess", "findings", "findings")]
    public void No_two_members_of_a_list_share_the_name_by_which_they_are_meant(string kind, string list, string where)
    {
        var body = BodyJson.Of(kind);
        body[list]!.AsArray().Add(body[list]![0]!.DeepClone());

        Assert.Equal(Outside($"body.{where}"), BodyJson.Read(kind, body).Refused());
    }

    [Fact]
    public void A_request_of_facts_alone_is_still_a_request()
    {
        var body = BodyJson.Of("request");
        foreach (var list in new[] { "offences", "conduct", "persons", "items", "data", "undertakings", "earlier" })
        {
            body[list] = new JsonArray();
        }

        BodyJson.Read("request", body).Admitted();
        body["facts"] = new JsonArray();
        BodyJson.Read("request", body).Admitted();
    }

    [Fact]
    public void A_supplement_that_adds_nothing_is_none()
    {
        var empty = """{"answers":[],"facts":[],"conduct":[],"offences":[],"attachments":[]}""";

        Assert.Equal(Outside("body.answers"), BodyJson.Read("supplement", JsonNode.Parse(empty)!).Refused());
        foreach (var list in new[] { "answers", "facts", "conduct", "offences", "attachments" })
        {
            var body = JsonNode.Parse(empty)!;
            body[list] = BodyJson.Of("supplement")[list]!.DeepClone();
            BodyJson.Read("supplement", body).Admitted();
        }
    }

    [Theory]
    [InlineData(true, "Nothing was found.", true)]
    [InlineData(true, null, false)]
    [InlineData(false, "Nothing was found so far.", false)]
    public void A_supply_without_exhibits_is_complete_and_says_why(bool isComplete, string? statement, bool isTaken)
    {
        var body = BodyJson.Of("supply");
        body["exhibits"] = new JsonArray();
        body["isComplete"] = isComplete;
        body["statement"] = statement;

        var outcome = BodyJson.Read("supply", body);

        if (isTaken)
        {
            outcome.Admitted();
        }
        else
        {
            Assert.Equal(Outside("body.exhibits"), outcome.Refused());
        }
    }

    [Theory]
    [InlineData("number", "1", "2147483647", "0")]
    [InlineData("number", "1", "1", "-1")]
    [InlineData("version", "1", "1000", "0")]
    [InlineData("version", "1", "1", "1001")]
    [InlineData("kind", "\"salute\"", "\"a-kind-with-a-name-of-thirty-two\"", "\"a-kind-with-a-name-of-thirtythree\"")]
    [InlineData("kind", "\"salute\"", "\"x\"", "\"\"")]
    [InlineData("kind", "\"salute\"", "\"x\"", "\"Salute\"")]
    [InlineData("kind", "\"salute\"", "\"x\"", "\"salute1\"")]
    [InlineData("to", "\"XB/central\"", "\"XC/central\"", "\"XA/police\"")]
    [InlineData("visibility", "\"shared\"", "\"shared\"", "\"party\"")]
    [InlineData("visibility", "\"shared\"", "\"shared\"", "\"authority\"")]
    [InlineData("visibility", "\"shared\"", "\"shared\"", "\"never-exported\"")]
    public void The_envelope_has_its_limits_too(string member, string usual, string inside, string outside)
    {
        Envelope(member, usual).Admitted();
        Envelope(member, inside).Admitted();
        Assert.Equal(Outside(member), Envelope(member, outside).Refused());
    }

    [Theory]
    [InlineData("follows", 64)]
    [InlineData("approvals", 16)]
    public void So_many_acts_are_named_and_each_once(string member, int maximum)
    {
        string Ids(int count) =>
            JsonSerializer.Serialize(Enumerable.Range(0, count).Select(i => Some.Id($"{i}").ToString()));

        Envelope(member, Ids(maximum)).Admitted();
        Assert.Equal(Outside(member), Envelope(member, Ids(maximum + 1)).Refused());
        Assert.Equal(
            Outside(member),
            Envelope(member, JsonSerializer.Serialize(new[] { Some.Id("a").ToString(), Some.Id("a").ToString() }))
                .Refused()
        );
    }

    [Fact]
    public void A_request_concerns_no_other_request()
    {
        var act = Some.Act(Some.Request()) with { Concerns = Some.Id("another") };

        Assert.Equal(Outside("concerns"), ActEncoding.Parse(ActEncoding.Write(act)).Refused());
        ActEncoding.Parse(ActEncoding.Write(act with { Concerns = null })).Admitted();
    }

    [Theory]
    [InlineData("approve")]
    [InlineData("assess")]
    [InlineData("keep")]
    [InlineData("custody")]
    [InlineData("destroy")]
    public void What_is_kept_at_home_has_no_form_in_which_it_could_be_sent(string kind)
    {
        var shared = Some.Act(Specimens.Bodies[kind]);
        var kept = shared with { To = Office.Of("XA/prosecutor"), Visibility = Visibility.Authority };

        Assert.Equal(Outside("visibility"), ActEncoding.Parse(ActEncoding.Write(shared)).Refused());
        ActEncoding.Parse(ActEncoding.Write(kept)).Admitted();
    }

    private static Outcome<Act> Envelope(string member, string json)
    {
        var act = JsonNode.Parse(ActEncoding.Write(Some.Act(new Withdraw(null), concerns: Some.Id("r"))))!;
        act["kind"] = "salute";
        act[member] = JsonNode.Parse(json);
        return ActEncoding.Parse(JsonSerializer.SerializeToUtf8Bytes(act));
    }

    private static Refusal Outside(string where) => new("act.outside-limits", Source, where);

    // Every text that is neither an id, a name from a list nor an instant, every number and every list.
    private static IEnumerable<string> Leaves(string kind, JsonNode node, string path) =>
        node switch
        {
            _ when kind == "transcribed" && path == "body" => [],
            JsonObject members => members.SelectMany(m =>
                Leaves(kind, m.Value!, path.Length == 0 ? m.Key : $"{path}.{m.Key}")
            ),
            JsonArray list => [$"{kind} {path}", .. list.SelectMany(e => Leaves(kind, e!, $"{path}[0]"))],
            _ when node.GetValueKind() == JsonValueKind.Number => [$"{kind} {path}"],
            _ when node.GetValueKind() == JsonValueKind.String && IsFree(kind, path) => [$"{kind} {path}"],
            _ => [],
        };

    private static bool IsFree(string kind, string path) =>
        BodyJson.With(kind, path, "x y") is Outcome<ActBody>.Admitted
        || ((Outcome<ActBody>.Refused)BodyJson.With(kind, path, "x y")).Why.Code == "act.outside-limits";
}
