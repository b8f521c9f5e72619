// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Desk.Layout;

namespace Comity.Node.Desk.SignIn;

/// <summary>Signing in with a one-time link, and out.</summary>
internal static class SignInPages
{
    public static void Map(DeskRoutes routes)
    {
        routes.Page("/sign-in/{link}", visit => Task.FromResult(Ask(visit)));
        routes.Form("/sign-in", BeginAsync);
        routes.Form("/sign-out", EndAsync);
        routes.Page("/signed-out", visit => Task.FromResult(SignedOut(visit)));
    }

    private static IResult Ask(Visit visit) =>
        visit.Route("link") is { Length: < 200 } link
            ? visit.Show<SignInPage>(StatusCodes.Status200OK, (nameof(SignInPage.Link), link))
            : Notices.NotSignedIn(visit);

    private static async Task<IResult> BeginAsync(Visit visit)
    {
        var link = (await visit.FormAsync())["link"];
        if (link.Length is 0 or >= 200 || await visit.Node.Visits.BeginAsync(link, visit.Stop) is not { } token)
        {
            return Notices.Say(
                visit,
                StatusCodes.Status410Gone,
                "This link is used or too old",
                "A sign-in link works once, within 30 minutes of being made.",
                "If you did not use it yourself, tell whoever administers this node at once. Otherwise ask for a new one."
            );
        }

        SignInCookie.Give(visit, token);
        var officer = await visit.Node.Visits.OfAsync(token, visit.Stop);
        if (officer is null)
        {
            return Notices.NotSignedIn(visit);
        }

        await new Visit(visit.Http, visit.Node, officer).NoteAsync("sign-in", officer.Id);
        return Visit.SeeOther(Access.Of("GET", "/").Admits(officer) ? "/" : "/alarms");
    }

    private static async Task<IResult> EndAsync(Visit visit)
    {
        await SignInCookie.EndAsync(visit);
        await visit.NoteAsync("sign-out", visit.Officer.Id);
        return Visit.SeeOther("/signed-out");
    }

    private static IResult SignedOut(Visit visit) =>
        Notices.Say(
            visit,
            StatusCodes.Status200OK,
            "You have signed out",
            "To come back, use a new sign-in link.",
            "On a shared computer, close the browser's windows too."
        );
}
