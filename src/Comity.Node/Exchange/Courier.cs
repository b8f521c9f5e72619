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
    NodeSettings settings,
    Deliveries deliveries,
    TimeProvider time,
    NodeMeters meters,
    ILogger<Courier> log
) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>How long a peer may be silent before it is greeted.</summary>
    private static readonly TimeSpan Greeting = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A node that has just started tries at once: why it could not deliver may have been its own being away.
        await database.WriteAsync(PeerTables.TryNowAsync, stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var goesOn = false;
            try
            {
                var peers = await PeersAsync(stoppingToken);
                var rounds = await Task.WhenAll(peers.Select(p => RoundAsync(p, stoppingToken)));
                goesOn = rounds.Any(r => r);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                CourierLog.RoundFailed(log, fault);
            }

            if (!goesOn)
            {
                await deliveries.WaitAsync(Pause, stoppingToken);
            }
        }
    }

    // Peers for whom something waits, and those not heard from for a while: a node that is silent both ways would never
    // learn that a peer changed its keys, forked its register or came back.
    private async Task<IReadOnlyList<PartyId>> PeersAsync(CancellationToken stop)
    {
        var directory = await directories.CurrentAsync(stop);
        return await database.ReadAsync(
            async session =>
            {
                var waiting = await Deliveries.PeersAsync(session);
                var rows = (await PeerTables.AllAsync(session)).ToDictionary(r => r.Party);
                var since = (time.GetUtcNow() - Greeting).ToUnixTimeSeconds();
                return directory
                    .Parties.Where(p => p != settings.Party)
                    .Where(p =>
                        waiting.Contains(p.ToString())
                        || (rows.GetValueOrDefault(p.ToString())?.LastContact ?? 0) < since
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
            var standing = await transport.StandingAsync(entry, stop);
            await NoteStandingAsync(peer, standing, peerRegister, stop);
            var push = await Outgoing.NextAsync(database, keys.AtRest, peer, stop);
            if (push.Acts.Count == 0)
            {
                await RefreshAsync(peer, entry, stop);
                return false;
            }

            var answer = await transport.PushAsync(entry, push, stop);
            var settled = await Settling.SettleAsync(register, keys.AtRest, peer, push, answer, peerRegister, stop);
            meters.Carried(settled);
            return settled > 0;
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
        var offered = SignedEntry.Parse(await transport.EntryAsync(entry, stop));
        var outcome =
            offered is Outcome<SignedEntry>.Admitted signed && signed.Value.Entry.Party == peer
                ? await directories.AcceptAsync(signed.Value, stop)
                : new Outcome<PartyDirectory>.Refused(
                    new Refusal("directory.malformed", new Citation("docs/spec/exchange.md", "5"))
                );
        if (outcome is Outcome<PartyDirectory>.Refused refused)
        {
            await database.WriteAsync(
                async session =>
                {
                    await AlarmTables.RaiseAsync(session, refused.Why.Code, peer, "entry", null, time.GetUtcNow());
                    return 0;
                },
                stop
            );
        }
    }

    private Task NoteStandingAsync(
        PartyId peer,
        Standing standing,
        (NoteVerifier Key, string Origin) peerRegister,
        CancellationToken stop
    ) =>
        database.WriteAsync(
            async session =>
            {
                var now = time.GetUtcNow();
                if (await Deliveries.ReopenAsync(session, peer.ToString(), standing.Cursor) > 0)
                {
                    await AlarmTables.RaiseAsync(
                        session,
                        "exchange.peer-went-back",
                        peer,
                        $"cursor {standing.Cursor}",
                        null,
                        now
                    );
                }

                await PeerCheckpoints.NoteAsync(session, peer, standing.Checkpoint, peerRegister, now);
                await PeerTables.ContactAsync(session, peer, now, 0, now, "");
                return 0;
            },
            stop
        );

    private async Task PostponeAsync(PartyId peer, PeerRow row, string code, CancellationToken stop)
    {
        var doublings = (int)Math.Min(row.Failures, 16);
        var wait = TimeSpan.FromSeconds(settings.FirstRetrySeconds * Math.Pow(2, doublings));
        var now = time.GetUtcNow();
        await database.WriteAsync(
            async session =>
            {
                await PeerTables.ContactAsync(
                    session,
                    peer,
                    now,
                    row.Failures + 1,
                    now + (wait < LongestWait ? wait : LongestWait),
                    code
                );
                var oldest = await Deliveries.OldestAsync(session, peer.ToString());
                if (oldest is { } issued && now.ToUnixTimeSeconds() - issued > settings.UndeliveredHours * 3600L)
                {
                    await AlarmTables.RaiseAsync(session, "exchange.undelivered", peer, code, null, now);
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
