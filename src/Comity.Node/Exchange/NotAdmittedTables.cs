// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Acts;
using Comity.Node.Keys;
using Comity.Node.Register;
using Comity.Node.Storage;
using Comity.Parties;
using Dapper;

namespace Comity.Node.Exchange;

/// <summary>What failed admission: kept as it came, for a duty officer who may call the sender back (design 17.4).</summary>
internal static class NotAdmittedTables
{
    /// <summary>The row of these bytes from this peer, or nothing.</summary>
    public static Task<NotAdmittedRow?> FindAsync(Session session, Digest digest, PartyId peer) =>
        session.Connection.QuerySingleOrDefaultAsync<NotAdmittedRow>(
            Select + " where digest = @digest and peer = @peer",
            new { digest = digest.ToString(), peer = peer.ToString() },
            session.Transaction
        );

    /// <summary>The newest first.</summary>
    public static async Task<IReadOnlyList<NotAdmittedRow>> ListAsync(Session session, int limit) =>
        [
            .. await session.Connection.QueryAsync<NotAdmittedRow>(
                Select + " order by received desc, digest limit @limit",
                new { limit = (long)limit },
                session.Transaction
            ),
        ];

    /// <summary>Keeps the bytes. Sent again and judged otherwise, the newer judgement stands beside the older entry.</summary>
    public static Task KeepAsync(
        RegisterBatch batch,
        AtRest node,
        PartyId peer,
        Parcel parcel,
        Refusal refusal,
        long index
    ) =>
        batch.Session.Connection.ExecuteAsync(
            """
            insert into not_admitted (digest, peer, code, place, received, idx, bytes)
            values (@Digest, @Peer, @Code, @Place, @Received, @Idx, @Bytes)
            on conflict (digest, peer) do update set
              code = excluded.code, place = excluded.place, received = excluded.received, idx = excluded.idx, seen_by = null
            """,
            new
            {
                Digest = parcel.Digest.ToString(),
                Peer = peer.ToString(),
                refusal.Code,
                Place = refusal.Where,
                Received = batch.Entered.ToUnixTimeSeconds(),
                Idx = index,
                Bytes = node.Encrypt(parcel.Bytes, RowOf(parcel.Digest.ToString())),
            },
            batch.Session.Transaction
        );

    /// <summary>The bytes as they came.</summary>
    public static byte[] Open(NotAdmittedRow row, AtRest node) => node.Decrypt(row.Bytes, RowOf(row.Digest));

    private static string RowOf(string digest) => $"not-admitted/{digest}";

    private const string Select = "select digest, peer, code, place, received, idx, bytes from not_admitted";
}

/// <summary>Something that was not admitted.</summary>
public sealed record NotAdmittedRow(
    string Digest,
    string Peer,
    string Code,
    string Place,
    long Received,
    long Idx,
    byte[] Bytes
);
