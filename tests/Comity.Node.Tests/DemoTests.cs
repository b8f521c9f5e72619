// SPDX-License-Identifier: EUPL-1.2
using System.Diagnostics;
using Comity.Node.Hosting;

namespace Comity.Node.Tests;

/// <summary>The demo as a visitor runs it, and while its nodes are killed. Fifty kills: <c>./demo --exit --kill 50</c>.</summary>
public sealed class DemoTests
{
    [Fact]
    public async Task The_demo_plays_to_its_end_while_its_nodes_are_killed()
    {
        var folder = Directory.CreateTempSubdirectory("comity-demo-test").FullName;
        var kills = Environment.GetEnvironmentVariable("COMITY_TEST_KILLS") ?? "5";

        var (exit, story) = await PlayAsync("--exit", "--data", folder, "--kill", kills, "--seed", "417");

        Assert.True(exit == 0, story);
        Assert.EndsWith("Every step held.\n", story);
        Assert.Contains("openssl cms -verify -cades: 10 of 10 acts verified", story);
        Assert.Contains("The desk does not let it out: decision.finding-open", story);
        Assert.True(Directory.Exists(Path.Combine(folder, "dossier", "acts")));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_file_that_is_not_there_stops_the_demo_before_it_begins()
    {
        var (exit, story) = await PlayAsync("--exit", "--evidence", "/no/such/file");

        Assert.Equal((2, "comity-node: no such file: /no/such/file\n"), (exit, story));
    }

    private static async Task<(int Exit, string Story)> PlayAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(NodeParts).Assembly.Location, "demo", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }
}
