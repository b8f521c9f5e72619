// SPDX-License-Identifier: EUPL-1.2
using System.Threading.Channels;
using Comity.Node.Storage;
using Dapper;

namespace Comity.Node.Exchange;

/// <summary>The queue of what is for whom: rows of the register, read by index.</summary>
/// <remarks>There is no other outbox. A row is written in the transaction that appends the act, and answered once for good.</remarks>
internal sealed class Deliveries
{
    // Room for one signal: many changes before the courier looks are one reason to look.
    private readonly Channel<bool> signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    /// <summary>Tells the courier that there may be something to carry.</summary>
    public void Wake() => signal.Writer.TryWrite(true);

    /// <summary>Waits for a signal, or for a while.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(atMost);
        try
        {
            await signal.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // The while is over; whether there is something is asked of the database either way.
        }
    }

    /// <summary>
    /// Rows for a peer that it has not answered: first those it has not seen, then those it waits with; each in the order of the
    /// register. What it holds must not keep from it what cannot wait.
    /// </summary>
    public static async Task<IReadOnlyList<DeliveryRow>> WaitingAsync(Session session, string peer, int limit) =>
        [
            .. await session.Connection.QueryAsync<DeliveryRow>(
                "select peer, idx, act from delivery where peer = @peer and is_answered = 0 order by is_parked, idx limit @limit",
                new { peer, limit = (long)limit },
                session.Transaction
            ),
        ];

    /// <summary>Peers for whom something waits.</summary>
    public static async Task<IReadOnlyList<string>> PeersAsync(Session session) =>
        [
            .. await session.Connection.QueryAsync<string>(
                "select distinct peer from delivery where is_answered = 0 order by peer",
                transaction: session.Transaction
            ),
        ];

    /// <summary>Marks a row as one that the peer has and waits with.</summary>
    public static Task ParkAsync(Session session, string peer, long index) =>
        session.Connection.ExecuteAsync(
            "update delivery set is_parked = 1 where peer = @peer and idx = @index",
            new { peer, index },
            session.Transaction
        );

    /// <summary>Marks a row answered.</summary>
    public static Task AnswerAsync(Session session, string peer, long index) =>
        session.Connection.ExecuteAsync(
            "update delivery set is_answered = 1 where peer = @peer and idx = @index",
            new { peer, index },
            session.Transaction
        );

    /// <summary>Sends again what a peer no longer has: its cursor is behind what it had answered, so it was restored.</summary>
    /// <returns>How many rows go again.</returns>
    public static Task<int> ReopenAsync(Session session, string peer, long cursor) =>
        session.Connection.ExecuteAsync(
            "update delivery set is_answered = 0 where peer = @peer and idx > @cursor and is_answered = 1",
            new { peer, cursor },
            session.Transaction
        );

    /// <summary>The oldest unanswered row of a peer and when it was issued, or nothing.</summary>
    public static async Task<(long Index, DateTimeOffset Issued)?> OldestAsync(Session session, string peer)
    {
        var row = await session.Connection.QuerySingleOrDefaultAsync<(long Index, long Issued)?>(
            """
            select d.idx, e.entered from delivery d join register_entry e on e.idx = d.idx
            where d.peer = @peer and d.is_answered = 0 order by d.idx limit 1
            """,
            new { peer },
            session.Transaction
        );
        return row is { } found ? (found.Index, DateTimeOffset.FromUnixTimeSeconds(found.Issued)) : null;
    }
}

/// <summary>An act for a peer.</summary>
internal sealed record DeliveryRow(string Peer, long Idx, string Act);
