// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Node.Storage;
using Comity.Register;
using Dapper;

namespace Comity.Node.Register;

/// <summary>The checkpoints that were given to the public, and what witnesses have signed under them.</summary>
internal static class PublicationTables
{
    /// <summary>The newest one with its cosignatures; nothing before the first.</summary>
    public static async Task<Publication?> NewestAsync(Session session) =>
        await ReadAsync(session, "order by size desc limit 1", null);

    /// <summary>
    /// The publication that says most of when an entry was there: the first that covers it and has a timestamp, or else a
    /// cosignature, or else the first; nothing before there is one.
    /// </summary>
    /// <param name="session">A read.</param>
    /// <param name="index">The entry.</param>
    public static async Task<Publication?> CoveringAsync(Session session, long index) =>
        await ReadAsync(
            session,
            $"{Covers} and size in (select size from timestamp where token is not null) {First}",
            new { index }
        )
        ?? await ReadAsync(session, $"{Covers} and size in (select size from cosignature) {First}", new { index })
        ?? await ReadAsync(session, $"{Covers} {First}", new { index });

    /// <summary>Keeps a checkpoint that is to be given to the public.</summary>
    public static Task AddAsync(Session session, long size, DateTimeOffset at, SignedNote note) =>
        session.Connection.ExecuteAsync(
            "insert into publication (size, published, checkpoint) values (@size, @At, @Note) on conflict do nothing",
            new
            {
                size,
                At = at.ToUnixTimeSeconds(),
                Note = RegisterTables.Text(note),
            },
            session.Transaction
        );

    /// <summary>Keeps a witness's line that was verified. The first of each witness stays.</summary>
    public static Task AddAsync(Session session, long size, NoteVerifier witness, NoteSignature line) =>
        session.Connection.ExecuteAsync(
            "insert into cosignature (size, witness, line) values (@size, @Witness, @Line) on conflict do nothing",
            new
            {
                size,
                Witness = witness.ToString(),
                Line = line.ToString(),
            },
            session.Transaction
        );

    private static async Task<Publication?> ReadAsync(Session session, string which, object? parameters)
    {
        var row = await session.Connection.QuerySingleOrDefaultAsync<PublicationRow>(
            "select size, published, checkpoint from publication " + which,
            parameters,
            session.Transaction
        );
        if (row is null)
        {
            return null;
        }

        var lines = await session.Connection.QueryAsync<string>(
            "select line from cosignature where size = @Size order by witness limit @MostLines",
            new { row.Size, MostLines },
            session.Transaction
        );
        var whole = SignedNote.Parse(Encoding.UTF8.GetBytes(row.Checkpoint + string.Concat(lines)));
        return whole is Outcome<SignedNote>.Admitted note
            ? new Publication(row.Size, DateTimeOffset.FromUnixTimeSeconds(row.Published), note.Value)
            : throw new InvalidDataException("a published checkpoint in the database is not a note");
    }

    private const string Covers = "where size > @index";
    private const string First = "order by size limit 1";

    /// <summary>Most witnesses' lines under a note: with the register's own it stays one that every reader takes.</summary>
    private const long MostLines = 48;

    private sealed record PublicationRow(long Size, long Published, string Checkpoint);
}

/// <summary>A checkpoint for the public.</summary>
/// <param name="Size">Its size.</param>
/// <param name="At">When it was taken.</param>
/// <param name="Note">The note, with the register's signature and those of the witnesses that have answered.</param>
internal sealed record Publication(long Size, DateTimeOffset At, SignedNote Note);
