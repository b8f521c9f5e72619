// SPDX-License-Identifier: EUPL-1.2
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Comity.Acts;

namespace Comity.Tests.Acts;

/// <summary>The published schemas are those of the types, and say what reading does.</summary>
public sealed class ActSchemaTests
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
    };

    public static TheoryData<string> Kinds => [.. ActKind.All.Select(k => k.Name)];

    [Fact]
    public void The_envelopes_schema_is_published() => Published("act", ActSchema.Envelope());

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kinds_schema_is_published(string kind) =>
        Published($"{kind}.1", ActSchema.Body(ActKind.Find(kind, 1)!));

    [Fact]
    public void The_entrys_schema_is_published() => Published("entry", ActSchema.Entry());

    [Fact]
    public void No_schema_is_published_of_a_kind_that_is_not()
    {
        var expected = ActKind.All.Select(k => $"{k.Name}.{k.Version}");

        // Schemas of other documents have no version in their names.
        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            Repository
                .Files("docs/spec/schema", ".json")
                .Select(f => Path.GetFileNameWithoutExtension(f))
                .Where(n => n.Contains('.', StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_member_is_required_by_the_schema_if_it_is_by_reading(string kind)
    {
        var schema = ActSchema.Body(ActKind.Find(kind, 1)!);
        var required = schema["required"]!.AsArray().Select(n => n!.GetValue<string>()).ToHashSet();

        Assert.All(
            schema["properties"]!.AsObject(),
            member =>
            {
                var body = BodyJson.Of(kind).AsObject();
                body.Remove(member.Key);
                var isMalformed = BodyJson.Read(kind, body) is Outcome<ActBody>.Refused { Why.Code: "act.malformed" };
                Assert.Equal(required.Contains(member.Key), isMalformed);
            }
        );
        Assert.Equal(JsonValueKind.False, schema["additionalProperties"]!.GetValueKind());
    }

    [Fact]
    public void Names_patterns_and_what_may_be_nothing_are_spelled_out()
    {
        var schema = ActSchema.Body(ActKind.Find("request", 1)!)["properties"]!;

        Assert.Equal("""{"type":"string","enum":["preservation","stored-data"]}""", schema["measure"]!.ToJsonString());
        Assert.Equal(
            """{"type":["string","null"],"pattern":"^[0-9a-f]{64}$"}""",
            schema["earlier"]!["items"]!["properties"]!["act"]!.ToJsonString()
        );
        Assert.Equal(
            $$"""{"type":"string","pattern":"{{Instants.Pattern}}"}""",
            schema["secrecy"]!["properties"]!["until"]!
                .ToJsonString(Readable)
                .ReplaceLineEndings("")
                .Replace(" ", "", StringComparison.Ordinal)
        );
        Assert.Equal(
            ["string", "null"],
            schema["intention"]!["properties"]!["by"]!["type"]!.AsArray().Select(n => n!.GetValue<string>())
        );
        Assert.Equal("""{"type":"object"}""", ActSchema.Envelope()["properties"]!["body"]!.ToJsonString());
    }

    private static void Published(string name, JsonNode schema) =>
        Repository.Holds($"docs/spec/schema/{name}.json", schema.ToJsonString(Readable) + "\n");
}
