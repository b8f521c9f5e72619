// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Evidence;
using Comity.Node.Keys;
using Comity.Node.Storage;
using Comity.Parties;

namespace Comity.Node.Evidence;

/// <summary>Notes that an exhibit a peer supplied is here, whole, whichever way it came.</summary>
internal static class Receiving
{
    /// <summary>Notes it, with its link in the chain of custody. Noted again, it is as it was.</summary>
    /// <param name="database">The database.</param>
    /// <param name="node">The node's key.</param>
    /// <param name="own">The Party whose node this is.</param>
    /// <param name="row">The exhibit as it stood.</param>
    /// <param name="now">When.</param>
    /// <param name="stop">Gives up waiting.</param>
    /// <returns>How it stood before: anything but expected means that it came another way, or was destroyed meanwhile.</returns>
    public static Task<string> CompleteAsync(
        IDatabase database,
        AtRest node,
        PartyId own,
        ExhibitRow row,
        DateTimeOffset now,
        CancellationToken stop
    ) =>
        database.WriteAsync<string>(
            async session =>
            {
                var digest = Digest.TryParse(row.Sealed, out var parsed)
                    ? parsed
                    : throw new InvalidDataException("an exhibit's name in the database is not one");
                var before = (await ExhibitTables.FindAsync(session, digest))?.State ?? "";
                if (before is not (ExhibitTables.Expected or ExhibitTables.Differs))
                {
                    return before;
                }

                await ExhibitTables.MoveAsync(session, digest, ExhibitTables.Whole, row.Failures, now, now);
                if (await CustodyKeeping.OpenAsync(session, row, node) is { } cipher)
                {
                    using (cipher)
                    {
                        var act = ActId.TryParse(row.Act, out var id) ? id : null;
                        var deed = new Deed(CustodyEvent.Received, own, $"node of {own}", Act: act);
                        await CustodyTables.AddAsync(
                            session,
                            row.Dossier,
                            cipher,
                            digest,
                            deed,
                            Instants.ToSecond(now)
                        );
                    }
                }

                return before;
            },
            stop
        );
}
