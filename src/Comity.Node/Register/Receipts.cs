// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Storage;
using Comity.Register;

namespace Comity.Node.Register;

/// <summary>Makes receipts: what the register says of an act, with the proof and the checkpoint that covers it.</summary>
internal static class Receipts
{
    /// <summary>Receipts for entries, all against the newest checkpoint, with one read of the tree.</summary>
    /// <param name="session">A read; the tree may grow meanwhile without harm, as nodes never change.</param>
    /// <param name="entries">Entries that are durable and not erased.</param>
    public static async Task<IReadOnlyList<Receipt>> MakeAsync(Session session, IReadOnlyList<StoredEntry> entries)
    {
        if (entries.Count == 0)
        {
            return [];
        }

        var head = await RegisterTables.HeadAsync(session) ?? throw new InvalidOperationException("no register");
        var plans = entries.Select(e => Plan(e.Index, head.Size)).ToArray();
        var nodes = plans.SelectMany(p => p.Nodes).Distinct().ToArray();
        var hashes = await RegisterTables.HashesAsync(session, nodes);
        var known = nodes.Zip(hashes).ToDictionary(p => p.First, p => p.Second);
        return
        [
            .. entries.Zip(
                plans,
                (entry, plan) =>
                    new Receipt(
                        entry.Leaf ?? throw new InvalidOperationException("padding has no receipt"),
                        entry.Salt ?? throw new InvalidOperationException("the entry's act was erased"),
                        entry.Index,
                        plan.Fold([.. plan.Nodes.Select(n => known[n])]),
                        head.Checkpoint
                    )
            ),
        ];
    }

    private static ProofPlan Plan(long index, long size) =>
        ProofPlan.Inclusion(index, size) is Outcome<ProofPlan>.Admitted plan
            ? plan.Value
            : throw new InvalidOperationException("an entry lies outside the register");
}
