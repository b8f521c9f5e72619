// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Node.Acts;
using Comity.Node.Keys;
using Comity.Node.Storage;

namespace Comity.Node.Desk.Inbox;

/// <summary>A draft that waits for a second officer, with the case it belongs to.</summary>
/// <param name="Row">The draft.</param>
/// <param name="Peer">The other Party.</param>
/// <param name="Reference">The case's reference; empty for a request that opens it.</param>
public sealed record WaitingDraft(DraftRow Row, string Peer, string Reference)
{
    internal static async Task<IReadOnlyList<WaitingDraft>> ReadAsync(Session session, AtRest node, int limit)
    {
        var waiting = new List<WaitingDraft>();
        foreach (var draft in await DraftTables.WaitingAsync(session, limit))
        {
            if (
                DossierId.TryParse(draft.Dossier, out var id) && await DossierKeys.FindAsync(session, id) is { } dossier
            )
            {
                waiting.Add(new WaitingDraft(draft, dossier.Peer, DossierFile.ReferenceOf(dossier, node)));
            }
        }

        return waiting;
    }
}
