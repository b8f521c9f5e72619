// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Comity.Files.Keys;
using Comity.Signatures;
using Comity.Tests.Vectors;
using Comity.Timestamps;

namespace Comity.Tests.Timestamps;

/// <summary>Runs every case under <c>vectors/timestamps</c> as any other implementation would: from the files alone.</summary>
public sealed class TimestampVectorTests
{
    private const string Folder = "vectors/timestamps";

    private static readonly JsonArray Cases = JsonNode.Parse(Repository.Read($"{Folder}/tokens.json"))!.AsArray();

    public static TheoryData<string> Names => [.. Cases.Select(c => Text(c!, "name"))];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_token_is_believed_or_refused_as_the_vector_says(string name)
    {
        var vector = Cases.Single(c => Text(c!, "name") == name)!;
        var token = (vector["edits"]?.AsArray() ?? []).Aggregate(
            Repository.Bytes($"{Folder}/{Text(vector, "file")}"),
            (bytes, edit) => VectorEdit.Apply(bytes, edit!)
        );
        var trust = new TimestampTrust(
            vector["trusted"]!.AsArray().Select(f => CertificateIn(f!.GetValue<string>())),
            []
        );

        var outcome = TimestampToken
            .Parse(token)
            .Then(t => t.Covers(Repository.Bytes($"{Folder}/{Text(vector, "content")}")))
            .Then(t => t.SignedUnder(trust));

        var told = outcome switch
        {
            Outcome<TimestampToken>.Admitted { Value.Statement: var said } => new JsonObject
            {
                ["at"] = Instants.Format(said.At),
                ["policy"] = said.Policy,
            },
            Outcome<TimestampToken>.Refused { Why: var why } => VectorCase.Refused(
                why.Code,
                vector["expect"]!["where"] is null ? null : why.Where
            ),
            _ => null,
        };
        Assert.Equal(vector["expect"]!.ToJsonString(), told?.ToJsonString());
    }

    private static CertificateText CertificateIn(string file)
    {
        using var certificate = X509Certificate2.CreateFromPem(Repository.Read($"{Folder}/{file}"));
        return Certificates.TextOf(certificate);
    }

    private static string Text(JsonNode node, string member) => node[member]!.GetValue<string>();
}
