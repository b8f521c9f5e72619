// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;
using System.Security.Authentication;
using System.Threading.RateLimiting;
using Comity.Evidence;
using Comity.Exchange;
using Comity.Node.Evidence;
using Comity.Node.Hosting;
using Comity.Node.Parties;
using Comity.Node.Register;
using Comity.Node.Storage;
using Comity.Node.Witnessing;
using Comity.Parties;
using Comity.Register;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Comity.Node.Exchange;

/// <summary>The listener for peers: TLS 1.3, both ends named by the directory. Nothing else is served here.</summary>
internal static class ExchangeHost
{
    private const string PeerItem = "peer";

    /// <summary>Pushes of one peer that are read at once. A node sends one; the others are ones it gave up on.</summary>
    private const int Pushes = 4;

    /// <summary>Builds the listener.</summary>
    /// <param name="node">The node whose parts it uses.</param>
    public static WebApplication Build(NodeParts node)
    {
        var builder = Listener.New(node);
        var connections = new Connections(node.Directories);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            // Twice what is read: who sends a little too much hears why, instead of finding the line cut while sending.
            kestrel.Limits.MaxRequestBodySize = 2 * Push.MaximumBytes;
            kestrel.Limits.MaxConcurrentConnections = Connections.OfAll;
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(64, TimeSpan.FromSeconds(30));
            kestrel.Limits.MinResponseDataRate = new MinDataRate(64, TimeSpan.FromSeconds(30));
            Listener.Listen(
                kestrel,
                node.Settings.Exchange,
                options =>
                {
                    options.Protocols = HttpProtocols.Http1;
                    options.UseHttps(
                        new HttpsConnectionAdapterOptions
                        {
                            ServerCertificate = node.Keys.Connection,
                            SslProtocols = SslProtocols.Tls13,
                            HandshakeTimeout = TimeSpan.FromSeconds(5),
                            ClientCertificateMode = ClientCertificateMode.RequireCertificate,
                            CheckCertificateRevocation = false,
                            // Any certificate completes the handshake, so that a peer whose certificate was replaced gets
                            // a clear answer instead of a broken connection; the directory decides on the first line.
                            ClientCertificateValidation = (_, _, _) => true,
                        }
                    );
                    options.Use(next => connection => connections.PassAsync(connection, next));
                }
            );
        });
        builder.Services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.OnRejected = (context, stop) =>
                new ValueTask(
                    RefuseAsync(context.HttpContext, StatusCodes.Status429TooManyRequests, "exchange.too-many")
                );
            limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
                RateLimitPartition.GetFixedWindowLimiter(
                    PeerOf(context).ToString(),
                    _ => new FixedWindowRateLimiterOptions
                    {
                        PermitLimit = node.Settings.PeerRequestsPerMinute,
                        Window = TimeSpan.FromMinutes(1),
                    }
                )
            );
            limits.AddPolicy("transfers", context => AtOnce(context, node.Settings.PeerTransfers));
            limits.AddPolicy("pushes", context => AtOnce(context, Pushes));
        });

        var app = builder.Build();
        app.Use(Listener.CatchFaults(app.Logger, RefuseFaultAsync));
        app.Use((context, next) => NameThePeerAsync(context, next, node.Directories));
        app.UseRateLimiter();
        app.MapGet("/v1/standing", (HttpContext context, CancellationToken stop) => StandingAsync(context, node, stop));
        app.MapPost("/v1/acts", (HttpContext context, CancellationToken stop) => PushAsync(context, node, stop))
            .RequireRateLimiting("pushes");
        app.MapGet("/v1/entry", (HttpContext context, CancellationToken stop) => EntryAsync(context, node, stop));
        app.MapGet(
                "/v1/exhibits/{digest}",
                (HttpContext context, string digest, CancellationToken stop) =>
                    ExhibitAsync(context, digest, node, stop)
            )
            .RequireRateLimiting("transfers");
        app.MapPost(
                "/v1/witness/add-checkpoint",
                (HttpContext context, CancellationToken stop) => WitnessAsync(context, node, stop)
            )
            .RequireRateLimiting("pushes");
        app.MapFallback(
            "{*path}",
            context => RefuseAsync(context, StatusCodes.Status404NotFound, "exchange.no-such-address")
        );
        return app;
    }

    private static RateLimitPartition<string> AtOnce(HttpContext context, int permits) =>
        RateLimitPartition.GetConcurrencyLimiter(
            PeerOf(context).ToString(),
            _ => new ConcurrencyLimiterOptions { PermitLimit = permits }
        );

    // Who is calling is decided by the certificate, and by it alone, before anything else is read.
    private static async Task NameThePeerAsync(HttpContext context, RequestDelegate next, Directories directories)
    {
        var directory = await directories.CurrentAsync(context.RequestAborted);
        if (Connections.PartyOf(directory, context.Connection.ClientCertificate) is not { } peer)
        {
            // Hung up on, or strangers could hold every connection there is.
            context.Response.Headers.Connection = "close";
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "exchange.certificate-unknown");
            return;
        }

        context.Items[PeerItem] = peer;
        await next(context);
    }

    private static async Task StandingAsync(HttpContext context, NodeParts node, CancellationToken stop)
    {
        var peer = PeerOf(context);
        var asked = context.Request.Query["since"];
        var since = asked.Select(t =>
            long.TryParse(t, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : -1
        );
        if (asked.Count > Standing.MaximumProofs || since.Contains(-1))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "exchange.malformed", "since");
            return;
        }

        var standing = await node.Database.ReadAsync(
            async session =>
            {
                var row = await PeerTables.FindAsync(session, peer);
                var head = (await RegisterTables.HeadAsync(session))!;
                var proofs = new List<IReadOnlyList<string>>();
                foreach (var size in since)
                {
                    proofs.Add(await ConsistencyAsync(session, size, head.Size));
                }

                return new Standing(
                    row?.Taken ?? -1,
                    RegisterTables.Text(head.Checkpoint),
                    row is null ? "" : PeerCheckpoints.NewestOf(row),
                    asked.Count == 0 ? null : proofs
                );
            },
            stop
        );
        await AnswerAsync(context, ExchangeEncoding.Write(standing), stop);
    }

    // From a size that this register does not have there is none: whoever has seen it will know what to make of that.
    private static async Task<IReadOnlyList<string>> ConsistencyAsync(Session session, long since, long size) =>
        ProofPlan.Consistency(since, size) is Outcome<ProofPlan>.Admitted plan
            ? plan.Value.Fold(await RegisterTables.HashesAsync(session, plan.Value.Nodes)).ToBase64()
            : [];

    private static async Task PushAsync(HttpContext context, NodeParts node, CancellationToken stop)
    {
        var body = await BoundedBody.ReadAsync(context.Request, Push.MaximumBytes, stop);
        if (body is null)
        {
            await RefuseAsync(context, StatusCodes.Status413PayloadTooLarge, "exchange.too-large");
            return;
        }

        if (ExchangeEncoding.Read<Push>(body) is not Outcome<Push>.Admitted push)
        {
            var why = ((Outcome<Push>.Refused)ExchangeEncoding.Read<Push>(body)).Why;
            await RefuseAsync(context, StatusCodes.Status400BadRequest, why.Code, why.Where);
            return;
        }

        var (cursor, arrivals) = await node.Admitting.TakeAsync(PeerOf(context), push.Value, stop);
        var answers = await node.Database.ReadAsync(s => Answering.MakeAsync(s, arrivals), stop);
        await AnswerAsync(context, ExchangeEncoding.Write(new PushAnswer(cursor, answers)), stop);
    }

    // A peer's own register and no other: whoever could have another's cosigned could make it look behind.
    private static async Task WitnessAsync(HttpContext context, NodeParts node, CancellationToken stop)
    {
        var peer = PeerOf(context);
        var directory = await node.Directories.CurrentAsync(stop);
        var register = Directories.RegisterOf(directory, peer);
        if (node.WitnessFor(peer, register) is not { } witness)
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, "exchange.no-such-address");
            return;
        }

        await WitnessRoutes.AnswerAsync(context, witness, name => register?.Origin == name ? register : null, stop);
    }

    private static async Task EntryAsync(HttpContext context, NodeParts node, CancellationToken stop)
    {
        var entry = await node.Directories.OwnAsync(stop);
        context.Response.ContentType = "application/pkcs7-mime";
        await context.Response.Body.WriteAsync(entry.Signed.Encoded, stop);
    }

    // Only the Party an exhibit was supplied to may fetch it, and only once the act that supplies it is sealed.
    private static async Task ExhibitAsync(HttpContext context, string digest, NodeParts node, CancellationToken stop)
    {
        var peer = PeerOf(context);
        var row = Digest.TryParse(digest, out var sealedFile)
            ? await node.Database.ReadAsync(s => SuppliedTo.FindAsync(s, sealedFile, peer), stop)
            : null;
        if (row is null || await Serving.OpenAsync(node, sealedFile, Reader(peer), stop) is not { } stream)
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, "exhibit.unknown");
            return;
        }

        await Results.Stream(stream, "application/octet-stream", enableRangeProcessing: true).ExecuteAsync(context);
        node.Meters.Evidence(context.Response.ContentLength ?? 0, "out");
    }

    private static Deed Reader(PartyId peer) => new(CustodyEvent.Copied, peer, $"node of {peer}");

    private static async Task AnswerAsync(HttpContext context, byte[] json, CancellationToken stop)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = json.Length;
        await context.Response.Body.WriteAsync(json, stop);
    }

    private static Task RefuseFaultAsync(HttpContext context) =>
        RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "exchange.internal");

    private static async Task RefuseAsync(HttpContext context, int status, string code, string where = "")
    {
        context.Response.StatusCode = status;
        await AnswerAsync(context, ExchangeEncoding.Write(new TransportRefusal(code, where)), context.RequestAborted);
    }

    private static PartyId PeerOf(HttpContext context) => (PartyId)context.Items[PeerItem]!;
}
