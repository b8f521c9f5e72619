// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Comity.Acts;

namespace Comity.Tests.Vectors;

/// <summary>The files under <c>vectors</c> are those that this code makes, and no others. COMITY_UPDATE=1 makes them.</summary>
public sealed class VectorFilesTests
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
    };

    [Fact]
    public void Every_payload_stands_beside_its_signed_act()
    {
        Assert.All(
            VectorActs.Good,
            g =>
                Repository.Holds(
                    $"{VectorActs.Folder}/{g.Key}.json",
                    Encoding.UTF8.GetString(g.Value.Signed.Content.Span)
                )
        );
        Repository.Holds("vectors/keys/roots.pem", VectorKeys.Roots);
        Repository.Holds($"{VectorActs.Folder}/empty.p7m", "");
    }

    [Fact]
    public void The_cases_are_those_written_here()
    {
        Holds($"{VectorActs.Folder}/payloads", PayloadCases.All());
        Holds($"{VectorActs.Folder}/signed", SignedCases.Signed());
        Holds($"{VectorActs.Folder}/admission", SignedCases.Admission());
        Holds($"{VectorEntries.Folder}/entries", EntryCases.Entries());
        Holds($"{VectorEntries.Folder}/directories", EntryCases.Directories());
        Holds("vectors/dossiers/dossiers", DossierCases.All());
    }

    [Fact]
    public void There_is_no_file_that_nothing_makes()
    {
        var made = VectorActs
            .Good.Keys.SelectMany(k => new[] { $"{k}.p7m", $"{k}.json" })
            .Concat(VectorActs.Others.Keys.Select(k => $"{k}.p7m"))
            .Concat(["empty.p7m", "payloads.json", "signed.json", "admission.json"]);

        Assert.Equal(
            made.Select(f => $"{VectorActs.Folder}/{f}").Order(StringComparer.Ordinal),
            Repository.Files(VectorActs.Folder, "")
        );
        Assert.Equal(
            VectorEntries
                .All.Keys.Select(k => $"{VectorEntries.Folder}/{k}.p7m")
                .Append($"{VectorEntries.Folder}/directories.json")
                .Append($"{VectorEntries.Folder}/entries.json")
                .Order(StringComparer.Ordinal),
            Repository.Files(VectorEntries.Folder, "")
        );
    }

    [Fact]
    public void Every_kind_has_a_good_act() => Assert.Equal(ActKind.All.Select(k => k.Name), VectorActs.Good.Keys);

    private static void Holds(string name, JsonArray cases) =>
        Repository.Holds($"{name}.json", cases.ToJsonString(Readable) + "\n");
}
