// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json;
using System.Text.Json.Nodes;
using Comity.Acts;
using Comity.Parties;

namespace Comity.Tests.Acts;

/// <summary>The specimen bodies, and the specimen directory entry, as JSON with one member changed.</summary>
internal static class BodyJson
{
    /// <summary>What a directory entry is called where a kind of act is asked for.</summary>
    public const string Entry = "entry";

    public static JsonNode Of(string kind) =>
        kind == Entry
            ? JsonSerializer.SerializeToNode(Specimens.Entry, ActJson.Of<PartyEntry>())!
            : JsonSerializer.SerializeToNode(ActEncoding.ToElement(Specimens.Bodies[kind]))!;

    public static Outcome<ActBody> Read(string kind, JsonNode body) =>
        ActEncoding.ReadBody(kind, 1, JsonSerializer.SerializeToElement(body));

    /// <summary>The specimen with one member replaced, read.</summary>
    public static Outcome<ActBody> With(string kind, string member, JsonNode? value)
    {
        var body = Of(kind);
        body.Put(member, value);
        return Read(kind, body);
    }

    /// <summary>The member at a path such as <c>facts[0].text</c>.</summary>
    public static JsonNode? At(this JsonNode node, string path) =>
        Steps(path).Aggregate((JsonNode?)node, (at, step) => int.TryParse(step, out var i) ? at![i] : at![step]);

    public static void Put(this JsonNode node, string path, JsonNode? value)
    {
        var steps = Steps(path);
        var parent = steps[..^1].Aggregate(node, (at, step) => int.TryParse(step, out var i) ? at[i]! : at[step]!);
        var copy = value?.DeepClone();
        if (int.TryParse(steps[^1], out var index))
        {
            parent[index] = copy;
        }
        else
        {
            parent[steps[^1]] = copy;
        }
    }

    private static string[] Steps(string path) =>
        path.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.');
}
