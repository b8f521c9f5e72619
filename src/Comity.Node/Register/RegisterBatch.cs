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
    private readonly List<StoredEntry> entries = [];
    private readonly OrderedDictionary<string, Func<Task>> ends = [];
    private PublicationPlan? publication;

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
    public IReadOnlyList<StoredEntry> Entries => entries;

    /// <summary>Adds an entry, which every later reader of this transaction finds.</summary>
    /// <param name="act">The act's id, or the digest of what was not admitted.</param>
    /// <param name="recorded">What the register says of it.</param>
    /// <param name="directory">The directory entry it was checked against.</param>
    /// <returns>Its index.</returns>
    public async Task<long> AddAsync(Digest act, LeafEntry recorded, Digest directory)
    {
        var (leaf, salt) = (new Leaf(act, recorded, Entered, directory), new Salt(NewBytes()));
        return await EnterAsync(leaf, salt, leaf.Entry(salt));
    }

    /// <summary>Has the checkpoint that will cover this batch given to the public.</summary>
    /// <remarks>
    /// The batch is filled up first, so that the log's growth since the last publication is a multiple of a number, and never
    /// nothing: who watches sees neither when an act entered nor, below that number, how many did (design 17.2).
    /// </remarks>
    /// <param name="since">The size published last.</param>
    /// <param name="padding">The number, at least 1.</param>
    /// <param name="keep">Keeps the signed checkpoint, in the transaction that makes it true.</param>
    public void Publish(long since, int padding, Func<Checkpoint, SignedNote, Task> keep) =>
        publication ??= new PublicationPlan(since, padding, keep);

    /// <summary>Fills the batch up, when its checkpoint is to be published. Called once all works are done.</summary>
    public async Task PadAsync()
    {
        if (publication is { } plan)
        {
            for (var grown = size + entries.Count - plan.Since; grown == 0 || grown % plan.Padding != 0; grown++)
            {
                await EnterAsync(leaf: null, salt: null, new Digest(NewBytes()));
            }
        }
    }

    /// <summary>Keeps the checkpoint that covers the batch, when it is to be published.</summary>
    public Task PublishAsync(Checkpoint checkpoint, SignedNote note) =>
        publication?.Keep(checkpoint, note) ?? Task.CompletedTask;

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

    private async Task<long> EnterAsync(Leaf? leaf, Salt? salt, Digest content)
    {
        var entry = new StoredEntry(size + entries.Count, leaf, salt, content, TreeHash.OfLeaf(content));
        await RegisterTables.EnterAsync(Session, entry, Entered);
        entries.Add(entry);
        return entry.Index;
    }

    private static byte[] NewBytes() => System.Security.Cryptography.RandomNumberGenerator.GetBytes(Salt.Size);

    private sealed record PublicationPlan(long Since, int Padding, Func<Checkpoint, SignedNote, Task> Keep);
}
