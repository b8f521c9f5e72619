// SPDX-License-Identifier: EUPL-1.2
using Comity.Exchange;
using Comity.Node.Acts;
using Comity.Node.Exchange;
using Comity.Node.Storage;
using Comity.Parties;
using Dapper;

namespace Comity.Node.Bags;

/// <summary>What is due to a peer by bag: acts it has not answered, answers it may not hold, exhibits of those acts.</summary>
internal static class BagTables
{
    /// <summary>Most acts in one bag, and most answers: at fifteen of the largest acts a letter, what a manifest can list.</summary>
    public const int Most = 50_000;

    /// <summary>Notes that answers for acts that came in a bag are owed by bag. In the transaction that takes the acts in.</summary>
    public static async Task OweAsync(Session session, PartyId peer, Push push, IReadOnlyList<Arrival> arrivals)
    {
        foreach (var (pushed, arrival) in push.Acts.Zip(arrivals))
        {
            await session.Connection.ExecuteAsync(
                "insert into bag_answer (peer, act, idx) values (@Peer, @Act, @Index) on conflict do nothing",
                new
                {
                    Peer = peer.ToString(),
                    Act = arrival.Act.ToString(),
                    pushed.Index,
                },
                session.Transaction
            );
        }
    }

    /// <summary>Forgets what is owed for acts whose answers the peer holds.</summary>
    /// <param name="session">A write.</param>
    /// <param name="peer">The peer.</param>
    /// <param name="settled">An index of its register up to which it holds every answer.</param>
    public static Task SettledAsync(Session session, PartyId peer, long settled) =>
        session.Connection.ExecuteAsync(
            "delete from bag_answer where peer = @peer and idx <= @settled",
            new { peer = peer.ToString(), settled },
            session.Transaction
        );

    /// <summary>Acts for a peer that it has not answered, and those issued since an instant whether or not it has.</summary>
    public static async Task<IReadOnlyList<DeliveryRow>> ActsAsync(Session session, PartyId peer, long since) =>
        [
            .. await session.Connection.QueryAsync<DeliveryRow>(
                """
                select d.peer, d.idx, d.act from delivery d join register_entry e on e.idx = d.idx
                where d.peer = @peer and (d.is_answered = 0 or e.entered >= @since) order by d.idx limit @limit
                """,
                new
                {
                    peer = peer.ToString(),
                    since,
                    limit = Most + 1L,
                },
                session.Transaction
            ),
        ];

    /// <summary>
    /// Answers for a peer: to acts that came in a bag and whose answers it may not hold, and to all taken in since an instant.
    /// Not those that are parked, of which there is nothing to say yet.
    /// </summary>
    public static async Task<IReadOnlyList<AnswerRow>> AnswersAsync(Session session, PartyId peer, long since) =>
        [
            .. await session.Connection.QueryAsync<AnswerRow>(
                """
                select e.act, e.idx from register_entry e
                join peer_receipt p on p.act = e.act and p.peer = @peer and p.recorded = 'issued'
                where e.recorded = 'admitted' and e.salt is not null
                  and (e.entered >= @since or exists (select 1 from bag_answer b where b.peer = @peer and b.act = e.act))
                union
                select n.digest, n.idx from not_admitted n
                where n.peer = @peer
                  and (n.received >= @since or exists (select 1 from bag_answer b where b.peer = @peer and b.act = n.digest))
                  and not exists (
                    select 1 from register_entry e
                    join peer_receipt p on p.act = e.act and p.peer = @peer and p.recorded = 'issued'
                    where e.act = n.digest and e.recorded = 'admitted'
                  )
                order by 2 limit @limit
                """,
                new
                {
                    peer = peer.ToString(),
                    since,
                    limit = Most + 1L,
                },
                session.Transaction
            ),
        ];

    /// <summary>Exhibits that an act supplied to a peer and that are held here, in the order of their names.</summary>
    public static async Task<IReadOnlyList<BagExhibitRow>> ExhibitsAsync(
        Session session,
        PartyId peer,
        IReadOnlyCollection<DeliveryRow> acts
    )
    {
        var chosen = acts.Select(a => a.Act).ToHashSet();
        var supplied = await session.Connection.QueryAsync<BagExhibitRow>(
            """
            select x.sealed, x.size, x.act from exhibit x
            join delivery d on d.act = x.act and d.peer = @peer
            where x.state = 'held' order by x.sealed
            """,
            new { peer = peer.ToString() },
            session.Transaction
        );
        return [.. supplied.Where(x => chosen.Contains(x.Act))];
    }

    /// <summary>The first index of our register that a peer has not answered for, or nothing.</summary>
    public static Task<long?> FirstUnansweredAsync(Session session, PartyId peer) =>
        session.Connection.ExecuteScalarAsync<long?>(
            "select min(idx) from delivery where peer = @peer and is_answered = 0",
            new { peer = peer.ToString() },
            session.Transaction
        );

    /// <summary>Where an act for a peer stands in our register, or nothing when none of that id was ever for it.</summary>
    public static Task<long?> IndexOfAsync(Session session, PartyId peer, Digest act) =>
        session.Connection.ExecuteScalarAsync<long?>(
            "select idx from delivery where peer = @peer and act = @act",
            new { peer = peer.ToString(), act = act.ToString() },
            session.Transaction
        );
}

/// <summary>An answer that is due.</summary>
/// <param name="Act">The act's id, or the digest of what was not admitted.</param>
/// <param name="Idx">Its entry in our register.</param>
internal sealed record AnswerRow(string Act, long Idx);

/// <summary>An exhibit that is due.</summary>
internal sealed record BagExhibitRow(string Sealed, long Size, string Act);
