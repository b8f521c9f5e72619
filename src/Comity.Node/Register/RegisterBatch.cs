// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Storage;
using Comity.Register;

namespace Comity.Node.Register;

/// <summary>What one piece of work sees while the register's next batch is being put together.</summary>
/// <remarks>
/// All works of a batch share one transaction; each sees what those before it did, and one that throws is undone alone.
/// Nothing is true before the batch is committed.
/// </remarks>
internal sealed class RegisterBatch(Session session, long size, DateTimeOffset entered)
{
    private readonly List<NewEntry> entries = [];
    private readonly List<(string Key, Func<Task> Work)> after = [];

    /// <summary>The transaction everything belongs to.</summary>
    public Session Session { get; } = session;

    /// <summary>The instant at which everything in this batch enters: never before that of an earlier batch.</summary>
    public DateTimeOffset Entered { get; } = entered;

    /// <summary>What was added so far, in order.</summary>
    public IReadOnlyList<NewEntry> Entries => entries;

    /// <summary>Adds an entry.</summary>
    /// <param name="act">The act's id, or the digest of what was not admitted.</param>
    /// <param name="recorded">What the register says of it.</param>
    /// <param name="directory">The directory entry it was checked against.</param>
    /// <returns>Its index.</returns>
    public long Add(Digest act, LeafEntry recorded, Digest directory)
    {
        var index = size + entries.Count;
        entries.Add(new NewEntry(index, new Leaf(act, recorded, Entered, directory), NewSalt()));
        return index;
    }

    /// <summary>What is to be done once the entries are written, still in the transaction, and once for each key.</summary>
    public void AfterAppending(string key, Func<Task> work)
    {
        if (after.All(a => a.Key != key))
        {
            after.Add((key, work));
        }
    }

    /// <summary>Where the batch stands, to go back to.</summary>
    public (int, int) Mark() => (entries.Count, after.Count);

    /// <summary>Forgets what a work that failed had added.</summary>
    public void ForgetAfter((int Entries, int After) mark)
    {
        entries.RemoveRange(mark.Entries, entries.Count - mark.Entries);
        after.RemoveRange(mark.After, after.Count - mark.After);
    }

    /// <summary>Does what waited for the entries.</summary>
    public async Task FinishAsync()
    {
        foreach (var (_, work) in after)
        {
            await work();
        }
    }

    private static Salt NewSalt()
    {
        Span<byte> bytes = stackalloc byte[Salt.Size];
        System.Security.Cryptography.RandomNumberGenerator.Fill(bytes);
        return new Salt(bytes);
    }
}

/// <summary>An entry that is about to be appended.</summary>
internal sealed record NewEntry(long Index, Leaf Leaf, Salt Salt)
{
    public TreeHash Hash { get; } = TreeHash.OfLeaf(Leaf.Entry(Salt));
}
