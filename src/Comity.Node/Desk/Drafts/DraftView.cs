// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Node.Acts;
using Comity.Node.Storage;

namespace Comity.Node.Desk.Drafts;

/// <summary>A draft as the desk shows it.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Content">What the act would do.</param>
/// <param name="Reference">The dossier's reference; empty while it has none.</param>
/// <param name="Drafter">Who wrote it, by name.</param>
/// <param name="To">Who it is for, by name.</param>
/// <param name="Signed">Who has signed, and what they said.</param>
/// <param name="ReviewDue">Until when another officer is to look at it again; nothing when nobody is to.</param>
public sealed record DraftView(
    DraftRow Row,
    ActContent Content,
    string Reference,
    string Drafter,
    string To,
    IReadOnlyList<DraftSignature> Signed,
    DateTimeOffset? ReviewDue
)
{
    public bool IsWaiting => Row.State == DraftTables.Waiting;

    /// <summary>Reads the draft an address names, or nothing.</summary>
    internal static async Task<DraftView?> ReadAsync(Visit visit, string id)
    {
        var directory = await visit.Node.Directories.CurrentAsync(visit.Stop);
        return await visit.ReadAsync(async session =>
        {
            if (
                await DraftTables.FindAsync(session, id) is not { } row
                || !DossierId.TryParse(row.Dossier, out var dossier)
                || await DossierKeys.FindAsync(session, dossier) is not { } file
            )
            {
                return null;
            }

            using var cipher = DossierKeys.CipherOf(file, visit.Node.Keys.AtRest);
            var content = DraftTables.Read(row, cipher);
            var officers = await Officers.OfficerTables.AllAsync(session);
            return new DraftView(
                row,
                content,
                DossierFile.ReferenceOf(file, visit.Node.Keys.AtRest),
                officers.FirstOrDefault(o => o.Id == row.Drafter)?.Name ?? row.Drafter,
                $"{directory.Find(content.To)?.Name}, {directory.Find(content.To.Party)?.Entry.Name} ({content.To.Party})",
                await SignedAsync(session, visit, row, officers),
                row.SealedAlone is { } since ? visit.Node.Settings.ReviewDue(since) : null
            );
        });
    }

    private static async Task<IReadOnlyList<DraftSignature>> SignedAsync(
        Session session,
        Visit visit,
        DraftRow row,
        IReadOnlyList<Officers.Officer> officers
    )
    {
        var signed = new List<DraftSignature>();
        foreach (var (act, approval) in await DraftTables.ApprovalsAsync(session, row))
        {
            var kept = await ActTables.FindAsync(session, act, visit.Node.Keys.AtRest);
            signed.Add(
                new DraftSignature(
                    officers.FirstOrDefault(o => o.Certificate.Id == approval.Officer)?.Name
                        ?? "An officer not known any more",
                    approval,
                    (kept?.Act.Body as Approve)?.Reason
                )
            );
        }

        return [.. signed.OrderBy(s => s.Approval.As)];
    }
}

/// <summary>An officer's word on a draft.</summary>
/// <param name="Officer">Who, by name.</param>
/// <param name="Approval">What they said.</param>
/// <param name="Reason">Why, as far as they said.</param>
public sealed record DraftSignature(string Officer, Approval Approval, string? Reason);
