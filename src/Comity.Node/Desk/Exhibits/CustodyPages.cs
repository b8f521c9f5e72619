// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Acts;
using Comity.Node.Desk.Dossiers;
using Comity.Node.Desk.Layout;
using Comity.Node.Evidence;

namespace Comity.Node.Desk.Exhibits;

/// <summary>The chains of custody of a dossier's exhibits, and where one is broken.</summary>
internal static class CustodyPages
{
    public static void Map(DeskRoutes routes) => routes.Page("/dossiers/{dossier}/custody", ShowAsync);

    private static async Task<IResult> ShowAsync(Visit visit)
    {
        if (await DossierReading.ReadAsync(visit, visit.Route("dossier")) is not { } view)
        {
            return Notices.NoSuchPage(visit);
        }

        var directory = await visit.Node.Directories.CurrentAsync(visit.Stop);
        var chains = await visit.ReadAsync(async session =>
            await DossierFile.ReadAsync(session, view.Dossier.Id, visit.Node.Keys.AtRest) is { } file
                ? await CustodyReport.ReadAsync(session, visit.Node, file, directory)
                : []
        );
        await visit.NoteAsync("dossier.read", view.Id);
        return visit.Show<CustodyPage>(
            StatusCodes.Status200OK,
            (nameof(CustodyPage.View), view),
            (nameof(CustodyPage.Chains), chains)
        );
    }
}
