// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json;
using Comity.Exchange;
using Comity.Node.Acts;
using Comity.Node.Keys;
using Comity.Node.Register;
using Comity.Parties;
using Dapper;

namespace Comity.Node.Exchange;

/// <summary>Acts that name one not yet seen here, or whose sender is not taken at its word. They wait, a bounded number for each peer, encrypted like all else.</summary>
internal static class ParkedTables
{
    /// <summary>Parks an act. Parked before, it stays where it is.</summary>
    /// <param name="batch">The register's batch.</param>
    /// <param name="node">The node's key.</param>
    /// <param name="peer">Whose it is.</param>
    /// <param name="parcel">The act.</param>
    /// <param name="missing">The id of the act it waits for, or <see cref="PeerTrust.Held"/>.</param>
    /// <returns>Since when it waits, or nothing when there was no room.</returns>
    public static async Task<DateTimeOffset?> ParkAsync(
        RegisterBatch batch,
        AtRest node,
        PartyId peer,
        Parcel parcel,
        string missing
    )
    {
        var act = parcel.Digest.ToString();
        var (others, since) = await batch.Session.Connection.QuerySingleAsync<(long Others, long? Since)>(
            """
            select count(case when act <> @act then 1 end), min(case when act = @act then received end)
            from parked where peer = @Peer
            """,
            new { act, Peer = peer.ToString() },
            batch.Session.Transaction
        );
        if (others >= Admitting.MostParked)
        {
            return null;
        }

        await batch.Session.Connection.ExecuteAsync(
            """
            insert into parked (act, peer, idx, received, waits_for, bytes, receipt)
            values (@Act, @Peer, @Idx, @Received, @WaitsFor, @Bytes, @Receipt)
            on conflict (act, peer) do update set waits_for = excluded.waits_for
            """,
            new
            {
                Act = act,
                Peer = peer.ToString(),
                Idx = parcel.Index,
                Received = batch.Entered.ToUnixTimeSeconds(),
                WaitsFor = missing,
                Bytes = node.Encrypt(parcel.Bytes, RowOf(act)),
                Receipt = parcel.ReceiptBytes,
            },
            batch.Session.Transaction
        );
        return since is { } before ? DateTimeOffset.FromUnixTimeSeconds(before) : batch.Entered;
    }

    /// <summary>Takes out the acts of a peer that waited for an act, or for a person's decision.</summary>
    public static async Task<IReadOnlyList<PushedAct>> ReleaseAsync(
        RegisterBatch batch,
        AtRest node,
        PartyId peer,
        string seen
    )
    {
        var waiting = (
            await batch.Session.Connection.QueryAsync<(string Act, long Idx, byte[] Bytes, byte[] Receipt)>(
                "select act, idx, bytes, receipt from parked where peer = @peer and waits_for = @seen order by idx",
                new { peer = peer.ToString(), seen },
                batch.Session.Transaction
            )
        ).ToList();
        if (waiting.Count > 0)
        {
            await batch.Session.Connection.ExecuteAsync(
                "delete from parked where peer = @peer and waits_for = @seen",
                new { peer = peer.ToString(), seen },
                batch.Session.Transaction
            );
        }

        return
        [
            .. waiting.Select(w => new PushedAct(
                w.Idx,
                Convert.ToBase64String(node.Decrypt(w.Bytes, RowOf(w.Act))),
                JsonElement.Parse(w.Receipt)
            )),
        ];
    }

    private static string RowOf(string act) => $"parked/{act}";
}
