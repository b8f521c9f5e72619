// SPDX-License-Identifier: EUPL-1.2
using System.IO.Compression;
using System.Text;
using Comity.Files.Bundles;
using Comity.Files.Dossiers;
using Comity.Tests.Files;
using Comity.Tests.Timestamps;
using Comity.Timestamps;

namespace Comity.Tests.Bundles;

public sealed class BundleTests
{
    private static readonly ExportedCase Case = new();

    [Fact]
    public async Task A_bundle_holds_and_says_what_was_checked()
    {
        var report = Verify(await ExportedCase.BundleAsync(Case.Content()));

        Assert.DoesNotContain(report.Lines, l => l.Result != VerificationResult.Holds);
        Assert.Equal(
            [
                new("the container", "is the one zip that its files have", VerificationResult.Holds, "27 files"),
                new("manifest-sha256.txt", "lists every file as it is", VerificationResult.Holds, "18 files"),
                new("tagmanifest-sha256.txt", "lists every file as it is", VerificationResult.Holds, "6 files"),
                new("META-INF/ASiCManifest001.xml", "lists every file as it is", VerificationResult.Holds, "24 files"),
            ],
            report.Lines.Take(4)
        );
        Assert.Equal(
            [
                new(
                    "META-INF/signature001.p7s",
                    "is a good signature over the manifest",
                    VerificationResult.Holds,
                    "ecdsa-p256-sha256"
                ),
                new(
                    "META-INF/signature001.p7s",
                    "is by XA/central",
                    VerificationResult.Holds,
                    $"certificate {Digest.Of(Some.A.Seal.RawData)}"
                ),
                new("report.html", "says what the acts say", VerificationResult.Holds, "as this program writes it"),
                new(
                    "VERIFY.txt",
                    "has the commands that check it",
                    VerificationResult.Holds,
                    "as this program writes it"
                ),
            ],
            report.Lines.TakeLast(4)
        );
    }

    [Fact]
    public async Task A_bundle_and_a_folder_say_the_same_of_the_dossier_in_them()
    {
        using ScratchFolder scratch = new();
        await Case.WriteAsync(scratch.File("dossier"));
        var folder = await FolderVerification.FolderAsync(
            scratch.File("dossier"),
            ExportedCase.Roots,
            TestContext.Current.CancellationToken
        );
        var bundle = Verify(await ExportedCase.BundleAsync(Case.Content()));

        Assert.Subset(bundle.Lines.ToHashSet(), folder.Lines.Skip(1).ToHashSet());
    }

    [Fact]
    public async Task Every_file_stands_where_the_specification_says()
    {
        using var zip = new ZipArchive(new MemoryStream(await ExportedCase.BundleAsync(Case.Content())));
        var acts = Case
            .Acts.Select(a => a.Id)
            .Order(Comparer<Comity.Acts.ActId>.Create((a, b) => string.CompareOrdinal($"{a}", $"{b}")));

        Assert.Equal(
            [
                "mimetype",
                "META-INF/ASiCManifest001.xml",
                "META-INF/signature001.p7s",
                "VERIFY.txt",
                "bag-info.txt",
                "bagit.txt",
                "data/acts/001-request.p7m",
                "data/acts/002-grant.p7m",
                "data/acts/003-supply.p7m",
                "data/directory/XA-1.p7m",
                "data/directory/XB-1.p7m",
                $"data/exhibits/{Digest.Of(Case.Sealed)}.age",
                .. acts.SelectMany(a => new[] { $"data/proofs/{a}.XA.tlog-proof", $"data/proofs/{a}.XB.tlog-proof" }),
                .. acts.SelectMany(a => new[] { $"data/receipts/{a}.XA.json", $"data/receipts/{a}.XB.json" }),
                "manifest-sha256.txt",
                "report.html",
                "tagmanifest-sha256.txt",
            ],
            zip.Entries.Select(e => e.FullName)
        );
        Assert.Equal(
            "Bag-Software-Agent: comity-bundle@v1\nBagging-Date: 2026-11-07\nComity-Exported: 2026-11-07T09:00:00Z\n"
                + $"External-Identifier: {Some.Dossier}\nPayload-Oxum: "
                + $"{zip.Entries.Where(e => e.FullName.StartsWith("data/", StringComparison.Ordinal)).Sum(e => e.Length)}.18\n"
                + "Source-Organization: XA/central\n",
            Text(zip, "bag-info.txt")
        );
    }

    [Fact]
    public async Task The_same_case_exported_again_has_the_same_files_but_the_signature()
    {
        var (first, second) = (
            await ExportedCase.BundleAsync(Case.Content()),
            await ExportedCase.BundleAsync(Case.Content())
        );
        using var a = new ZipArchive(new MemoryStream(first));
        using var b = new ZipArchive(new MemoryStream(second));

        Assert.Equal(
            a.Entries.Where(e => e.FullName != BundleLayout.Signature).Select(e => (e.FullName, e.Crc32)),
            b.Entries.Where(e => e.FullName != BundleLayout.Signature).Select(e => (e.FullName, e.Crc32))
        );
    }

    [Fact]
    public async Task Checkpoints_their_timestamps_and_the_case_file_have_their_places()
    {
        using var authority = new TestAuthority();
        var stamped = Encoding.UTF8.GetBytes(Case.CheckpointOfA().Text);
        var token = authority.Token(TimestampRequest.For(Digest.Of(stamped), TestAuthority.Nonce));
        var content = Case.Content() with
        {
            Checkpoints = [new StampedCheckpoint(Case.CheckpointOfA(), [token])],
            Case = "{}"u8.ToArray(),
        };
        var bytes = await ExportedCase.BundleAsync(content);
        var report = Verify(bytes);
        using var zip = new ZipArchive(new MemoryStream(bytes));

        Assert.True(report.Holds);
        Assert.Equal(Case.CheckpointOfA().Text, Text(zip, "data/checkpoints/001.txt"));
        Assert.Equal(Case.CheckpointOfA().ToString(), Text(zip, "data/checkpoints/001.note"));
        Assert.Contains(
            new VerificationLine(
                "checkpoints/001.note",
                "is a checkpoint of a register",
                VerificationResult.Holds,
                "of XA, 3 entries"
            ),
            report.Lines
        );
        // Nobody in it names a witness's key or the authority's root.
        Assert.Equal(
            ["checkpoints/001.note", "timestamps/001-001.tst", "data/case.jsonld"],
            report.Lines.Where(l => l.Result == VerificationResult.NotChecked).Select(l => l.Subject)
        );
    }

    [Fact]
    public async Task A_bundle_signed_with_another_seal_than_the_exporters_does_not_hold()
    {
        var report = Verify(await ExportedCase.BundleAsync(Case.Content(), Some.B.Seal));

        Assert.Equal([("is by XA/central", "bundle.signer-unknown")], Failed(report).Select(l => (l.What, l.Detail)));
    }

    [Fact]
    public async Task Without_roots_it_is_said_that_the_roots_could_not_be_checked()
    {
        var bytes = await ExportedCase.BundleAsync(Case.Content());
        var report = BundleVerification.Verify(
            BundleBytes.Of(bytes),
            TrustRoots.None,
            TestContext.Current.CancellationToken
        );

        Assert.True(report.Holds);
        Assert.Equal(2, report.Lines.Count(l => l.Result == VerificationResult.NotChecked));
    }

    [Fact]
    public async Task An_exhibit_that_is_not_the_one_in_the_store_is_never_exported()
    {
        var content = Case.Content();
        var other = content with
        {
            Dossier = content.Dossier with
            {
                Exhibits =
                [
                    new ExportedExhibit(Digest.Of(Case.Sealed), _ => Task.FromResult<Stream>(new MemoryStream([1]))),
                ],
            },
        };

        await Assert.ThrowsAsync<IOException>(() => ExportedCase.BundleAsync(other));
    }

    [Fact]
    public async Task A_dossier_without_an_act_makes_no_bundle() =>
        await Assert.ThrowsAsync<ArgumentException>(() =>
            ExportedCase.BundleAsync(Case.Content() with { Dossier = new ExportedDossier([], [], []) })
        );

    [Fact]
    public async Task A_file_is_written_whole_under_a_free_name_or_not_at_all()
    {
        using ScratchFolder scratch = new();
        var stop = TestContext.Current.CancellationToken;
        var bundle = await Bundle.PrepareAsync(Case.Content(), Some.A.Seal, null, stop);

        await bundle.WriteFileAsync(scratch.File("a.asice"), null, stop);
        await Assert.ThrowsAsync<IOException>(() => bundle.WriteFileAsync(scratch.File("a.asice"), null, stop));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            bundle.WriteFileAsync(scratch.File("b.asice"), null, new CancellationToken(canceled: true))
        );

        Assert.Equal(["a.asice"], scratch.Names());
        Assert.Equal(bundle.Length, new FileInfo(scratch.File("a.asice")).Length);
    }

    internal static VerificationReport Verify(byte[] bundle) =>
        BundleVerification.Verify(BundleBytes.Of(bundle), ExportedCase.Roots, TestContext.Current.CancellationToken);

    private static IEnumerable<VerificationLine> Failed(VerificationReport report) =>
        report.Lines.Where(l => l.Result == VerificationResult.DoesNotHold);

    private static string Text(ZipArchive zip, string name)
    {
        using var reader = new StreamReader(zip.GetEntry(name)!.Open(), Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
