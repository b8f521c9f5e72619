// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json;
using Comity.Acts;
using Comity.Exchange;
using Comity.Node.Acts;
using Comity.Node.Register;
using Comity.Parties;
using Dapper;

namespace Comity.Node.Exchange;

/// <summary>Acts that name one not yet seen here. They wait, a bounded number for each peer.</summary>
internal static class ParkedTables
{
    /// <summary>Parks an act.</summary>
    /// <returns>Whether there was room.</returns>
    public static async Task<bool> ParkAsync(RegisterBatch batch, PartyId peer, Parcel parcel, ActId missing)
    {
        var parked = await batch.Session.Connection.ExecuteScalarAsync<long>(
            "select count(*) from parked where peer = @peer and act <> @act",
            new { peer = peer.ToString(), act = parcel.Digest.ToString() },
            batch.Session.Transaction
        );
        if (parked >= Admitting.MostParked)
        {
            return false;
        }

        await batch.Session.Connection.ExecuteAsync(
            """
            insert into parked (act, peer, idx, received, waits_for, bytes, receipt)
            values (@Act, @Peer, @Idx, @Received, @WaitsFor, @Bytes, @Receipt)
            on conflict (act, peer) do update set waits_for = excluded.waits_for
            """,
            new
            {
                Act = parcel.Digest.ToString(),
                Peer = peer.ToString(),
                Idx = parcel.Index,
                Received = batch.Entered.ToUnixTimeSeconds(),
                WaitsFor = missing.ToString(),
                parcel.Bytes,
                Receipt = parcel.ReceiptBytes,
            },
            batch.Session.Transaction
        );
        return true;
    }

    /// <summary>Takes out the acts of a peer that waited for this one.</summary>
    public static async Task<IReadOnlyList<PushedAct>> ReleaseAsync(RegisterBatch batch, PartyId peer, ActId seen)
    {
        var waiting = (
            await batch.Session.Connection.QueryAsync<(long Idx, byte[] Bytes, byte[] Receipt)>(
                "select idx, bytes, receipt from parked where peer = @peer and waits_for = @seen order by idx",
                new { peer = peer.ToString(), seen = seen.ToString() },
                batch.Session.Transaction
            )
        ).ToList();
        if (waiting.Count > 0)
        {
            await batch.Session.Connection.ExecuteAsync(
                "delete from parked where peer = @peer and waits_for = @seen",
                new { peer = peer.ToString(), seen = seen.ToString() },
                batch.Session.Transaction
            );
        }

        return
        [
            .. waiting.Select(w => new PushedAct(w.Idx, Convert.ToBase64String(w.Bytes), JsonElement.Parse(w.Receipt))),
        ];
    }
}
