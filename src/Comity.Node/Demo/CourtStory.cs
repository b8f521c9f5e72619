// SPDX-License-Identifier: EUPL-1.2
using System.Diagnostics;
using Comity.Acts;
using Comity.Files.Dossiers;

namespace Comity.Node.Demo;

/// <summary>What a court does with it: checks the exported dossier, and sees that a changed one does not hold.</summary>
internal sealed class CourtStory(DemoNode xa, Narrator narrator, string folder, CancellationToken stop)
{
    /// <summary>Tells it.</summary>
    public async Task TellAsync(DossierId dossier)
    {
        narrator.Chapter("A court in XA gets the dossier as a folder, and trusts neither node.");
        var export = Path.Combine(folder, "dossier");
        var acts = await xa.ExportAsync(dossier, export, stop);
        narrator.Say(
            $"Exported: {acts} acts with their receipts, the exhibits, the directory entries; see dossier/VERIFY.txt"
        );

        var roots = (
            (Outcome<TrustRoots>.Admitted)
                TrustRoots.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "roots.pem"), stop))
        ).Value;
        var report = await FolderVerification.FolderAsync(export, roots, stop);
        narrator.Check(
            report.Holds,
            $"comity verify: {report.Lines.Count(l => l.Result == VerificationResult.Holds)} checks hold, "
                + $"{report.Lines.Count(l => l.Result == VerificationResult.NotChecked)} could not be made"
        );
        foreach (var bad in report.Lines.Where(l => l.Result == VerificationResult.DoesNotHold))
        {
            narrator.Say($"  {bad.Subject} {bad.What}: {bad.Detail}");
        }

        await OpenSslAsync(export);
        await TamperAsync(export, roots);
        await new BundleStory(xa, narrator, folder, stop).TellAsync(dossier, roots);
    }

    private async Task OpenSslAsync(string export)
    {
        var files = Directory.GetFiles(Path.Combine(export, DossierFolder.Acts)).Order().ToList();
        var accepted = 0;
        foreach (var file in files)
        {
            if (await AcceptsAsync(file) is not { } verdict)
            {
                narrator.Say("openssl is not on this machine; with it, VERIFY.txt checks the same");
                return;
            }

            accepted += verdict ? 1 : 0;
        }

        narrator.Check(
            accepted == files.Count,
            $"openssl cms -verify -cades: {accepted} of {files.Count} acts verified, without a line of ours"
        );
    }

    private async Task TamperAsync(string export, TrustRoots roots)
    {
        var copy = Path.Combine(folder, "tampered");
        foreach (var file in Directory.GetFiles(export, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(export, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }

        var act = Directory.GetFiles(Path.Combine(copy, DossierFolder.Acts)).Order().Last();
        var bytes = await File.ReadAllBytesAsync(act, stop);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(act, bytes, stop);
        var report = await FolderVerification.FolderAsync(copy, roots, stop);
        var first = report.Lines.FirstOrDefault(l => l.Result == VerificationResult.DoesNotHold);
        narrator.Check(
            !report.Holds,
            $"One bit of a copy was flipped: it does not hold any more ({first?.Subject}: {first?.Detail})"
        );
    }

    private async Task<bool?> AcceptsAsync(string file)
    {
        var start = new ProcessStartInfo("openssl") { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (
            var argument in (string[])
                [
                    "cms",
                    "-verify",
                    "-cades",
                    "-binary",
                    "-purpose",
                    "any",
                    "-inform",
                    "DER",
                    "-in",
                    file,
                    "-CAfile",
                    Path.Combine(folder, "roots.pem"),
                    "-out",
                    "/dev/null",
                ]
        )
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using var process = Process.Start(start)!;
            await process.WaitForExitAsync(stop);
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
