// SPDX-License-Identifier: EUPL-1.2
using System.Diagnostics;
using System.Globalization;

namespace Comity.Files;

/// <summary>How far a long piece of work has got, on one line of a terminal that it wipes when done.</summary>
/// <remarks>Silent for the first second, and altogether when standard error is no terminal.</remarks>
public sealed class ProgressLine(string verb, long? total) : IProgress<long>, IDisposable
{
    private const long Mebibyte = 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Stopwatch since = Stopwatch.StartNew();
    private readonly bool isShown = !Console.IsErrorRedirected;
    private TimeSpan next = Patience;

    /// <summary>Notes that so many bytes are done.</summary>
    public void Report(long value)
    {
        if (!isShown || since.Elapsed < next)
        {
            return;
        }

        next = since.Elapsed + Interval;
        var of = total is null ? "" : $" of {total / Mebibyte}";
        var rate = value / (double)Mebibyte / since.Elapsed.TotalSeconds;
        var line = string.Create(CultureInfo.InvariantCulture, $"{verb} {value / Mebibyte}{of} MiB, {rate:0} MiB/s");
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
