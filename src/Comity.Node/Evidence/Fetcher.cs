// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using Comity.Node.Exchange;
using Comity.Node.Parties;
using Comity.Node.Settings;
using Comity.Node.Storage;
using Comity.Parties;

namespace Comity.Node.Evidence;

/// <summary>Fetches the exhibits that peers announced, in ranges, going on where a cut connection left off.</summary>
/// <remarks>
/// What has arrived lies in a file named for the digest it should have. After a crash or a cut it is hashed again, which is
/// faster than any line, and the rest is asked for. Memory does not grow with the exhibit. Each peer has transfers of its
/// own: one that sends a byte at a time holds up its own evidence and nobody else's.
/// </remarks>
internal sealed class Fetcher(
    IDatabase database,
    Directories directories,
    IPeerTransport transport,
    IEvidenceStore store,
    NodeSettings settings,
    TimeProvider time,
    NodeMeters meters,
    ILogger<Fetcher> log
) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>Exhibits of one peer that are fetched at once.</summary>
    private const int Transfers = 2;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Directory.CreateDirectory(settings.ArrivingFolder);
        var underWay = new Dictionary<string, (string Source, Task Work)>();
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (var (done, _) in underWay.Where(u => u.Value.Work.IsCompleted).ToList())
            {
                underWay.Remove(done);
            }

            try
            {
                var due = await database.ReadAsync(
                    s => ExhibitTables.DueAsync(s, time.GetUtcNow(), Transfers),
                    stoppingToken
                );
                foreach (var row in due.Where(r => !underWay.ContainsKey(r.Sealed)))
                {
                    if (underWay.Values.Count(u => u.Source == row.Source) < Transfers)
                    {
                        underWay[row.Sealed] = (
                            row.Source,
                            Task.Run(() => GoAsync(row, stoppingToken), CancellationToken.None)
                        );
                    }
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception fault)
            {
                FetcherLog.RoundFailed(log, fault);
            }

            var pause = Task.Delay(Pause, time, stoppingToken);
            await Task.WhenAny([pause, .. underWay.Values.Select(u => u.Work)]);
        }

        await Task.WhenAll(underWay.Values.Select(u => u.Work));
    }

    // Never throws: what happened is in the database or in the log, and the next round begins from there.
    private async Task GoAsync(ExhibitRow row, CancellationToken stop)
    {
        try
        {
            await FetchAsync(row, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The node is stopping; what has arrived stays, and the rest is asked for when it starts.
        }
        catch (Exception fault)
        {
            FetcherLog.RoundFailed(log, fault);
            await Task.Delay(Pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FetchAsync(ExhibitRow row, CancellationToken stop)
    {
        var peer = PartyId.Of(row.Source);
        var digest = Digest.TryParse(row.Sealed, out var parsed) ? parsed : default;
        var file = Path.Combine(settings.ArrivingFolder, row.Sealed);
        try
        {
            var entry =
                (await directories.CurrentAsync(stop)).Find(peer)?.Entry
                ?? throw new PeerUnreachableException("exchange.party-unknown");
            if (await ArriveAsync(entry, row, digest, file, stop) != digest)
            {
                File.Delete(file);
                await FailAsync(
                    row,
                    digest,
                    peer,
                    "exhibit.differs",
                    row.Failures > 0 ? ExhibitTables.Differs : row.State,
                    stop
                );
                return;
            }

            await store.PlaceAsync(file, digest, stop);

            // A crash here leaves a placed file and a row that still expects it: the next round finds all bytes arrived,
            // hashes nothing new and comes here again.
            await database.WriteAsync(
                s => MoveAsync(s, digest, ExhibitTables.Whole, row.Failures, time.GetUtcNow()),
                stop
            );
        }
        catch (PeerUnreachableException unreachable)
        {
            await FailAsync(row, digest, peer, unreachable.Code, row.State, stop);
        }
        catch (IOException full)
        {
            // A full disk is the usual cause. What arrived stays, and the rest is asked for when there is room.
            FetcherLog.CannotWrite(log, full);
            await FailAsync(row, digest, peer, "evidence.cannot-write", row.State, stop);
        }
    }

    private async Task<Digest> ArriveAsync(
        PartyEntry entry,
        ExhibitRow row,
        Digest digest,
        string file,
        CancellationToken stop
    )
    {
        if (await store.OpenAsync(digest, stop) is { } placed)
        {
            await using (placed)
            {
                return new Digest(await SHA256.HashDataAsync(placed, stop));
            }
        }

        await using var arriving = new FileStream(
            file,
            FileMode.OpenOrCreate,
            FileAccess.ReadWrite,
            FileShare.Read,
            0,
            true
        );
        if (arriving.Length > row.Size)
        {
            arriving.SetLength(0);
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await HashSoFarAsync(arriving, hash, stop);
        if (arriving.Length < row.Size)
        {
            await transport.FetchAsync(
                entry,
                digest,
                arriving.Length,
                row.Size,
                async (bytes, cancel) =>
                {
                    hash.AppendData(bytes.Span);
                    await arriving.WriteAsync(bytes, cancel);
                    meters.Evidence(bytes.Length, "in");
                },
                stop
            );
        }

        return new Digest(hash.GetHashAndReset());
    }

    private static async Task HashSoFarAsync(FileStream arriving, IncrementalHash hash, CancellationToken stop)
    {
        var buffer = new byte[128 * 1024];
        int read;
        while ((read = await arriving.ReadAsync(buffer, stop)) > 0)
        {
            hash.AppendData(buffer, 0, read);
        }
    }

    private async Task FailAsync(
        ExhibitRow row,
        Digest digest,
        PartyId peer,
        string code,
        string state,
        CancellationToken stop
    )
    {
        var wait = TimeSpan.FromSeconds(settings.FirstRetrySeconds * Math.Pow(2, Math.Min(row.Failures, 12)));
        var now = time.GetUtcNow();
        var next = now + (wait < LongestWait ? wait : LongestWait);
        await database.WriteAsync(
            async session =>
            {
                await ExhibitTables.MoveAsync(session, digest, state, row.Failures + 1, next, null);
                if (code == "exhibit.differs")
                {
                    await AlarmTables.RaiseAsync(session, code, peer, row.Sealed, null, now);
                }

                return 0;
            },
            stop
        );
        FetcherLog.Failed(log, peer.ToString(), code, row.Failures + 1);
    }

    private static async Task<int> MoveAsync(
        Session session,
        Digest digest,
        string state,
        long failures,
        DateTimeOffset now
    )
    {
        await ExhibitTables.MoveAsync(session, digest, state, failures, now, now);
        return 0;
    }
}

/// <summary>What the fetcher logs.</summary>
internal static partial class FetcherLog
{
    [LoggerMessage(20, LogLevel.Warning, "an exhibit from {Peer} did not arrive: {Code}, {Failures} in a row")]
    public static partial void Failed(ILogger logger, string peer, string code, long failures);

    [LoggerMessage(21, LogLevel.Error, "evidence cannot be written")]
    public static partial void CannotWrite(ILogger logger, Exception fault);

    [LoggerMessage(22, LogLevel.Error, "a round of fetching failed; it is tried again")]
    public static partial void RoundFailed(ILogger logger, Exception fault);
}
