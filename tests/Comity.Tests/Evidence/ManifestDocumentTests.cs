// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Evidence;

namespace Comity.Tests.Evidence;

public sealed class ManifestDocumentTests
{
    private const string Sha = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static readonly SealedExhibit Exhibit = new(
        new ContentDigest(1024, Digest.Of([1])),
        new ContentDigest(1240, Digest.Of([2]))
    );

    private static readonly string Example = $$"""
        {
          "format": "comity-manifest@v1",
          "manifest": {
            "name": "router.log",
            "mediaType": "text/plain",
            "size": 1024,
            "sha256": "{{Sha}}",
            "sealedSize": 1240,
            "sealedSha256": "{{Sha}}",
            "acquired": {
              "tool": "logcopy 2.1",
              "at": "2026-03-02T09:00:00Z",
              "role": "forensic examiner"
            }
          },
          "sealedTo": [
            "{{Seals.Anna.Recipient}}"
          ]
        }

        """;

    [Fact]
    public void A_manifest_is_read_and_written_back_to_the_same_bytes() =>
        Assert.Equal(Example, Encoding.UTF8.GetString(Parse(Example).Value().Write()));

    [Fact]
    public void What_was_sealed_is_what_the_manifest_says()
    {
        var document = ManifestDocument.Of("a.pcap", null, Exhibit, [Seals.Quentin.Recipient]).Value();
        Assert.Equal(
            new ExhibitManifest("a.pcap", null, 1024, Digest.Of([1]), 1240, Digest.Of([2]), null),
            document.Manifest
        );
        Assert.Equal([Seals.Quentin.Recipient.ToString()], document.SealedTo);
        Assert.Equal(document, ManifestDocument.Parse(document.Write()).Value());
    }

    [Fact]
    public void A_passphrase_is_named_as_such_and_not_told()
    {
        var document = ManifestDocument.Of("a.pcap", null, Exhibit, [new Recipient.Passphrase("open sesame")]).Value();
        Assert.Equal(["passphrase"], document.SealedTo);
        Assert.Equal(document, ManifestDocument.Parse(document.Write()).Value());
    }

    [Theory]
    [InlineData("\"size\": 1024", "\"size\": 1024, \"size\": 1024", "manifest.size")]
    [InlineData("\"size\": 1024", "\"size\": 1024, \"colour\": 1", "manifest.?")]
    [InlineData("\"size\": 1024,", "", "manifest")]
    [InlineData("\"size\": 1024", "\"size\": \"1024\"", "manifest.size")]
    [InlineData("\"size\": 1024", "\"size\": 1e3", "byte 121")]
    [InlineData("09:00:00Z", "09:00:00+00:00", "manifest.acquired.at")]
    [InlineData("09:00:00Z", "09:00:60Z", "manifest.acquired.at")]
    [InlineData("e3b0c442", "E3B0C442", "manifest.sha256")]
    public void What_is_not_of_this_shape_is_refused_at_its_place(string part, string instead, string where) =>
        Assert.Equal((ManifestDocument.Malformed, where), Parse(Change(part, instead)).CodeAndPlace());

    [Theory]
    [InlineData("comity-manifest@v1", "comity-manifest@v2", "format")]
    [InlineData("router.log", "", "manifest.name")]
    [InlineData("router.log", "../router.log", "manifest.name")]
    [InlineData("router.log", "C:\\\\router.log", "manifest.name")]
    [InlineData("router.log", "router\\u0000.log", "manifest.name")]
    [InlineData("router.log", "router\\u202Egol.exe", "manifest.name")]
    [InlineData("router.log", "..", "manifest.name")]
    [InlineData("\"size\": 1024", "\"size\": -1", "manifest.size")]
    [InlineData("\"size\": 1024", "\"size\": 1240", "manifest.sealedSize")]
    [InlineData("\"age1", "\"bge1", "sealedTo[0]")]
    public void What_is_outside_its_limits_is_refused_at_its_place(string part, string instead, string where) =>
        Assert.Equal((ManifestDocument.OutsideLimits, where), Parse(Change(part, instead)).CodeAndPlace());

    [Fact]
    public void A_name_at_the_limit_is_read_and_a_longer_one_is_not()
    {
        var longest = new string('n', 255);
        Assert.Equal(longest, Parse(Change("router.log", longest)).Value().Manifest.Name);
        Assert.Equal(ManifestDocument.OutsideLimits, Parse(Change("router.log", longest + "n")).Code());
    }

    [Fact]
    public void A_file_at_the_limit_is_read_and_a_longer_one_is_not()
    {
        var longest = Example + new string(' ', ManifestDocument.MaxLength - Example.Length);
        Assert.Equal(Parse(Example), Parse(longest));
        Assert.Equal(ManifestDocument.Malformed, Parse(longest + " ").Code());
    }

    private static string Change(string part, string instead)
    {
        var at = Example.IndexOf(part, StringComparison.Ordinal);
        return Example.Remove(at, part.Length).Insert(at, instead);
    }

    private static Outcome<ManifestDocument> Parse(string text) => ManifestDocument.Parse(Encoding.UTF8.GetBytes(text));
}
