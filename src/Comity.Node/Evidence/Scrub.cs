// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using Comity.Node.Hosting;
using Dapper;

namespace Comity.Node.Evidence;

/// <summary>Reads every stored exhibit again and compares it with its name, and the store with what should be in it.</summary>
/// <remarks>
/// A disk that goes bad says nothing by itself, and evidence lies for years. What is found is marked as it is found, so a
/// pass that is broken off has lost nothing. Beside a node that works: what is placed or deleted meanwhile is looked at again
/// before it is called missing.
/// </remarks>
internal sealed class Scrub(NodeParts node)
{
    private const int Piece = 1 << 20;

    /// <summary>Reads the store through.</summary>
    /// <param name="mebibytesPerSecond">At most so many are read in a second; nothing for no limit.</param>
    /// <param name="progress">Told the bytes read so far.</param>
    /// <param name="stop">Gives up; what was found stays marked.</param>
    public async Task<ScrubReport> RunAsync(int? mebibytesPerSecond, IProgress<long>? progress, CancellationToken stop)
    {
        var rows = await RowsAsync(stop);
        var report = new ScrubReport();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var pace = new Pace(node.Time, mebibytesPerSecond);
        await foreach (var digest in node.Evidence.ListAsync(stop))
        {
            var name = digest.ToString();
            seen.Add(name);
            if (await IsWholeAsync(digest, pace, report, progress, stop) is not { } isWhole)
            {
                continue; // deleted since it was listed
            }

            report.Files++;
            if (
                !rows.ContainsKey(name)
                && await node.Database.ReadAsync(s => ExhibitTables.FindAsync(s, digest), stop) is null
            )
            {
                report.Extra.Add(name);
            }

            if (isWhole)
            {
                if (rows.GetValueOrDefault(name) == ExhibitTables.Damaged)
                {
                    await Damage.MendAsync(node, digest, stop);
                    report.Mended.Add(name);
                }

                continue;
            }

            report.Changed.Add(name);
            await MarkAsync(digest, report, stop);
        }

        foreach (var name in rows.Keys.Where(n => !seen.Contains(n)))
        {
            var digest = Digest.TryParse(name, out var parsed) ? parsed : default;
            if (await IsMissingAsync(digest, stop))
            {
                report.Missing.Add(name);
                await MarkAsync(digest, report, stop);
            }
        }

        return report;
    }

    private async Task MarkAsync(Digest digest, ScrubReport report, CancellationToken stop)
    {
        if (await Damage.MarkAsync(node, digest, stop) == true)
        {
            report.Refetched.Add(digest.ToString());
        }
    }

    private async Task<bool?> IsWholeAsync(
        Digest digest,
        Pace pace,
        ScrubReport report,
        IProgress<long>? progress,
        CancellationToken stop
    )
    {
        if (await node.Evidence.OpenAsync(digest, stop) is not { } opened)
        {
            return null;
        }

        await using var stream = opened;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[Piece];
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer, stop)) > 0)
            {
                hash.AppendData(buffer, 0, read);
                report.Bytes += read;
                progress?.Report(report.Bytes);
                await pace.WaitAsync(read, stop);
            }
        }
        catch (IOException)
        {
            return false; // a sector that the disk cannot read is no better than one that it reads wrongly
        }

        return new Digest(hash.GetHashAndReset()) == digest;
    }

    // Asked again in this order: the row, then the file, as taking out and destroying change the row first.
    private async Task<bool> IsMissingAsync(Digest digest, CancellationToken stop)
    {
        var row = await node.Database.ReadAsync(s => ExhibitTables.FindAsync(s, digest), stop);
        if (row?.State is not (ExhibitTables.Held or ExhibitTables.Whole or ExhibitTables.Damaged))
        {
            return false;
        }

        if (await node.Evidence.OpenAsync(digest, stop) is not { } stream)
        {
            return true;
        }

        await stream.DisposeAsync();
        return false;
    }

    private async Task<Dictionary<string, string>> RowsAsync(CancellationToken stop) =>
        (
            await node.Database.ReadAsync(
                s =>
                    s.Connection.QueryAsync<(string Sealed, string State)>(
                        "select sealed, state from exhibit where state in (@Held, @Whole, @Damaged)",
                        new
                        {
                            ExhibitTables.Held,
                            ExhibitTables.Whole,
                            ExhibitTables.Damaged,
                        },
                        s.Transaction
                    ),
                stop
            )
        ).ToDictionary(r => r.Sealed, r => r.State);

    /// <summary>Keeps the reading at a rate by waiting after each piece that came too early.</summary>
    private sealed class Pace(TimeProvider time, int? mebibytesPerSecond)
    {
        private readonly long began = time.GetTimestamp();
        private double due;

        public async Task WaitAsync(int bytes, CancellationToken stop)
        {
            if (mebibytesPerSecond is not { } rate)
            {
                return;
            }

            due += bytes / (rate * 1024.0 * 1024.0);
            var early = TimeSpan.FromSeconds(due) - time.GetElapsedTime(began);
            if (early > TimeSpan.Zero)
            {
                await Task.Delay(early, time, stop);
            }
        }
    }
}

/// <summary>What a pass over the store found. Names are digests of sealed files.</summary>
internal sealed class ScrubReport
{
    /// <summary>Files read.</summary>
    public int Files { get; set; }

    /// <summary>Bytes read.</summary>
    public long Bytes { get; set; }

    /// <summary>Files whose bytes are not what their names say.</summary>
    public List<string> Changed { get; } = [];

    /// <summary>Exhibits whose file is gone.</summary>
    public List<string> Missing { get; } = [];

    /// <summary>Files that no exhibit names: what a crash left. They do no harm.</summary>
    public List<string> Extra { get; } = [];

    /// <summary>Of those changed or missing, the ones that are fetched again from the peer that supplied them.</summary>
    public List<string> Refetched { get; } = [];

    /// <summary>Exhibits that were marked as damaged and are whole again.</summary>
    public List<string> Mended { get; } = [];

    /// <summary>Whether everything is there and as it should be.</summary>
    public bool IsWell => Changed.Count == 0 && Missing.Count == 0;
}
