// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using Comity.Node.Acts;
using Comity.Node.Hosting;
using Comity.Node.Register;
using Comity.Node.Storage;
using Comity.Register;
using Dapper;

namespace Comity.Node.Setup;

/// <summary>Whether a database and a folder of keys are one node's.</summary>
/// <remarks>
/// A disk that was not mounted leaves an empty database, and a restored copy is easily given another node's keys. A node that
/// ran on either would sign a second history of its Party, or encrypt what nobody could read again.
/// </remarks>
internal static class Belonging
{
    /// <summary>Returns when they are, as far as the database holds anything to tell by.</summary>
    /// <param name="node">The node, its schema up to date.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="NotThisNodeException">They are not; the message says which of them to put right.</exception>
    public static async Task CheckAsync(NodeParts node, CancellationToken stop)
    {
        var (head, dossier) = await node.Database.ReadAsync(
            async session => (await RegisterTables.HeadAsync(session), await AnyDossierAsync(session)),
            stop
        );
        if (head is null)
        {
            throw new NotThisNodeException(
                "the database holds no register: it is empty, or not the one that 'comity-node init' made. "
                    + "Mount it, or put back a copy with 'comity-node restore'"
            );
        }

        var key = node.Keys.Register.Verifier;
        if (Checkpoint.Open(head.Checkpoint, key, key.Name) is not Outcome<Checkpoint>.Admitted)
        {
            throw new NotThisNodeException(
                $"register.key in {node.Settings.KeyFolder} is not the key of the register in the database: "
                    + "one of the two is another node's"
            );
        }

        await MustNotBeBehindAsync(node, head, stop);
        try
        {
            if (dossier is not null)
            {
                DossierKeys.CipherOf(dossier, node.Keys.AtRest).Dispose();
            }
        }
        catch (CryptographicException)
        {
            throw new NotThisNodeException(
                $"data.key in {node.Settings.KeyFolder} does not open what is in the database: "
                    + "one of the two is another node's"
            );
        }
    }

    // What the node itself has given to the public it has to hold: less means that an older copy was put back beside the folder.
    private static async Task MustNotBeBehindAsync(NodeParts node, RegisterHead head, CancellationToken stop)
    {
        if (await TileWriting.ShownAsync(node.Tiles, node.Keys.Register.Verifier, stop) is not { } shown)
        {
            return;
        }

        if (shown.Size > head.Size)
        {
            throw new NotThisNodeException(new RegisterBehindException(shown.Size, head.Size).Message);
        }

        var hashes = await node.Database.ReadAsync(
            session => RegisterTables.HashesAsync(session, TreeEdge.Subtrees(shown.Size)),
            stop
        );
        if (TreeEdge.Of(shown.Size, hashes).Root() != shown.Root)
        {
            throw new NotThisNodeException(
                $"the register in the database is not the one that is published in {node.Settings.RegisterFolder}: "
                    + "the two went apart, and to go on would fork it (register.fork)"
            );
        }
    }

    private static Task<DossierRow?> AnyDossierAsync(Session session) =>
        session.Connection.QueryFirstOrDefaultAsync<DossierRow>(
            $"select {DossierRow.Columns} from dossier where key is not null limit 1",
            transaction: session.Transaction
        );
}

/// <summary>A database and keys that do not belong together.</summary>
internal sealed class NotThisNodeException(string message) : Exception(message);
