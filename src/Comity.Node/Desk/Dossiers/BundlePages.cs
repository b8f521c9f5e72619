// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Node.Acts;
using Comity.Node.Desk.Layout;
using Comity.Node.Desk.Words;

namespace Comity.Node.Desk.Dossiers;

/// <summary>A dossier as one signed file, for a court: written to the browser as it is read, never whole in memory or on disk.</summary>
internal static class BundlePages
{
    public static void Map(DeskRoutes routes) => routes.Page("/dossiers/{dossier}.asice", SendAsync);

    private static async Task<IResult> SendAsync(Visit visit)
    {
        if (
            !DossierId.TryParse(visit.Route("dossier"), out var id)
            || await DossierReading.ReadAsync(visit, visit.Route("dossier")) is null
        )
        {
            return Notices.NoSuchPage(visit);
        }

        try
        {
            return await NodeExport.BundleAsync(visit.Node, id, visit.Officer.Id, null, visit.Stop) switch
            {
                Outcome<ReadyExport>.Admitted ready => new BundleAnswer(ready.Value, $"dossier-{id}.asice"),
                Outcome<ReadyExport>.Refused refused => Cannot(visit, refused.Why.Code),
                _ => throw new InvalidOperationException("an outcome is admitted or refused"),
            };
        }
        catch (IOException unreadable)
        {
            BundleLog.CannotRead(visit.Node.Logging.CreateLogger(nameof(BundlePages)), unreadable);
            return Cannot(visit, "export.exhibit-unreadable");
        }
    }

    private static IResult Cannot(Visit visit, string code) =>
        Notices.Say(visit, StatusCodes.Status409Conflict, "This dossier cannot be taken out now", Codes.Of(code));
}

/// <summary>Sends a bundle. Its length is told before, so a browser knows when it did not get all of it.</summary>
internal sealed class BundleAnswer(ReadyExport ready, string name) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "application/vnd.etsi.asic-e+zip";
        response.ContentLength = ready.Bundle.Length;
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        try
        {
            await ready.Bundle.WriteAsync(response.Body, null, httpContext.RequestAborted);
        }
        catch (OperationCanceledException) when (httpContext.RequestAborted.IsCancellationRequested)
        {
            // The officer has stopped the download; nothing is left here.
        }
        catch (IOException failed)
        {
            // What was sent is no bundle, and the connection must not end as if it were.
            var node = httpContext.RequestServices.GetRequiredService<ILoggerFactory>();
            BundleLog.CannotSend(node.CreateLogger(nameof(BundleAnswer)), failed);
            httpContext.Abort();
        }
    }
}

/// <summary>What is logged when a bundle cannot be made or sent. Never what is in it.</summary>
internal static partial class BundleLog
{
    [LoggerMessage(
        42,
        LogLevel.Error,
        "a dossier cannot be taken out: an exhibit cannot be read, or is not what it was"
    )]
    public static partial void CannotRead(ILogger logger, Exception fault);

    [LoggerMessage(43, LogLevel.Error, "a dossier was not taken out to its end")]
    public static partial void CannotSend(ILogger logger, Exception fault);
}
