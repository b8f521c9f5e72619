// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Files.Bundles;
using Comity.Tests.Timestamps;
using Comity.Timestamps;
using CsCheck;

namespace Comity.Tests.Files;

/// <summary>A bundle stamped anew keeps what it proves when keys and certificates have aged.</summary>
public sealed class ArchiveManifestTests : IDisposable
{
    private const string TokenName = "META-INF/timestamp001.tst";

    private static readonly ArchivedFile[] Files =
    [
        new("acts/0001.p7m", Some.Digest("act"), "application/pkcs7-mime"),
        new("META-INF/signature001.p7s", Some.Digest("signature")),
        new("exhibits/a-b_c.age", Some.Digest("exhibit"), "application/octet-stream"),
    ];

    private readonly TestAuthority authority = new(
        DateTimeOffset.UtcNow.AddDays(-1),
        DateTimeOffset.UtcNow.AddDays(30)
    );
    private readonly byte[] manifest = ArchiveManifest.Of(TokenName, Files).Write();

    public void Dispose() => authority.Dispose();

    [Fact]
    public void What_was_written_is_read_and_written_again_to_the_byte()
    {
        var read = ArchiveManifest.Parse(manifest).Value();

        Assert.Equal((TokenName, null), (read.Token, read.Previous));
        Assert.Equal(Files, read.Files);
        Assert.Equal(manifest, read.Write());
    }

    [Fact]
    public void It_stamps_every_file_as_it_is()
    {
        var token = Stamp(manifest);

        Assert.Equal("admitted", Check(Files, token).Code());
        Assert.Equal(("archive.file-missing", Files[1].Name), Check([Files[0], Files[2]], token).CodeAndPlace());
        Assert.Equal(
            ("archive.file-differs", Files[0].Name),
            Check([Files[0] with { Digest = Some.Digest("other") }, .. Files[1..]], token).CodeAndPlace()
        );
        Assert.Equal(
            ("archive.file-not-listed", "more.txt"),
            Check([.. Files, new ArchivedFile("more.txt", Some.Digest("more"))], token).CodeAndPlace()
        );
        Assert.Equal("timestamp.other-content", Check(Files, Stamp([.. manifest, 10])).Code());
        Assert.Equal(
            "timestamp.untrusted",
            ArchiveManifest.Check(manifest, Files, token, new TimestampTrust([], [])).Code()
        );
    }

    [Fact]
    public void A_second_one_names_the_first_as_its_predecessor_and_covers_it()
    {
        ArchivedFile[] more =
        [
            .. Files,
            new("META-INF/ASiCArchiveManifest001.xml", Digest.Of(manifest)),
            new(TokenName, Some.Digest("token")),
        ];
        var second = ArchiveManifest.Of("META-INF/timestamp002.tst", more, more[3].Name).Write();

        var read = ArchiveManifest.Parse(second).Value();

        Assert.Equal(("META-INF/timestamp002.tst", more[3].Name), (read.Token, read.Previous));
        Assert.Equal(more, read.Files);
        Assert.Single(Encoding.ASCII.GetString(second).Split("Rootfile=\"true\"")[1..]);
    }

    [Fact]
    public async Task Stock_tools_read_it_and_verify_its_timestamp_and_not_that_of_a_changed_one()
    {
        ChildProcess.Find("openssl");
        using var folder = new ScratchFolder();
        var xml = folder.Write("ASiCArchiveManifest.xml", manifest);
        var token = folder.Write("timestamp001.tst", Stamp(manifest));
        var root = folder.File("root.pem");
        await File.WriteAllTextAsync(
            root,
            authority.Root.ExportCertificatePem(),
            TestContext.Current.CancellationToken
        );
        string[] verify = ["ts", "-verify", "-token_in", "-in", token, "-data", xml, "-CAfile", root];

        var digests = await ChildProcess.RunAsync(
            ChildProcess.Find("xmllint"),
            ["--nonet", "--xpath", "//*[local-name()='DigestValue']/text()", xml]
        );
        Assert.Equal(0, (await ChildProcess.RunAsync("openssl", verify)).Exit);
        folder.Write("ASiCArchiveManifest.xml", [.. manifest[..^1], 32, 10]);

        Assert.Equal(string.Join('\n', Files.Select(f => f.Digest.ToBase64())), digests.Text.Trim());
        Assert.Equal(1, (await ChildProcess.RunAsync("openssl", verify)).Exit);
    }

    [Theory]
    [InlineData("acts/0001.p7m", "../0001.p7m")]
    [InlineData("acts/0001.p7m", "/0001.p7m")]
    [InlineData("acts/0001.p7m", "acts//0001.p7m")]
    [InlineData("acts/0001.p7m", "acts/%2e%2e/0001.p7m")]
    [InlineData("acts/0001.p7m", "exhibits/a-b_c.age")]
    [InlineData("acts/0001.p7m", TokenName)]
    [InlineData("xmlenc#sha256", "xmlenc#sha512")]
    [InlineData("<ds:DigestValue>", "<ds:DigestValue> ")]
    [InlineData("application/vnd.etsi.timestamp-token", "application/pkcs7-signature")]
    [InlineData("02918/v1.2.1#", "02918/v1.2.2#")]
    [InlineData("</asic:ASiCManifest>", "<asic:ASiCManifestExtensions/></asic:ASiCManifest>")]
    [InlineData("\n<asic:ASiCManifest", "\n<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><asic:ASiCManifest")]
    [InlineData("</asic:ASiCManifest>", "</asic:ASiCManifest><more/>")]
    public void Another_form_is_refused(string part, string instead)
    {
        var text = Encoding.ASCII.GetString(manifest);
        var at = text.IndexOf(part, StringComparison.Ordinal);
        var changed = text[..at] + instead + text[(at + part.Length)..];

        Assert.Equal("archive.malformed", ArchiveManifest.Parse(Encoding.ASCII.GetBytes(changed)).Code());
    }

    [Fact]
    public void A_manifest_of_nothing_or_of_one_name_twice_cannot_be_made()
    {
        Assert.Throws<ArgumentException>(() => ArchiveManifest.Of(TokenName, []));
        Assert.Throws<ArgumentException>(() => ArchiveManifest.Of(TokenName, [Files[0], Files[0]]));
        Assert.Throws<ArgumentException>(() => ArchiveManifest.Of(TokenName, Files, "not/listed.xml"));
        Assert.Equal("archive.malformed", ArchiveManifest.Parse("<a/>"u8.ToArray()).Code());
        Assert.Equal("archive.malformed", ArchiveManifest.Parse(default).Code());
    }

    [Fact]
    public void Whatever_comes_is_read_or_refused() =>
        Mutations
            .Of([manifest, ArchiveManifest.Of(TokenName, [Files[0]], Files[0].Name).Write()])
            .Sample(bytes => ArchiveManifest.Parse(bytes), iter: Mutations.Iterations);

    private Outcome<TimestampToken> Check(IReadOnlyList<ArchivedFile> files, byte[] token) =>
        ArchiveManifest.Check(manifest, files, token, authority.Trust);

    private byte[] Stamp(byte[] content) =>
        authority.Token(
            TimestampRequest.For(Digest.Of(content), TestAuthority.Nonce),
            Instants.ToSecond(DateTimeOffset.UtcNow)
        );
}
