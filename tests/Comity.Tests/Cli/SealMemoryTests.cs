// SPDX-License-Identifier: EUPL-1.2
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Comity.Evidence;
using Comity.Tests.Evidence;

namespace Comity.Tests.Cli;

/// <summary>Memory does not grow with the evidence: two real processes, a file that exists nowhere, and the kernel's count.</summary>
public sealed class SealMemoryTests : IDisposable
{
    private const int Mebibyte = 1024 * 1024;
    private const int Size = 512;
    private const int Most = 120;

    private readonly ScratchFolder folder = new();

    [Fact]
    public async Task Half_a_gibibyte_is_sealed_and_opened_in_a_fraction_of_its_size()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux tells the peak");
        var key = folder.Write("key", Encoding.ASCII.GetBytes(KeyFile.Write(Seals.Anna, "2026-03-02T09:00:00Z")));
        using var sealing = Start("seal", "-r", Seals.Anna.Recipient.ToString(), "-");
        using var opening = Start("open", "-i", key, "-");
        var token = TestContext.Current.CancellationToken;
        var piece = Seals.Bytes(70, Mebibyte);

        var feeding = Task.Run(
            async () =>
            {
                for (var i = 0; i < Size; i++)
                {
                    await sealing.StandardInput.BaseStream.WriteAsync(piece, token);
                }

                sealing.StandardInput.Close();
            },
            token
        );
        var passing = Task.Run(
            async () =>
            {
                await sealing.StandardOutput.BaseStream.CopyToAsync(opening.StandardInput.BaseStream, token);
                opening.StandardInput.Close();
            },
            token
        );

        // Compared as it comes out; the peaks are read while both processes are still there, before the last piece.
        var received = new byte[Mebibyte];
        var (sealingPeak, openingPeak) = (0, 0);
        for (var i = 0; i < Size; i++)
        {
            await opening.StandardOutput.BaseStream.ReadExactlyAsync(received, token);
            Assert.True(received.AsSpan().SequenceEqual(piece), $"mebibyte {i} differs");
            if (i == Size - 64)
            {
                (sealingPeak, openingPeak) = (Peak(sealing), Peak(opening));
            }
        }

        Assert.Equal(0, await opening.StandardOutput.BaseStream.ReadAsync(received, token));
        await Task.WhenAll(feeding, passing, sealing.WaitForExitAsync(token), opening.WaitForExitAsync(token));
        Assert.Equal((0, 0), (sealing.ExitCode, opening.ExitCode));
        Assert.InRange(sealingPeak, 1, Most);
        Assert.InRange(openingPeak, 1, Most);
    }

    [Fact]
    public async Task A_quarter_of_a_gibibyte_is_sealed_again_in_a_fraction_of_its_size()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux tells the peak");
        var token = TestContext.Current.CancellationToken;
        var key = folder.Write("key", Encoding.ASCII.GetBytes(KeyFile.Write(Seals.Anna, "2026-03-02T09:00:00Z")));
        using var sealing = Start("seal", "-r", Seals.Anna.Recipient.ToString(), "-");
        using var resealing = Start("reseal", "-i", key, "-r", Seals.Boris.Recipient.ToString(), "-");
        var piece = Seals.Bytes(71, Mebibyte);
        var feeding = Task.Run(
            async () =>
            {
                for (var i = 0; i < Size / 2; i++)
                {
                    await sealing.StandardInput.BaseStream.WriteAsync(piece, token);
                }

                sealing.StandardInput.Close();
            },
            token
        );
        var passing = Task.Run(
            async () =>
            {
                await sealing.StandardOutput.BaseStream.CopyToAsync(resealing.StandardInput.BaseStream, token);
                resealing.StandardInput.Close();
            },
            token
        );

        long received = 0;
        var peak = 0;
        var buffer = new byte[Mebibyte];
        int read;
        while ((read = await resealing.StandardOutput.BaseStream.ReadAsync(buffer, token)) > 0)
        {
            received += read;
            if (peak == 0 && received > (Size / 2 - 64L) * Mebibyte)
            {
                peak = Peak(resealing);
            }
        }

        await Task.WhenAll(feeding, passing, sealing.WaitForExitAsync(token), resealing.WaitForExitAsync(token));
        Assert.Equal((0, 0), (sealing.ExitCode, resealing.ExitCode));
        Assert.InRange(received, (Size / 2) * (long)Mebibyte, (Size / 2 + 1) * (long)Mebibyte);
        Assert.InRange(peak, 1, Most);
    }

    public void Dispose() => folder.Dispose();

    private static Process Start(params string[] arguments) =>
        Process.Start(
            new ProcessStartInfo(ChildProcess.Comity, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        ) ?? throw new InvalidOperationException("comity did not start");

    /// <summary>The most resident memory so far, in mebibytes.</summary>
    private static int Peak(Process process)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status")
            .Single(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)
            / 1024;
    }
}
