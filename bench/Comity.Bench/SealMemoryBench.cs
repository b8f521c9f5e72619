// SPDX-License-Identifier: EUPL-1.2
using System.Diagnostics;
using System.Globalization;

namespace Comity.Bench;

/// <summary>
/// The most resident memory (VmHWM) of <c>comity seal</c> and <c>comity open</c> while 10 GiB that are stored nowhere go
/// through both. The ratio is the 200 MiB allowed over what was used.
/// </summary>
internal static class SealMemoryBench
{
    private const int Mebibyte = 1 << 20;
    private const double Allowed = 200;

    public static async Task RunAsync(Scale scale)
    {
        var mebibytes = scale == Scale.Full ? 10 * 1024 : 1024;
        var folder = Directory.CreateTempSubdirectory("comity-bench-").FullName;
        try
        {
            _ = await Shell.TimeAsync(folder, $"{Shell.Comity} keygen -o key > recipient");
            using var sealing = Shell.Start(
                folder,
                $"exec {Shell.Comity} seal -r $(cat recipient) -",
                readOutput: true
            );
            using var opening = Shell.Start(folder, $"exec {Shell.Comity} open -i key - > /dev/null");
            var passing = sealing.StandardOutput.BaseStream.CopyToAsync(opening.StandardInput.BaseStream, Mebibyte);
            var piece = new byte[Mebibyte];
            new Random(1).NextBytes(piece);
            for (var i = 0; i < mebibytes; i++)
            {
                await sealing.StandardInput.BaseStream.WriteAsync(piece);
            }

            // Neither has seen the end yet, so both are still there to be asked; nothing grows after this.
            var (sealingPeak, openingPeak) = (Peak(sealing), Peak(opening));
            sealing.StandardInput.Close();
            await passing;
            opening.StandardInput.Close();
            await Task.WhenAll(sealing.WaitForExitAsync(), opening.WaitForExitAsync());
            if (sealing.ExitCode != 0 || opening.ExitCode != 0)
            {
                throw new InvalidOperationException("what was sealed did not open");
            }

            Report.Note($"{mebibytes} MiB: seal used {sealingPeak:0} MiB at most, open {openingPeak:0} MiB");
            Report.Ratio("seal-memory", Allowed / sealingPeak, goal: 1);
            Report.Ratio("open-memory", Allowed / openingPeak, goal: 1);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Peak(Process process)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status")
            .Single(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)
            / 1024;
    }
}
