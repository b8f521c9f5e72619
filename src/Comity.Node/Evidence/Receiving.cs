// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Storage;

namespace Comity.Node.Evidence;

/// <summary>Notes that an exhibit a peer supplied is here, whole, whichever way it came.</summary>
internal static class Receiving
{
    /// <summary>Notes it. Noted again, it is as it was.</summary>
    /// <param name="database">The database.</param>
    /// <param name="row">The exhibit as it stood.</param>
    /// <param name="now">When.</param>
    /// <param name="stop">Gives up waiting.</param>
    public static Task CompleteAsync(IDatabase database, ExhibitRow row, DateTimeOffset now, CancellationToken stop) =>
        database.WriteAsync(
            async session =>
            {
                var digest = Digest.TryParse(row.Sealed, out var parsed)
                    ? parsed
                    : throw new InvalidDataException("an exhibit's name in the database is not one");
                await ExhibitTables.MoveAsync(session, digest, ExhibitTables.Whole, row.Failures, now, now);
                return 0;
            },
            stop
        );
}
