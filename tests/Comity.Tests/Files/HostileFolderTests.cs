// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Files.Dossiers;
using Comity.Register;

namespace Comity.Tests.Files;

/// <summary>Whoever made the folder may have put anything in it.</summary>
public sealed class HostileFolderTests
{
    private static readonly ExportedCase Case = new();

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
