// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Node.Desk.Layout;

namespace Comity.Node.Desk.Dossiers;

/// <summary>A dossier: its page, the same facts for programs, each act of it, and the exact bytes that were signed.</summary>
internal static class DossierPages
{
    public static void Map(DeskRoutes routes)
    {
        routes.Page("/dossiers/{dossier}", ShowAsync);
        routes.Page("/dossiers/{dossier}.json", WriteAsync);
        routes.Page("/dossiers/{dossier}/acts/{act}", ShowActAsync);
        routes.Page("/dossiers/{dossier}/acts/{act}.p7m", DownloadActAsync);
    }

    private static async Task<IResult> ShowAsync(Visit visit)
    {
        if (await DossierReading.ReadAsync(visit, visit.Route("dossier")) is not { } view)
        {
            return Notices.NoSuchPage(visit);
        }

        await visit.NoteAsync("dossier.read", view.Id);
        return visit.Show<DossierPage>(StatusCodes.Status200OK, (nameof(DossierPage.View), view));
    }

    private static async Task<IResult> WriteAsync(Visit visit)
    {
        if (await DossierReading.ReadAsync(visit, visit.Route("dossier")) is not { } view)
        {
            return Results.NotFound();
        }

        await visit.NoteAsync("dossier.read", view.Id);
        return Results.Bytes(DossierFacts.Of(view).Write(), "application/json");
    }

    private static async Task<IResult> ShowActAsync(Visit visit)
    {
        if (await FindAsync(visit) is not var (view, entry))
        {
            return Notices.NoSuchPage(visit);
        }

        await visit.NoteAsync("act.read", view.Id);
        return visit.Show<ActPage>(
            StatusCodes.Status200OK,
            (nameof(ActPage.View), view),
            (nameof(ActPage.Entry), entry)
        );
    }

    // The bytes as they were signed: openssl cms -verify reads them, and their SHA-256 is the act's id.
    private static async Task<IResult> DownloadActAsync(Visit visit)
    {
        if (await FindAsync(visit) is not var (view, entry))
        {
            return Notices.NoSuchPage(visit);
        }

        await visit.NoteAsync("act.downloaded", view.Id);
        return Results.Bytes(
            entry.Act.Signed.Signed.Encoded.ToArray(),
            "application/pkcs7-mime",
            $"{entry.Act.Signed.Id}.p7m"
        );
    }

    private static async Task<(DossierView View, TimelineEntry Entry)?> FindAsync(Visit visit) =>
        ActId.TryParse(visit.Route("act"), out var id)
        && await DossierReading.ReadAsync(visit, visit.Route("dossier")) is { } view
        && view.Timeline.FirstOrDefault(e => e.Act.Signed.Id == id) is { } entry
            ? (view, entry)
            : null;
}
