// SPDX-License-Identifier: EUPL-1.2
using Comity.Exchange;
using Comity.Node.Keys;
using Comity.Node.Parties;
using Comity.Node.Register;
using Comity.Node.Settings;
using Comity.Node.Storage;
using Comity.Parties;
using Comity.Register;

namespace Comity.Node.Exchange;

/// <summary>Carries acts to the Parties they are addressed to, for as long as it takes.</summary>
/// <remarks>
/// At most one batch a peer is on its way. What fails is tried again after a wait that doubles up to an hour, for ever: a
/// legal deadline may alert a person, it never drops an act. Sending the same act twice is harmless, so a crash at any
/// line here leaves nothing to repair: the rows not answered are sent again.
/// </remarks>
internal sealed class Courier(
    IDatabase database,
    RegisterWriter register,
    Directories directories,
    IPeerTransport transport,
    NodeKeys keys,
    Halt halt,
    NodeSettings settings,
    Deliveries deliveries,
    TimeProvider time,
    NodeMeters meters,
    ILogger<Courier> log
) : BackgroundService
{
    private const string WentBack = "exchange.peer-went-back";

    /// <summary>With the usual first wait of two seconds: a minute.</summary>
    private const int MostParkedWaits = 6;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>How long a peer may be silent before it is greeted.</summary>
    private static readonly TimeSpan Greeting = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Each peer has a round of its own under way, at its own pace: one that is slow, or means to be, holds up no other.
        var rounds = new Dictionary<PartyId, Task>();
        var hasJustStarted = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (hasJustStarted)
                {
                    // Why it could not deliver before may have been its own being away, so it tries everyone at once.
                    await database.WriteAsync(PeerTables.TryNowAsync, stoppingToken);
                }

                // Everyone is greeted at a start: a node that was put back hears from whoever has seen more of it, before it
                // has written much that will not stand.
                var peers = await PeersAsync(hasJustStarted ? TimeSpan.Zero : Greeting, stoppingToken);
                hasJustStarted = false;
                foreach (var peer in peers)
                {
                    if (!rounds.TryGetValue(peer, out var before) || before.IsCompleted)
                    {
                        rounds[peer] = Task.Run(() => GoAsync(peer, stoppingToken), CancellationToken.None);
                    }
                }

                await deliveries.WaitAsync(Pause, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception fault)
            {
                CourierLog.RoundFailed(log, fault);
                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await Task.WhenAll(rounds.Values);
    }

    // Never throws: what happened is in the database or in the log, and the next round begins from there.
    private async Task GoAsync(PartyId peer, CancellationToken stop)
    {
        try
        {
            if (await RoundAsync(peer, stop))
            {
                deliveries.Wake();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The node is stopping; what was not answered is sent again when it starts.
        }
        catch (Exception fault)
        {
            CourierLog.RoundFailed(log, fault);
        }
    }

    // Peers for whom something waits, and those not heard from for a while: a node that is silent both ways would never
    // learn that a peer changed its keys, forked its register or came back.
    private async Task<IReadOnlyList<PartyId>> PeersAsync(TimeSpan silence, CancellationToken stop)
    {
        var directory = await directories.CurrentAsync(stop);
        return await database.ReadAsync(
            async session =>
            {
                var waiting = await Deliveries.PeersAsync(session);
                var rows = (await PeerTables.AllAsync(session)).ToDictionary(r => r.Party);
                var now = time.GetUtcNow();
                var since = (now - silence).ToUnixTimeSeconds();
                return directory
                    .Parties.Where(p => p != settings.Party)
                    .Where(p =>
                        !rows.TryGetValue(p.ToString(), out var row)
                        || (
                            row.NextTry <= now.ToUnixTimeMilliseconds()
                            && (waiting.Contains(row.Party) || (row.LastContact ?? 0) <= since)
                        )
                    )
                    .ToList();
            },
            stop
        );
    }

    // Whether more may be waiting that could go at once.
    private async Task<bool> RoundAsync(PartyId peer, CancellationToken stop)
    {
        var row =
            await database.ReadAsync(s => PeerTables.FindAsync(s, peer), stop)
            ?? await database.WriteAsync(
                async s =>
                {
                    await PeerTables.OpenAsync(s, peer);
                    return (await PeerTables.FindAsync(s, peer))!;
                },
                stop
            );
        if (row.NextTry > time.GetUtcNow().ToUnixTimeMilliseconds())
        {
            // It was due when the list was made, and the round before has put it off since: too early now.
            return false;
        }

        var directory = await directories.CurrentAsync(stop);
        if (
            directory.Find(peer)?.Entry is not { } entry
            || Directories.RegisterOf(directory, peer) is not { } peerRegister
        )
        {
            return false;
        }

        try
        {
            var standing = await transport.StandingAsync(entry, PeerCheckpoints.Since(row), stop);
            await halt.IfBehindAsync(peer, standing.Known, keys.Register.Verifier, stop);
            if (await NoteStandingAsync(peer, row, standing, peerRegister, stop))
            {
                throw new PeerUnreachableException(WentBack);
            }

            var push = await Outgoing.NextAsync(database, keys.AtRest, peer, row.Failures, stop);
            if (push.Acts.Count == 0)
            {
                await RefreshAsync(peer, entry, stop);
                return false;
            }

            var answer = await transport.PushAsync(entry, push, stop);
            var settled = await Settling.SettleAsync(register, keys.AtRest, peer, push, answer, peerRegister, stop);
            meters.Carried(settled.Acts);
            return settled.Acts > 0 ? true : throw new PeerUnreachableException(settled.WhyNot);
        }
        catch (PeerUnreachableException unreachable)
        {
            await PostponeAsync(peer, row, unreachable.Code, stop);
            CourierLog.Unreachable(log, peer.ToString(), unreachable.Code, row.Failures + 1);
            return false;
        }
    }

    private async Task RefreshAsync(PartyId peer, PartyEntry entry, CancellationToken stop)
    {
        var bytes = await transport.EntryAsync(entry, stop);
        var offered = SignedEntry.Parse(bytes);
        var outcome =
            offered is Outcome<SignedEntry>.Admitted signed && signed.Value.Entry.Party == peer
                ? await directories.AcceptAsync(signed.Value, stop)
                : new Outcome<PartyDirectory>.Refused(
                    new Refusal("directory.malformed", new Citation("docs/spec/exchange.md", "5"))
                );
        if (outcome is Outcome<PartyDirectory>.Refused refused)
        {
            // Named for its bytes, which are kept: a second wrong entry is another alarm.
            var subject = $"entry {Digest.Of(bytes)}";
            await database.WriteAsync(
                async session =>
                {
                    await AlarmTables.RaiseAsync(session, refused.Why.Code, peer, subject, bytes, time.GetUtcNow());
                    return 0;
                },
                stop
            );
        }
    }

    // Whether the peer has gone back behind what it had answered. What it lost is sent again, but not at once: a peer that
    // says so every time would have everything sent to it without end.
    private Task<bool> NoteStandingAsync(
        PartyId peer,
        PeerRow before,
        Standing standing,
        (NoteVerifier Key, string Origin) peerRegister,
        CancellationToken stop
    ) =>
        database.WriteAsync(
            async session =>
            {
                var now = time.GetUtcNow();
                var isBack = await Deliveries.ReopenAsync(session, peer.ToString(), standing.Cursor) > 0;
                if (isBack)
                {
                    var subject = $"cursor {standing.Cursor}";
                    await AlarmTables.RaiseAsync(session, WentBack, peer, subject, null, now);
                }

                await PeerCheckpoints.NoteStatedAsync(session, before, standing, peerRegister, now);
                var isCatchingUp =
                    before.LastError == WentBack && await Deliveries.OldestAsync(session, peer.ToString()) is not null;
                await PeerTables.AnsweredAsync(
                    session,
                    peer,
                    now,
                    isCatchingUp ? before.Failures : 0,
                    isCatchingUp ? WentBack : ""
                );
                return isBack;
            },
            stop
        );

    private async Task PostponeAsync(PartyId peer, PeerRow row, string code, CancellationToken stop)
    {
        // That a peer waits with an act is an answer: it neither shrinks the batch to nothing nor puts the next one off for an hour.
        var failures = code == "exchange.parked" ? Math.Min(row.Failures + 1, MostParkedWaits) : row.Failures + 1;
        var doublings = (int)Math.Min(failures - 1, 16);
        var wait = TimeSpan.FromSeconds(settings.FirstRetrySeconds * Math.Pow(2, doublings));
        var now = time.GetUtcNow();
        await database.WriteAsync(
            async session =>
            {
                var next = now + (wait < LongestWait ? wait : LongestWait);
                await PeerTables.PostponeAsync(session, peer, failures, next, code);
                var oldest = await Deliveries.OldestAsync(session, peer.ToString());
                if (oldest is { } act && now - act.Issued > TimeSpan.FromHours(settings.UndeliveredHours))
                {
                    // Named for the act: the next one that does not get through is another alarm.
                    var subject = $"entry {act.Index}";
                    await AlarmTables.RaiseAsync(session, "exchange.undelivered", peer, subject, null, now);
                }

                return 0;
            },
            stop
        );
    }
}

/// <summary>What the courier logs: which Party, which hop, how often. Never an act.</summary>
internal static partial class CourierLog
{
    [LoggerMessage(10, LogLevel.Warning, "{Peer} was not reached: {Code}, {Failures} in a row")]
    public static partial void Unreachable(ILogger logger, string peer, string code, long failures);

    [LoggerMessage(11, LogLevel.Error, "a delivery round failed; it is tried again")]
    public static partial void RoundFailed(ILogger logger, Exception fault);
}
