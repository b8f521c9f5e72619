// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Register;
using Comity.Node.Storage;
using Comity.Register;
using Dapper;

namespace Comity.Node.Witnessing;

/// <summary>What this node, as a witness, has cosigned: for each log the last checkpoint, which is all it has to remember.</summary>
internal static class WitnessTables
{
    /// <summary>The last checkpoint cosigned for a log, with the lines under it. In a write, held until its end.</summary>
    public static async Task<SignedNote?> LastAsync(Session session, string origin) =>
        await session.Connection.QuerySingleOrDefaultAsync<string>(
            "select checkpoint from witnessed where origin = @origin" + session.Lock,
            new { origin },
            session.Transaction
        )
            is { } text
            ? RegisterTables.Note(text)
            : null;

    /// <summary>Keeps a checkpoint as the last one cosigned, in place of the one it was judged against.</summary>
    /// <param name="session">The write in which it was judged.</param>
    /// <param name="origin">The log.</param>
    /// <param name="before">The size of the one it was judged against; nothing when there was none.</param>
    /// <param name="size">Its size.</param>
    /// <param name="note">The note with the cosignature that is about to be given.</param>
    /// <param name="at">When it was cosigned.</param>
    /// <returns>Whether it was; not when another writer has cosigned meanwhile.</returns>
    public static async Task<bool> KeepAsync(
        Session session,
        string origin,
        long? before,
        long size,
        SignedNote note,
        DateTimeOffset at
    )
    {
        // Two that both find no row: the second one's insert meets the first's and does nothing.
        return await session.Connection.ExecuteAsync(
                before is null
                    ? "insert into witnessed (origin, size, checkpoint, cosigned) values (@origin, @size, @Note, @At) on conflict do nothing"
                    : "update witnessed set size = @size, checkpoint = @Note, cosigned = @At where origin = @origin and size = @before",
                new
                {
                    origin,
                    before,
                    size,
                    Note = RegisterTables.Text(note),
                    At = at.ToUnixTimeSeconds(),
                },
                session.Transaction
            ) == 1;
    }
}
