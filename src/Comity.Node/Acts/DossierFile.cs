// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Acts;
using Comity.Dossiers;
using Comity.Node.Keys;
using Comity.Node.Storage;
using Comity.Parties;
using Comity.Requests;
using Dapper;

namespace Comity.Node.Acts;

/// <summary>A dossier with everything this node holds of it.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Dossier">The fold of what the home register has taken in.</param>
/// <param name="Acts">Every act, shared and internal, in the order of this node's register.</param>
internal sealed record DossierFile(DossierRow Row, Dossier Dossier, IReadOnlyList<StoredAct> Acts)
{
    /// <summary>Acts the home register has not answered for: sent and not yet received, or not admitted there.</summary>
    public IEnumerable<StoredAct> Pending =>
        Acts.Where(a => a.Signed.Act.Visibility == Visibility.Shared && a.Home(Row.IsHome) is null);

    /// <summary>What this Party keeps to itself.</summary>
    public IEnumerable<StoredAct> Internal => Acts.Where(a => a.Signed.Act.Visibility != Visibility.Shared);

    /// <summary>Reads a dossier, or nothing when it is not here.</summary>
    /// <param name="session">A read or a write.</param>
    /// <param name="id">The dossier.</param>
    /// <param name="node">The node's key.</param>
    /// <param name="parsed">Acts that need not be parsed again.</param>
    public static async Task<DossierFile?> ReadAsync(
        Session session,
        DossierId id,
        AtRest node,
        IReadOnlyDictionary<ActId, SignedAct>? parsed = null
    )
    {
        if (await DossierKeys.FindAsync(session, id) is not { } row)
        {
            return null;
        }

        var acts = await ActTables.OfAsync(session, row, node, parsed);
        return new DossierFile(row, Dossier.Fold(id, acts.Select(a => a.Enter(row.IsHome)).OfType<Entered>()), acts);
    }

    /// <summary>A dossier that nobody has opened yet, to judge what would be the first act in it.</summary>
    public static DossierFile Unopened(DossierId id, PartyId peer, bool isHome, DateTimeOffset now) =>
        new(DossierRow.New(id, peer, isHome, now), Dossier.Fold(id, []), []);

    /// <summary>Brings up to date what lists are sorted by. In the transaction that changed the dossier, never after it.</summary>
    /// <returns>The dossier as it now is.</returns>
    public static async Task<DossierFile> SummariseAsync(
        Session session,
        DossierId id,
        AtRest node,
        DateTimeOffset now,
        IReadOnlyDictionary<ActId, SignedAct>? parsed = null
    )
    {
        var file = await ReadAsync(session, id, node, parsed) ?? throw new InvalidOperationException("no such dossier");
        var requests = file.Dossier.Requests;
        var request = requests.LastOrDefault(r => !r.IsEnded) ?? (requests.Count > 0 ? requests[^1] : null);
        var asked = request?.Request ?? file.Acts.Select(a => a.Signed.Act.Body).OfType<Request>().LastOrDefault();
        var next = Clocks.Of(file.Dossier, now).FirstOrDefault(c => c.State == ClockState.Running);
        using var cipher = DossierKeys.CipherOf(file.Row, node);
        await session.Connection.ExecuteAsync(
            """
            update dossier set changed = @Now, measure = @Measure, stage = @Stage, due = @Due, due_kind = @DueKind,
              reference = @Reference
            where id = @Id
            """,
            new
            {
                Id = id.ToString(),
                Now = now.ToUnixTimeSeconds(),
                Measure = asked is null ? "" : Names.Of(asked.Measure),
                Stage = request is null ? "" : Names.Of(request.Stage),
                Due = next?.Due.ToUnixTimeSeconds(),
                DueKind = next is null ? "" : Names.Of(next.Kind),
                Reference = asked is null
                    ? null
                    : cipher.Encrypt(Encoding.UTF8.GetBytes(asked.Reference), ReferenceRow(id.ToString())),
            },
            session.Transaction
        );
        return file;
    }

    /// <summary>The reference of a dossier's newest request, as lists show it; empty while nothing was asked.</summary>
    public static string ReferenceOf(DossierRow row, AtRest node)
    {
        // An erased dossier stays in the lists with its outcome, and without its name.
        if (row.Reference is null || row.Key is null)
        {
            return "";
        }

        using var cipher = DossierKeys.CipherOf(row, node);
        return Encoding.UTF8.GetString(cipher.Decrypt(row.Reference, ReferenceRow(row.Id)));
    }

    private static string ReferenceRow(string id) => $"reference/{id}";
}
