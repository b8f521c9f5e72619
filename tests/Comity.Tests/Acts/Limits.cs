// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json.Nodes;

namespace Comity.Tests.Acts;

/// <summary>A member of a body and how much it may hold. The table in docs/spec/act.md, 4, is written from these.</summary>
/// <param name="Kind">The kind of act.</param>
/// <param name="Member">Path of the member in its body; <c>[0]</c> stands for every element.</param>
/// <param name="Says">What the specification says of it.</param>
/// <param name="Inside">Values on the limit, each of which is taken.</param>
/// <param name="Outside">Values just outside, each of which is not.</param>
internal sealed record Limit(
    string Kind,
    string Member,
    string Says,
    IReadOnlyList<JsonNode?> Inside,
    IReadOnlyList<JsonNode?> Outside
)
{
    public override string ToString() => $"{Kind} {Member}";
}

/// <summary>Every limit on the size of a member, kind by kind.</summary>
internal static class Limits
{
    public static IReadOnlyList<Limit> All { get; } =
    [
        Text("request", "reference", 80),
        Name("request", "basis.instrument", 64),
        Text("request", "basis.treaty", 200),
        Text("request", "basis.undertaking", 8_000),
        .. Contact("request", "authority"),
        Text("request", "proceeding.subject", 8_000),
        .. Contact("request", "proceeding.conductedBy"),
        Text("request", "proceeding.reference", 200),
        List("request", "offences", 0, 256, Numbered("id", "o"), says: "0 to 256, each `id` once"),
        .. Offence("request"),
        List(
            "request",
            "facts",
            0,
            256,
            (fact, i) => fact["number"] = i + 1,
            least: 1,
            says: "0 to 256, numbered from 1"
        ),
        Text("request", "facts[0].text", 8_000),
        List("request", "conduct", 0, 256, (_, _) => { }),
        .. Conduct("request"),
        List("request", "persons", 0, 256, (_, _) => { }),
        Text("request", "persons[0].name", 200),
        Text("request", "persons[0].nationality", 80),
        Text("request", "persons[0].location", 200),
        List("request", "items", 0, 256, Numbered("id", "i"), least: 1, says: "0 to 256, each `id` once"),
        Text("request", "items[0].identifier", 500),
        Number("request", "items[0].port", 1, 65_535),
        Text("request", "items[0].provider", 200),
        Text("request", "items[0].location", 200),
        List("request", "data", 0, 256, (_, _) => { }),
        List("request", "data[0].items", 1, 256, Whole("i1")),
        Text("request", "data[0].necessity", 8_000),
        List("request", "data[0].facts", 0, 256, Whole(1)),
        Text("request", "custodian.name", 200),
        Text("request", "custodian.location", 200),
        Text("request", "necessity", 8_000),
        Text("request", "intention.text", 8_000),
        Text("request", "assistance.description", 8_000),
        Text("request", "assistance.procedure", 8_000),
        Text("request", "purpose", 8_000),
        Text("request", "urgency.reason", 8_000),
        Text("request", "secrecy.reason", 8_000),
        List("request", "undertakings", 0, 256, (_, _) => { }),
        Text("request", "undertakings[0].text", 8_000),
        List("request", "earlier", 0, 256, (_, _) => { }),
        Text("request", "earlier[0].reference", 80),
        .. Attachments("request"),
        Text("acknowledge", "reference", 80),
        .. Contact("acknowledge", "handledBy"),
        List("ask", "questions", 1, 256, Numbered("id", "q"), says: "1 to 256, each `id` once"),
        Name("ask", "questions[0].id", 16),
        Text("ask", "questions[0].text", 8_000),
        List("supplement", "answers", 0, 256, Numbered("question", "q"), says: "0 to 256, each `question` once"),
        Name("supplement", "answers[0].question", 16),
        Text("supplement", "answers[0].text", 32_000),
        List("supplement", "facts", 0, 256, (_, _) => { }),
        Number("supplement", "facts[0].number", 1, 65_536),
        Text("supplement", "facts[0].text", 8_000),
        List("supplement", "conduct", 0, 256, (_, _) => { }),
        .. Conduct("supplement"),
        Number("supplement", "conduct[0].facts[0]", 1, 512),
        List("supplement", "offences", 0, 256, Numbered("id", "o"), says: "0 to 256, each `id` once"),
        .. Offence("supplement"),
        .. Attachments("supplement"),
        Text("grant", "law", 1_000),
        Text("grant", "reasons", 32_000),
        List("grant", "conditions", 0, 256, Numbered("id", "c"), says: "0 to 256, each `id` once"),
        Name("grant", "conditions[0].id", 16),
        Text("grant", "conditions[0].text", 8_000),
        List("grant", "withheld", 0, 256, (_, _) => { }),
        List("grant", "withheld[0].items", 1, 256, Whole("i1")),
        Name("grant", "withheld[0].items[0]", 16),
        Text("grant", "withheld[0].reason", 8_000),
        List("accept", "conditions", 1, 256, Names("c")),
        Name("accept", "conditions[0]", 16),
        List("refuse", "grounds", 1, 16, Numbered("provision", "40(21)")),
        Text("refuse", "grounds[0].provision", 40),
        Text("refuse", "grounds[0].law", 1_000),
        Text("refuse", "reasons", 32_000),
        Text("postpone", "reasons", 32_000),
        Text("extend", "reason", 8_000),
        List("supply", "exhibits", 0, 256, Digests("manifest", "sealedSha256"), says: Exhibits),
        File("supply", "exhibits[0].manifest.name"),
        Text("supply", "exhibits[0].manifest.mediaType", 100),
        Number("supply", "exhibits[0].manifest.size", 0, Most),
        Number("supply", "exhibits[0].manifest.sealedSize", 1, Most),
        Text("supply", "exhibits[0].manifest.acquired.tool", 200),
        Text("supply", "exhibits[0].manifest.acquired.role", 200),
        List("supply", "exhibits[0].sealedTo", 1, 16, Whole("age1examplerecipient")),
        Text("supply", "exhibits[0].sealedTo[0]", 4_000),
        Text("supply", "exhibits[0].handling.permittedProceeding", 8_000),
        List("supply", "exhibits[0].handling.useLimits", 0, 256, Whole("Not for intelligence.")),
        Text("supply", "exhibits[0].handling.useLimits[0]", 8_000),
        List("supply", "exhibits[0].handling.conditions", 0, 256, Whole("c1")),
        Name("supply", "exhibits[0].handling.conditions[0]", 16),
        Text("supply", "statement", 8_000),
        List("confirm", "exhibits", 1, 256, Digests("sealedSha256")),
        Text("confirm", "note", 8_000),
        Text("withdraw", "reason", 8_000),
        Text("close", "note", 8_000),
        File("transcribed", "original.name"),
        Number("transcribed", "original.size", 0, Most),
        Text("transcribed", "authenticity", 8_000),
        new Limit(
            "transcribed",
            "kind",
            "a kind's name, 1 to 32",
            [new string('a', 32), "salute", "withdraw-not"],
            [new string('a', 33), "", "approve", "transcribed", "With"]
        ),
        Number("transcribed", "version", 1, 1_000),
        Text("approve", "reason", 8_000),
        Text("assess", "rulesVersion", 80),
        List("assess", "findings", 0, 256, Numbered("safeguard", "sg-"), says: "0 to 256, each `safeguard` once"),
        Name("assess", "findings[0].safeguard", 16),
        Name("assess", "findings[0].verdict", 16),
        List("assess", "findings[0].reasons", 0, 256, Whole("The intent is not stated.")),
        Text("assess", "findings[0].reasons[0]", 8_000),
        List("assess", "answers", 0, 256, (_, _) => { }),
        Name("assess", "answers[0].safeguard", 16),
        Name("assess", "answers[0].question", 40),
        Text("assess", "answers[0].value", 8_000),
        Text("assess", "answers[0].reason", 8_000),
        Text("assess", "answers[0].source", 1_000),
        Text("keep", "text", 32_000),
    ];

    private const long Most = 9_007_199_254_740_991;

    private const string Exhibits = "0 to 256, each `sealedSha256` once; 1 to 256 unless complete and with a statement";

    private static IEnumerable<Limit> Contact(string kind, string at) =>
        [
            Text(kind, $"{at}.name", 200),
            Text(kind, $"{at}.functions", 200),
            Text(kind, $"{at}.telephone", 40),
            Text(kind, $"{at}.mail", 200),
            Text(kind, $"{at}.hours", 200),
        ];

    private static IEnumerable<Limit> Offence(string kind) =>
        [
            Name(kind, "offences[0].id", 16),
            Text(kind, "offences[0].label", 200),
            Text(kind, "offences[0].article", 16),
            Text(kind, "offences[0].provision.citation", 200),
            Text(kind, "offences[0].provision.text", 32_000),
            Text(kind, "offences[0].provision.source", 1_000),
            Number(kind, "offences[0].provision.maximumPenalty.years", 0, 100),
            Number(kind, "offences[0].provision.maximumPenalty.months", 0, 11),
        ];

    private static IEnumerable<Limit> Conduct(string kind) =>
        [
            Name(kind, "conduct[0].concept", 64),
            Text(kind, "conduct[0].text", 8_000),
            List(kind, "conduct[0].facts", 0, 256, Whole(1)),
        ];

    private static IEnumerable<Limit> Attachments(string kind) =>
        [
            List(kind, "attachments", 0, 256, (_, _) => { }),
            File(kind, "attachments[0].name"),
            Number(kind, "attachments[0].size", 0, Most),
        ];

    private static Limit Text(string kind, string member, int maximum) =>
        new(
            kind,
            member,
            $"text, 1 to {maximum:N0}",
            ["x", new string('x', maximum), "x\n\ty", "\u200fx", "\ud83d\ude00"],
            [
                "",
                " \n",
                new string('x', maximum + 1),
                "x\0",
                "x\r\n",
                "x\u001b[31m",
                "x\u007f",
                "x\u0085",
                "x\ufeff",
                "x\u202a",
                "x\u202ey",
                "x\u2066",
                "x\u2069",
            ]
        );

    private static Limit Name(string kind, string member, int maximum) =>
        new(
            kind,
            member,
            $"short name, 1 to {maximum}",
            ["a", "0-a", new string('x', maximum)],
            ["", new string('x', maximum + 1), "X", "é", "a_b", "a b", "a\n"]
        );

    private static Limit File(string kind, string member) =>
        new(
            kind,
            member,
            "file name, 1 to 255",
            ["a", new string('x', 255), "..x", "a b.pdf", "رسالة.pdf"],
            ["", " ", new string('x', 256), ".", "..", "a/b", "a\\b", "a\nb", "a\tb", "a\u202eb"]
        );

    private static Limit Number(string kind, string member, long minimum, long maximum) =>
        new(
            kind,
            member,
            FormattableString.Invariant($"whole number, {minimum:N0} to {maximum:N0}"),
            [minimum, maximum],
            [minimum - 1, maximum + 1]
        );

    // Where other members refer to the elements, an empty list is for a test of its own: at least one is tried here.
    private static Limit List(
        string kind,
        string member,
        int minimum,
        int maximum,
        Action<JsonNode, int> vary,
        int? least = null,
        string? says = null
    ) =>
        new(
            kind,
            member,
            $"list, {says ?? $"{minimum} to {maximum}"}",
            [Elements(kind, member, least ?? minimum, vary), Elements(kind, member, maximum, vary)],
            minimum == 0
                ? [Elements(kind, member, maximum + 1, vary)]
                : [Elements(kind, member, minimum - 1, vary), Elements(kind, member, maximum + 1, vary)]
        );

    private static JsonArray Elements(string kind, string member, int count, Action<JsonNode, int> vary)
    {
        var element = BodyJson.Of(kind).At($"{member}[0]")!;
        var list = new JsonArray();
        for (var i = 0; i < count; i++)
        {
            list.Add(element.DeepClone());
            vary(list[i]!, i);
        }

        return list;
    }

    private static Action<JsonNode, int> Numbered(string key, string stem) =>
        (element, i) => element[key] = $"{stem}{i + 1}";

    private static Action<JsonNode, int> Names(string stem) => (element, i) => element.ReplaceWith($"{stem}{i + 1}");

    private static Action<JsonNode, int> Whole<T>(T value) => (element, _) => element.ReplaceWith(value);

    private static Action<JsonNode, int> Digests(params string[] path) =>
        (element, i) =>
        {
            foreach (var step in path[..^1])
            {
                element = element[step]!;
            }

            element[path[^1]] = Some.Digest($"exhibit {i}").ToString();
        };
}
