// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Node.Desk.Answers;
using Comity.Node.Desk.Dossiers;
using Comity.Node.Desk.Drafts;
using Comity.Node.Desk.Forms;
using Comity.Node.Desk.Layout;
using Comity.Node.Desk.Words;

namespace Comity.Node.Desk.Findings;

/// <summary>Answering the safeguards' questions about a request: with a reason and a source, signed, and kept here.</summary>
internal static class AssessPages
{
    private const string Pattern = "/dossiers/{dossier}/requests/{request}/assess";

    public static void Map(DeskRoutes routes)
    {
        routes.Page(Pattern, StartAsync);
        routes.Form(Pattern, RecordAsync);
    }

    private static async Task<IResult> StartAsync(Visit visit)
    {
        if (await FindAsync(visit) is not { } view)
        {
            return Notices.NoSuchPage(visit);
        }

        await visit.NoteAsync("request.assessing", view.Subject.View.Id);
        return Show(visit, view, FormInput.Empty, new FormErrors());
    }

    private static async Task<IResult> RecordAsync(Visit visit)
    {
        if (await FindAsync(visit) is not { } view)
        {
            return Notices.NoSuchPage(visit);
        }

        var input = await visit.FormAsync();
        var errors = new FormErrors();
        var answers = view.Read(input, errors, visit.Officer.Certificate.Id);
        if (errors.Any)
        {
            return Show(visit, view, input, errors);
        }

        var content = view.Subject.Content(view.Record(answers)) with
        {
            To = view.Subject.Own,
            Visibility = Visibility.Party,
        };
        if (ActContent.Parse(content.Write()) is Outcome<ActContent>.Refused outside)
        {
            DraftChecks.Note(errors, outside.Why);
            return Show(visit, view, input, errors);
        }

        var outcome = await visit.Node.Issuing.RecordAsync(
            content.Dossier,
            view.Subject.Request.Id,
            content.Body,
            visit.Officer,
            input[FormInput.Phrase],
            view.Subject.Own,
            visit.Stop
        );
        if (outcome is not Outcome<ActId>.Refused refused)
        {
            return Visit.SeeOther($"/dossiers/{view.Subject.View.Id}?done={DoneWords.Assessed}");
        }

        if (refused.Why.Code == "approval.phrase-wrong")
        {
            await visit.NoteAsync("phrase.wrong", view.Subject.View.Id);
            return Show(visit, view, input, errors.Add(FormInput.Phrase, Codes.Of(refused.Why.Code)));
        }

        DraftChecks.Note(errors, refused.Why);
        return Show(visit, view, input, errors);
    }

    // Only the Party that is asked assesses: the one that asks is not shown how it will be judged (design 17.11).
    private static async Task<AssessView?> FindAsync(Visit visit) =>
        ActId.TryParse(visit.Route("request"), out var id)
        && await DossierReading.ReadAsync(visit, visit.Route("dossier")) is { } view
        && view.Find(id) is { Assessment: { } assessment } request
            ? new AssessView(new Subject(view, request), assessment)
            : null;

    private static IResult Show(Visit visit, AssessView view, FormInput input, FormErrors errors) =>
        visit.Show<AssessPage>(
            errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
            (nameof(AssessPage.View), view),
            (nameof(AssessPage.Form), new FormState(input.Without(FormInput.Phrase, "token"), errors))
        );
}
