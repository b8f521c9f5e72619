// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Files.CaseUco;

namespace Comity.Tests.CaseUco;

/// <summary>
/// An independent reader of JSON-LD and SHACL (npm: jsonld, shacl-engine) takes what we write, and sees each of these mistakes.
/// </summary>
public sealed class CaseShapesTests
{
    private static readonly string Folder = Path.Combine(Checkout.Root, "eng", "case");
    private static readonly string Good = Encoding.UTF8.GetString(
        CaseWriter.Write(CaseOfDossier.Describe(DescribedCase.Acts)!)
    );

    [Fact]
    public async Task The_description_of_a_dossier_conforms() =>
        Assert.Equal((0, "conforms"), await ValidateAsync(Good));

    [Fact]
    public async Task The_description_of_a_dossier_with_a_request_alone_conforms() =>
        Assert.Equal(
            (0, "conforms"),
            await ValidateAsync(
                Encoding.UTF8.GetString(CaseWriter.Write(CaseOfDossier.Describe([DescribedCase.Acts[0]])!))
            )
        );

    [Theory]
    [InlineData("\"uco-observable:fileName\"", "\"uco-observable:filename\"", "no such term: ")]
    [InlineData("\"uco-types:Hash\"", "\"uco-types:Digest\"", "no such term: ")]
    [InlineData("\"xsd:hexBinary\",\n", "\"xsd:string\",\n", "DatatypeConstraintComponent")]
    [InlineData("\"@value\": \"2026-11", "\"@value\": \"2026-13", "DatatypeConstraintComponent")]
    [InlineData("\"uco-core:specVersion\": \"1.4.0\",", "\"uco-core:specVersion\": 1,", "DatatypeConstraintComponent")]
    [InlineData(
        "\"case-investigation:exhibitNumber\": \"XB-2-1\"",
        "\"case-investigation:exhibitNumber\": [\"XB-2-1\", \"2\"]",
        "MaxCountConstraintComponent"
    )]
    [InlineData("\"@type\": \"uco-types:Hash\",", "", "ClassConstraintComponent")]
    [InlineData("\"@context\": {", "\"@context\": \"https://context.example/\", \"more\": {", "not JSON-LD: ")]
    public async Task A_mistake_is_seen(string part, string instead, string said)
    {
        var at = Good.IndexOf(part, StringComparison.Ordinal);
        Assert.True(at > 0);

        var (exit, output) = await ValidateAsync(Good[..at] + instead + Good[(at + part.Length)..]);

        Assert.Equal(1, exit);
        Assert.Contains(said, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_digest_that_is_not_hexadecimal_is_seen()
    {
        const string Value = "\"@value\": \"";
        var at = Good.IndexOf(
            Value,
            Good.IndexOf("uco-types:hashValue", StringComparison.Ordinal),
            StringComparison.Ordinal
        );

        var (exit, output) = await ValidateAsync(Good.Insert(at + Value.Length, "zz"));

        Assert.Equal(1, exit);
        Assert.Contains("DatatypeConstraintComponent", output, StringComparison.Ordinal);
        Assert.Contains("uco/types/hashValue", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_performer_that_is_a_mere_text_is_seen()
    {
        var start = Good.IndexOf("\"uco-action:performer\": [", StringComparison.Ordinal);
        var end = Good.IndexOf(']', start);

        var (exit, output) = await ValidateAsync(
            Good[..start] + "\"uco-action:performer\": \"a person\"" + Good[(end + 1)..]
        );

        Assert.Equal(1, exit);
        Assert.Contains("NodeKindConstraintComponent", output, StringComparison.Ordinal);
        Assert.Contains("uco/action/performer", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thing_without_an_identifier_is_seen()
    {
        var start = Good.IndexOf(
            "\"@id\"",
            Good.IndexOf("hash\": {", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
        var end = Good.IndexOf("\"@type\"", start, StringComparison.Ordinal);

        var (exit, output) = await ValidateAsync(Good[..start] + Good[end..]);

        Assert.Equal(1, exit);
        Assert.Contains("a blank node", output, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Output)> ValidateAsync(string json)
    {
        ChildProcess.Find("node");
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(Folder, "node_modules", "shacl-engine")),
            "run: npm ci --prefix eng/case"
        );
        using var folder = new ScratchFolder();
        var file = folder.Write("case.jsonld", Encoding.UTF8.GetBytes(json));
        var finished = await ChildProcess.RunAsync("node", [Path.Combine(Folder, "validate.mjs"), file]);
        Assert.True(finished.Exit is 0 or 1, finished.Error);
        return (finished.Exit, finished.Text.Trim());
    }
}
