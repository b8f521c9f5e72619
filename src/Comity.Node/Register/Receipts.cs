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

    /// <summary>
    /// Receipts for a court: each rests on the publication that says most of when its entry was there, and on the newest
    /// checkpoint where nothing published covers it yet.
    /// </summary>
    /// <remarks>For those who have to be shown that others have seen the same register, and when.</remarks>
    /// <param name="session">A read.</param>
    /// <param name="entries">Entries that are durable and not erased.</param>
    /// <returns>The receipts, in the order of the entries, and the publications they rest on.</returns>
    public static async Task<(IReadOnlyList<Receipt> Receipts, IReadOnlyList<Publication> On)> MakeForCourtAsync(
        Session session,
        IReadOnlyList<StoredEntry> entries
    )
    {
        var made = new Dictionary<long, Receipt>();
        var on = new SortedDictionary<long, Publication>();
        foreach (var entry in entries)
        {
            if (await PublicationTables.CoveringAsync(session, entry.Index) is { } publication)
            {
                on.TryAdd(publication.Size, publication);
                var receipts = await MakeAsync(session, [entry], publication.Size, publication.Note);
                made[entry.Index] = receipts[0];
            }
        }

        var newest = await MakeAsync(session, [.. entries.Where(e => !made.ContainsKey(e.Index))]);
        foreach (var receipt in newest)
        {
            made[receipt.Index] = receipt;
        }

        return ([.. entries.Select(e => made[e.Index])], [.. on.Values]);
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
