// SPDX-License-Identifier: EUPL-1.2
using Comity.Files.Dossiers;

namespace Comity.Tests.Files;

/// <summary>An exported dossier made by somebody who wants the reader to believe, or to do, what is not so.</summary>
public sealed class MisleadingFolderTests
{
    private static readonly ExportedCase Case = new();

    [Fact]
    public async Task The_name_in_a_root_is_shown_beside_the_Party_it_vouches_for()
    {
        using ScratchFolder scratch = new();
        var report = await VerifyAsync(scratch, _ => { });

        Assert.Equal(
            $"{Case.EntryB.Root} ({Some.B.Root.Subject})",
            report.Lines.Single(l => l.Subject == "directory entry 1 of XB").Detail
        );
    }

    [Fact]
    public async Task A_register_that_says_two_things_is_named()
    {
        using ScratchFolder scratch = new();
        var other = new ExportedCase();
        await other.WriteAsync(scratch.File("other"));
        var report = await VerifyAsync(
            scratch,
            folder =>
            {
                var receipt = $"receipts/{other.Acts[0].Id}.XB.json";
                File.Copy(scratch.File("other/acts/001-request.p7m"), Path.Combine(folder, "acts/004-request.p7m"));
                File.Copy(scratch.File($"other/{receipt}"), Path.Combine(folder, receipt));
            }
        );

        Assert.Equal(
            [
                "register.fork: entry 0 is acts/001-request.p7m and acts/004-request.p7m",
                "register.fork: two registers of 3 entries",
            ],
            Failed(report).Where(l => l.Subject == "the register of XB").Select(l => l.Detail)
        );
    }

    [Fact]
    public async Task A_receipt_whose_register_is_not_known_here_is_not_passed_over()
    {
        using ScratchFolder scratch = new();
        var report = await VerifyAsync(scratch, folder => File.Delete(Path.Combine(folder, "directory/XB-1.p7m")));

        Assert.Equal(
            Case.Acts.Select(a => $"receipts/{a.Id}.XB.json").Order(StringComparer.Ordinal),
            report
                .Lines.Where(l => l is { What: "is a receipt for an act that is here" })
                .Select(l => l.Subject)
                .Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("VERIFY.txt", "verify.file-differs")]
    [InlineData("manifest-sha256.txt", "verify.no-manifest: the export was not finished, or this is no dossier")]
    public async Task A_pipe_where_a_file_should_be_is_not_waited_for(string name, string code)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such files");
        using ScratchFolder scratch = new();
        await Case.WriteAsync(scratch.File("dossier"));
        File.Delete(scratch.File($"dossier/{name}"));
        await ChildProcess.RunAsync("mkfifo", [scratch.File($"dossier/{name}")]);

        var report = await VerifyAsync(scratch.File("dossier"));

        Assert.Equal([(name, code)], Failed(report).Select(l => (l.Subject, l.Detail)));
    }

    [Fact]
    public async Task A_list_that_is_a_link_to_something_else_is_no_list()
    {
        using ScratchFolder scratch = new();
        await Case.WriteAsync(scratch.File("dossier"));
        var list = scratch.File($"dossier/{DossierFolder.Manifest}");
        File.Move(list, scratch.File("elsewhere"));
        File.CreateSymbolicLink(list, scratch.File("elsewhere"));

        var report = await VerifyAsync(scratch.File("dossier"));

        Assert.StartsWith("verify.no-manifest", Assert.Single(Failed(report)).Detail);
    }

    /// <summary>Exports the case, changes it, and lists what lies there then, as whoever changes a folder would.</summary>
    private static async Task<VerificationReport> VerifyAsync(ScratchFolder scratch, Action<string> change)
    {
        var folder = scratch.File("dossier");
        await Case.WriteAsync(folder);
        change(folder);
        var list = Path.Combine(folder, DossierFolder.Manifest);
        File.Delete(list);
        var lines = Directory
            .GetFiles(folder, "*", SearchOption.AllDirectories)
            .Select(f => $"{Digest.Of(File.ReadAllBytes(f))}  {Path.GetRelativePath(folder, f)}");
        await File.WriteAllLinesAsync(list, lines, TestContext.Current.CancellationToken);
        return await VerifyAsync(folder);
    }

    // Whatever the folder is, a minute is enough: a verifier that waits for ever says nothing.
    private static Task<VerificationReport> VerifyAsync(string folder)
    {
        var stop = TestContext.Current.CancellationToken;
        return Task.Run(() => FolderVerification.FolderAsync(folder, ExportedCase.Roots, stop), stop)
            .WaitAsync(TimeSpan.FromMinutes(1), stop);
    }

    private static IEnumerable<VerificationLine> Failed(VerificationReport report) =>
        report.Lines.Where(l => l.Result == VerificationResult.DoesNotHold);
}
