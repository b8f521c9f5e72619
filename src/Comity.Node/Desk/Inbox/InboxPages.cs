// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Acts;
using Comity.Node.Officers;
using Comity.Node.Storage;
using Comity.Parties;

namespace Comity.Node.Desk.Inbox;

/// <summary>What an officer sees first: whose turn it is, what expires first, what waits for a signature.</summary>
internal static class InboxPages
{
    /// <summary>Most alarms counted; beyond it the number no longer matters.</summary>
    private const int MostAlarms = 1_000;

    public static void Map(DeskRoutes routes) => routes.Page("/", ShowAsync);

    private static async Task<IResult> ShowAsync(Visit visit)
    {
        var turn = Names.TryParse<Turn>(visit.Query("show"), out var asked) ? asked : Turn.Ours;
        var sought = visit.Query("find").Trim();
        sought = sought.Length > 80 ? sought[..80] : sought;
        var directory = await visit.Node.Directories.CurrentAsync(visit.Stop);
        var view = await visit.ReadAsync(async session => new InboxView(
            turn,
            sought,
            await CaseList.CountAsync(session),
            await CaseList.ReadAsync(session, visit.Node.Keys.AtRest, turn, sought),
            await WaitingDraft.ReadAsync(session, visit.Node, await DraftTables.WaitingAsync(session, CaseList.Most)),
            await WaitingDraft.ReadAsync(session, visit.Node, await ToReviewAsync(session, visit)),
            (await OfficerTables.AllAsync(session)).ToDictionary(o => o.Id, o => o.Name),
            (await AlarmTables.OpenAsync(session, MostAlarms)).Count,
            directory
        ));
        return visit.Show<InboxPage>(StatusCodes.Status200OK, (nameof(InboxPage.View), view));
    }

    private static async Task<IReadOnlyList<DraftRow>> ToReviewAsync(Session session, Visit visit) =>
        visit.Is(Role.Approver) ? await ReviewTables.ForAsync(session, visit.Officer.Id, CaseList.Most) : [];
}

/// <summary>What the first page shows.</summary>
/// <param name="Turn">Which list.</param>
/// <param name="Sought">What was sought in it.</param>
/// <param name="Counts">How many there are in each.</param>
/// <param name="Cases">The list.</param>
/// <param name="Drafts">Drafts that wait for a signature.</param>
/// <param name="ToReview">What one officer sent alone and this one is to look at again, the oldest first.</param>
/// <param name="OfficerNames">Officers' names by their short names.</param>
/// <param name="Alarms">Alarms nobody has seen.</param>
/// <param name="Directory">The Parties' names.</param>
public sealed record InboxView(
    Turn Turn,
    string Sought,
    IReadOnlyDictionary<Turn, long> Counts,
    CaseList Cases,
    IReadOnlyList<WaitingDraft> Drafts,
    IReadOnlyList<WaitingDraft> ToReview,
    IReadOnlyDictionary<string, string> OfficerNames,
    int Alarms,
    PartyDirectory Directory
)
{
    /// <summary>A Party's name, with its code.</summary>
    public string NameOf(string party) =>
        PartyId.TryParse(party, out var id) && Directory.Find(id) is { } entry
            ? $"{entry.Entry.Name} ({party})"
            : party;
}
