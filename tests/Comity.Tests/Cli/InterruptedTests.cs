// SPDX-License-Identifier: EUPL-1.2
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Comity.Evidence;
using Comity.Files;
using Comity.Tests.Evidence;

namespace Comity.Tests.Cli;

public sealed class InterruptedTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    [Theory]
    [InlineData("-INT")]
    [InlineData("-TERM")]
    public async Task An_opening_that_is_stopped_halfway_leaves_no_plaintext_behind(string signal)
    {
        var kill = ChildProcess.Find("kill");
        var token = TestContext.Current.CancellationToken;
        var key = folder.Write("key", Encoding.ASCII.GetBytes(KeyFile.Write(Seals.Anna, "2026-03-02T09:00:00Z")));
        var sealedFile = await Seals.SealAsync(Seals.Bytes(80, 5_000_000), SealForm.Binary, Seals.Anna.Recipient);

        string[] arguments = ["open", "-i", key, "-o", folder.File("evidence"), "-"];
        ProcessStartInfo start = new(ChildProcess.Comity, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        using var opening = Process.Start(start)!;
        await opening.StandardInput.BaseStream.WriteAsync(sealedFile.AsMemory(0, 4_000_000), token);
        await opening.StandardInput.BaseStream.FlushAsync(token);
        while (!Directory.EnumerateFiles(folder.Path, ".comity-*.part").Any(part => new FileInfo(part).Length > 0))
        {
            Assert.False(opening.HasExited, "it ended before it was stopped");
            await Task.Delay(10, token);
        }

        _ = await ChildProcess.RunAsync(kill, [signal, opening.Id.ToString(CultureInfo.InvariantCulture)]);
        await opening.WaitForExitAsync(token);
        Assert.Equal((130, "comity: stopped\n"), (opening.ExitCode, await opening.StandardError.ReadToEndAsync(token)));
        Assert.Equal(["key"], folder.Names());
    }

    public void Dispose() => folder.Dispose();
}
