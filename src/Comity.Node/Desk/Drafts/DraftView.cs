// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Node.Acts;

namespace Comity.Node.Desk.Drafts;

/// <summary>A draft as the desk shows it.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Content">What the act would do.</param>
/// <param name="Reference">The dossier's reference; empty while it has none.</param>
/// <param name="Drafter">Who wrote it, by name.</param>
/// <param name="To">Who it is for, by name.</param>
/// <param name="Signed">Who has signed, by name, and what they said.</param>
public sealed record DraftView(
    DraftRow Row,
    ActContent Content,
    string Reference,
    string Drafter,
    string To,
    IReadOnlyList<(string Officer, Approval Approval)> Signed
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
                [
                    .. (await DraftTables.ApprovalsAsync(session, row)).Select(a =>
                        (
                            officers.FirstOrDefault(o => o.Certificate.Id == a.Approval.Officer)?.Name
                                ?? "an officer not known any more",
                            a.Approval
                        )
                    ),
                ]
            );
        });
    }
}
