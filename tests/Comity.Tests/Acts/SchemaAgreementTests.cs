// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json.Nodes;
using Comity.Acts;
using CsCheck;
using NJsonSchema;

namespace Comity.Tests.Acts;

/// <summary>Someone else's validator, given the published schemas, refuses what reading calls malformed and nothing else.</summary>
public sealed class SchemaAgreementTests
{
    private static readonly JsonNode?[] Others =
    [
        null,
        "",
        "x",
        1,
        -1,
        true,
        new JsonObject(),
        new JsonArray(),
        "2026-11-02T09:00:00Z",
    ];

    public static TheoryData<string> Kinds => [.. ActKind.All.Select(k => k.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Every_body_that_can_be_written_fits_its_schema(string kind)
    {
        var schema = await Published($"{kind}.1.json");

        Any.Bodies[kind].Sample(body => Assert.Empty(schema.Validate(Any.Json(body))), iter: 30, threads: 1);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Whatever_is_done_to_a_member_the_schema_and_reading_agree(string kind)
    {
        var schema = await Published($"{kind}.1.json");
        var disagree = new List<string>();
        foreach (var (what, changed) in Changes(kind))
        {
            var fits = schema.Validate(changed.ToJsonString()).Count == 0;
            var isMalformed = BodyJson.Read(kind, changed) is Outcome<ActBody>.Refused { Why.Code: "act.malformed" };
            if (fits == isMalformed)
            {
                disagree.Add($"{what}: the schema {(fits ? "takes" : "refuses")} it");
            }
        }

        Assert.Empty(disagree);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Every_good_vector_fits_the_schemas(string kind)
    {
        var act = JsonNode.Parse(Repository.Read($"vectors/acts/{kind}.json"))!;

        Assert.Empty((await Published("act.json")).Validate(act.ToJsonString()));
        Assert.Empty((await Published($"{kind}.1.json")).Validate(act["body"]!.ToJsonString()));
    }

    [Fact]
    public async Task An_act_fits_the_envelopes_schema()
    {
        var schema = await Published("act.json");
        var act = JsonNode.Parse(ActEncoding.Write(Some.Act(Some.Request())))!;

        Assert.Empty(schema.Validate(act.ToJsonString()));
        foreach (var member in act.AsObject().Select(m => m.Key).ToList())
        {
            var rest = act.DeepClone().AsObject();
            rest.Remove(member);
            Assert.NotEmpty(schema.Validate(rest.ToJsonString()));
        }
    }

    [Fact]
    public async Task An_entry_fits_its_schema()
    {
        var schema = await Published("entry.json");

        Assert.Empty(schema.Validate(BodyJson.Of(BodyJson.Entry).ToJsonString()));
    }

    private static Task<JsonSchema> Published(string file) =>
        JsonSchema.FromJsonAsync(Repository.Read($"docs/spec/schema/{file}"), TestContext.Current.CancellationToken);

    // Each member of each object: left out, of each other kind, and with a stranger beside it. What a transcription's body may
    // not be is a limit to reading and form to the schema, so both refuse it and it is left out here.
    private static IEnumerable<(string What, JsonNode Changed)> Changes(string kind)
    {
        foreach (var path in Objects(BodyJson.Of(kind), "").ToList())
        {
            var stranger = BodyJson.Of(kind);
            In(stranger, path)["stranger"] = 1;
            yield return ($"{path} with a stranger", stranger);
            foreach (var member in In(BodyJson.Of(kind), path).Select(m => m.Key).ToList())
            {
                var without = BodyJson.Of(kind);
                In(without, path).Remove(member);
                yield return ($"{path} without {member}", without);
                foreach (var other in member == "body" ? [] : Others)
                {
                    var changed = BodyJson.Of(kind);
                    In(changed, path)[member] = other?.DeepClone();
                    yield return ($"{path} with {member} = {other?.ToJsonString() ?? "null"}", changed);
                }
            }
        }
    }

    // Not the act inside a transcription, which has a schema of its own.
    private static IEnumerable<string> Objects(JsonNode node, string path) =>
        node switch
        {
            JsonObject members =>
            [
                path,
                .. members
                    .Where(m => m is { Value: not null } and not { Key: "body" })
                    .SelectMany(m => Objects(m.Value!, path.Length == 0 ? m.Key : $"{path}.{m.Key}")),
            ],
            JsonArray list => list.SelectMany((e, i) => Objects(e!, $"{path}[{i}]")),
            _ => [],
        };

    private static JsonObject In(JsonNode body, string path) => (path.Length == 0 ? body : body.At(path)!).AsObject();
}
