// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Comity.Files.Bundles;
using Comity.Files.Dossiers;
using Comity.Files.Keys;
using Comity.Signatures;
using Comity.Tests.Files;

namespace Comity.Tests.Bundles;

/// <summary>Containers in the one form, made by somebody who has a seal and says with it what is not so.</summary>
public sealed class ForgedBundleTests
{
    private static readonly ExportedCase Case = new();

    [Fact]
    public async Task What_is_taken_apart_and_put_together_again_holds() =>
        Assert.Empty(Codes(await ForgeAsync(_ => { })));

    [Theory]
    [InlineData("VERIFY.txt")]
    [InlineData("report.html")]
    [InlineData("META-INF/signature001.p7s")]
    [InlineData("manifest-sha256.txt")]
    public async Task A_file_that_every_bundle_has_is_missed(string name) =>
        Assert.Equal([(name, "bundle.file-missing")], Codes(await ForgeAsync(_ => { }, last: f => f.Remove(name))));

    [Theory]
    [InlineData("data/run-me.exe")]
    [InlineData("data/acts/notes.txt")]
    [InlineData("data/acts/sub/001-request.p7m")]
    [InlineData("META-INF/manifest.xml")]
    [InlineData("META-INF/signature002.p7s")]
    [InlineData("index.html")]
    public async Task A_file_that_no_bundle_has_is_refused(string name) =>
        Assert.Equal([(name, "bundle.file-unknown")], Codes(await ForgeAsync(f => f[name] = [1])));

    [Fact]
    public async Task Another_mimetype_is_refused() =>
        Assert.Equal(
            [("mimetype", "bundle.mimetype")],
            Codes(await ForgeAsync(f => f["mimetype"] = "application/zip"u8.ToArray()))
        );

    [Theory]
    [InlineData("bagit.txt", "BagIt-Version: 1.0", "BagIt-Version: 0.9")]
    [InlineData("bag-info.txt", "Bagging-Date: 2026-11-07", "Bagging-Date: 2026-11-08")]
    [InlineData("bag-info.txt", "Payload-Oxum: ", "Payload-Oxum: 1")]
    [InlineData("bag-info.txt", "Source-Organization: XA/central\n", "")]
    public async Task A_bag_that_says_otherwise_of_itself_is_refused(string name, string from, string to) =>
        Assert.Contains(
            (name, "bundle.bag-differs"),
            Codes(
                await ForgeAsync(f =>
                {
                    Assert.Contains(from, Encoding.ASCII.GetString(f[name]), StringComparison.Ordinal);
                    f[name] = Encoding.ASCII.GetBytes(
                        Encoding.ASCII.GetString(f[name]).Replace(from, to, StringComparison.Ordinal)
                    );
                })
            )
        );

    [Fact]
    public async Task A_manifest_that_leaves_a_file_out_or_names_one_too_many_says_which()
    {
        const string grant = "data/acts/002-grant.p7m";
        var without = await ForgeAsync(
            _ => { },
            last: f =>
                f[BundleLayout.Manifest] = Lines(
                    f[BundleLayout.Manifest],
                    l => !l.EndsWith(grant, StringComparison.Ordinal)
                )
        );
        var extra = await ForgeAsync(
            _ => { },
            last: f =>
                f[BundleLayout.Manifest] = [
                    .. f[BundleLayout.Manifest],
                    .. Encoding.ASCII.GetBytes($"{Digest.Of([])}  data/acts/004-refuse.p7m\n"),
                ]
        );

        Assert.Contains((grant, "verify.file-not-listed"), Codes(without));
        Assert.Contains(("data/acts/004-refuse.p7m", "verify.file-missing"), Codes(extra));
        Assert.All([without, extra], r => Assert.Contains((BundleLayout.Manifest, "bundle.bag-differs"), Codes(r)));
    }

    [Fact]
    public async Task A_signature_over_another_list_of_files_does_not_hold()
    {
        var report = await ForgeAsync(
            _ => { },
            manifest: m => Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(m).Replace("002-grant", "002-grand"))
        );

        Assert.Equal([(BundleLayout.AsicManifest, "bundle.asic-manifest-differs")], Codes(report));
    }

    [Fact]
    public async Task A_signature_that_is_no_good_or_of_another_time_does_not_hold()
    {
        var spoilt = await ForgeAsync(_ => { }, signature: p7s => [.. p7s[..^1], (byte)(p7s[^1] ^ 1)]);
        var late = await ForgeAsync(_ => { }, signed: Some.Day(6));
        var other = await ForgeAsync(_ => { }, seal: Some.B.Seal);

        Assert.Equal([(BundleLayout.Signature, "bundle.signature-wrong")], Codes(spoilt));
        Assert.Equal([(BundleLayout.Signature, "bundle.time-differs")], Codes(late));
        Assert.Equal([(BundleLayout.Signature, "bundle.signer-unknown")], Codes(other));
    }

    [Fact]
    public async Task Acts_of_another_dossier_than_the_bags_are_found() =>
        Assert.Contains(
            ("bag-info.txt", "verify.other-dossier"),
            Codes(
                await ForgeAsync(f =>
                    f["bag-info.txt"] = Encoding.ASCII.GetBytes(
                        Encoding
                            .ASCII.GetString(f["bag-info.txt"])
                            .Replace(Some.Dossier.ToString(), new string('0', 32), StringComparison.Ordinal)
                    )
                )
            )
        );

    [Fact]
    public async Task A_proof_that_is_not_the_receipts_is_found()
    {
        var name = $"data/proofs/{Case.Acts[0].Id}.XA.tlog-proof";
        var report = await ForgeAsync(f => f[name] = f[name.Replace(".XA.", ".XB.", StringComparison.Ordinal)]);

        Assert.Equal([(name["data/".Length..], "verify.proof-differs")], Codes(report));
    }

    [Fact]
    public async Task A_checkpoint_with_another_text_beside_it_or_of_no_register_is_found()
    {
        var content = Case.Content() with { Checkpoints = [new StampedCheckpoint(Case.CheckpointOfA(), [])] };
        var other = await ForgeAsync(
            f => f["data/checkpoints/001.txt"] = "xa.example/register\n4\n"u8.ToArray(),
            content
        );
        var spoilt = await ForgeAsync(f => f["data/checkpoints/001.note"][^5] ^= 1, content);
        var nonsense = await ForgeAsync(f => f["data/checkpoints/001.note"] = [1, 2, 3], content);

        Assert.Contains(("checkpoints/001.txt", "bundle.checkpoint-differs"), Codes(other));
        Assert.NotEmpty(Codes(spoilt));
        Assert.All(Codes(spoilt), c => Assert.Equal("checkpoints/001.note", c.Subject));
        Assert.Contains(("checkpoints/001.note", "register.note-malformed"), Codes(nonsense));
    }

    // Nobody is misled by a page that another program wrote, and no evidence is lost for it.
    [Theory]
    [InlineData("report.html")]
    [InlineData("VERIFY.txt")]
    public async Task A_page_that_is_not_the_programs_own_is_said_not_to_be(string name)
    {
        var report = await ForgeAsync(f => f[name] = [.. f[name], (byte)'\n']);

        Assert.True(report.Holds);
        Assert.Equal(
            (name, "it is not what this version of the program writes: do not rely on it"),
            report
                .Lines.Where(l => l.Result == VerificationResult.NotChecked)
                .Select(l => (l.Subject, l.Detail))
                .Single()
        );
    }

    [Fact]
    public async Task A_stamp_that_was_added_later_is_named_and_changes_nothing()
    {
        var report = await ForgeAsync(
            _ => { },
            last: f =>
            {
                f["META-INF/ASiCArchiveManifest.xml"] = "<x/>"u8.ToArray();
                f["META-INF/timestamp002.tst"] = [1];
            }
        );

        Assert.True(report.Holds);
        Assert.Equal(
            ["META-INF/ASiCArchiveManifest.xml", "META-INF/timestamp002.tst"],
            report.Lines.Where(l => l.Result == VerificationResult.NotChecked).Select(l => l.Subject)
        );
    }

    // Takes a good bundle apart, changes what it is told to, and does with the rest what an exporter does.
    private static async Task<VerificationReport> ForgeAsync(
        Action<SortedDictionary<string, byte[]>> change,
        BundleContent? content = null,
        Func<byte[], byte[]>? manifest = null,
        Func<byte[], byte[]>? signature = null,
        DateTimeOffset? signed = null,
        X509Certificate2? seal = null,
        Action<SortedDictionary<string, byte[]>>? last = null
    )
    {
        var bundle = await ExportedCase.BundleAsync(content ?? Case.Content());
        var zip = StoredZipReader.Read(BundleBytes.Of(bundle)).Admitted();
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var entry in zip.Entries)
        {
            files.Add(entry.Name, zip.Content(entry).Admitted());
        }

        change(files);
        IEnumerable<BundleFile> Of(Func<string, bool> which) =>
            BundleParts.InOrder(files.Where(f => which(f.Key)).Select(f => BundleFile.Of(f.Key, f.Value)));
        bool IsTag(string n) =>
            !n.StartsWith("data/", StringComparison.Ordinal) && !n.StartsWith("META-INF/", StringComparison.Ordinal);
        files[BundleLayout.Manifest] = BundleManifests.Sums(Of(n => n.StartsWith("data/", StringComparison.Ordinal)));
        files[BundleLayout.TagManifest] = BundleManifests.Sums(Of(n => IsTag(n) && n != BundleLayout.TagManifest));
        var listed = Of(n => n != "mimetype" && !n.StartsWith("META-INF/", StringComparison.Ordinal));
        var asic = BundleManifests.Asic(listed);
        asic = manifest?.Invoke(asic) ?? asic;
        var signer = seal ?? Some.A.Seal;
        var p7s = Certificates.SignDetached(
            SigningInput.For(asic, Certificates.TextOf(signer), signed ?? Some.Day(5)),
            signer
        );
        files[BundleLayout.AsicManifest] = asic;
        files[BundleLayout.Signature] = signature?.Invoke(p7s) ?? p7s;
        last?.Invoke(files);

        using var bytes = new MemoryStream();
        await new StoredZipWriter(files.Select(f => ZipInput.Of(f.Key, f.Value))).WriteAsync(
            bytes,
            null,
            TestContext.Current.CancellationToken
        );
        return BundleTests.Verify(bytes.ToArray());
    }

    private static byte[] Lines(byte[] text, Func<string, bool> keeps) =>
        Encoding.ASCII.GetBytes(
            string.Concat(
                Encoding.ASCII.GetString(text).Split('\n').Where(l => l.Length > 0 && keeps(l)).Select(l => l + "\n")
            )
        );

    private static IEnumerable<(string Subject, string Code)> Codes(VerificationReport report) =>
        report.Lines.Where(l => l.Result == VerificationResult.DoesNotHold).Select(l => (l.Subject, l.Detail));
}
