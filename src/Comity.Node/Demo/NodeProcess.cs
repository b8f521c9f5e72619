// SPDX-License-Identifier: EUPL-1.2
using System.Diagnostics;

namespace Comity.Node.Demo;

/// <summary>A node as a process of its own, which can be killed like any other and started again.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private readonly string data;
    private readonly string logFile;
    private Process? process;

    private readonly IReadOnlyList<(string Name, string Value)> environment;

    private NodeProcess(string data, string logFile, IReadOnlyList<(string Name, string Value)> environment) =>
        (this.data, this.logFile, this.environment) = (data, logFile, environment);

    /// <summary>Starts a node and waits until it listens.</summary>
    /// <param name="data">Its data folder.</param>
    /// <param name="environment">Settings that a demo has otherwise.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="InvalidOperationException">It ended instead of listening; its log says why.</exception>
    public static async Task<NodeProcess> StartAsync(
        string data,
        IReadOnlyList<(string Name, string Value)> environment,
        CancellationToken stop
    )
    {
        var node = new NodeProcess(data, Path.Combine(data, "node.log"), environment);
        await node.StartAsync(stop);
        return node;
    }

    /// <summary>Kills it at whatever it is doing, as a power failure would, and starts it again.</summary>
    public async Task KillAndRestartAsync(CancellationToken stop)
    {
        process!.Kill();
        await process.WaitForExitAsync(stop);
        process.Dispose();
        await StartAsync(stop);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            // SIGTERM: a node that is told to stop finishes what it is doing.
            using var term = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            await term.WaitForExitAsync();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            await process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!process.HasExited)
            {
                process.Kill();
            }
        }

        process?.Dispose();
    }

    private async Task StartAsync(CancellationToken stop)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
        {
            start.ArgumentList.Add(typeof(NodeProcess).Assembly.Location);
        }

        // A demo has no hours to wait for a node that is down.
        start.Environment["COMITY_NODE_EXCHANGE__FIRSTRETRYSECONDS"] = "1";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        start.ArgumentList.Add("serve");
        start.ArgumentList.Add("--data");
        start.ArgumentList.Add(data);
        process = Process.Start(start)!;
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) => Note(line.Data, ready);
        process.ErrorDataReceived += (_, line) => Note(line.Data, ready);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var ended = process.WaitForExitAsync(stop);
        if (await Task.WhenAny(ready.Task, ended) == ended)
        {
            throw new InvalidOperationException($"a node ended instead of listening; see {logFile}");
        }
    }

    private void Note(string? line, TaskCompletionSource ready)
    {
        if (line is null)
        {
            return;
        }

        lock (logFile)
        {
            File.AppendAllText(logFile, line + "\n");
        }

        if (line.Contains(" ready: ", StringComparison.Ordinal))
        {
            ready.TrySetResult();
        }
    }
}
