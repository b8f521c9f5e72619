// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Node.Storage;
using Comity.Parties;
using Comity.Register;
using Dapper;

namespace Comity.Node.Exchange;

/// <summary>How far each peer and this node have got with one another, and the receipts peers gave.</summary>
internal static class PeerTables
{
    /// <summary>Makes a peer's row, once.</summary>
    public static Task OpenAsync(Session session, PartyId peer) =>
        session.Connection.ExecuteAsync(
            """
            insert into peer (party, taken, failures, next_try, last_error, checkpoint)
            values (@Peer, -1, 0, 0, '', '') on conflict do nothing
            """,
            new { Peer = peer.ToString() },
            session.Transaction
        );

    /// <summary>Moves the cursor of what was taken from a peer forward, never back.</summary>
    /// <returns>Where it now stands.</returns>
    public static async Task<long> AdvanceAsync(Session session, PartyId peer, long index)
    {
        await OpenAsync(session, peer);
        await session.Connection.ExecuteAsync(
            "update peer set taken = @index where party = @peer and taken < @index",
            new { peer = peer.ToString(), index },
            session.Transaction
        );
        return (await FindAsync(session, peer))!.Taken;
    }

    /// <summary>A peer's row, or nothing.</summary>
    public static Task<PeerRow?> FindAsync(Session session, PartyId peer) =>
        session.Connection.QuerySingleOrDefaultAsync<PeerRow>(
            Select + " where party = @peer",
            new { peer = peer.ToString() },
            session.Transaction
        );

    /// <summary>Every peer.</summary>
    public static async Task<IReadOnlyList<PeerRow>> AllAsync(Session session) =>
        [.. await session.Connection.QueryAsync<PeerRow>(Select + " order by party", transaction: session.Transaction)];

    /// <summary>Notes that a peer answered, and that it may be asked again at once.</summary>
    /// <param name="session">A write.</param>
    /// <param name="peer">The peer.</param>
    /// <param name="now">When.</param>
    /// <param name="failures">Failures that still count, though it answered.</param>
    /// <param name="error">Why they do, or empty.</param>
    public static Task AnsweredAsync(Session session, PartyId peer, DateTimeOffset now, long failures, string error) =>
        session.Connection.ExecuteAsync(
            """
            update peer set failures = @failures, next_try = 0, last_error = @error, last_contact = @Now
            where party = @Peer
            """,
            new
            {
                Peer = peer.ToString(),
                Now = now.ToUnixTimeSeconds(),
                failures,
                error,
            },
            session.Transaction
        );

    /// <summary>Notes that a contact failed, and when the peer is tried again.</summary>
    public static Task PostponeAsync(
        Session session,
        PartyId peer,
        long failures,
        DateTimeOffset nextTry,
        string error
    ) =>
        session.Connection.ExecuteAsync(
            "update peer set failures = @failures, next_try = @NextTry, last_error = @error where party = @Peer",
            new
            {
                Peer = peer.ToString(),
                NextTry = nextTry.ToUnixTimeMilliseconds(),
                failures,
                error,
            },
            session.Transaction
        );

    /// <summary>Lets every peer be tried again now.</summary>
    public static Task<int> TryNowAsync(Session session) =>
        session.Connection.ExecuteAsync("update peer set next_try = 0", transaction: session.Transaction);

    /// <summary>Remembers a checkpoint that a peer states and has shown to continue what was seen before.</summary>
    /// <param name="session">A write.</param>
    /// <param name="peer">The peer.</param>
    /// <param name="checkpoint">The note.</param>
    /// <param name="seen">What it was shown to continue of what receipts carried: that is done with.</param>
    public static Task RememberAsync(Session session, PartyId peer, string checkpoint, string seen) =>
        session.Connection.ExecuteAsync(
            """
            update peer set checkpoint = @Note, seen = case when seen = @Seen then '' else seen end where party = @Peer
            """,
            new
            {
                Peer = peer.ToString(),
                Note = checkpoint,
                Seen = seen,
            },
            session.Transaction
        );

    /// <summary>Remembers the newest checkpoint that a receipt carried.</summary>
    public static Task RememberSeenAsync(Session session, PartyId peer, string checkpoint) =>
        session.Connection.ExecuteAsync(
            "update peer set seen = @Note where party = @Peer",
            new { Peer = peer.ToString(), Note = checkpoint },
            session.Transaction
        );

    /// <summary>Keeps a receipt a peer gave for an act. The first that admits stays; one that does not gives way to it.</summary>
    /// <remarks>
    /// A place holds one act: two receipts that put two acts at one place are proof of a fork, whatever the sizes of their
    /// checkpoints, and both are kept with the alarm.
    /// </remarks>
    public static async Task KeepReceiptAsync(
        Session session,
        PartyId peer,
        Digest act,
        Receipt receipt,
        DateTimeOffset now
    )
    {
        var json = receipt.ToJson();
        var other = await session.Connection.QueryFirstOrDefaultAsync<byte[]>(
            "select receipt from peer_receipt where peer = @Peer and idx = @Index and act <> @Act limit 1",
            new
            {
                Peer = peer.ToString(),
                receipt.Index,
                Act = act.ToString(),
            },
            session.Transaction
        );
        if (other is not null)
        {
            byte[] both = [.. other, (byte)'\n', .. json];
            await PeerTrust.StopAsync(session, peer, "register.fork", $"entry {receipt.Index}", both, now);
        }

        await session.Connection.ExecuteAsync(
            """
            insert into peer_receipt (act, peer, idx, entered, recorded, code, receipt)
            values (@Act, @Peer, @Idx, @Entered, @Recorded, @Code, @Receipt)
            on conflict (act, peer) do update set
              idx = excluded.idx, entered = excluded.entered, recorded = excluded.recorded,
              code = excluded.code, receipt = excluded.receipt
            where peer_receipt.recorded = 'not-admitted'
            """,
            new
            {
                Act = act.ToString(),
                Peer = peer.ToString(),
                Idx = receipt.Index,
                Entered = receipt.Leaf.Entered.ToUnixTimeSeconds(),
                Recorded = receipt.Leaf.Recorded switch
                {
                    LeafEntry.Issued => "issued",
                    LeafEntry.Admitted => "admitted",
                    _ => "not-admitted",
                },
                Code = receipt.Leaf.Recorded is LeafEntry.NotAdmitted not ? not.Code : "",
                Receipt = json,
            },
            session.Transaction
        );
    }

    /// <summary>The receipts peers gave for an act.</summary>
    public static async Task<IReadOnlyList<byte[]>> ReceiptsAsync(Session session, ActId act) =>
        [
            .. await session.Connection.QueryAsync<byte[]>(
                "select receipt from peer_receipt where act = @act order by peer",
                new { act = act.ToString() },
                session.Transaction
            ),
        ];

    private const string Select =
        "select party, taken, failures, next_try as nexttry, last_contact as lastcontact, last_error as lasterror, checkpoint, seen from peer";
}

/// <summary>A peer's row.</summary>
/// <param name="Party">The Party.</param>
/// <param name="Taken">The cursor: the largest index of its register that we have answered for, -1 for none.</param>
/// <param name="Failures">Contacts that failed in a row.</param>
/// <param name="NextTry">When it is tried again, in milliseconds since 1970.</param>
/// <param name="LastContact">When it last answered.</param>
/// <param name="LastError">Why the last contact failed: a code.</param>
/// <param name="Checkpoint">The newest checkpoint it has stated, shown to continue all before; or empty.</param>
/// <param name="Seen">A newer one that a receipt carried, not yet shown to be continued; or empty.</param>
internal sealed record PeerRow(
    string Party,
    long Taken,
    long Failures,
    long NextTry,
    long? LastContact,
    string LastError,
    string Checkpoint,
    string Seen
);
