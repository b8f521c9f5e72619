// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Evidence;
using Comity.Node.Acts;
using Comity.Node.Hosting;
using Comity.Node.Officers;
using Comity.Node.Storage;

namespace Comity.Node.Checking;

/// <summary>Nothing is issued without officers, and what one of them sent alone is looked at by another in time.</summary>
/// <remarks>
/// From the signatures themselves: each of our shared acts names approvals that are here, over exactly its content, and a
/// review counts when the act it is kept as is here and its officer's key made the signature.
/// </remarks>
internal static class OfficerCheck
{
    /// <summary>Checks the acts of a dossier that this Party sent.</summary>
    /// <param name="node">The node.</param>
    /// <param name="session">The read in which the dossier was read.</param>
    /// <param name="file">The dossier.</param>
    /// <param name="report">Takes what was found.</param>
    public static async Task RunAsync(NodeParts node, Session session, DossierFile file, CheckReport report)
    {
        var officers = (await OfficerTables.AllAsync(session)).ToDictionary(o => o.Certificate.Id);
        var drafts = await DraftTables.OfAsync(session, file.Dossier.Id);
        var reviews = await ReviewTables.OfAsync(session, file.Dossier.Id);
        var words = file
            .Internal.Where(a =>
                a.Signed.Act.Body is Approve
                && officers.TryGetValue(a.Signed.Signed.Signer.Id, out var officer)
                && node.PeerKeys.Verifies(a.Signed.Signed, officer.Certificate)
            )
            .ToDictionary(a => a.Signed.Id, a => Read(a.Signed));
        foreach (var act in file.Acts.Where(a => a.Signed.Act.From.Party == node.Settings.Party))
        {
            var isForTwo = act.Signed.Act.Visibility == Visibility.Shared || act.Signed.Act.Body is Destroy;
            if (!isForTwo || act.Signed.Act.Body is NotUnderstood)
            {
                continue;
            }

            var content = ActContent.Of(act.Signed.Act);
            var before = act.Signed.Act.Approvals.Select(a => words.GetValueOrDefault(a)).OfType<Approval>().ToList();
            if (Approvals.WhyNot(content, before) is { } why)
            {
                report.Fault($"act {act.Signed.Id} was sealed without its officers ({why.Code})");
            }

            var draft = drafts.FirstOrDefault(d => d.Act == act.Signed.Id.ToString());
            var review =
                draft is not null && reviews.TryGetValue(draft.Id, out var id) ? words.GetValueOrDefault(id) : null;
            IReadOnlyList<Approval> said = review is null ? before : [.. before, review];
            var due = node.Settings.ReviewDue(act.Own.At);
            if (Approvals.WhyNotSettled(content, said, due, node.Now) is { Code: Approvals.ReviewOverdue } late)
            {
                report.Fault(
                    $"act {act.Signed.Id} was sent on one officer's signature, and no other has looked at it in time ({late.Code})"
                );
            }

            if (Approvals.IsToBeReviewed(content, said) != (draft?.SealedAlone is not null))
            {
                report.Fault($"act {act.Signed.Id}: the list of what is to be reviewed and the signatures differ");
            }
        }
    }

    private static Approval Read(SignedAct signed)
    {
        var word = (Approve)signed.Act.Body;
        return new Approval(word.Content, signed.Signed.Signer.Id, word.As, word.Verdict);
    }
}
