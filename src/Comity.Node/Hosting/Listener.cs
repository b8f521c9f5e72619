// SPDX-License-Identifier: EUPL-1.2
using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Comity.Node.Hosting;

/// <summary>What the three listeners have in common: no banner, no framework logs of addresses, faults caught once.</summary>
internal static class Listener
{
    /// <summary>A listener's builder.</summary>
    public static WebApplicationBuilder New(NodeParts node)
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = "comity-node" }
        );
        builder.Configuration.Sources.Clear();
        builder.Services.AddSingleton(node);
        builder.Services.AddSingleton(node.Logging);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        return builder;
    }

    /// <summary>Listens where an address says: on every interface for a name, on that one for a number.</summary>
    public static void Listen(KestrelServerOptions kestrel, Uri address, Action<ListenOptions> configure)
    {
        if (address.Host is "localhost" || address.Host.EndsWith(".localhost", StringComparison.Ordinal))
        {
            kestrel.Listen(IPAddress.Loopback, address.Port, configure);
        }
        else if (IPAddress.TryParse(address.Host, out var ip))
        {
            kestrel.Listen(ip, address.Port, configure);
        }
        else
        {
            kestrel.ListenAnyIP(address.Port, configure);
        }
    }

    /// <summary>Catches what no one below did: logged once, answered without a word of what it was.</summary>
    public static Func<HttpContext, RequestDelegate, Task> CatchFaults(ILogger log, Func<HttpContext, Task> answer) =>
        async (context, next) =>
        {
            try
            {
                await next(context);
            }
            catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
            {
                // The other end has gone; there is nobody to answer.
            }
            catch (Microsoft.AspNetCore.Http.BadHttpRequestException bad) when (!context.Response.HasStarted)
            {
                context.Response.StatusCode = bad.StatusCode;
            }
            catch (Exception fault)
            {
                ListenerLog.Fault(log, fault);
                if (!context.Response.HasStarted)
                {
                    context.Response.Clear();
                    await answer(context);
                }
            }
        };
}

/// <summary>What the listeners log.</summary>
internal static partial class ListenerLog
{
    [LoggerMessage(30, LogLevel.Error, "a request met a fault")]
    public static partial void Fault(ILogger logger, Exception fault);
}
