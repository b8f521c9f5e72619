// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
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
    private readonly OrderedDictionary<string, Func<Task>> ends = [];

    /// <summary>The transaction everything belongs to.</summary>
    public Session Session { get; } = session;

    /// <summary>The instant at which everything in this batch enters: never before that of an earlier batch.</summary>
    public DateTimeOffset Entered { get; } = entered;

    /// <summary>
    /// Acts this batch brought, as they were parsed, so that what is derived from them need not parse them again. An id is its
    /// act's digest, so an act of a work that was undone does no harm here.
    /// </summary>
    public Dictionary<ActId, SignedAct> Parsed { get; } = [];

    /// <summary>What was added so far, in order.</summary>
    public IReadOnlyList<NewEntry> Entries => entries;

    /// <summary>Adds an entry, which every later reader of this transaction finds.</summary>
    /// <param name="act">The act's id, or the digest of what was not admitted.</param>
    /// <param name="recorded">What the register says of it.</param>
    /// <param name="directory">The directory entry it was checked against.</param>
    /// <returns>Its index.</returns>
    public async Task<long> AddAsync(Digest act, LeafEntry recorded, Digest directory)
    {
        var entry = new NewEntry(size + entries.Count, new Leaf(act, recorded, Entered, directory), NewSalt());
        await RegisterTables.EnterAsync(Session, entry);
        entries.Add(entry);
        return entry.Index;
    }

    /// <summary>What is to be done when the work is over, once for each key: what is derived from all that it added.</summary>
    public void AtItsEnd(string key, Func<Task> work) => ends.TryAdd(key, work);

    /// <summary>Does what waited for the work's end.</summary>
    public async Task EndAsync()
    {
        foreach (var work in ends.Values)
        {
            await work();
        }

        ends.Clear();
    }

    /// <summary>Forgets what a work that failed had added to the first so many entries; the database is rolled back beside.</summary>
    public void ForgetAfter(int count)
    {
        entries.RemoveRange(count, entries.Count - count);
        ends.Clear();
    }

    private static Salt NewSalt()
    {
        Span<byte> bytes = stackalloc byte[Salt.Size];
        System.Security.Cryptography.RandomNumberGenerator.Fill(bytes);
        return new Salt(bytes);
    }
}

/// <summary>An entry with an index that no checkpoint covers yet.</summary>
internal sealed record NewEntry(long Index, Leaf Leaf, Salt Salt)
{
    public TreeHash Hash { get; } = TreeHash.OfLeaf(Leaf.Entry(Salt));
}
