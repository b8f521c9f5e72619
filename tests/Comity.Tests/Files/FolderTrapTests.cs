// SPDX-License-Identifier: EUPL-1.2
using Comity.Files.Dossiers;

namespace Comity.Tests.Files;

/// <summary>A folder made to keep the verifier waiting, or to have it pass over what it holds.</summary>
public sealed class FolderTrapTests
{
    private static readonly ExportedCase Case = new();

    [Fact]
    public async Task An_exhibit_of_another_size_than_was_supplied_does_not_hold()
    {
        using ScratchFolder scratch = new();
        var made = new ExportedCase(sizeOff: 1);
        await made.WriteAsync(scratch.File("dossier"));

        var report = await FolderVerification.FolderAsync(
            scratch.File("dossier"),
            TrustRoots.None,
            TestContext.Current.CancellationToken
        );

        Assert.Equal(
            [($"exhibits/{Digest.Of(made.Sealed)}.age", VerificationResult.DoesNotHold, "exhibit.differs")],
            OfExhibits(report)
        );
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("changed")]
    public async Task Of_an_exhibit_that_is_not_as_it_was_exported_nothing_is_said_to_hold(string how)
    {
        using ScratchFolder scratch = new();
        var made = new ExportedCase();
        await made.WriteAsync(scratch.File("dossier"));
        var file = $"exhibits/{Digest.Of(made.Sealed)}.age";
        var path = Path.Combine(scratch.File("dossier"), file);
        if (how == "gone")
        {
            File.Delete(path);
        }
        else
        {
            await File.AppendAllTextAsync(path, "x", TestContext.Current.CancellationToken);
        }

        var report = await FolderVerification.FolderAsync(
            scratch.File("dossier"),
            TrustRoots.None,
            TestContext.Current.CancellationToken
        );

        Assert.Equal(
            [
                (file, VerificationResult.DoesNotHold, how == "gone" ? "verify.file-missing" : "verify.file-differs"),
                (file, VerificationResult.NotChecked, "not in this export as it was exported"),
            ],
            OfExhibits(report)
        );
    }

    [Fact]
    public async Task A_register_that_says_two_things_is_named()
    {
        using ScratchFolder scratch = new();
        var other = new ExportedCase();
        await other.WriteAsync(scratch.File("other"));
        await Case.WriteAsync(scratch.File("dossier"));
        var receipt = $"receipts/{other.Acts[0].Id}.XB.json";
        Put(scratch, "acts/004-request.p7m", File.ReadAllBytes(scratch.File("other/acts/001-request.p7m")));
        Put(scratch, receipt, File.ReadAllBytes(scratch.File($"other/{receipt}")));

        var report = await VerifyAsync(scratch);

        Assert.Equal(
            [
                "register.fork: entry 0 is acts/001-request.p7m and acts/004-request.p7m",
                "register.fork: two registers of 3 entries",
            ],
            Failed(report).Where(l => l.Subject == "the register of XB").Select(l => l.Detail)
        );
    }

    [Fact]
    public async Task A_receipt_for_an_act_that_is_not_here_is_not_passed_over()
    {
        using ScratchFolder scratch = new();
        await Case.WriteAsync(scratch.File("dossier"));
        var name = $"receipts/{Some.Id("another")}.XB.json";
        Put(scratch, name, File.ReadAllBytes(scratch.File($"dossier/receipts/{Case.Acts[0].Id}.XB.json")));

        var report = await VerifyAsync(scratch);

        Assert.Equal(
            [(name, "no such act, or no directory entry of that Party")],
            report.Lines.Where(l => l.Result == VerificationResult.NotChecked).Select(l => (l.Subject, l.Detail))
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

        var report = await VerifyAsync(scratch);

        Assert.Equal((name, code), Failed(report).Select(l => (l.Subject, l.Detail)).First());
    }

    [Fact]
    public async Task A_pipe_that_is_listed_as_an_act_is_not_waited_for()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such files");
        using ScratchFolder scratch = new();
        await Case.WriteAsync(scratch.File("dossier"));
        Put(scratch, "acts/004-pipe.p7m", []);
        File.Delete(scratch.File("dossier/acts/004-pipe.p7m"));
        await ChildProcess.RunAsync("mkfifo", [scratch.File("dossier/acts/004-pipe.p7m")]);

        var report = await VerifyAsync(scratch);

        Assert.Equal(
            ("acts/004-pipe.p7m", "is a signed act"),
            Failed(report).Select(l => (l.Subject, l.What)).Single()
        );
    }

    [Fact]
    public async Task A_list_that_is_a_link_to_something_else_is_no_list()
    {
        using ScratchFolder scratch = new();
        await Case.WriteAsync(scratch.File("dossier"));
        var list = scratch.File($"dossier/{DossierFolder.Manifest}");
        File.Move(list, scratch.File("elsewhere"));
        File.CreateSymbolicLink(list, scratch.File("elsewhere"));

        var report = await VerifyAsync(scratch);

        Assert.StartsWith("verify.no-manifest", Failed(report).First().Detail, StringComparison.Ordinal);
    }

    // Whatever the folder is, a minute is enough: a verifier that waits for ever says nothing.
    private static Task<VerificationReport> VerifyAsync(ScratchFolder scratch)
    {
        var stop = TestContext.Current.CancellationToken;
        var folder = scratch.File("dossier");
        return Task.Run(() => FolderVerification.FolderAsync(folder, ExportedCase.Roots, stop), stop)
            .WaitAsync(TimeSpan.FromMinutes(1), stop);
    }

    private static void Put(ScratchFolder scratch, string name, byte[] bytes)
    {
        scratch.Write($"dossier/{name}", bytes);
        File.AppendAllText(scratch.File($"dossier/{DossierFolder.Manifest}"), $"{Digest.Of(bytes)}  {name}\n");
    }

    private static IEnumerable<VerificationLine> Failed(VerificationReport report) =>
        report.Lines.Where(l => l.Result == VerificationResult.DoesNotHold);

    private static IEnumerable<(string, VerificationResult, string)> OfExhibits(VerificationReport report) =>
        report
            .Lines.Where(l => l.Subject.StartsWith("exhibits/", StringComparison.Ordinal))
            .Select(l => (l.Subject, l.Result, l.Detail));
}
