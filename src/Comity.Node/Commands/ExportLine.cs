// SPDX-License-Identifier: EUPL-1.2
using System.Diagnostics;
using System.Globalization;

namespace Comity.Node.Commands;

/// <summary>How far an export has got, on one line of a terminal that it wipes when done. Silent for the first second.</summary>
internal sealed class ExportLine : IProgress<string>, IProgress<long>, IDisposable
{
    private const long Mebibyte = 1024 * 1024;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Stopwatch since = Stopwatch.StartNew();
    private readonly bool isShown = !Console.IsErrorRedirected;
    private TimeSpan next = TimeSpan.FromSeconds(1);
    private bool isWritten;

    /// <summary>Bytes of the bundle, once they are known.</summary>
    public long Total { get; set; }

    /// <summary>Notes a file that was read or written.</summary>
    public void Report(string value) => Show($"read {value}");

    /// <summary>Notes that so many bytes are written.</summary>
    public void Report(long value) =>
        Show(string.Create(CultureInfo.InvariantCulture, $"wrote {value / Mebibyte} of {Total / Mebibyte} MiB"));

    /// <summary>Wipes the line if there is one.</summary>
    public void Dispose()
    {
        if (isWritten)
        {
            Console.Error.Write("\r\u001b[K");
            isWritten = false;
        }
    }

    private void Show(string text)
    {
        if (isShown && since.Elapsed >= next)
        {
            next = since.Elapsed + Interval;
            isWritten = true;
            Console.Error.Write($"\r{text}\u001b[K");
        }
    }
}
