// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Desk.Forms;
using Comity.Node.Desk.Layout;
using Comity.Node.Exchange;
using Comity.Node.Officers;
using Comity.Node.Storage;
using Comity.Parties;

namespace Comity.Node.Desk.Alarms;

/// <summary>A State whose register went wrong: what shows it, what is held, and taking the State at its word again.</summary>
internal static class TrustPages
{
    /// <summary>What the officer was told, and by whom.</summary>
    public const string ReasonField = "reason";

    private const string Pattern = "/alarms/trust/{peer}";
    private const int Most = 20;

    public static void Map(DeskRoutes routes)
    {
        routes.Page(Pattern, ShowAsync);
        routes.Form(Pattern, ResumeAsync);
    }

    private static async Task<IResult> ShowAsync(Visit visit) =>
        await FindAsync(visit) is { } view
            ? Show(visit, view, new FormState(FormInput.Empty, new FormErrors()))
            : Notices.NoSuchPage(visit);

    private static async Task<IResult> ResumeAsync(Visit visit)
    {
        if (await FindAsync(visit) is not { } view)
        {
            return Notices.NoSuchPage(visit);
        }

        var input = await visit.FormAsync();
        var errors = new FormErrors();
        var reason = new FormReading(input, errors).Text(
            ReasonField,
            FormReading.Paragraph,
            "what the other State said, who said it and how you reached them"
        );
        if (errors.Any)
        {
            return Show(visit, view, new FormState(input, errors));
        }

        // Why, before what: a crash in between leaves a decision that is written down and is pressed once more.
        await visit.Node.Database.WriteAsync(
            async session =>
            {
                await AlarmTables.DecideAsync(
                    session,
                    view.Alarms.Select(a => a.Id),
                    visit.Officer.Id,
                    reason,
                    visit.Now
                );
                await Audit.NoteAsync(session, visit.Officer.Id, "peer.trusted-again", view.Peer.ToString(), visit.Now);
                return 0;
            },
            visit.Stop
        );
        await visit.Node.Admitting.ResumeAsync(view.Peer, visit.Stop);
        return Visit.SeeOther("/alarms");
    }

    private static async Task<TrustView?> FindAsync(Visit visit) =>
        PartyId.TryParse(visit.Route("peer"), out var peer)
            ? await visit.ReadAsync(session => ReadAsync(session, peer))
            : null;

    private static async Task<TrustView?> ReadAsync(Session session, PartyId peer)
    {
        if (await PeerTrust.StoppedAsync(session, peer) is not { } since)
        {
            return null;
        }

        var alarms = await AlarmTables.OfRegisterAsync(session, peer, Most);
        return new TrustView(
            peer,
            since,
            await PeerTrust.HeldAsync(session, peer),
            alarms,
            await AlarmTables.WithProofAsync(session, alarms)
        );
    }

    private static IResult Show(Visit visit, TrustView view, FormState form) =>
        visit.Show<TrustPage>(
            form.Errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
            (nameof(TrustPage.View), view),
            (nameof(TrustPage.Form), form)
        );
}

/// <summary>A peer that is not taken at its word.</summary>
/// <param name="Peer">The Party.</param>
/// <param name="Since">Since when.</param>
/// <param name="Held">How many of its acts are held.</param>
/// <param name="Alarms">What its register did.</param>
/// <param name="Proofs">Of these alarms the ones with which a proof is kept.</param>
public sealed record TrustView(
    PartyId Peer,
    DateTimeOffset Since,
    long Held,
    IReadOnlyList<AlarmRow> Alarms,
    IReadOnlySet<string> Proofs
);
