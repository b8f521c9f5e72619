// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Files.Dossiers;
using Comity.Register;

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

    [Fact]
    public async Task An_entry_that_another_Partys_root_signed_is_not_believed()
    {
        using ScratchFolder scratch = new();
        await Case.WriteAsync(scratch.File("dossier"), _ => null, [Case.EntryA, ExportedCase.EntryOfBByA]);

        var report = await FolderVerification.FolderAsync(
            scratch.File("dossier"),
            ExportedCase.Roots,
            TestContext.Current.CancellationToken
        );

        Assert.Contains(Failed(report), l => l.Detail == "verify.root-shared: XA, XB");
    }

    [Theory]
    [InlineData("XA")]
    [InlineData("XB")]
    public async Task With_roots_at_hand_an_entry_that_was_left_out_is_missed(string party)
    {
        using ScratchFolder scratch = new();
        var entry = party == "XA" ? Case.EntryB : Case.EntryA;
        await Case.WriteAsync(scratch.File("dossier"), _ => null, [entry]);
        await Case.WriteAsync(scratch.File("same"), _ => null, [entry]);

        var held = await FolderVerification.FolderAsync(
            scratch.File("dossier"),
            ExportedCase.Roots,
            TestContext.Current.CancellationToken
        );
        var open = await FolderVerification.FolderAsync(
            scratch.File("same"),
            TrustRoots.None,
            TestContext.Current.CancellationToken
        );

        Assert.Equal(
            [($"a directory entry of {party}", "verify.entry-missing")],
            Failed(held).Select(l => (l.Subject, l.Detail))
        );
        Assert.Empty(Failed(open));
    }

    [Fact]
    public void With_roots_at_hand_an_act_that_nothing_ties_to_one_does_not_hold()
    {
        var act = Case.Acts[1];
        var bytes = act.Signed.Encoded.ToArray();

        Assert.False(FolderVerification.Act("act", bytes, act.Id, ExportedCase.Roots, []).Holds);
        Assert.True(FolderVerification.Act("act", bytes, act.Id, TrustRoots.None, []).Holds);
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

    [Theory]
    [InlineData("../outside")]
    [InlineData("/etc/hostname")]
    [InlineData("acts/../../outside")]
    [InlineData("acts\\..\\outside")]
    [InlineData("acts//x")]
    [InlineData("C:acts/x")]
    [InlineData("acts/x:hidden")]
    [InlineData("acts/\u001b[2Kholds")]
    [InlineData("acts/\u202ex")]
    public async Task A_name_that_leads_out_of_the_folder_is_not_followed(string name)
    {
        using ScratchFolder scratch = new();
        var report = await ExportAsync(
            scratch,
            folder => File.AppendAllText(Path.Combine(folder, DossierFolder.Manifest), $"{Some.Digest("x")}  {name}\n")
        );

        Assert.Equal(
            [(DossierFolder.Manifest, "verify.manifest-malformed")],
            Failed(report).Select(l => (l.Subject, l.Detail))
        );
    }

    [Fact]
    public async Task A_link_in_the_folder_is_not_followed()
    {
        using ScratchFolder scratch = new();
        var report = await ExportAsync(
            scratch,
            folder =>
            {
                var path = Path.Combine(folder, "acts/002-grant.p7m");
                File.Move(path, scratch.File("elsewhere"));
                File.CreateSymbolicLink(path, scratch.File("elsewhere"));
            }
        );

        Assert.Equal(
            [("acts/002-grant.p7m", "verify.file-is-link")],
            Failed(report).Select(l => (l.Subject, l.Detail))
        );
    }

    [Fact]
    public async Task A_folder_that_is_a_link_is_not_followed()
    {
        using ScratchFolder scratch = new();
        var report = await ExportAsync(
            scratch,
            folder =>
            {
                Directory.Move(Path.Combine(folder, DossierFolder.Exhibits), scratch.File("elsewhere"));
                Directory.CreateSymbolicLink(Path.Combine(folder, DossierFolder.Exhibits), scratch.File("elsewhere"));
            }
        );

        Assert.Equal(
            [
                ($"exhibits/{Digest.Of(Case.Sealed)}.age", "verify.file-is-link"),
                (DossierFolder.Exhibits, "verify.file-not-listed"),
            ],
            Failed(report).Select(l => (l.Subject, l.Detail))
        );
    }

    [Fact]
    public async Task A_link_that_leads_back_up_has_an_end()
    {
        using ScratchFolder scratch = new();
        var report = await ExportAsync(
            scratch,
            folder =>
            {
                Directory.CreateSymbolicLink(Path.Combine(folder, "acts/a"), folder);
                Directory.CreateSymbolicLink(Path.Combine(folder, "acts/b"), folder);
            }
        );

        Assert.Equal(
            [("acts/a", "verify.file-not-listed"), ("acts/b", "verify.file-not-listed")],
            Failed(report).Select(l => (l.Subject, l.Detail))
        );
    }

    [Fact]
    public async Task A_name_that_would_move_the_cursor_is_shown_as_what_it_is()
    {
        using ScratchFolder scratch = new();
        var report = await ExportAsync(
            scratch,
            folder => File.WriteAllText(Path.Combine(folder, "acts/\u001b[2K\rholds\u202e"), "x")
        );

        Assert.Equal("acts/\uFFFD[2K\uFFFDholds\uFFFD", Assert.Single(Failed(report)).Subject);
    }

    [Fact]
    public async Task An_act_that_lies_there_twice_is_named()
    {
        using ScratchFolder scratch = new();
        var report = await ExportAsync(
            scratch,
            folder => Put(folder, "acts/004-again.p7m", File.ReadAllBytes(Path.Combine(folder, "acts/002-grant.p7m")))
        );

        Assert.Equal(
            [("acts/004-again.p7m", "verify.act-doubled: acts/002-grant.p7m")],
            Failed(report).Select(l => (l.Subject, l.Detail))
        );
    }

    [Fact]
    public async Task An_act_of_another_dossier_is_named()
    {
        using ScratchFolder scratch = new();
        var other = Some.Act(Some.Request(), Some.XaCentral, Some.XbCentral, 1) with
        {
            Dossier = DossierId.From(new byte[16]),
        };
        var report = await ExportAsync(
            scratch,
            folder => Put(folder, "acts/004-request.p7m", Some.A.Signed(other).Signed.Encoded.ToArray())
        );

        Assert.Equal(
            [("acts/004-request.p7m", "verify.other-dossier")],
            Failed(report).Select(l => (l.Subject, l.Detail))
        );
    }

    [Theory]
    [InlineData(1024 * 1024, "signature.too-large")]
    [InlineData((1024 * 1024) + 1, "verify.file-too-large")]
    public async Task A_file_too_large_to_be_read_is_named(int size, string code)
    {
        using ScratchFolder scratch = new();
        var report = await ExportAsync(scratch, folder => Put(folder, "acts/004-large.p7m", new byte[size]));

        Assert.Equal([("acts/004-large.p7m", code)], Failed(report).Select(l => (l.Subject, l.Detail)));
    }

    [Fact]
    public void An_entry_given_twice_is_one_entry() =>
        Assert.True(
            FolderVerification
                .Act("act", Case.Acts[1].Signed.Encoded.ToArray(), null, ExportedCase.Roots, [Case.EntryB, Case.EntryB])
                .Holds
        );

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
            l => l.Subject == "acts/002-grant.p7m" && l.Detail == "no receipt: it had not been received"
        );
        Assert.Contains(
            report.Lines,
            l => l.Subject == "acts/003-supply.p7m" && l.Detail.StartsWith("without effect", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task An_act_that_the_home_register_did_not_admit_is_not_folded()
    {
        using ScratchFolder scratch = new();
        await Case.WriteAsync(
            scratch.File("dossier"),
            i => i == 0 ? new LeafEntry.NotAdmitted("act.in-the-future") : null,
            [Case.EntryA, Case.EntryB]
        );

        var report = await FolderVerification.FolderAsync(
            scratch.File("dossier"),
            ExportedCase.Roots,
            TestContext.Current.CancellationToken
        );

        Assert.Equal(
            [
                ("acts/001-request.p7m", "not admitted there, so without effect: act.in-the-future"),
                ("acts/002-grant.p7m", "without effect: dossier.request-unknown (docs/spec/dossier.md 2.2)"),
                ("acts/003-supply.p7m", "without effect: dossier.request-unknown (docs/spec/dossier.md 2.2)"),
            ],
            report.Lines.Where(l => l.Result != VerificationResult.Holds).Select(l => (l.Subject, l.Detail))
        );
    }

    [Theory]
    [InlineData(0, "issued", "acts/001-request.p7m")]
    [InlineData(1, "admitted", "acts/002-grant.p7m")]
    public async Task A_register_that_says_of_an_act_what_it_cannot_say_is_not_believed(
        int act,
        string said,
        string file
    )
    {
        using ScratchFolder scratch = new();
        await Case.WriteAsync(
            scratch.File("dossier"),
            i =>
                i != act ? null
                : said == "issued" ? new LeafEntry.Issued()
                : new LeafEntry.Admitted(),
            [Case.EntryA, Case.EntryB]
        );

        var report = await FolderVerification.FolderAsync(
            scratch.File("dossier"),
            ExportedCase.Roots,
            TestContext.Current.CancellationToken
        );

        var failed = Assert.Single(Failed(report));
        Assert.Equal((file, "is in the register of XB"), (failed.Subject, failed.What));
        Assert.StartsWith("verify.receipt-other", failed.Detail, StringComparison.Ordinal);
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

    private static void Put(string folder, string name, byte[] bytes)
    {
        File.WriteAllBytes(Path.Combine(folder, name), bytes);
        File.AppendAllText(Path.Combine(folder, DossierFolder.Manifest), $"{Digest.Of(bytes)}  {name}\n");
    }

    private static IEnumerable<VerificationLine> Failed(VerificationReport report) =>
        report.Lines.Where(l => l.Result == VerificationResult.DoesNotHold);
}
