// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Comity.Parties;

namespace Comity.Acts;

/// <summary>The published JSON Schemas of acts, bodies and directory entries, generated from the types that read them.</summary>
/// <remarks>
/// In the words that every draft from draft-07 on shares. A schema says the form: members, kinds of value, patterns and names. What a
/// schema cannot say (lengths in UTF-16 units, duplicate names, members that agree with one another) stands in
/// <c>docs/spec/act.md</c> and is checked by reading. Published in <c>docs/spec/schema/</c>.
/// </remarks>
public static class ActSchema
{
    private static readonly JsonSchemaExporterOptions Export = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = Spell,
    };

    /// <summary>The act around every body.</summary>
    public static JsonObject Envelope() => Of(ActJson.Of<ActText>(), "act", "comity-act@v1: an act around its body");

    /// <summary>The body of a kind.</summary>
    /// <param name="kind">The kind.</param>
    public static JsonObject Body(ActKind kind) =>
        Of(
            kind.BodyType,
            $"{kind.Name}.{kind.Version}",
            $"comity-act@v1: the body of {kind.Name}, version {kind.Version}"
        );

    /// <summary>A Party's directory entry.</summary>
    public static JsonObject Entry() =>
        Of(ActJson.Of<PartyEntry>(), "entry", "comity-directory@v1: a Party's directory entry");

    private static JsonObject Of(JsonTypeInfo type, string name, string title)
    {
        var schema = type.GetJsonSchemaAsNode(Export).AsObject();
        schema.Insert(0, "$schema", "http://json-schema.org/draft-07/schema#");
        schema.Insert(1, "$id", $"urn:comity:schema:{name}");
        schema.Insert(2, "title", title);
        return schema;
    }

    private static JsonNode Spell(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = context.TypeInfo;
        var underlying = Nullable.GetUnderlyingType(type.Type);
        var isOptional = underlying is not null || context.PropertyInfo is { IsGetNullable: true };
        if ((underlying is null ? type : ActJson.Of(underlying)).Converter is ISpelled spelled)
        {
            return isOptional ? OrNothing(spelled.Spelling) : spelled.Spelling;
        }

        if (type.Type == typeof(JsonElement))
        {
            return new JsonObject { ["type"] = "object" };
        }

        if (type.Kind == JsonTypeInfoKind.Object)
        {
            // The exporter asks for every parameter of the constructor; reading asks for what may not be nothing.
            var required = type.Properties.Where(p => p.IsRequired).Select(p => (JsonNode)p.Name);
            schema.AsObject().Remove("required");
            schema["required"] = new JsonArray([.. required]);
        }

        return schema;
    }

    private static JsonObject OrNothing(JsonObject schema)
    {
        schema["type"] = new JsonArray("string", "null");
        (schema["enum"] as JsonArray)?.Add(null);
        return schema;
    }
}
