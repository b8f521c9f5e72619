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
        var head = await RegisterTables.HeadAsync(session) ?? throw new InvalidOperationException("no register");
        return await MakeAsync(session, entries, head.Size, head.Checkpoint);
    }

    /// <summary>Receipts that rest on a published checkpoint where it covers the entry, and on the newest where it does not.</summary>
    /// <remarks>For those who have to be shown that others have seen the same register: the published one is cosigned.</remarks>
    /// <param name="session">A read.</param>
    /// <param name="entries">Entries that are durable and not erased.</param>
    /// <param name="published">The newest publication; nothing when there is none.</param>
    public static async Task<IReadOnlyList<Receipt>> MakeAsync(
        Session session,
        IReadOnlyList<StoredEntry> entries,
        Publication? published
    )
    {
        var covered = entries.Where(e => e.Index < published?.Size).ToList();
        var resting = covered.Count == 0 ? [] : await MakeAsync(session, covered, published!.Size, published.Note);
        var newest = await MakeAsync(session, [.. entries.Except(covered)]);
        var made = resting.Concat(newest).ToDictionary(r => r.Index);
        return [.. entries.Select(e => made[e.Index])];
    }

    private static async Task<IReadOnlyList<Receipt>> MakeAsync(
        Session session,
        IReadOnlyList<StoredEntry> entries,
        long size,
        SignedNote checkpoint
    )
    {
        if (entries.Count == 0)
        {
            return [];
        }

        var plans = entries.Select(e => Plan(e.Index, size)).ToArray();
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
                        checkpoint
                    )
            ),
        ];
    }

    private static ProofPlan Plan(long index, long size) =>
        ProofPlan.Inclusion(index, size) is Outcome<ProofPlan>.Admitted plan
            ? plan.Value
            : throw new InvalidOperationException("an entry lies outside the register");
}
