// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Node.Storage;
using Comity.Register;
using Dapper;

namespace Comity.Node.Register;

/// <summary>The register's head as the database holds it.</summary>
internal sealed record RegisterHead(
    long Epoch,
    long Size,
    TreeHash Root,
    DateTimeOffset Entered,
    SignedNote Checkpoint
);

/// <summary>The register's rows.</summary>
internal static class RegisterTables
{
    /// <summary>Writes the head of a new register: no entries, epoch 1.</summary>
    public static async Task CreateAsync(Session session, LogSigner key, DateTimeOffset now)
    {
        var checkpoint = Checkpoint.Of(key.Verifier.Name, TreeEdge.Empty).ToNote();
        await session.Connection.ExecuteAsync(
            "insert into register_head (id, epoch, size, root, entered, checkpoint) values (1, 1, 0, @Root, @Entered, @Note) on conflict do nothing",
            new
            {
                Root = TreeHash.EmptyTree.ToString(),
                Entered = now.ToUnixTimeSeconds(),
                Note = Text(checkpoint.With(key.Sign(checkpoint.Text))),
            },
            session.Transaction
        );
    }

    /// <summary>The head, or nothing when the node was not initialised. In a write, held until its end.</summary>
    public static async Task<RegisterHead?> HeadAsync(Session session)
    {
        var row = await session.Connection.QuerySingleOrDefaultAsync<HeadRow>(
            "select epoch, size, root, entered, checkpoint from register_head where id = 1" + session.Lock,
            transaction: session.Transaction
        );
        return row is null
            ? null
            : new RegisterHead(
                row.Epoch,
                row.Size,
                TreeHash.TryParseBase64(row.Root, out var root)
                    ? root
                    : throw new InvalidDataException("the register's root is not a hash"),
                DateTimeOffset.FromUnixTimeSeconds(row.Entered),
                Note(row.Checkpoint)
            );
    }

    /// <summary>The hashes of stored nodes, in the order asked for.</summary>
    public static async Task<TreeHash[]> HashesAsync(Session session, IReadOnlyCollection<Subtree> nodes)
    {
        var found = new Dictionary<Subtree, TreeHash>(nodes.Count);
        foreach (var level in nodes.Distinct().GroupBy(n => n.Level))
        {
            // A few hundred parameters at a time: SQLite takes 32,766, but plans are kept by text.
            foreach (var part in level.Select(n => n.Index).Chunk(64))
            {
                var rows = await session.Connection.QueryAsync<HashRow>(
                    level.Key == 0
                        ? $"select idx, hash from register_entry where idx in ({string.Join(',', part)})"
                        : $"select idx, hash from register_node where level = {level.Key} and idx in ({string.Join(',', part)})",
                    transaction: session.Transaction
                );
                foreach (var row in rows)
                {
                    found[new Subtree(level.Key, row.Idx)] = new TreeHash(new Digest(row.Hash));
                }
            }
        }

        return [.. nodes.Select(n => found[n])];
    }

    /// <summary>Writes an entry's row. Nothing covers it before the register has grown over it, in the same transaction.</summary>
    public static Task EnterAsync(Session session, StoredEntry entry, DateTimeOffset entered) =>
        session.Connection.ExecuteAsync(
            """
            insert into register_entry (idx, act, recorded, code, entered, directory, salt, hash, entry)
            values (@Idx, @Act, @Recorded, @Code, @Entered, @Directory, @Salt, @Hash, @Entry)
            """,
            EntryRow.Of(entry, entered),
            session.Transaction
        );

    /// <summary>Grows the register over a batch's entries: the subtrees they complete, and the head that covers them.</summary>
    public static async Task GrowAsync(
        Session session,
        RegisterHead head,
        DateTimeOffset entered,
        TreeGrowth growth,
        SignedNote checkpoint
    )
    {
        await session.Connection.ExecuteAsync(
            "insert into register_node (level, idx, hash) values (@Level, @Idx, @Hash)",
            growth
                .Completed.Where(n => n.At.Level > 0)
                .Select(n => new
                {
                    Level = (long)n.At.Level,
                    Idx = n.At.Index,
                    Hash = n.Hash.Digest.ToArray(),
                }),
            session.Transaction
        );
        var changed = await session.Connection.ExecuteAsync(
            """
            update register_head set size = @Size, root = @Root, entered = @Entered, checkpoint = @Checkpoint
            where id = 1 and epoch = @Epoch and size = @OldSize and root = @OldRoot
            """,
            new
            {
                growth.After.Size,
                Root = growth.After.Root().ToString(),
                Entered = entered.ToUnixTimeSeconds(),
                Checkpoint = Text(checkpoint),
                head.Epoch,
                OldSize = head.Size,
                OldRoot = head.Root.ToString(),
            },
            session.Transaction
        );
        if (changed != 1)
        {
            throw new InvalidOperationException("another writer has appended to the register; this batch was dropped");
        }
    }

    /// <summary>Entries by index, each with its leaf and salt.</summary>
    public static async Task<IReadOnlyList<StoredEntry>> EntriesAsync(Session session, long from, long count) =>
        [
            .. (
                await session.Connection.QueryAsync<EntryRow>(
                    Select + " where idx >= @from and idx < @until order by idx",
                    new { from, until = from + count },
                    session.Transaction
                )
            ).Select(r => r.ToEntry()),
        ];

    /// <summary>The entry by which an act was issued or admitted, or nothing.</summary>
    public static async Task<StoredEntry?> FindAsync(Session session, Digest act) =>
        (
            await session.Connection.QuerySingleOrDefaultAsync<EntryRow>(
                Select + " where act = @act and recorded <> 'not-admitted'",
                new { act = act.ToString() },
                session.Transaction
            )
        )?.ToEntry();

    /// <summary>The entry at an index, or nothing.</summary>
    public static async Task<StoredEntry?> AtAsync(Session session, long index) =>
        (
            await session.Connection.QuerySingleOrDefaultAsync<EntryRow>(
                Select + " where idx = @index",
                new { index },
                session.Transaction
            )
        )?.ToEntry();

    /// <summary>The entries at these indices, each of them there and different.</summary>
    public static async Task<IReadOnlyList<StoredEntry>> AtAsync(Session session, IReadOnlyCollection<long> indices) =>
        indices.Count == 0
            ? []
            :
            [
                .. (
                    await session.Connection.QueryAsync<EntryRow>(
                        $"{Select} where idx in ({string.Join(',', indices)}) order by idx",
                        transaction: session.Transaction
                    )
                ).Select(r => r.ToEntry()),
            ];

    /// <summary>A note as it is kept.</summary>
    public static string Text(SignedNote note) => Encoding.UTF8.GetString(note.ToBytes());

    /// <summary>A note that was kept.</summary>
    public static SignedNote Note(string text) =>
        SignedNote.Parse(Encoding.UTF8.GetBytes(text)) is Outcome<SignedNote>.Admitted note
            ? note.Value
            : throw new InvalidDataException("a checkpoint in the database is not a note");

    private const string Select =
        "select idx, act, recorded, code, entered, directory, salt, hash, entry from register_entry";

    private const string Padding = "padding";

    private sealed record HeadRow(long Epoch, long Size, string Root, long Entered, string Checkpoint);

    private sealed record HashRow(long Idx, byte[] Hash);

    private sealed record EntryRow(
        long Idx,
        string Act,
        string Recorded,
        string Code,
        long Entered,
        string Directory,
        byte[]? Salt,
        byte[] Hash,
        byte[]? Entry
    )
    {
        public static EntryRow Of(StoredEntry entry, DateTimeOffset entered)
        {
            var (recorded, code) = entry.Leaf?.Recorded switch
            {
                LeafEntry.Issued => ("issued", ""),
                LeafEntry.Admitted => ("admitted", ""),
                LeafEntry.NotAdmitted not => ("not-admitted", not.Code),
                null => (Padding, ""),
                _ => throw new InvalidOperationException("an entry is issued, admitted or not admitted"),
            };
            return new EntryRow(
                entry.Index,
                (entry.Leaf?.Act ?? entry.Entry).ToString(),
                recorded,
                code,
                entered.ToUnixTimeSeconds(),
                entry.Leaf?.Directory.ToString() ?? "",
                entry.Salt is { } salt ? Bytes(salt) : null,
                entry.Hash.Digest.ToArray(),
                entry.Entry.ToArray()
            );
        }

        public StoredEntry ToEntry()
        {
            Salt? salt = Salt is null ? null : new Salt(Salt);
            var leaf =
                Recorded == Padding
                    ? null
                    : new Leaf(
                        Parse(Act),
                        Recorded switch
                        {
                            "issued" => new LeafEntry.Issued(),
                            "admitted" => new LeafEntry.Admitted(),
                            _ => new LeafEntry.NotAdmitted(Code),
                        },
                        DateTimeOffset.FromUnixTimeSeconds(Entered),
                        Parse(Directory)
                    );
            var entry =
                Entry is not null ? new Digest(Entry)
                : leaf is not null && salt is { } known ? leaf.Entry(known)
                : throw new InvalidDataException("an entry of the register has lost its content");
            return new StoredEntry(Idx, leaf, salt, entry, new TreeHash(new Digest(Hash)));
        }

        private static byte[] Bytes(Salt salt)
        {
            var bytes = new byte[Comity.Register.Salt.Size];
            salt.CopyTo(bytes);
            return bytes;
        }

        private static Digest Parse(string hex) =>
            Digest.TryParse(hex, out var digest) ? digest : throw new InvalidDataException("a digest is not one");
    }
}

/// <summary>An entry of the register.</summary>
/// <param name="Index">Its place.</param>
/// <param name="Leaf">What it says; nothing when it is padding.</param>
/// <param name="Salt">Gone when the act was erased, and never there for padding.</param>
/// <param name="Entry">The 32 bytes the log publishes, which stay.</param>
/// <param name="Hash">Their leaf hash.</param>
internal sealed record StoredEntry(long Index, Leaf? Leaf, Salt? Salt, Digest Entry, TreeHash Hash);
