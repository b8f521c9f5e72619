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
    /// <summary>The largest whole number that every language holds exactly.</summary>
    public const long Most = 9_007_199_254_740_991;

    public override string ToString() => $"{Kind} {Member}";

    public static Limit Text(string kind, string member, int maximum) =>
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

    public static Limit Name(string kind, string member, int maximum) =>
        new(
            kind,
            member,
            $"short name, 1 to {maximum}",
            ["a", "0-a", new string('x', maximum)],
            ["", new string('x', maximum + 1), "X", "é", "a_b", "a b", "a\n"]
        );

    public static Limit File(string kind, string member) =>
        new(
            kind,
            member,
            "file name, 1 to 255",
            ["a", new string('x', 255), "..x", "a b.pdf", "رسالة.pdf"],
            ["", " ", new string('x', 256), ".", "..", "a/b", "a\\b", "a\nb", "a\tb", "a\u202eb"]
        );

    public static Limit Number(string kind, string member, long minimum, long maximum) =>
        new(
            kind,
            member,
            FormattableString.Invariant($"whole number, {minimum:N0} to {maximum:N0}"),
            [minimum, maximum],
            [minimum - 1, maximum + 1]
        );

    // Where other members refer to the elements, an empty list is for a test of its own: at least one is tried here.
    public static Limit List(
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

    public static Action<JsonNode, int> Numbered(string key, string stem) =>
        (element, i) => element[key] = $"{stem}{i + 1}";

    public static Action<JsonNode, int> Names(string stem) => (element, i) => element.ReplaceWith($"{stem}{i + 1}");

    public static Action<JsonNode, int> Whole<T>(T value) => (element, _) => element.ReplaceWith(value);

    public static Action<JsonNode, int> Digests(params string[] path) =>
        (element, i) =>
        {
            foreach (var step in path[..^1])
            {
                element = element[step]!;
            }

            element[path[^1]] = Some.Digest($"exhibit {i}").ToString();
        };
}
