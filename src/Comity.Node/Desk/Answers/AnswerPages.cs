// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Node.Acts;
using Comity.Node.Desk.Dossiers;
using Comity.Node.Desk.Drafts;
using Comity.Node.Desk.Forms;
using Comity.Node.Desk.Layout;
using Comity.Node.Desk.Words;

namespace Comity.Node.Desk.Answers;

/// <summary>The form of each thing that is open in a request: filled in, checked, signed.</summary>
internal static class AnswerPages
{
    public const string Pattern = "/dossiers/{dossier}/requests/{request}/{kind}";

    public static void Map(DeskRoutes routes)
    {
        routes.Page(Pattern, StartAsync);
        routes.Form(Pattern, SendAsync);
    }

    private static async Task<IResult> StartAsync(Visit visit) =>
        await FindAsync(visit) switch
        {
            ({ } form, { } subject) => Show(
                visit,
                form,
                subject,
                Signing.Prepare(form.Start(subject)),
                new FormErrors()
            ),
            (_, { } subject) => NotOpen(visit, subject),
            _ => Notices.NoSuchPage(visit),
        };

    private static async Task<IResult> SendAsync(Visit visit)
    {
        var (form, subject) = await FindAsync(visit);
        if (subject is null)
        {
            return Notices.NoSuchPage(visit);
        }

        var sent = await visit.FormAsync();
        if (form is null)
        {
            return await WasSentAsync(visit, sent) ? AlreadySent(subject) : NotOpen(visit, subject);
        }

        var input = Signing.Prepare(sent);
        var errors = new FormErrors();
        if (sent["step"].StartsWith("more:", StringComparison.Ordinal))
        {
            return Show(visit, form, subject, WithMoreRows(input, sent["step"]["more:".Length..]), errors);
        }

        if (sent["step"] == "change")
        {
            return Show(visit, form, subject, input, errors);
        }

        var content = subject.Content(form.Read(input, errors, subject));
        if (!errors.Any)
        {
            await DraftChecks.CheckAsync(visit, content, subject.View.File, errors);
        }

        if (errors.Any)
        {
            return await WasSentAsync(visit, sent) ? AlreadySent(subject) : Show(visit, form, subject, input, errors);
        }

        return sent["step"] == "sign"
            ? await SignAsync(visit, form, subject, sent, input, content)
            : Check(visit, form, subject, input, content, errors);
    }

    private static async Task<IResult> SignAsync(
        Visit visit,
        ActForm form,
        Subject subject,
        FormInput sent,
        FormInput input,
        ActContent content
    )
    {
        var errors = new FormErrors();
        switch (await Signing.SignAsync(visit, sent, content))
        {
            case Outcome<Drafted>.Admitted drafted:
                return Signing.Done(content, drafted.Value);
            case Outcome<Drafted>.Refused { Why: { Code: "approval.phrase-wrong" } why }:
                return Check(visit, form, subject, input, content, errors.Add(FormInput.Phrase, Codes.Of(why.Code)));
            case Outcome<Drafted>.Refused { Why: { Code: "draft.other-content" } why }:
                // Shown again under a new draft's id: if this text is wanted too, it can be signed as another draft.
                var anew = input.With((Signing.DraftField, Signing.NewDraft()));
                return Check(visit, form, subject, anew, content, errors.Add(FormInput.Phrase, Codes.Of(why.Code)));
            case Outcome<Drafted>.Refused refused:
                DraftChecks.Note(errors, refused.Why);
                return Show(visit, form, subject, input, errors);
            default:
                throw new InvalidOperationException("an outcome is admitted or refused");
        }
    }

    private static async Task<(ActForm? Form, Subject? Subject)> FindAsync(Visit visit)
    {
        if (
            ActForm.Find(visit.Route("kind")) is not { } form
            || !ActId.TryParse(visit.Route("request"), out var id)
            || await DossierReading.ReadAsync(visit, visit.Route("dossier")) is not { } view
            || view.Find(id) is not { State: not null } request
        )
        {
            return (null, null);
        }

        var isOpen = request.Open.Any(o => OpenWays.KindOf(o.Kind) == form.Kind);
        return (isOpen ? form : null, new Subject(view, request));
    }

    // The same form sent again after it was done finds its request changed: that is no mistake of the officer's.
    private static async Task<bool> WasSentAsync(Visit visit, FormInput sent) =>
        Signing.IsDraft(sent[Signing.DraftField])
        && await visit.ReadAsync(s => DraftTables.FindAsync(s, sent[Signing.DraftField])) is { } draft
        && draft.Drafter == visit.Officer.Id
        && draft.Digest == sent[Signing.DigestField];

    private static IResult AlreadySent(Subject subject) => Visit.SeeOther($"/dossiers/{subject.View.Id}");

    private static FormInput WithMoreRows(FormInput input, string list) =>
        input.With(($"{list}[{Math.Min(input.Rows(list) + 1, FormInput.MostRows) - 1}]", ""));

    private static IResult Show(Visit visit, ActForm form, Subject subject, FormInput input, FormErrors errors) =>
        visit.Show<AnswerPage>(
            errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
            (nameof(AnswerPage.Title), form.TitleFor(subject)),
            (nameof(AnswerPage.Kind), form.Kind),
            (nameof(AnswerPage.Fields), form.Fields),
            (nameof(AnswerPage.Subject), subject),
            (nameof(AnswerPage.Form), new FormState(input, errors))
        );

    private static IResult Check(
        Visit visit,
        ActForm form,
        Subject subject,
        FormInput input,
        ActContent content,
        FormErrors errors
    ) =>
        visit.Show<CheckPage>(
            errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
            (
                nameof(CheckPage.View),
                new CheckView(
                    form.TitleFor(subject),
                    visit.Http.Request.Path,
                    content,
                    $"{subject.View.Directory.Find(subject.Other)?.Name}, {subject.View.NameOf(subject.Other.Party)}",
                    input,
                    errors,
                    visit.Node.Settings.NightReviewHours
                )
            )
        );

    private static IResult NotOpen(Visit visit, Subject subject) =>
        Notices.Say(
            visit,
            StatusCodes.Status409Conflict,
            "This cannot be done now",
            $"The request {subject.View.Title} is at a stage at which this is not open, or it is the other side's to do.",
            "Go back to the dossier: it shows what can be done now, and by which paragraph."
        );
}
