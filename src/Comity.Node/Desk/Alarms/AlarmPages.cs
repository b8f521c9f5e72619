// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Desk.Layout;
using Comity.Node.Exchange;
using Comity.Node.Officers;
using Comity.Node.Storage;

namespace Comity.Node.Desk.Alarms;

/// <summary>What a duty officer must see, and what peers sent that was not admitted.</summary>
internal static class AlarmPages
{
    private const int Most = 100;

    /// <summary>Characters of an alarm's id: a code, a Party and what it is about.</summary>
    private const int LongestId = 400;

    public static void Map(DeskRoutes routes)
    {
        routes.Page("/alarms", ShowAsync);
        routes.Form("/alarms/seen", SeeAsync);
        routes.Page("/alarms/proof", ProofAsync);
    }

    // The two notes that show a fork, for whoever is to be shown them: they check with stock tools.
    private static async Task<IResult> ProofAsync(Visit visit)
    {
        var id = visit.Query("alarm");
        if (
            id.Length is 0 or > LongestId
            || await visit.ReadAsync(s => AlarmTables.EvidenceAsync(s, id)) is not { } proof
        )
        {
            return Notices.NoSuchPage(visit);
        }

        await visit.NoteAsync("alarm.proof", id);
        return Results.Bytes(proof, "application/octet-stream", $"proof-{Digest.Of(proof)}.txt");
    }

    private static async Task<IResult> ShowAsync(Visit visit)
    {
        var (alarms, proofs, kept, stopped) = await visit.ReadAsync(async session =>
        {
            var open = await AlarmTables.OpenAsync(session, Most);
            return (
                open,
                await AlarmTables.WithProofAsync(session, open),
                await NotAdmittedTables.ListAsync(session, Most),
                await PeerTrust.AllStoppedAsync(session)
            );
        });
        return visit.Show<AlarmsPage>(
            StatusCodes.Status200OK,
            (nameof(AlarmsPage.Alarms), alarms),
            (nameof(AlarmsPage.Proofs), proofs),
            (nameof(AlarmsPage.Kept), kept),
            (nameof(AlarmsPage.Stopped), stopped)
        );
    }

    // Seen once is seen: a second officer who presses the button changes nothing, and neither does pressing it twice.
    private static async Task<IResult> SeeAsync(Visit visit)
    {
        var id = (await visit.FormAsync())["alarm"];
        if (id.Length is 0 or > LongestId)
        {
            return Visit.SeeOther("/alarms");
        }

        await visit.Node.Database.WriteAsync(
            async session =>
            {
                await AlarmTables.SeeAsync(session, id, visit.Officer.Id, visit.Now);
                await Audit.NoteAsync(session, visit.Officer.Id, "alarm.seen", id, visit.Now);
                return 0;
            },
            visit.Stop
        );
        return Visit.SeeOther("/alarms");
    }
}
