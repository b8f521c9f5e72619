// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Node.Acts;
using Comity.Node.Officers;
using Comity.Node.Settings;

namespace Comity.Node.Desk.Dossiers;

/// <summary>The second look at an act that one officer sent alone, made or still to be made.</summary>
/// <param name="Draft">The draft it was.</param>
/// <param name="Due">Until when it is to be made.</param>
/// <param name="Verdict">What the reviewer says; nothing while nobody has looked.</param>
/// <param name="By">The reviewer, by name.</param>
/// <param name="At">When they said it.</param>
/// <param name="Reason">Why, as far as they said.</param>
public sealed record ReviewView(
    string Draft,
    DateTimeOffset Due,
    ApprovalVerdict? Verdict,
    string By,
    DateTimeOffset At,
    string? Reason
)
{
    /// <summary>Those of a dossier, by the act that was sent.</summary>
    /// <param name="file">The dossier.</param>
    /// <param name="drafts">Its drafts.</param>
    /// <param name="reviews">The reviews made, by draft.</param>
    /// <param name="officers">This node's officers.</param>
    /// <param name="settings">What says when a review is due.</param>
    internal static IReadOnlyDictionary<ActId, ReviewView> Of(
        DossierFile file,
        IReadOnlyList<DraftRow> drafts,
        IReadOnlyDictionary<string, ActId> reviews,
        IReadOnlyList<Officer> officers,
        NodeSettings settings
    )
    {
        var acts = file.Acts.ToDictionary(a => a.Signed.Id);
        var views = new Dictionary<ActId, ReviewView>();
        foreach (var draft in drafts)
        {
            if (!ActId.TryParse(draft.Act, out var sent) || !acts.TryGetValue(sent, out var act))
            {
                continue;
            }

            var due = settings.ReviewDue(act.Own.At);
            if (draft.SealedAlone is not null)
            {
                views[sent] = new ReviewView(draft.Id, due, null, "", default, null);
            }
            else if (reviews.TryGetValue(draft.Id, out var id) && acts.TryGetValue(id, out var made))
            {
                var word = (Approve)made.Signed.Act.Body;
                var by = officers.FirstOrDefault(o => o.Certificate.Id == made.Signed.Signed.Signer.Id);
                views[sent] = new ReviewView(
                    draft.Id,
                    due,
                    word.Verdict,
                    by?.Name ?? "An officer not known any more",
                    made.Own.At,
                    word.Reason
                );
            }
        }

        return views;
    }
}
