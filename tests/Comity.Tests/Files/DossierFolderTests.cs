// SPDX-License-Identifier: EUPL-1.2
using Comity.Files.Dossiers;

namespace Comity.Tests.Files;

public sealed class DossierFolderTests
{
    private static readonly ExportedCase Case = new();

    [Fact]
    public async Task An_exported_dossier_holds_and_says_what_was_checked()
    {
        using ScratchFolder scratch = new();
        var report = await ExportAsync(scratch, _ => { });

        Assert.True(report.Holds);
        Assert.DoesNotContain(report.Lines, l => l.Result != VerificationResult.Holds);
        Assert.Contains(
            new VerificationLine(
                "acts/002-grant.p7m",
                "was open when it was received",
                VerificationResult.Holds,
                "UNCC 40(17)"
            ),
            report.Lines
        );
    }

    [Fact]
    public async Task Without_roots_it_is_said_that_the_roots_could_not_be_checked()
    {
        using ScratchFolder scratch = new();
        await Case.WriteAsync(scratch.File("dossier"));

        var report = await FolderVerification.FolderAsync(
            scratch.File("dossier"),
            TrustRoots.None,
            TestContext.Current.CancellationToken
        );

        Assert.True(report.Holds);
        Assert.Equal(2, report.Lines.Count(l => l.Result == VerificationResult.NotChecked));
    }

    [Fact]
    public async Task With_the_root_of_one_Party_only_the_other_is_not_trusted()
    {
        using ScratchFolder scratch = new();
        await Case.WriteAsync(scratch.File("dossier"));
        var roots = TrustRoots.Parse(Some.A.Root.ExportCertificatePem()).Admitted();

        var report = await FolderVerification.FolderAsync(
            scratch.File("dossier"),
            roots,
            TestContext.Current.CancellationToken
        );

        Assert.Equal(["directory entry 1 of XB"], Failed(report).Select(l => l.Subject));
    }

    [Theory]
    [InlineData("acts/001-request.p7m")]
    [InlineData("acts/002-grant.p7m")]
    [InlineData("directory/XA-1.p7m")]
    [InlineData("VERIFY.txt")]
    public async Task A_changed_byte_anywhere_is_found(string file)
    {
        using ScratchFolder scratch = new();
        var report = await ExportAsync(
            scratch,
            folder =>
            {
                var path = Path.Combine(folder, file);
                var bytes = File.ReadAllBytes(path);
                bytes[bytes.Length / 2] ^= 1;
                File.WriteAllBytes(path, bytes);
            }
        );

        Assert.Contains(Failed(report), l => l.Subject == file && l.Detail == "verify.file-differs");
    }

    [Fact]
    public async Task A_changed_act_is_found_even_when_the_list_was_changed_with_it()
    {
        using ScratchFolder scratch = new();
        var report = await ExportAsync(
            scratch,
            folder =>
            {
                var path = Path.Combine(folder, "acts/002-grant.p7m");
                var before = $"{Digest.Of(File.ReadAllBytes(path))}  acts/";
                var bytes = File.ReadAllBytes(path);
                bytes[bytes.AsSpan().IndexOf("Law of XB"u8)] = (byte)'l';
                File.WriteAllBytes(path, bytes);
                var list = Path.Combine(folder, DossierFolder.Manifest);
                File.WriteAllText(list, File.ReadAllText(list).Replace(before, $"{Digest.Of(bytes)}  acts/"));
            }
        );

        Assert.Equal(
            [("acts/002-grant.p7m", "signature.attributes-differ")],
            Failed(report).Select(l => (l.Subject, l.Detail))
        );
    }

    [Fact]
    public async Task A_file_that_was_taken_out_is_missed()
    {
        using ScratchFolder scratch = new();
        var report = await ExportAsync(scratch, folder => File.Delete(Path.Combine(folder, "acts/003-supply.p7m")));

        Assert.Equal(
            [("acts/003-supply.p7m", "verify.file-missing")],
            Failed(report).Select(l => (l.Subject, l.Detail))
        );
    }

    [Fact]
    public async Task A_file_that_was_put_in_is_named()
    {
        using ScratchFolder scratch = new();
        var report = await ExportAsync(
            scratch,
            folder => File.WriteAllText(Path.Combine(folder, "acts/004-extra.p7m"), "x")
        );

        Assert.Equal(
            [("acts/004-extra.p7m", "verify.file-not-listed")],
            Failed(report).Select(l => (l.Subject, l.Detail))
        );
    }

    [Fact]
    public async Task An_export_that_was_interrupted_says_so()
    {
        using ScratchFolder scratch = new();
        var report = await ExportAsync(scratch, folder => File.Delete(Path.Combine(folder, DossierFolder.Manifest)));

        Assert.False(report.Holds);
        Assert.Contains(Failed(report), l => l.Detail.StartsWith("verify.no-manifest", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_act_without_its_receipt_is_pending_and_not_folded()
    {
        using ScratchFolder scratch = new();
        var id = Case.Acts[1].Id;
        var report = await ExportAsync(
            scratch,
            folder =>
            {
                var receipt = $"receipts/{id}.XB.json";
                File.Delete(Path.Combine(folder, receipt));
                var list = Path.Combine(folder, DossierFolder.Manifest);
                File.WriteAllLines(
                    list,
                    File.ReadAllLines(list).Where(l => !l.EndsWith(receipt, StringComparison.Ordinal))
                );
            }
        );

        Assert.Contains(
            report.Lines,
            l =>
                l.Subject == "acts/002-grant.p7m"
                && l.Detail.StartsWith("no receipt that holds", StringComparison.Ordinal)
        );
        Assert.Contains(
            report.Lines,
            l => l.Subject == "acts/003-supply.p7m" && l.Detail.StartsWith("without effect", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Every_one_byte_change_of_an_act_is_refused_when_its_id_is_known()
    {
        var act = Case.Acts[1];
        var bytes = act.Signed.Encoded.ToArray();
        var passed = new List<int>();
        for (var i = 0; i < bytes.Length; i++)
        {
            var changed = bytes.ToArray();
            changed[i] ^= 0x01;
            if (FolderVerification.Act("act", changed, act.Id, ExportedCase.Roots, [Case.EntryB]).Holds)
            {
                passed.Add(i);
            }
        }

        Assert.True(FolderVerification.Act("act", bytes, act.Id, ExportedCase.Roots, [Case.EntryB]).Holds);
        Assert.Empty(passed);
    }

    [Fact]
    public async Task Nothing_is_written_into_a_folder_that_holds_something()
    {
        using ScratchFolder scratch = new();
        Directory.CreateDirectory(scratch.File("dossier"));
        await File.WriteAllTextAsync(scratch.File("dossier/mine"), "mine", TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<IOException>(() => Case.WriteAsync(scratch.File("dossier")));
        Assert.Equal(["mine"], Directory.GetFiles(scratch.File("dossier")).Select(Path.GetFileName));
    }

    private static async Task<VerificationReport> ExportAsync(ScratchFolder scratch, Action<string> change)
    {
        var folder = scratch.File("dossier");
        await Case.WriteAsync(folder);
        change(folder);
        return await FolderVerification.FolderAsync(folder, ExportedCase.Roots, TestContext.Current.CancellationToken);
    }

    private static IEnumerable<VerificationLine> Failed(VerificationReport report) =>
        report.Lines.Where(l => l.Result == VerificationResult.DoesNotHold);
}
