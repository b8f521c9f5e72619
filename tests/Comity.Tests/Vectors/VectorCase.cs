// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json.Nodes;
using Comity.Acts;

namespace Comity.Tests.Vectors;

/// <summary>One case of a vector file: a name, an input, what is done to it, and what must come of it.</summary>
internal static class VectorCase
{
    public static JsonObject Of(
        string name,
        string file,
        IReadOnlyList<JsonObject> edits,
        JsonObject expect,
        JsonObject? given = null
    )
    {
        var json = new JsonObject { ["name"] = name, ["file"] = file };
        if (edits.Count > 0)
        {
            json["edits"] = new JsonArray([.. edits]);
        }

        foreach (var (key, value) in given ?? [])
        {
            json[key] = value?.DeepClone();
        }

        json["expect"] = expect;
        return json;
    }

    public static JsonObject Refused(string code, string? where = null) =>
        where is null ? new() { ["refused"] = code } : new() { ["refused"] = code, ["where"] = where };

    /// <summary>The first occurrence of a text is replaced.</summary>
    public static JsonObject Edit(string find, string put) => new() { ["find"] = find, ["put"] = put };

    /// <summary>So many spaces are put behind the first occurrence of a text.</summary>
    public static JsonObject Pad(string behind, int times) =>
        new()
        {
            ["find"] = behind,
            ["put"] = behind,
            ["pad"] = times,
        };

    public static JsonObject Flip(int at) => new() { ["at"] = at, ["xor"] = 1 };

    public static JsonObject Append(string hex) => new() { ["append"] = hex };

    public static JsonObject Cut(int bytes) => new() { ["cut"] = bytes };

    /// <summary>What reading a signed act must give.</summary>
    public static JsonObject Read(SignedAct act) =>
        new()
        {
            ["id"] = act.Id.ToString(),
            ["kind"] = act.Act.Kind,
            ["version"] = act.Act.Version,
            ["signer"] = act.Signed.Signer.Id.ToString(),
            ["scheme"] = act.Signed.Scheme.Name,
        };
}
