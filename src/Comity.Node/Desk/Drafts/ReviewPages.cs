// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Node.Desk.Dossiers;
using Comity.Node.Desk.Forms;
using Comity.Node.Desk.Layout;
using Comity.Node.Desk.Words;

namespace Comity.Node.Desk.Drafts;

/// <summary>The second look at what one officer sent alone: nothing to object, or an objection with its reason.</summary>
internal static class ReviewPages
{
    /// <summary>What the officer says.</summary>
    public const string VerdictField = "verdict";

    public static void Map(DeskRoutes routes) => routes.Form("/drafts/{draft}/review", ReviewAsync);

    private static async Task<IResult> ReviewAsync(Visit visit)
    {
        if (await DraftView.ReadAsync(visit, visit.Route("draft")) is not { } view)
        {
            return Notices.NoSuchPage(visit);
        }

        var input = await visit.FormAsync();
        var errors = new FormErrors();
        var read = new FormReading(input, errors);
        var verdict = read.Choice(VerdictField, "what you think of it", Enum.GetValues<ApprovalVerdict>());
        var reason = read.Optional(DraftPages.ReasonField, FormReading.Paragraph, "the reason");
        if (!errors.Any && verdict == ApprovalVerdict.Returns && reason is null)
        {
            errors.Add(DraftPages.ReasonField, "Enter why you object, so that somebody can act on it");
        }

        if (!errors.Any && !DraftPages.CanBeKept(view, reason))
        {
            errors.Add(DraftPages.ReasonField, Codes.Of("act.outside-limits"));
        }

        if (errors.Any)
        {
            return DraftPages.Show(visit, view, input, errors);
        }

        var outcome = await visit.Node.Reviewing.ReviewAsync(
            view.Row.Id,
            visit.Officer,
            input[FormInput.Phrase],
            verdict,
            reason,
            visit.Stop
        );
        switch (outcome)
        {
            case Outcome<ActId>.Admitted:
                var done = verdict == ApprovalVerdict.Approves ? DoneWords.Reviewed : DoneWords.Objected;
                return Visit.SeeOther($"/dossiers/{view.Row.Dossier}?done={done}");
            case Outcome<ActId>.Refused { Why: { Code: "approval.phrase-wrong" } why }:
                await visit.NoteAsync("phrase.wrong", view.Row.Dossier);
                return DraftPages.Show(visit, view, input, errors.Add(FormInput.Phrase, Codes.Of(why.Code)));
            case Outcome<ActId>.Refused refused:
                DraftChecks.Note(errors, refused.Why);
                return DraftPages.Show(visit, view, input, errors);
            default:
                throw new InvalidOperationException("an outcome is admitted or refused");
        }
    }
}
