// SPDX-License-Identifier: EUPL-1.2
using Comity.Evidence;
using Comity.Node.Desk.Dossiers;
using Comity.Node.Desk.Layout;
using Comity.Node.Evidence;
using Microsoft.Net.Http.Headers;

namespace Comity.Node.Desk.Exhibits;

/// <summary>Getting a sealed file out, in ranges, so that a download that was cut goes on where it stopped.</summary>
internal static class DownloadPages
{
    public static void Map(DeskRoutes routes) => routes.Page("/dossiers/{dossier}/exhibits/{sealed}", SendAsync);

    private static async Task<IResult> SendAsync(Visit visit)
    {
        if (
            !Digest.TryParse(visit.Route("sealed"), out var digest)
            || await DossierReading.ReadAsync(visit, visit.Route("dossier")) is not { } view
            || view.Exhibits.FirstOrDefault(x => x.Row.Sealed == digest.ToString())
                is not { State: "held" or "supplied" or "whole" } exhibit
            || await Serving.OpenAsync(visit.Node, digest, ReaderOf(visit), visit.Stop) is not { } stream
        )
        {
            return Notices.NoSuchPage(visit);
        }

        await visit.NoteAsync("exhibit.downloaded", view.Id);
        return Results.Stream(
            stream,
            "application/octet-stream",
            $"{exhibit.Manifest?.Name ?? digest.ToString()[..12]}.age",
            entityTag: new EntityTagHeaderValue($"\"{digest}\""),
            enableRangeProcessing: true
        );
    }

    private static Deed ReaderOf(Visit visit) =>
        Deed.By(CustodyEvent.Copied, visit.Node.Settings.Party, visit.Officer, "downloaded at the desk");
}
