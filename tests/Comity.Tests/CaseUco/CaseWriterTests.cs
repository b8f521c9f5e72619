// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Comity.Files.CaseUco;
using CsCheck;

namespace Comity.Tests.CaseUco;

/// <summary>A description as JSON-LD: the same bytes for the same dossier, and nothing that needs a network.</summary>
public sealed class CaseWriterTests
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly CaseDescription Small = new(
        "d1",
        "A title",
        null,
        [],
        [new CaseName("office", "XB/central")],
        [],
        [],
        [new CaseFile("file", "a \"b\".csv", "text/csv", 12, Some.Digest("a"), false)],
        [new CaseAction("act", "supply", null, Some.Day(0), null, "office", null, [], ["file", "record"], [])],
        [new CaseRecord("record", "1", "1", null, ["file"])]
    );

    [Fact]
    public void A_file_has_its_name_size_type_and_digest_as_typed_values() =>
        Assert.Equal(
            """
            {
              "@id": "urn:uuid:_",
              "@type": "uco-observable:File",
              "uco-core:name": "a \"b\".csv",
              "uco-core:hasFacet": [
                {
                  "@id": "urn:uuid:_",
                  "@type": "uco-observable:FileFacet",
                  "uco-observable:fileName": "a \"b\".csv",
                  "uco-observable:sizeInBytes": {
                    "@type": "xsd:integer",
                    "@value": "12"
                  }
                },
                {
                  "@id": "urn:uuid:_",
                  "@type": "uco-observable:ContentDataFacet",
                  "uco-observable:mimeType": "text/csv",
                  "uco-observable:sizeInBytes": {
                    "@type": "xsd:integer",
                    "@value": "12"
                  },
                  "uco-observable:isEncrypted": {
                    "@type": "xsd:boolean",
                    "@value": "false"
                  },
                  "uco-observable:hash": {
                    "@id": "urn:uuid:_",
                    "@type": "uco-types:Hash",
                    "uco-types:hashMethod": "SHA256",
                    "uco-types:hashValue": {
                      "@type": "xsd:hexBinary",
                      "@value": "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
                    }
                  }
                }
              ]
            }
            """,
            Regex.Replace(
                JsonSerializer.Serialize(
                    Graph(CaseWriter.Write(Small))
                        .Single(n => n.GetProperty("@type").GetString() == "uco-observable:File"),
                    Readable
                ),
                "urn:uuid:[0-9a-f-]{36}",
                "urn:uuid:_"
            )
        );

    [Fact]
    public void The_same_description_gives_the_same_bytes_and_another_dossier_other_identifiers()
    {
        Assert.Equal(CaseWriter.Write(Small), CaseWriter.Write(Small with { Title = "A title" }));
        Assert.Empty(Ids(CaseWriter.Write(Small)).Intersect(Ids(CaseWriter.Write(Small with { Dossier = "d2" }))));
        Assert.Equal("urn:uuid:e96785b9-643a-892d-a6f3-fbb7555f4c22", CaseWriter.Iri("d1", "file"));
    }

    [Fact]
    public void A_description_that_contradicts_itself_is_not_written()
    {
        var action = Small.Actions[0];

        Assert.Throws<ArgumentException>(() => CaseWriter.Write(Small with { Actions = [action, action] }));
        Assert.Throws<ArgumentException>(() =>
            CaseWriter.Write(Small with { Actions = [action with { Performer = "nobody" }] })
        );
        Assert.Throws<ArgumentException>(() =>
            CaseWriter.Write(Small with { Records = [Small.Records[0] with { Objects = [] }] })
        );
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            CaseWriter.Write(Small with { Files = [Small.Files[0] with { Size = -1 }] })
        );
    }

    [Fact]
    public void Whatever_the_texts_are_they_come_back_from_the_JSON_and_no_thing_is_without_an_identifier()
    {
        var text = Gen.Char.Where(c => !char.IsSurrogate(c)).Array[0, 40].Select(c => new string(c));
        Gen.Select(text, text, text, text)
            .Sample(
                (title, name, type, description) =>
                {
                    var written = CaseWriter.Write(
                        Small with
                        {
                            Title = title,
                            Files = [Small.Files[0] with { Name = name, MediaType = type }],
                            Actions = [Small.Actions[0] with { Description = description }],
                        }
                    );
                    var graph = Graph(written);
                    var texts = graph
                        .SelectMany(n => n.EnumerateObject())
                        .Where(p => p.Value.ValueKind == JsonValueKind.String)
                        .Select(p => p.Value.GetString()!);

                    Assert.Empty(new[] { title, name, description }.Except(texts));
                    Assert.All(
                        graph,
                        n => Assert.Matches("^urn:uuid:[0-9a-f-]{36}$", n.GetProperty("@id").GetString())
                    );
                },
                iter: 500
            );
    }

    private static List<JsonElement> Graph(byte[] written) =>
        [.. JsonDocument.Parse(written).RootElement.GetProperty("@graph").EnumerateArray()];

    private static HashSet<string> Ids(byte[] written) =>
        [.. Regex.Matches(Encoding.UTF8.GetString(written), "urn:uuid:[0-9a-f-]{36}").Select(m => m.Value)];
}
