// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Hosting;
using Comity.Node.Register;

namespace Comity.Node.Public;

/// <summary>
/// The listener for anyone: who runs this node, whether it is well, its signed directory entry, and its published register.
/// </summary>
/// <remarks>
/// Nothing here tells of a case, nor how many there are: the register is served as it was published, at fixed intervals and
/// padded (design 17.2), not at every act.
/// </remarks>
internal static class PublicHost
{
    /// <summary>Builds the listener.</summary>
    /// <param name="node">The node whose parts it uses.</param>
    public static WebApplication Build(NodeParts node)
    {
        var builder = Listener.New(node);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.MaxConcurrentConnections = 256;
            Listener.Listen(kestrel, node.Settings.Public, _ => { });
        });
        var app = builder.Build();
        app.Use(Listener.CatchFaults(app.Logger, AnswerFaultAsync));
        app.MapGet("/", (CancellationToken stop) => WhoAsync(node, stop));
        app.MapGet("/entry.p7m", (CancellationToken stop) => EntryAsync(node, stop));
        PublicLog.Map(app, node);
        app.MapGet("/health/live", () => Results.Text("live\n"));
        app.MapGet("/health/ready", (CancellationToken stop) => ReadyAsync(node, stop));
        return app;
    }

    private static async Task<IResult> WhoAsync(NodeParts node, CancellationToken stop)
    {
        var entry = await node.Directories.OwnAsync(stop);
        return Results.Text(
            $"{entry.Entry.Name}\nUnited Nations Convention against Cybercrime, node of {entry.Entry.Party}\n"
                + $"Directory entry: version {entry.Entry.Version}, /entry.p7m\nRoot fingerprint: {entry.Root}\nRegister: /register\n"
        );
    }

    private static async Task<IResult> EntryAsync(NodeParts node, CancellationToken stop) =>
        Results.Bytes(
            (await node.Directories.OwnAsync(stop)).Signed.Encoded.ToArray(),
            "application/pkcs7-mime",
            "entry.p7m"
        );

    // Ready means that the register can be read: a balancer sends nobody to a node whose database is away.
    private static async Task<IResult> ReadyAsync(NodeParts node, CancellationToken stop)
    {
        var head = await node.Database.ReadAsync(RegisterTables.HeadAsync, stop);
        return head is null ? Results.Text("not ready\n", statusCode: 503) : Results.Text("ready\n");
    }

    private static Task AnswerFaultAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return context.Response.WriteAsync("not available\n");
    }
}
