// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Desk.Dossiers;
using Comity.Node.Desk.Forms;
using Comity.Node.Desk.Layout;
using Comity.Node.Desk.Words;
using Comity.Node.Evidence;

namespace Comity.Node.Desk.Exhibits;

/// <summary>Taking an exhibit out that was put in by mistake and not supplied: asked once more before it is done.</summary>
internal static class TakingOutPages
{
    private const string Pattern = "/dossiers/{dossier}/exhibits/{sealed}/take-out";

    public static void Map(DeskRoutes routes)
    {
        routes.Page(Pattern, AskAsync);
        routes.Form(Pattern, TakeOutAsync);
    }

    private static async Task<IResult> AskAsync(Visit visit) =>
        await DossierReading.ReadAsync(visit, visit.Route("dossier")) is { } view
        && Find(view, visit.Route("sealed")) is { State: "held" } exhibit
            ? Show(visit, view, exhibit, new FormErrors())
            : Notices.NoSuchPage(visit);

    private static async Task<IResult> TakeOutAsync(Visit visit)
    {
        if (
            !Digest.TryParse(visit.Route("sealed"), out var digest)
            || await DossierReading.ReadAsync(visit, visit.Route("dossier")) is not { } view
        )
        {
            return Notices.NoSuchPage(visit);
        }

        var outcome = await TakingOut.TakeOutAsync(visit.Node, view.Row, digest, visit.Officer, visit.Stop);
        if (outcome is not Outcome<Digest>.Refused refused)
        {
            return Visit.SeeOther($"/dossiers/{view.Id}?done={DoneWords.TakenOut}");
        }

        return Find(view, digest.ToString()) is { } exhibit
            ? Show(visit, view, exhibit, new FormErrors().Add("", Codes.Of(refused.Why.Code)))
            : Notices.NoSuchPage(visit);
    }

    private static ExhibitView? Find(DossierView view, string sealedFile) =>
        view.Exhibits.FirstOrDefault(x => x.Row.Sealed == sealedFile);

    private static IResult Show(Visit visit, DossierView view, ExhibitView exhibit, FormErrors errors) =>
        visit.Show<TakingOutPage>(
            errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
            (nameof(TakingOutPage.View), view),
            (nameof(TakingOutPage.Exhibit), exhibit),
            (nameof(TakingOutPage.Errors), errors)
        );
}
