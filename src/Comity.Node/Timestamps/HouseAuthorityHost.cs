// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Hosting;
using Comity.Timestamps;

namespace Comity.Node.Timestamps;

/// <summary>The listener of an authority of one's own: RFC 3161 over HTTP (3.4), its policy and its root.</summary>
internal static class HouseAuthorityHost
{
    /// <summary>Builds the listener.</summary>
    /// <param name="authority">The authority.</param>
    /// <param name="address">Where it listens, <c>http</c>.</param>
    /// <param name="time">The authority's clock.</param>
    public static WebApplication Build(HouseAuthority authority, Uri address, TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = "comity-node" }
        );
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = TimestampRequest.MaximumBytes;
            kestrel.Limits.MaxConcurrentConnections = 64;
            Listener.Listen(kestrel, address, _ => { });
        });
        var app = builder.Build();
        app.MapGet(
            "/",
            () => Results.Text($"{HouseAuthority.PolicyText}\nPolicy {HouseAuthority.Policy}\nRoot: /root.pem\n")
        );
        app.MapGet("/root.pem", () => Results.Text(authority.RootPem, "application/x-pem-file"));
        app.MapPost("/", context => AnswerAsync(authority, time, context));
        return app;
    }

    private static async Task AnswerAsync(HouseAuthority authority, TimeProvider time, HttpContext context)
    {
        if (context.Request.ContentType is not "application/timestamp-query")
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        // One byte more than any request may have is enough to know that it is too large.
        var query = new byte[TimestampRequest.MaximumBytes + 1];
        var length = await context.Request.Body.ReadAtLeastAsync(
            query,
            query.Length,
            throwOnEndOfStream: false,
            context.RequestAborted
        );
        context.Response.ContentType = "application/timestamp-reply";
        await context.Response.Body.WriteAsync(
            authority.Answer(query.AsMemory(0, length), time.GetUtcNow()),
            context.RequestAborted
        );
    }
}
