// SPDX-License-Identifier: EUPL-1.2
using System.Diagnostics;
using System.Globalization;

namespace Comity.Bench;

/// <summary>A node as its operator runs it: <c>comity-node serve</c>, Release, a process of its own.</summary>
internal sealed class ServedNode : IAsyncDisposable
{
    private readonly Process process;

    private ServedNode(Process process, TimeSpan start) => (this.process, Start) = (process, start);

    /// <summary>From before the process was there until it had said that it listens.</summary>
    public TimeSpan Start { get; }

    /// <summary>The most resident memory so far, in MiB.</summary>
    public double Peak => OfStatus("VmHWM:");

    /// <summary>Starts a node and waits until it listens.</summary>
    public static async Task<ServedNode> StartAsync(string data)
    {
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "comity-node"),
            ["serve", "--data", data]
        )
        {
            RedirectStandardOutput = true,
        };

        // What one peer may send in a minute is the operator's to say, and not what is measured.
        start.Environment["COMITY_NODE_EXCHANGE__REQUESTSPERMINUTE"] = "100000";
        var watch = Stopwatch.StartNew();
        var process = Process.Start(start) ?? throw new InvalidOperationException("the node did not start");
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains(" ready: ", StringComparison.Ordinal))
            {
                return new ServedNode(process, watch.Elapsed);
            }
        }

        throw new InvalidOperationException("the node ended instead of listening");
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private double OfStatus(string name)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status")
            .Single(l => l.StartsWith(name, StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)
            / 1024;
    }
}
