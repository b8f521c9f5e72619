// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using Comity.Acts;
using Comity.Node.Keys;
using Comity.Node.Storage;
using Comity.Parties;
using Dapper;

namespace Comity.Node.Acts;

/// <summary>A dossier's row, and the key its acts are encrypted under.</summary>
internal static class DossierKeys
{
    /// <summary>Opens a dossier if it is not there.</summary>
    /// <param name="session">A write.</param>
    /// <param name="node">The node's key, which encrypts the dossier's.</param>
    /// <param name="id">The dossier.</param>
    /// <param name="peer">The other Party.</param>
    /// <param name="isHome">Whether this node's register is the dossier's home: the other Party asks.</param>
    /// <param name="now">When.</param>
    /// <returns>The dossier's row, whoever opened it.</returns>
    public static async Task<DossierRow> OpenAsync(
        Session session,
        AtRest node,
        DossierId id,
        PartyId peer,
        bool isHome,
        DateTimeOffset now
    )
    {
        var key = RandomNumberGenerator.GetBytes(AtRest.KeyBytes);
        var row = DossierRow.New(id, peer, isHome, now) with { Key = node.Encrypt(key, RowOf(id.ToString())) };
        CryptographicOperations.ZeroMemory(key);
        var opened = await session.Connection.ExecuteAsync(
            """
            insert into dossier (id, peer, is_home, key, opened, changed, measure, stage)
            values (@Id, @Peer, @Home, @Key, @Opened, @Changed, @Measure, @Stage) on conflict do nothing
            """,
            row,
            session.Transaction
        );
        return opened == 1 ? row : (await FindAsync(session, id))!;
    }

    /// <summary>A dossier's row, or nothing.</summary>
    public static Task<DossierRow?> FindAsync(Session session, DossierId id) =>
        session.Connection.QuerySingleOrDefaultAsync<DossierRow>(
            $"select {DossierRow.Columns} from dossier where id = @id",
            new { id = id.ToString() },
            session.Transaction
        );

    /// <summary>The cipher of a dossier. The caller disposes of it.</summary>
    /// <exception cref="DossierErasedException">Its key was destroyed, and with it what its acts said.</exception>
    public static AtRest CipherOf(DossierRow dossier, AtRest node)
    {
        var key = node.Decrypt(dossier.Key ?? throw new DossierErasedException(), RowOf(dossier.Id));
        try
        {
            return new AtRest(key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private static string RowOf(string id) => $"dossier/{id}";
}

/// <summary>A dossier as lists see it: no content, but for the reference, which is encrypted under the dossier's key.</summary>
public sealed record DossierRow(
    string Id,
    string Peer,
    long Home,
    byte[]? Key,
    long Opened,
    long Changed,
    string Measure,
    string Stage,
    long? Due,
    string DueKind,
    byte[]? Reference
)
{
    /// <summary>The columns of a row, in the order of its members.</summary>
    public const string Columns =
        "id, peer, is_home as home, key, opened, changed, measure, stage, due, due_kind as duekind, reference";

    /// <summary>The row of a dossier that has no acts and no key yet.</summary>
    public static DossierRow New(DossierId id, PartyId peer, bool isHome, DateTimeOffset now) =>
        new(
            id.ToString(),
            peer.ToString(),
            isHome ? 1 : 0,
            Key: null,
            now.ToUnixTimeSeconds(),
            now.ToUnixTimeSeconds(),
            Measure: "",
            Stage: "",
            Due: null,
            DueKind: "",
            Reference: null
        );

    public bool IsHome => Home == 1;
}

/// <summary>What a dossier said was erased; leaves, receipts and outcome are all that is left.</summary>
internal sealed class DossierErasedException() : Exception("the dossier was erased");
