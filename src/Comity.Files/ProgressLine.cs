// SPDX-License-Identifier: EUPL-1.2
using System.Diagnostics;
using System.Globalization;

namespace Comity.Files;

/// <summary>How far a long piece of work has got, on one line of a terminal that it wipes when done.</summary>
/// <remarks>Silent for the first second, and altogether when standard error is no terminal.</remarks>
public sealed class ProgressLine(string verb, long? total) : IProgress<long>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Stopwatch since = Stopwatch.StartNew();
    private readonly bool isShown = !Console.IsErrorRedirected;
    private TimeSpan next = Patience;

    /// <summary>What is counted.</summary>
    public string Unit { get; init; } = "MiB";

    /// <summary>How many of what is reported make one of those.</summary>
    public long Size { get; init; } = 1024 * 1024;

    /// <summary>Notes that so much is done: bytes, unless <see cref="Size"/> says otherwise.</summary>
    public void Report(long value)
    {
        if (!isShown || since.Elapsed < next)
        {
            return;
        }

        next = since.Elapsed + Interval;
        var of = total is null ? "" : $" of {total / Size}";
        var rate = value / (double)Size / since.Elapsed.TotalSeconds;
        var line = string.Create(CultureInfo.InvariantCulture, $"{verb} {value / Size}{of} {Unit}, {rate:0} {Unit}/s");
        Console.Error.Write($"\r{line}\u001b[K");
    }

    /// <summary>Wipes the line if there is one.</summary>
    public void Dispose()
    {
        if (next > Patience)
        {
            Console.Error.Write("\r\u001b[K");
        }
    }
}
