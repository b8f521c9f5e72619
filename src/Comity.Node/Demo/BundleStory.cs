// SPDX-License-Identifier: EUPL-1.2
using System.ComponentModel;
using System.Diagnostics;
using Comity.Acts;
using Comity.Files.Bundles;
using Comity.Files.Dossiers;

namespace Comity.Node.Demo;

/// <summary>The same dossier as one signed file: verified, checked by its own commands, and found out when a bit is flipped.</summary>
internal sealed class BundleStory(DemoNode xa, Narrator narrator, string folder, CancellationToken stop)
{
    /// <summary>Tells it.</summary>
    public async Task TellAsync(DossierId dossier, TrustRoots roots)
    {
        var file = Path.Combine(folder, "case.asice");
        var bytes = await xa.BundleAsync(dossier, file, stop);
        narrator.Say($"The same as one signed file of {bytes:#,0} bytes, case.asice, with a report to read");
        using (var bundle = BundleBytes.Open(file))
        {
            var report = BundleVerification.Verify(bundle, roots, stop);
            narrator.Check(
                report.Holds,
                $"comity verify case.asice: {report.Lines.Count(l => l.Result == VerificationResult.Holds)} checks hold, "
                    + $"{report.Lines.Count(l => l.Result == VerificationResult.NotChecked)} could not be made"
            );
        }

        await StockAsync(file);
        await TamperAsync(file, roots);
    }

    private async Task StockAsync(string file)
    {
        const string commands =
            "for tool in unzip xmllint xxd openssl; do command -v $tool > /dev/null || exit 9; done; "
            + "unzip -q -o \"$1\" -d \"$2/unzipped\" && cd \"$2/unzipped\" && sh VERIFY.txt ../roots.pem";
        var start = new ProcessStartInfo("sh", ["-c", commands, "sh", file, folder])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync(stop);
            var said = await process.StandardOutput.ReadToEndAsync(stop);
            await process.WaitForExitAsync(stop);
            if (process.ExitCode == 9)
            {
                narrator.Say(
                    "unzip, xmllint, xxd or openssl is not on this machine; with them, VERIFY.txt checks the same"
                );
                return;
            }

            narrator.Check(
                process.ExitCode == 0,
                process.ExitCode == 0
                    ? "sh VERIFY.txt, with openssl, sha256sum, xmllint and xxd alone: everything holds"
                    : $"sh VERIFY.txt: {said.TrimEnd().Split('\n')[^1]} {(await error).TrimEnd()}"
            );
        }
        catch (Win32Exception)
        {
            narrator.Say("there is no sh on this machine; with it, VERIFY.txt checks the same");
        }
    }

    private async Task TamperAsync(string file, TrustRoots roots)
    {
        var bytes = await File.ReadAllBytesAsync(file, stop);
        bytes[bytes.Length / 3] ^= 1;
        var first = BundleVerification
            .Verify(BundleBytes.Of(bytes), roots, stop)
            .Lines.FirstOrDefault(l => l.Result == VerificationResult.DoesNotHold);
        narrator.Check(
            first is not null,
            $"One bit of a copy was flipped: it does not hold any more ({first?.Subject}: {first?.Detail})"
        );
    }
}
