// SPDX-License-Identifier: EUPL-1.2
using System.Security.Claims;
using Comity.Node.Acts;
using Comity.Node.Desk.Layout;
using Comity.Node.Desk.SignIn;
using Comity.Node.Hosting;
using Comity.Node.Officers;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;

namespace Comity.Node.Desk;

/// <summary>Puts pages and forms at their addresses, each behind the same gate.</summary>
/// <remarks>The gate asks in this order: whose visit is it, may they, did the form come from us. Only then is a byte read.</remarks>
internal sealed class DeskRoutes(WebApplication app, NodeParts node)
{
    /// <summary>Bytes of a form that are read only to say that they were too many.</summary>
    private const long MostThrownAway = 256L * 1024 * 1024;

    private readonly HashSet<AccessRule> mapped = [];

    /// <summary>A page.</summary>
    public void Page(string pattern, Func<Visit, Task<IResult>> handle) => Map("GET", pattern, handle);

    /// <summary>A form.</summary>
    public void Form(string pattern, Func<Visit, Task<IResult>> handle) => Map("POST", pattern, handle);

    /// <summary>Answers every other address, and makes sure that each row of the list has its page.</summary>
    /// <exception cref="InvalidOperationException">A row has none.</exception>
    public void RefuseTheRest()
    {
        app.MapFallback(context => Notices.NoSuchPage(new Visit(context, node, null)).ExecuteAsync(context));
        if (Access.All.FirstOrDefault(r => !mapped.Contains(r)) is { } orphan)
        {
            throw new InvalidOperationException($"{orphan.Method} {orphan.Pattern} has a row but no page");
        }
    }

    private void Map(string method, string pattern, Func<Visit, Task<IResult>> handle)
    {
        var rule = Access.Of(method, pattern);
        mapped.Add(rule);
        app.MapMethods(pattern, [method], context => PassAsync(context, rule, handle));
    }

    private async Task PassAsync(HttpContext context, AccessRule rule, Func<Visit, Task<IResult>> handle)
    {
        var officer = await SignInCookie.OfficerAsync(context, node);
        var visit = new Visit(context, node, officer);
        if (officer is not null)
        {
            context.User = Principal(officer);
        }

        if (rule.Roles is not null && officer is null)
        {
            await Notices.NotSignedIn(visit).ExecuteAsync(context);
            return;
        }

        if (officer is not null && !rule.Admits(officer))
        {
            await Notices.NotYours(visit).ExecuteAsync(context);
            return;
        }

        var largest = rule.LargestBody(node.Settings.LargestExhibit);
        var isTooLarge = context.Request.ContentLength > largest;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = isTooLarge ? MostThrownAway : largest;
        }

        var result = isTooLarge ? await ThrowAwayAsync(visit) : await DoAsync(visit, rule, handle);
        await result.ExecuteAsync(context);
    }

    // A browser shows an answer only once it has sent everything, so an officer's form that is too large is read and thrown
    // away, up to a point; beyond it the connection breaks off.
    private static async Task<IResult> ThrowAwayAsync(Visit visit)
    {
        if (visit.IsSignedIn && visit.Http.Request.ContentLength <= MostThrownAway)
        {
            await visit.Http.Request.Body.CopyToAsync(Stream.Null, visit.Stop);
        }

        return Notices.TooLarge(visit);
    }

    private static async Task<IResult> DoAsync(Visit visit, AccessRule rule, Func<Visit, Task<IResult>> handle)
    {
        try
        {
            return rule.Method != "POST" || rule.Streams || await IsOursAsync(visit.Http)
                ? await handle(visit)
                : Notices.ForeignForm(visit);
        }
        catch (DossierErasedException)
        {
            return Notices.Erased(visit);
        }
        catch (Exception unread)
            when (unread is InvalidDataException or BadHttpRequestException or AntiforgeryValidationException
                && rule.Method == "POST"
                && !visit.Http.RequestAborted.IsCancellationRequested
            )
        {
            // More fields than any form has, longer names, or more bytes than were announced.
            return Notices.TooLarge(visit);
        }
    }

    // The token binds a form to the officer, not to the visit: a form filled in before a visit ended can still be sent once
    // the same officer has signed in again.
    private static ClaimsPrincipal Principal(Officer officer) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, officer.Id)], "visit"));

    private static async Task<bool> IsOursAsync(HttpContext context) =>
        context.Request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none"
        && await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context);
}
