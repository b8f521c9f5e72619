// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Hosting;
using Comity.Node.Storage;
using Comity.Parties;

namespace Comity.Node.Evidence;

/// <summary>What is done about an exhibit whose file is not what its name says, or is gone.</summary>
/// <remarks>
/// One that a peer supplied is expected again, and so fetched again: what lies under its name is not given to anyone
/// meanwhile. One that was put in here is marked and given to nobody until a copy was put back and found whole. Either way a
/// person is told, once. Marking twice changes nothing.
/// </remarks>
internal static class Damage
{
    private const string Code = "exhibit.damaged";

    /// <summary>Marks an exhibit.</summary>
    /// <param name="node">The node.</param>
    /// <param name="sealedFile">The digest that is its name.</param>
    /// <param name="stop">Gives up waiting.</param>
    /// <returns>Whether it is fetched again from the peer that supplied it; nothing when no exhibit of that name is known.</returns>
    public static Task<bool?> MarkAsync(NodeParts node, Digest sealedFile, CancellationToken stop) =>
        node.Database.WriteAsync<bool?>(
            async session =>
            {
                if (await ExhibitTables.FindAsync(session, sealedFile) is not { } row)
                {
                    return null;
                }

                var isFetched = row.State == ExhibitTables.Whole;
                if (isFetched || row.State == ExhibitTables.Held)
                {
                    var state = isFetched ? ExhibitTables.Expected : ExhibitTables.Damaged;
                    var peer = row.Source.Length > 0 ? PartyId.Of(row.Source) : node.Settings.Party;
                    await ExhibitTables.MoveAsync(session, sealedFile, state, 0, node.Now, null);
                    await AlarmTables.RaiseAsync(session, Code, peer, row.Sealed, null, node.Now);
                }

                return isFetched || row.State == ExhibitTables.Expected;
            },
            stop
        );

    /// <summary>Lifts the mark of an exhibit put in here that was found whole again.</summary>
    public static Task MendAsync(NodeParts node, Digest sealedFile, CancellationToken stop) =>
        node.Database.WriteAsync(
            async session =>
            {
                if (await ExhibitTables.FindAsync(session, sealedFile) is { State: ExhibitTables.Damaged })
                {
                    await ExhibitTables.MoveAsync(session, sealedFile, ExhibitTables.Held, 0, node.Now, node.Now);
                }

                return 0;
            },
            stop
        );
}
