// SPDX-License-Identifier: EUPL-1.2
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Comity.Node.Tests.Commands;

/// <summary>The built <c>comity-node</c>, run as an operator runs it.</summary>
internal static class NodeProgram
{
    /// <summary>The program's file, for <c>dotnet</c>.</summary>
    public static string File
    {
        get
        {
            // artifacts/bin/Comity.Node.Tests/debug/ has the node's artifacts/bin/Comity.Node/debug/ for a neighbour.
            DirectoryInfo here = new(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
            return Path.Combine(here.Parent!.Parent!.FullName, "Comity.Node", here.Name, "comity-node.dll");
        }
    }

    /// <summary>Runs a command to its end.</summary>
    /// <param name="arguments">As they are; no shell is involved.</param>
    public static Task<Ended> RunAsync(params IReadOnlyList<string> arguments) => RunAsync([], arguments);

    /// <summary>Runs a command to its end, with more in its environment.</summary>
    public static async Task<Ended> RunAsync(
        IReadOnlyList<(string Name, string Value)> environment,
        IReadOnlyList<string> arguments
    )
    {
        using var process = Start(environment, arguments);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(Stop);
        var error = process.StandardError.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        return new Ended(process.ExitCode, await output, await error);
    }

    /// <summary>Starts a node and waits until it listens.</summary>
    public static async Task<Served> ServeAsync(
        string data,
        params IReadOnlyList<(string Name, string Value)> environment
    )
    {
        var served = new Served(
            Start([("COMITY_NODE_EXCHANGE__FIRSTRETRYSECONDS", "1"), .. environment], ["serve", "--data", data])
        );
        await served.ReadyAsync();
        return served;
    }

    /// <summary>Starts a command and does not wait.</summary>
    public static Served Begin(params IReadOnlyList<string> arguments) => new(Start([], arguments));

    private static Process Start(
        IReadOnlyList<(string Name, string Value)> environment,
        IReadOnlyList<string> arguments
    )
    {
        var start = new ProcessStartInfo("dotnet", [File, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}

/// <summary>How a command ended.</summary>
internal sealed record Ended(int Exit, string Output, string Error)
{
    /// <summary>What it complained of, line by line.</summary>
    public IReadOnlyList<string> Complaints => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>All of it, for comparing.</summary>
    public (int Exit, string Output, string Error) Shown => (Exit, Output, Error);
}

/// <summary>A node that runs as a process of its own, which can be killed like any other.</summary>
internal sealed class Served : IAsyncDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = new();
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Served(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>All it has said.</summary>
    public string Said => string.Join('\n', lines);

    /// <summary>Whether it has ended by itself.</summary>
    public bool HasEnded => process.HasExited;

    /// <summary>Returns when it listens.</summary>
    public async Task ReadyAsync()
    {
        var first = await Task.WhenAny(ready.Task, process.WaitForExitAsync(Stop))
            .WaitAsync(TimeSpan.FromSeconds(60), Stop);
        Assert.True(first == ready.Task, $"the node ended instead of listening: {Said}");
    }

    /// <summary>The most memory it has had resident, in bytes.</summary>
    public long PeakMemory() => Status("VmHWM:") * 1024;

    /// <summary>Kills it at whatever it is doing, as a power failure would.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(Stop);
    }

    /// <summary>Asks it to end, and gives its exit code and how long it took.</summary>
    public async Task<(int Exit, TimeSpan Took)> TerminateAsync()
    {
        var watch = Stopwatch.StartNew();
        using var term = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync(Stop).WaitAsync(TimeSpan.FromSeconds(60), Stop);
        return (process.ExitCode, watch.Elapsed);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process.Dispose();
    }

    private long Status(string name)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status")
            .Single(l => l.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(
            line[name.Length..].Replace("kB", "", StringComparison.Ordinal),
            CultureInfo.InvariantCulture
        );
    }

    private void Note(string? line)
    {
        if (line is null)
        {
            return;
        }

        lines.Enqueue(line);
        if (line.Contains(" ready: ", StringComparison.Ordinal))
        {
            ready.TrySetResult();
        }
    }
}
