// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json;
using Comity.Acts;
using Comity.Exchange;
using Comity.Node.Acts;
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

    /// <summary>Signed bytes of acts in one batch, so that it stays under what a peer takes.</summary>
    private const int LargestBatchBytes = 4 * 1024 * 1024;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var goesOn = false;
            try
            {
                var peers = await database.ReadAsync(Deliveries.PeersAsync, stoppingToken);
                var rounds = await Task.WhenAll(peers.Select(p => RoundAsync(PartyId.Of(p), stoppingToken)));
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

    // Whether more may be waiting that could go at once.
    private async Task<bool> RoundAsync(PartyId peer, CancellationToken stop)
    {
        var row = await database.ReadAsync(s => PeerTables.FindAsync(s, peer), stop);
        if (row is null || row.NextTry > time.GetUtcNow().ToUnixTimeMilliseconds())
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
            var push = await NextAsync(peer, stop);
            if (push.Acts.Count == 0)
            {
                return false;
            }

            var answer = await transport.PushAsync(entry, push, stop);
            var settled = await SettleAsync(peer, push, answer, peerRegister, stop);
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

    private Task<Push> NextAsync(PartyId peer, CancellationToken stop) =>
        database.ReadAsync(
            async session =>
            {
                var rows = await Deliveries.WaitingAsync(session, peer.ToString(), Push.MaximumActs);
                var acts = new List<(long Index, SignedAct Signed, StoredEntry Entry)>();
                var bytes = 0;
                foreach (var row in rows)
                {
                    if (
                        !ActId.TryParse(row.Act, out var id)
                        || await ActTables.FindAsync(session, id, keys.AtRest) is not { } signed
                        || await RegisterTables.AtAsync(session, row.Idx) is not { Salt: not null } entry
                    )
                    {
                        continue; // erased before it was delivered: its leaf stays, there is nothing to carry
                    }

                    bytes += signed.Signed.Encoded.Length;
                    if (bytes > LargestBatchBytes && acts.Count > 0)
                    {
                        break;
                    }

                    acts.Add((row.Idx, signed, entry));
                }

                var receipts = await Receipts.MakeAsync(session, [.. acts.Select(a => a.Entry)]);
                return new Push([
                    .. acts.Zip(
                        receipts,
                        (act, receipt) =>
                            new PushedAct(
                                act.Index,
                                Convert.ToBase64String(act.Signed.Signed.Encoded.Span),
                                JsonElement.Parse(receipt.ToJson())
                            )
                    ),
                ]);
            },
            stop
        );

    // Returns how many acts are settled for good. A receipt that does not hold settles nothing: the act is sent again and
    // a person is told that the peer's register does not say what the peer says.
    private Task<int> SettleAsync(
        PartyId peer,
        Push push,
        PushAnswer answer,
        (NoteVerifier Key, string Origin) peerRegister,
        CancellationToken stop
    ) =>
        register.WriteAsync(
            async batch =>
            {
                var settled = 0;
                foreach (var (pushed, answered) in push.Acts.Zip(answer.Answers))
                {
                    var bytes = Convert.FromBase64String(pushed.Act);
                    var id = Digest.Of(bytes);
                    if (answered.Verdict == ActVerdict.Parked)
                    {
                        continue;
                    }

                    if (Verify(answered, id, peerRegister) is not { } receipt)
                    {
                        await AlarmTables.RaiseAsync(
                            batch.Session,
                            "exchange.receipt-wrong",
                            peer,
                            id.ToString(),
                            null,
                            batch.Entered
                        );
                        continue;
                    }

                    await PeerTables.KeepReceiptAsync(batch.Session, peer, id, receipt);
                    await Deliveries.AnswerAsync(batch.Session, peer.ToString(), pushed.Index);
                    if (receipt.Leaf.Recorded is LeafEntry.NotAdmitted not)
                    {
                        await AlarmTables.RaiseAsync(
                            batch.Session,
                            $"peer.{not.Code}",
                            peer,
                            id.ToString(),
                            null,
                            batch.Entered
                        );
                    }

                    if (SignedAct.Parse(bytes) is Outcome<SignedAct>.Admitted act)
                    {
                        await DerivedState.DeferAsync(batch, act.Value.Act.Dossier, keys.AtRest);
                    }

                    settled++;
                }

                return settled;
            },
            stop
        );

    private static Receipt? Verify(ActAnswer answer, Digest act, (NoteVerifier Key, string Origin) peerRegister)
    {
        if (answer.Act != act || answer.Receipt is not { } json)
        {
            return null;
        }

        var receipt = Receipt
            .Parse(JsonSerializer.SerializeToUtf8Bytes(json))
            .Then(r => r.VerifyFor(act, peerRegister.Key, peerRegister.Origin));
        var agrees =
            receipt is Outcome<Receipt>.Admitted good
            && good.Value.Leaf.Recorded switch
            {
                LeafEntry.Admitted => answer.Verdict == ActVerdict.Admitted,
                LeafEntry.NotAdmitted => answer.Verdict == ActVerdict.NotAdmitted,
                _ => false,
            };
        return agrees ? ((Outcome<Receipt>.Admitted)receipt).Value : null;
    }

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
