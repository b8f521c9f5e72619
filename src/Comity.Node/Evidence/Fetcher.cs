// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using Comity.Node.Exchange;
using Comity.Node.Keys;
using Comity.Node.Parties;
using Comity.Node.Settings;
using Comity.Node.Storage;
using Comity.Parties;

namespace Comity.Node.Evidence;

/// <summary>Fetches the exhibits that peers announced, in ranges, going on where a cut connection left off.</summary>
/// <remarks>
/// What has arrived lies in a file named for the digest it should have. After a crash or a cut it is hashed again, which is
/// faster than any line, and the rest is asked for. Memory does not grow with the exhibit. What fails is tried again for
/// ever, after a wait that doubles up to an hour; a person is told when it takes long.
/// </remarks>
internal sealed class Fetcher(
    IDatabase database,
    Directories directories,
    IPeerTransport transport,
    IEvidenceStore store,
    NodeKeys keys,
    NodeSettings settings,
    TimeProvider time,
    NodeMeters meters,
    ILogger<Fetcher> log
) : BackgroundService
{
    /// <summary>Exhibits of one peer that are fetched at once: one that is slow, or means to be, holds up no other peer's.</summary>
    public const int AtOnce = 2;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var underWay = new Dictionary<string, Task>();
        var hasJustStarted = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                Directory.CreateDirectory(settings.ArrivingFolder);
                if (hasJustStarted)
                {
                    // Why it could not fetch before may have been its own being away, or a disk that was full.
                    await database.WriteAsync(ExhibitTables.TryNowAsync, stoppingToken);
                    hasJustStarted = false;
                }

                foreach (var done in underWay.Where(t => t.Value.IsCompleted).Select(t => t.Key).ToList())
                {
                    underWay.Remove(done);
                }

                var due = await database.ReadAsync(
                    s => ExhibitTables.DueAsync(s, time.GetUtcNow(), AtOnce),
                    stoppingToken
                );
                foreach (var row in due.Where(r => !underWay.ContainsKey(r.Sealed)))
                {
                    underWay[row.Sealed] = Task.Run(() => GoAsync(row, stoppingToken), CancellationToken.None);
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

            await Task.WhenAny([Task.Delay(Pause, stoppingToken), .. underWay.Values]);
        }

        await Task.WhenAll(underWay.Values);
    }

    // Never throws: how the exhibit stands is in the database or, when that fails, as it was.
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

            // The row is due as before. A database that fails is not asked again at once.
            await Task.Delay(Pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FetchAsync(ExhibitRow row, CancellationToken stop)
    {
        var peer = PartyId.Of(row.Source);
        var digest = Digest.TryParse(row.Sealed, out var parsed) ? parsed : default;
        var file = Path.Combine(settings.ArrivingFolder, row.Sealed);
        try
        {
            if (!await IsPlacedAsync(digest, stop))
            {
                var entry =
                    (await directories.CurrentAsync(stop)).Find(peer)?.Entry
                    ?? throw new PeerUnreachableException("exchange.party-unknown");
                if (await ArriveAsync(entry, row, digest, file, stop) != digest)
                {
                    File.Delete(file);
                    await DifferAsync(row, digest, peer, stop);
                    return;
                }

                await store.PlaceAsync(file, digest, stop);
            }

            // A crash before this leaves a placed file and a row that still expects it: the next round finds it placed.
            var stands = await Receiving.CompleteAsync(
                database,
                keys.AtRest,
                settings.Party,
                row,
                time.GetUtcNow(),
                stop
            );
            if (stands is ExhibitTables.Destroying or ExhibitTables.Destroyed)
            {
                await store.DeleteAsync(digest, stop); // certified as destroyed while it was on its way
            }
        }
        catch (PeerUnreachableException unreachable)
        {
            await PostponeAsync(row, digest, peer, unreachable.Code, stop);
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException)
        {
            // A full disk is the usual cause. What arrived stays, and the rest is asked for when there is room.
            FetcherLog.CannotWrite(log, full);
            await PostponeAsync(row, digest, peer, "evidence.cannot-write", stop);
        }
    }

    // A file that a crash left placed, or that went bad before it was ever noted whole: then it is fetched anew.
    private async Task<bool> IsPlacedAsync(Digest digest, CancellationToken stop)
    {
        if (await store.OpenAsync(digest, stop) is not { } placed)
        {
            return false;
        }

        await using (placed)
        {
            if (new Digest(await SHA256.HashDataAsync(placed, stop)) == digest)
            {
                return true;
            }
        }

        await store.DeleteAsync(digest, stop);
        return false;
    }

    private async Task<Digest> ArriveAsync(
        PartyEntry entry,
        ExhibitRow row,
        Digest digest,
        string file,
        CancellationToken stop
    )
    {
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
                    await arriving.WriteAsync(bytes, cancel);
                    hash.AppendData(bytes.Span);
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

    // Other bytes than the manifest says: fetched once more, as a line or a disk can do that too, and then left to a person.
    private async Task DifferAsync(ExhibitRow row, Digest digest, PartyId peer, CancellationToken stop)
    {
        const string Code = "exhibit.differs";
        await database.WriteAsync(
            async session =>
            {
                var now = time.GetUtcNow();
                var isSecond = await AlarmTables.IsRaisedAsync(session, Code, peer, row.Sealed);
                await AlarmTables.RaiseAsync(session, Code, peer, row.Sealed, null, now);
                await ExhibitTables.MoveAsync(
                    session,
                    digest,
                    isSecond ? ExhibitTables.Differs : ExhibitTables.Expected,
                    row.Failures + 1,
                    now + WaitAfter(row.Failures),
                    null
                );
                return 0;
            },
            stop
        );
        FetcherLog.Failed(log, peer.ToString(), Code, row.Failures + 1);
    }

    private async Task PostponeAsync(ExhibitRow row, Digest digest, PartyId peer, string code, CancellationToken stop)
    {
        await database.WriteAsync(
            async session =>
            {
                var now = time.GetUtcNow();
                var next = now + WaitAfter(row.Failures);
                await ExhibitTables.MoveAsync(session, digest, row.State, row.Failures + 1, next, null, row.State);
                var announced = await ExhibitTables.AnnouncedAsync(session, row);
                if (announced is { } since && now - since > TimeSpan.FromHours(settings.UndeliveredHours))
                {
                    await AlarmTables.RaiseAsync(session, "exhibit.overdue", peer, row.Sealed, null, now);
                }

                return 0;
            },
            stop
        );
        FetcherLog.Failed(log, peer.ToString(), code, row.Failures + 1);
    }

    private TimeSpan WaitAfter(long failures)
    {
        var wait = TimeSpan.FromSeconds(settings.FirstRetrySeconds * Math.Pow(2, Math.Min(failures, 12)));
        return wait < LongestWait ? wait : LongestWait;
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
