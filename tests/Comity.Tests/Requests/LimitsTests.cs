// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using System.Text.Json.Nodes;
using Comity.Acts;
using Comity.Requests;

namespace Comity.Tests.Requests;

/// <summary>Both sides of what the bodies of a request and of its answers may hold.</summary>
public sealed class LimitsTests
{
    private static readonly Supplement Nothing = new([], [], [], [], []);

    [Fact]
    public void A_request_is_refused_at_the_member_that_is_outside()
    {
        (string? Where, Action<JsonObject> Change)[] table =
        [
            (null, _ => { }),
            ("facts", r => r["facts"]![1]!["number"] = 3),
            ("facts[0].number", r => r["facts"]![0]!["number"] = 0),
            ("language", r => r["language"] = "e"),
            ("language", r => r["language"] = "EN"),
            ("language", r => r["language"] = "En"),
            ("language", r => r["language"] = "engl"),
            (null, r => r["language"] = "arb"),
            ("items[0].port", r => r["items"]![0]!["port"] = 0),
            (null, r => r["items"]![0]!["port"] = 1),
            (null, r => r["items"]![0]!["port"] = 65_535),
            ("items[0].port", r => r["items"]![0]!["port"] = 65_536),
            ("items[0].until", r => r["items"]![0]!["until"] = "2026-10-24T00:00:00Z"),
            ("items[0].until", r => r["items"]![0]!["until"] = "2026-10-23T23:59:59Z"),
            (null, r => r["items"]![0]!["until"] = "2026-10-24T00:00:01Z"),
            (null, r => r["items"]![0]!.AsObject().Remove("until")),
            (null, r => r["items"]![0]!.AsObject().Remove("from")),
            ("earlier[0].act", r => r["earlier"] = Earlier(new JsonObject())),
            (null, r => r["earlier"] = Earlier(new JsonObject { ["act"] = Some.Id("x").ToString() })),
            (null, r => r["earlier"] = Earlier(new JsonObject { ["reference"] = "XA-1" })),
            ("attachments[0].name", r => r["attachments"]![0]!["name"] = "a/b"),
            ("attachments[0].name", r => r["attachments"]![0]!["name"] = @"a\b"),
            (null, r => r["attachments"]![0]!["size"] = 0),
            ("attachments[0].size", r => r["attachments"]![0]!["size"] = -1),
            ("offences[0].provision.maximumPenalty.years", r => Penalty(r, "life", 1, 0)),
            ("offences[0].provision.maximumPenalty.years", r => Penalty(r, "death", 0, 1)),
            (null, r => Penalty(r, "life", 0, 0)),
            (null, r => Penalty(r, "term", 100, 11)),
            ("offences[0].provision.maximumPenalty.years", r => Penalty(r, "term", 101, 0)),
            ("offences[0].provision.maximumPenalty.months", r => Penalty(r, "term", 1, 12)),
            ("conduct[0].facts[0]", r => r["conduct"]![0]!["facts"] = new JsonArray(6)),
            (null, r => r["conduct"]![0]!["facts"] = new JsonArray(5)),
            ("data[0].items[0]", r => r["data"]![0]!["items"] = new JsonArray("i9")),
        ];
        Assert.All(table, row => Assert.Equal(row.Where is null ? null : $"body.{row.Where}", Outside(row.Change)));
    }

    [Fact]
    public void A_supplement_supplies_something_and_refers_to_at_most_as_many_facts_as_there_can_be()
    {
        var element = new ConductElement(ElementKind.Act, "encrypt-data", "Encrypted", [512]);
        (string? Where, Supplement Supplement)[] table =
        [
            ("answers", Nothing),
            (null, Nothing with { Answers = [new Answer("q1", "Yes.")] }),
            (null, Nothing with { Facts = [new Fact(1, "More.")] }),
            (null, Nothing with { Conduct = [element] }),
            ("conduct[0].facts[0]", Nothing with { Conduct = [element with { Facts = [513] }] }),
            (null, Nothing with { Offences = [new Offence("o1", "One", null, null)] }),
            (null, Nothing with { Attachments = [new Attachment("a", Some.Digest("a"), 1)] }),
        ];
        Assert.All(table, row => Assert.Equal(row.Where is null ? null : $"body.{row.Where}", Outside(row.Supplement)));
    }

    [Fact]
    public void A_preserved_period_ends_after_it_begins()
    {
        var grant = new Grant(null, null, [], [], null, null);
        Assert.Null(Outside(grant));
        Assert.Null(Outside(grant with { Preserved = new PreservedPeriod(Some.Day(0), Some.Day(1)) }));
        Assert.Equal(
            "body.preserved",
            Outside(grant with { Preserved = new PreservedPeriod(Some.Day(0), Some.Day(0)) })
        );
        Assert.Equal(
            "body.preserved",
            Outside(grant with { Preserved = new PreservedPeriod(Some.Day(1), Some.Day(0)) })
        );
    }

    private static JsonArray Earlier(JsonObject earlier)
    {
        earlier["relation"] = "repeats";
        return new JsonArray(earlier);
    }

    private static void Penalty(JsonObject request, string kind, int years, int months) =>
        request["offences"]![0]!["provision"]!["maximumPenalty"] = new JsonObject
        {
            ["kind"] = kind,
            ["years"] = years,
            ["months"] = months,
        };

    private static string? Outside(Action<JsonObject> change)
    {
        var json = JsonNode.Parse(Repository.Bytes("samples", "ransomware-stored-data.json"))!.AsObject();
        change(json);
        return Outside(ActKind.Find("request", 1)!, Encoding.UTF8.GetBytes(json.ToJsonString()));
    }

    private static string? Outside(ActBody body) => Outside(ActKind.Of(body), ActEncoding.WriteBody(body));

    private static string? Outside(ActKind kind, byte[] body) =>
        ActEncoding.ReadBody(kind, body) is Outcome<ActBody>.Refused { Why: var why }
            ? why.Code == "act.outside-limits"
                ? why.Where
                : $"{why.Code} {why.Where}"
            : null;
}
