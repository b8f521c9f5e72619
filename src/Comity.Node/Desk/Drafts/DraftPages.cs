// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Node.Acts;
using Comity.Node.Desk.Dossiers;
using Comity.Node.Desk.Forms;
using Comity.Node.Desk.Layout;
using Comity.Node.Desk.Words;
using Comity.Node.Evidence;

namespace Comity.Node.Desk.Drafts;

/// <summary>A draft: a second officer approves it or returns it, or its drafter takes it back.</summary>
internal static class DraftPages
{
    /// <summary>Why a draft is returned, or what was weighed.</summary>
    public const string ReasonField = "reason";

    public static void Map(DeskRoutes routes)
    {
        routes.Page("/drafts/{draft}", OpenAsync);
        routes.Form("/drafts/{draft}", DecideAsync);
        routes.Form("/drafts/{draft}/take-back", TakeBackAsync);
    }

    private static async Task<IResult> OpenAsync(Visit visit)
    {
        if (await DraftView.ReadAsync(visit, visit.Route("draft")) is not { } view)
        {
            return Notices.NoSuchPage(visit);
        }

        await visit.NoteAsync("draft.read", view.Row.Dossier);
        return Show(visit, view, FormInput.Empty, new FormErrors());
    }

    private static async Task<IResult> DecideAsync(Visit visit)
    {
        if (await DraftView.ReadAsync(visit, visit.Route("draft")) is not { } view)
        {
            return Notices.NoSuchPage(visit);
        }

        var input = await visit.FormAsync();
        var errors = new FormErrors();
        var returns = input["step"] == "return";
        var reason = new FormReading(input, errors).Optional(ReasonField, FormReading.Paragraph, "the reason");
        if (returns && reason is null)
        {
            errors.Add(ReasonField, "Enter why you return it, so that the drafter knows what to change");
        }

        if (!errors.Any && !CanBeKept(view, reason))
        {
            errors.Add(ReasonField, Codes.Of("act.outside-limits"));
        }

        if (errors.Any)
        {
            return Show(visit, view, input, errors);
        }

        var outcome = await visit.Node.Issuing.ApproveAsync(
            view.Row.Id,
            visit.Officer,
            input[FormInput.Phrase],
            returns ? ApprovalVerdict.Returns : ApprovalVerdict.Approves,
            reason,
            visit.Stop
        );
        switch (outcome)
        {
            case Outcome<Drafted>.Admitted drafted:
                await Destruction.FinishAsync(visit.Node, visit.Stop);
                return Visit.SeeOther($"/dossiers/{view.Row.Dossier}?done={WordOf(drafted.Value)}");
            case Outcome<Drafted>.Refused { Why: { Code: "approval.phrase-wrong" } why }:
                await visit.NoteAsync("phrase.wrong", view.Row.Dossier);
                return Show(visit, view, input, errors.Add(FormInput.Phrase, Codes.Of(why.Code)));
            case Outcome<Drafted>.Refused refused:
                DraftChecks.Note(errors, refused.Why);
                return Show(visit, view, input, errors);
            default:
                throw new InvalidOperationException("an outcome is admitted or refused");
        }
    }

    private static async Task<IResult> TakeBackAsync(Visit visit)
    {
        var outcome = await TakingBack.TakeBackAsync(
            visit.Node.Register,
            visit.Route("draft"),
            visit.Officer,
            visit.Stop
        );
        var view = await DraftView.ReadAsync(visit, visit.Route("draft"));
        if (view is null)
        {
            return Notices.NoSuchPage(visit);
        }

        if (outcome is Outcome<Drafted>.Refused refused)
        {
            var errors = new FormErrors();
            DraftChecks.Note(errors, refused.Why);
            return Show(visit, view, FormInput.Empty, errors);
        }

        return Visit.SeeOther($"/dossiers/{view.Row.Dossier}?done={DoneWords.TakenBack}");
    }

    /// <summary>The reason becomes part of a signed act: whether it keeps to an act's limits and characters.</summary>
    public static bool CanBeKept(DraftView view, string? reason) =>
        ActContent.Parse(
            Issuing
                .Wrap(
                    view.Content,
                    new Approve(view.Content.Digest(), ApprovalRole.Approver, ApprovalVerdict.Approves, reason)
                )
                .Write()
        ) is Outcome<ActContent>.Admitted;

    private static string WordOf(Drafted drafted) =>
        drafted.State switch
        {
            DraftTables.Sealed => DoneWords.Sealed,
            DraftTables.Returned => DoneWords.Returned,
            _ => DoneWords.Drafted,
        };

    /// <summary>The draft's page, with what was typed and what is wrong with it.</summary>
    public static IResult Show(Visit visit, DraftView view, FormInput input, FormErrors errors) =>
        visit.Show<DraftPage>(
            errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
            (nameof(DraftPage.View), view),
            (nameof(DraftPage.Form), new FormState(input.Without(FormInput.Phrase), errors))
        );
}
