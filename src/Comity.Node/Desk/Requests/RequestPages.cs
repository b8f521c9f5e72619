// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Acts;
using Comity.Node.Acts;
using Comity.Node.Desk.Dossiers;
using Comity.Node.Desk.Drafts;
using Comity.Node.Desk.Forms;
using Comity.Node.Desk.Layout;
using Comity.Node.Desk.Words;
using Comity.Parties;
using Comity.Requests;

namespace Comity.Node.Desk.Requests;

/// <summary>Asking another State: a request file is put in, checked against what the Convention asks, and signed.</summary>
internal static class RequestPages
{
    private const string InDossier = "/dossiers/{dossier}/requests/new";

    public static void Map(DeskRoutes routes)
    {
        routes.Page("/requests/new", StartAsync);
        routes.Form("/requests/new", SendAsync);
        routes.Page(InDossier, StartAsync);
        routes.Form(InDossier, SendAsync);
    }

    private static async Task<IResult> StartAsync(Visit visit)
    {
        if (await FindAsync(visit) is not { } making)
        {
            return Notices.NoSuchPage(visit);
        }

        var rests = making.Preservations.Count > 0 ? making.Preservations[^1].Value : null;
        var input = Signing.Prepare(FormInput.Empty.With((NewRequest.RestsOnField, rests)));
        return Show(visit, making, input, new FormErrors());
    }

    private static async Task<IResult> SendAsync(Visit visit)
    {
        if (await FindAsync(visit) is not { } making)
        {
            return Notices.NoSuchPage(visit);
        }

        var sent = await visit.FormAsync();
        var input = Signing.Prepare(sent);
        if (await FileAsync(visit) is { Length: > 0 } file)
        {
            input = input.With((NewRequest.TextField, file));
        }

        var errors = new FormErrors();
        if (sent["step"] == "change")
        {
            return Show(visit, making, input, errors);
        }

        if (making.Read(input, errors) is not { } content)
        {
            return Show(visit, making, input, errors);
        }

        // What is missing has a page of its own, so the safeguards' word on it is not asked here.
        await DraftChecks.CheckAsync(visit, content, null, errors);
        await CheckCompetenceAsync(visit, content, errors);
        if (errors.Any)
        {
            return Show(visit, making, input, errors);
        }

        var missing = Drafting.Guidance((Request)content.Body).Missing;
        return missing.Count > 0 ? ShowMissing(visit, input, content, missing)
            : sent["step"] == "sign" ? await SignAsync(visit, making, sent, input, content)
            : await CheckAsync(visit, input, content, errors);
    }

    private static async Task<IResult> SignAsync(
        Visit visit,
        NewRequest making,
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
                return await CheckAsync(visit, input, content, errors.Add(FormInput.Phrase, Codes.Of(why.Code)));
            case Outcome<Drafted>.Refused { Why: { Code: "draft.other-content" } why }:
                // A new draft's id is a new dossier's id too, so what is shown again is read again.
                var anew = input.With((Signing.DraftField, Signing.NewDraft()));
                errors.Add(FormInput.Phrase, Codes.Of(why.Code));
                return await CheckAsync(visit, anew, making.Read(anew, new FormErrors())!, errors);
            case Outcome<Drafted>.Refused refused:
                DraftChecks.Note(errors, refused.Why);
                return Show(visit, making, input, errors);
            default:
                throw new InvalidOperationException("an outcome is admitted or refused");
        }
    }

    private static async Task<NewRequest?> FindAsync(Visit visit)
    {
        var directory = await visit.Node.Directories.CurrentAsync(visit.Stop);
        var own = directory.Find(visit.Node.Settings.Party)!.Entry;
        var authority = own.Authorities.First(a => visit.Node.Keys.Seal(a.Id) is not null);
        if (visit.Route("dossier").Length == 0)
        {
            return NewRequest.In(null, new Office(own.Party, authority.Id), directory);
        }

        // In a dossier in which the other side asks, this one asks nothing: that is another dossier.
        var view = await DossierReading.ReadAsync(visit, visit.Route("dossier"));
        return view is null or { IsHome: true } || view.Requests.Count == 0
            ? null
            : NewRequest.In(view, view.Requests[^1].From, directory);
    }

    private static async Task<string?> FileAsync(Visit visit)
    {
        var form = visit.Http.Request.HasFormContentType ? await visit.Http.Request.ReadFormAsync(visit.Stop) : null;
        if (form?.Files.GetFile(NewRequest.FileField) is not { Length: > 0 } file)
        {
            return null;
        }

        using var reader = new StreamReader(file.OpenReadStream(), Encoding.UTF8);
        return await reader.ReadToEndAsync(visit.Stop);
    }

    private static async Task CheckCompetenceAsync(Visit visit, ActContent content, FormErrors errors)
    {
        var directory = await visit.Node.Directories.CurrentAsync(visit.Stop);
        var measure = ((Request)content.Body).Measure;
        if (directory.Find(content.To)?.May(measure, Power.Answer) == false)
        {
            errors.Add(NewRequest.ToField, "Choose an authority that answers such requests; this one does not");
        }

        if (directory.Find(content.From)?.May(measure, Power.Request) == false)
        {
            errors.Add("", "Your authority may not ask for this measure, by your own Party's directory entry.");
        }
    }

    private static IResult Show(Visit visit, NewRequest making, FormInput input, FormErrors errors) =>
        visit.Show<NewRequestPage>(
            errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
            (nameof(NewRequestPage.Making), making),
            (nameof(NewRequestPage.Form), new FormState(input, errors))
        );

    private static IResult ShowMissing(
        Visit visit,
        FormInput input,
        ActContent content,
        IReadOnlyList<Requirement> missing
    ) =>
        visit.Show<MissingPage>(
            StatusCodes.Status422UnprocessableEntity,
            (nameof(MissingPage.Input), input),
            (nameof(MissingPage.Request), (Request)content.Body),
            (nameof(MissingPage.Missing), missing)
        );

    private static async Task<IResult> CheckAsync(Visit visit, FormInput input, ActContent content, FormErrors errors)
    {
        var directory = await visit.Node.Directories.CurrentAsync(visit.Stop);
        var to = directory.Find(content.To.Party)!.Entry;
        return visit.Show<CheckPage>(
            errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
            (
                nameof(CheckPage.View),
                new CheckView(
                    $"Request: {Said.Of(((Request)content.Body).Measure)}",
                    visit.Http.Request.Path,
                    content,
                    $"{to.Find(content.To.Authority)?.Name}, {to.Name} ({to.Party})",
                    input,
                    errors,
                    visit.Node.Settings.NightReviewHours
                )
            )
        );
    }
}
