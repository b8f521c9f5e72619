// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Storage;
using Comity.Parties;
using Dapper;

namespace Comity.Node.Evidence;

/// <summary>Which exhibits a Party may fetch: those an act of ours supplied to it.</summary>
internal static class SuppliedTo
{
    /// <summary>The digest, when a sealed act to that Party supplies the exhibit; nothing otherwise.</summary>
    public static Task<string?> FindAsync(Session session, Digest sealedFile, PartyId peer) =>
        session.Connection.ExecuteScalarAsync<string?>(
            """
            select x.sealed from exhibit x
            join delivery d on d.act = x.act and d.peer = @Peer
            where x.sealed = @Sealed and x.state = 'held'
            """,
            new { Sealed = sealedFile.ToString(), Peer = peer.ToString() },
            session.Transaction
        );
}
