// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Node.Desk.Layout;

/// <summary>The pages that only say why something was not shown or not done, and what to do now.</summary>
internal static class Notices
{
    public static IResult NoSuchPage(Visit visit) =>
        Say(
            visit,
            StatusCodes.Status404NotFound,
            "There is no such page",
            "If you typed the address, check it. If you followed a link, what it led to may not be on this node."
        );

    public static IResult NotSignedIn(Visit visit) =>
        visit.Http.Request.Method == HttpMethods.Post
            ? Say(
                visit,
                StatusCodes.Status401Unauthorized,
                "Your visit has ended: nothing was sent",
                "What you typed is still in the form. Go back to it with your browser's back button and leave it open.",
                "Ask for a new sign-in link and open it in another tab. Then press the form's button again."
            )
            : Say(
                visit,
                StatusCodes.Status401Unauthorized,
                "You are not signed in",
                "Open the sign-in link you were given. It can be used once, within 30 minutes.",
                "If you have none, ask whoever administers this node for one: they make it with comity-node sign-in."
            );

    public static IResult NotYours(Visit visit) =>
        Say(
            visit,
            StatusCodes.Status403Forbidden,
            "This is not part of your role",
            "Your roles at this node do not open this page. Nothing was changed.",
            "If they should, ask whoever administers the node."
        );

    public static IResult ForeignForm(Visit visit) =>
        Say(
            visit,
            StatusCodes.Status400BadRequest,
            "This form was not accepted: nothing was done",
            "The form did not come from this desk, or your browser sent it without its cookie.",
            "Go back, load the page again, and send the form again."
        );

    public static IResult TooLarge(Visit visit) =>
        Say(
            visit,
            StatusCodes.Status413PayloadTooLarge,
            "That was too large: nothing was done",
            "More was sent than any form or file of this desk may hold.",
            "Go back and send less."
        );

    public static IResult Erased(Visit visit) =>
        Say(
            visit,
            StatusCodes.Status410Gone,
            "This dossier was erased",
            "What its acts said was destroyed when the law asked for it. That they were there, and when, stands in the register."
        );

    public static IResult Say(Visit visit, int status, string title, params IReadOnlyList<string> paragraphs) =>
        visit.Show<NoticePage>(status, (nameof(NoticePage.Title), title), (nameof(NoticePage.Paragraphs), paragraphs));
}

/// <summary>The page for what no one below foresaw. Plain, because whatever failed may be what pages are made with.</summary>
internal static class FaultPage
{
    private const string Text = """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>Something failed - Comity</title></head>
        <body><main><h1>Something failed here</h1>
        <p>What you sent may or may not have been done. Look at the dossier before you send it again; sending the same form
        again does nothing twice.</p>
        <p><a href="/">Back to your cases</a></p></main></body></html>
        """;

    public static Task AnswerAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(Text);
    }
}
