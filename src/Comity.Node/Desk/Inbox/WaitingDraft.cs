// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Node.Acts;
using Comity.Node.Hosting;
using Comity.Node.Storage;

namespace Comity.Node.Desk.Inbox;

/// <summary>A draft that waits for a second officer, before it is sent or after, with the case it belongs to.</summary>
/// <param name="Row">The draft.</param>
/// <param name="Peer">The other Party.</param>
/// <param name="Reference">The case's reference; empty for a request that opens it.</param>
/// <param name="ReviewDue">Until when it is to be looked at again; nothing while it has not been sent.</param>
public sealed record WaitingDraft(DraftRow Row, string Peer, string Reference, DateTimeOffset? ReviewDue)
{
    internal static async Task<IReadOnlyList<WaitingDraft>> ReadAsync(
        Session session,
        NodeParts node,
        IReadOnlyList<DraftRow> drafts
    )
    {
        var waiting = new List<WaitingDraft>();
        foreach (var draft in drafts)
        {
            if (
                DossierId.TryParse(draft.Dossier, out var id) && await DossierKeys.FindAsync(session, id) is { } dossier
            )
            {
                waiting.Add(
                    new WaitingDraft(
                        draft,
                        dossier.Peer,
                        DossierFile.ReferenceOf(dossier, node.Keys.AtRest),
                        draft.SealedAlone is { } since ? node.Settings.ReviewDue(since) : null
                    )
                );
            }
        }

        return waiting;
    }
}
