// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Hosting;
using Comity.Node.Officers;

namespace Comity.Node.Desk.SignIn;

/// <summary>The cookie that holds a visit's token. No script reads it, and no other site's page sends it.</summary>
internal static class SignInCookie
{
    /// <summary>Whose visit the cookie is of, or nobody's.</summary>
    public static async Task<Officer?> OfficerAsync(HttpContext http, NodeParts node) =>
        http.Request.Cookies[NameOf(node)] is { Length: > 0 and < 200 } token
            ? await node.Visits.OfAsync(token, http.RequestAborted)
            : null;

    /// <summary>Gives the browser a visit.</summary>
    public static void Give(Visit visit, string token) =>
        visit.Http.Response.Cookies.Append(NameOf(visit.Node), token, OptionsOf(visit.Node));

    /// <summary>Ends the visit, here and in the browser.</summary>
    public static async Task EndAsync(Visit visit)
    {
        if (visit.Http.Request.Cookies[NameOf(visit.Node)] is { } token)
        {
            await visit.Node.Visits.EndAsync(token, visit.Stop);
        }

        visit.Http.Response.Cookies.Delete(NameOf(visit.Node), OptionsOf(visit.Node));
    }

    private static bool IsSecure(NodeParts node) => node.Settings.Desk.Scheme == Uri.UriSchemeHttps;

    // With the prefix a browser takes it only over https, for this host alone and every path of it (RFC 6265bis, 4.1.3.2).
    private static string NameOf(NodeParts node) => IsSecure(node) ? "__Host-comity" : "comity";

    private static CookieOptions OptionsOf(NodeParts node) =>
        new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = IsSecure(node),
            Path = "/",
            IsEssential = true,
        };
}
