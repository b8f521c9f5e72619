// SPDX-License-Identifier: EUPL-1.2
using Comity.Files.Register;
using Comity.Node.Storage;
using Comity.Register;

namespace Comity.Node.Register;

/// <summary>Brings the folder of tiles to what the database says is published.</summary>
/// <remarks>
/// <para>
/// The same code publishes and repairs: it begins from whatever checkpoint the folder shows and makes each file that a larger
/// one needs. A crash before the checkpoint is replaced leaves tiles that no checkpoint needs yet, with the bytes they will
/// have; the next run finds them there. A crash after it leaves partial tiles that take up room and mislead nobody.
/// </para>
/// <para>A folder that is lost, or shows no checkpoint of this register, is made again from the first entry.</para>
/// </remarks>
internal static class TileWriting
{
    public const string CheckpointPath = "checkpoint";

    /// <summary>Writes what is missing, then the checkpoint.</summary>
    /// <param name="database">The truth.</param>
    /// <param name="store">The folder.</param>
    /// <param name="register">The register's key, by which its own checkpoint is known again.</param>
    /// <param name="stop">Gives up; what was written stays and is right.</param>
    /// <returns>What is published now; nothing when nothing is to be.</returns>
    /// <exception cref="RegisterBehindException">The folder shows more than the database holds.</exception>
    public static async Task<Publication?> BringOutAsync(
        IDatabase database,
        ITileStore store,
        NoteVerifier register,
        CancellationToken stop
    )
    {
        if (await database.ReadAsync(PublicationTables.NewestAsync, stop) is not { } newest)
        {
            return null;
        }

        var shown = await ShownAsync(store, register, stop);
        var from = shown?.Size ?? 0;
        if (from > newest.Size)
        {
            throw new RegisterBehindException(from, newest.Size);
        }

        var tiles = Tile.Grown(from, newest.Size).ToList();
        foreach (var tile in tiles)
        {
            // 1. Each tile, durable before the next thing is said. A crash here leaves some of them.
            var bytes = await database.ReadAsync(session => BytesAsync(session, tile), stop);
            await store.PlaceAsync(tile.Path, bytes, stop);
        }

        // 2. The checkpoint, which all tiles under it are durable for. A crash here leaves the one before, which is as right.
        await store.ReplaceAsync(CheckpointPath, newest.Note.ToBytes(), stop);
        foreach (var tile in tiles.Where(t => t.IsFull))
        {
            // 3. Partial tiles that are full now. A crash here leaves some of them, for ever and to no harm.
            await store.PruneAsync(tile.Path, stop);
        }

        return newest;
    }

    /// <summary>The checkpoint the folder shows, when it is one of this register.</summary>
    public static async Task<Checkpoint?> ShownAsync(ITileSource source, NoteVerifier register, CancellationToken stop)
    {
        var bytes = await source.ReadAsync(CheckpointPath, SignedNote.MaximumBytes, stop);
        return
            bytes is not null
            && SignedNote.Parse(bytes).Then(n => Checkpoint.Open(n, register, register.Name))
                is Outcome<Checkpoint>.Admitted shown
            ? shown.Value
            : null;
    }

    private static async Task<byte[]> BytesAsync(Session session, Tile tile)
    {
        if (tile.Level is not null)
        {
            return TileBytes.OfHashes(await RegisterTables.HashesAsync(session, [.. tile.Subtrees()]));
        }

        var entries = await RegisterTables.EntriesAsync(session, tile.First, tile.Width);
        return TileBytes.OfEntries([.. entries.Select(e => e.Entry)]);
    }
}

/// <summary>This node is an older copy of itself: somebody has seen more of its register than its database holds.</summary>
internal sealed class RegisterBehindException : Exception
{
    /// <summary>Its own folder of tiles shows more.</summary>
    /// <param name="published">The size published.</param>
    /// <param name="held">The size held.</param>
    public RegisterBehindException(long published, long held)
        : base(
            $"this node has published a register of {published} entries and its database holds {held}: it is an older copy. "
                + "Put back the newest one with 'comity-node restore' (register.behind)"
        ) { }

    /// <summary>A peer has seen more.</summary>
    public RegisterBehindException()
        : base("a peer has seen more of this register than is here: nothing is appended (register.behind)") { }
}
