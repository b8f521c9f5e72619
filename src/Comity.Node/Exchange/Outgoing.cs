// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json;
using Comity.Acts;
using Comity.Exchange;
using Comity.Node.Acts;
using Comity.Node.Keys;
using Comity.Node.Register;
using Comity.Node.Storage;
using Comity.Parties;

namespace Comity.Node.Exchange;

/// <summary>Puts together what goes to a peer next: acts it has not answered, in the order of the register, with receipts.</summary>
internal static class Outgoing
{
    /// <summary>Signed bytes of acts in one batch, so that it stays under what a peer takes.</summary>
    private const int LargestBatchBytes = 4 * 1024 * 1024;

    /// <summary>The next batch for a peer; empty when nothing waits.</summary>
    /// <param name="database">The database.</param>
    /// <param name="node">The node's key.</param>
    /// <param name="peer">The peer.</param>
    /// <param name="failures">
    /// Contacts that failed in a row. Each halves the batch: what a bad line does not carry whole it carries in parts.
    /// </param>
    /// <param name="stop">Gives up waiting.</param>
    public static Task<Push> NextAsync(
        IDatabase database,
        AtRest node,
        PartyId peer,
        long failures,
        CancellationToken stop
    ) =>
        database.ReadAsync(
            async session =>
            {
                var largest = LargestBatchBytes >> (int)Math.Min(failures, 16);
                var rows = await Deliveries.WaitingAsync(session, peer.ToString(), Push.MaximumActs);
                return (await TakeAsync(session, node, rows, largest)).Push;
            },
            stop
        );

    /// <summary>The first acts of a queue, as many as one message holds.</summary>
    /// <param name="session">A read.</param>
    /// <param name="node">The node's key.</param>
    /// <param name="rows">The queue.</param>
    /// <param name="largest">Bytes of signed acts at which the message is full; one act goes in whatever its size.</param>
    /// <returns>The acts with their receipts, none when all were erased, and how many rows of the queue are done with.</returns>
    public static async Task<(Push Push, int Rows)> TakeAsync(
        Session session,
        AtRest node,
        IReadOnlyList<DeliveryRow> rows,
        int largest = LargestBatchBytes
    )
    {
        var acts = new List<(long Index, SignedAct Signed, StoredEntry Entry)>();
        var bytes = 0;
        var done = 0;
        foreach (var row in rows.Take(Push.MaximumActs))
        {
            if (
                !ActId.TryParse(row.Act, out var id)
                || await ActTables.FindAsync(session, id, node) is not { } signed
                || await RegisterTables.AtAsync(session, row.Idx) is not { Salt: not null } entry
            )
            {
                done++;
                continue; // erased before it was delivered: its leaf stays, there is nothing to carry
            }

            bytes += signed.Signed.Encoded.Length;
            if (bytes > largest && acts.Count > 0)
            {
                break;
            }

            acts.Add((row.Idx, signed, entry));
            done++;
        }

        var receipts = await Receipts.MakeAsync(session, [.. acts.Select(a => a.Entry)]);
        var pushed = acts.Zip(
            receipts,
            (act, receipt) =>
                new PushedAct(
                    act.Index,
                    Convert.ToBase64String(act.Signed.Signed.Encoded.Span),
                    JsonElement.Parse(receipt.ToJson())
                )
        );
        return (new Push([.. pushed]), done);
    }
}
