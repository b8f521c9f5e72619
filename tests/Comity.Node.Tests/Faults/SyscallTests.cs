// SPDX-License-Identifier: EUPL-1.2
using System.Diagnostics;
using Comity.Files.Register;
using Comity.Node.Keys;
using Comity.Node.Settings;
using Comity.Node.Tests.Commands;
using Comity.Register;

namespace Comity.Node.Tests.Faults;

/// <summary>
/// Every call by which an append and a publication touch a file is made to fail in turn, by <c>strace</c>; each time the register
/// is whole afterwards, continues what was published before, and goes on.
/// </summary>
/// <remarks>
/// A few of the calls, unless <c>COMITY_SYSCALLS=all</c> asks for every one: <c>eng/syscalls.sh</c>. What is counted is the
/// number of the call within its thread, as strace counts.
/// </remarks>
public sealed class SyscallTests(MadeNodes nodes) : IClassFixture<MadeNodes>
{
    private const string Everything = "all";

    [Theory]
    [InlineData("pwrite64", "EIO", 7)]
    [InlineData("pwrite64", "ENOSPC", 9)]
    [InlineData("fsync", "EIO", 5)]
    [InlineData("ftruncate", "EIO", 2)]
    [InlineData("link", "EIO", 1)]
    [InlineData("rename", "EIO", 1)]
    [InlineData("unlink", "EIO", 4)]
    [InlineData("mkdir", "ENOSPC", 1)]
    [InlineData("openat", "EMFILE", 3)]
    [InlineData("pread64", "EIO", 5)]
    public async Task Whichever_call_fails_the_register_is_whole_and_goes_on(string call, string error, int stride)
    {
        Assert.SkipUnless(IsThere("strace"), "strace is not installed: ./test installs it where it can");
        var step = Environment.GetEnvironmentVariable("COMITY_SYSCALLS") == Everything ? 1 : stride;
        await RunAsync("publish");
        var before = Shown();
        var broken = 0;
        for (var number = 1; ; number += step)
        {
            if (!await BreakAsync(call, error, number))
            {
                break;
            }

            broken++;
            var check = await RunAsync("check");
            Assert.True(check.Exit == 0, $"{call} {number}: {check.Error}");
            var again = await RunAsync("publish");
            Assert.True(again.Exit == 0, $"{call} {number}: {again.Error}");
            before = await ContinuesAsync(before);
        }

        Assert.True(broken > 0, $"no {call} was made to fail");
    }

    private string Folder => Path.Combine(nodes.A, "register");

    private static bool IsThere(string tool)
    {
        using var found = Process.Start(new ProcessStartInfo("which", [tool]) { RedirectStandardOutput = true })!;
        found.WaitForExit();
        return found.ExitCode == 0;
    }

    private Task<Ended> RunAsync(string command) => NodeProgram.RunAsync(command, "--data", nodes.A);

    // Whether there was a call of that number to be made to fail.
    private async Task<bool> BreakAsync(string call, string error, int number)
    {
        var trace = nodes.PathOf("trace.txt");
        string[] only = call is "openat" or "pread64" ? [.. Touched().SelectMany(f => new[] { "-P", f })] : [];
        using var process = Process.Start(
            new ProcessStartInfo(
                "strace",
                [
                    "-f",
                    "-qq",
                    "-o",
                    trace,
                    "-e",
                    $"trace={call}",
                    "-e",
                    $"inject={call}:error={error}:when={number}",
                    .. only,
                    "dotnet",
                    NodeProgram.File,
                    "publish",
                    "--data",
                    nodes.A,
                ]
            )
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var said = process.StandardError.ReadToEndAsync(Stop);
        await process.StandardOutput.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        Assert.DoesNotContain("Unhandled", await said, StringComparison.Ordinal);
        return (await File.ReadAllTextAsync(trace, Stop)).Contains("(INJECTED)", StringComparison.Ordinal);
    }

    private IEnumerable<string> Touched() =>
        [
            .. new[] { "node.db", "node.db-wal", "node.db-shm" }.Select(f => Path.Combine(nodes.A, f)),
            Path.Combine(Folder, "checkpoint"),
        ];

    private Checkpoint Shown() =>
        Checkpoint.Parse(SignedNote.Parse(File.ReadAllBytes(Path.Combine(Folder, "checkpoint"))).Admitted()).Admitted();

    // Verifies all that is published, and that what was published before is the beginning of it.
    private async Task<Checkpoint> ContinuesAsync(Checkpoint before)
    {
        using var keys = NodeKeys.Load(NodeSettings.Load(nodes.A).Settings!);
        var key = keys.Register.Verifier;
        var folder = new TileFolder(Folder);
        var now = (await LogVerification.VerifyAsync(folder, key, key.Name, 2, null, Stop)).Admitted().Checkpoint;
        var leaves = new List<TreeHash>();
        foreach (var tile in Tile.Grown(0, now.Size).Where(t => t.Level == 0))
        {
            leaves.AddRange(TileBytes.Hashes(await folder.ReadAsync(tile.Path, TileBytes.MaximumBytes, Stop)));
        }

        Assert.True(now.Size > before.Size);
        Assert.Equal(before.Root, MemoryTree.Of([.. leaves]).Root(before.Size));
        return now;
    }
}
