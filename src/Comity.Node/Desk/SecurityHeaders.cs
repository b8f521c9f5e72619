// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Node.Desk;

/// <summary>What every answer of the desk tells the browser not to do.</summary>
internal static class SecurityHeaders
{
    /// <summary>No script, nothing of others', no frame; a form goes nowhere but here.</summary>
    private const string Policy =
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    /// <summary>Sets the headers before anything below answers; a page that may be kept says so itself.</summary>
    /// <param name="desk">Where the desk is reached.</param>
    public static Func<HttpContext, RequestDelegate, Task> For(Uri desk)
    {
        var isSecure = desk.Scheme == Uri.UriSchemeHttps;
        return (context, next) =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = Policy;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";
            headers.CacheControl = "no-store";
            if (isSecure)
            {
                headers.StrictTransportSecurity = "max-age=31536000";
            }

            return next(context);
        };
    }
}
