// SPDX-License-Identifier: EUPL-1.2
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Comity.Exchange;
using Comity.Register;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace Comity.Node.Tests;

/// <content>What it says to a node that calls it.</content>
internal sealed partial class HostilePeer
{
    /// <summary>What it says when asked how far it has got. Unless a test says otherwise, the truth.</summary>
    public Func<Standing> OnStanding { get; set; }

    /// <summary>What it says to a push. Unless a test says otherwise, it admits everything.</summary>
    public Func<Push, PushAnswer> OnPush { get; set; }

    /// <summary>What it shows as its directory entry.</summary>
    public Func<byte[]> OnEntry { get; set; }

    /// <summary>What it does with anything else, or with everything when it returns true.</summary>
    public Func<HttpContext, Task<bool>> OnCall { get; set; } = _ => Task.FromResult(false);

    /// <summary>How often it was pushed to.</summary>
    public int Pushes { get; private set; }

    /// <summary>The largest index pushed to it.</summary>
    public long Cursor { get; set; } = -1;

    /// <summary>Listens where this Party's node would and answers, until it is disposed of.</summary>
    public async Task ServeAsync(X509Certificate2? certificate = null, SslProtocols protocols = SslProtocols.Tls13)
    {
        var address = new Uri(node.Entry.Entry.Endpoints.Exchange);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(
                IPAddress.Loopback,
                address.Port,
                listen =>
                    listen.UseHttps(
                        new HttpsConnectionAdapterOptions
                        {
                            ServerCertificate = certificate ?? Keys.Connection,
                            SslProtocols = protocols,
                            ClientCertificateMode = ClientCertificateMode.RequireCertificate,
                            ClientCertificateValidation = (_, _, _) => true,
                        }
                    )
            );
        });
        var app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync(Stop);
        open.Add(app);
    }

    /// <summary>Answers as a node does that keeps the rules.</summary>
    [MemberNotNull(nameof(OnStanding), nameof(OnPush), nameof(OnEntry))]
    public void BeHonest()
    {
        OnStanding = () => new Standing(Cursor, Checkpoint.ToString(), "");
        OnPush = AdmitAll;
        OnEntry = () => entry.Signed.Encoded.ToArray();
        OnCall = _ => Task.FromResult(false);
    }

    /// <summary>Stops listening.</summary>
    public async Task HangUpAsync()
    {
        foreach (var app in open)
        {
            await app.DisposeAsync();
        }

        open.Clear();
    }

    /// <summary>Says what a node that keeps the rules says to an act it takes in.</summary>
    public ActAnswer Admit(PushedAct pushed)
    {
        var act = Digest.Of(Convert.FromBase64String(pushed.Act));
        return new ActAnswer(
            act,
            ActVerdict.Admitted,
            JsonElement.Parse(Enter(act, new LeafEntry.Admitted()).ToJson())
        );
    }

    /// <summary>Says what a node says to an act that fails a check.</summary>
    public ActAnswer NotAdmit(PushedAct pushed)
    {
        var act = Digest.Of(Convert.FromBase64String(pushed.Act));
        return new ActAnswer(
            act,
            ActVerdict.NotAdmitted,
            JsonElement.Parse(Enter(act, new LeafEntry.NotAdmitted("act.in-the-future")).ToJson())
        );
    }

    // Shows that its register only grew, as a node does that keeps the rules, unless a test has put in another proof.
    private Standing Proven(Standing standing, HttpContext context)
    {
        var since = context.Request.Query["since"].Select(t => long.Parse(t!, CultureInfo.InvariantCulture)).ToList();
        var tree = MemoryTree.Of([.. leaves]);
        return since.Count == 0 || standing.Proofs is not null
            ? standing
            : standing with
            {
                Proofs =
                [
                    .. since.Select(s =>
                        tree.Consistency(s, tree.Size) is Outcome<MerklePath>.Admitted proof
                            ? proof.Value.ToBase64()
                            : []
                    ),
                ],
            };
    }

    private PushAnswer AdmitAll(Push push)
    {
        Cursor = Math.Max(Cursor, push.Acts.Max(a => a.Index));
        return new PushAnswer(Cursor, [.. push.Acts.Select(Admit)]);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (await OnCall(context))
        {
            return;
        }

        switch (context.Request.Path.Value)
        {
            case "/v1/standing":
                await context.Response.BodyWriter.WriteAsync(ExchangeEncoding.Write(Proven(OnStanding(), context)));
                break;
            case "/v1/acts":
                using (var body = new MemoryStream())
                {
                    await context.Request.Body.CopyToAsync(body);
                    Pushes++;
                    var push = ExchangeEncoding.Read<Push>(body.ToArray()).Admitted();
                    await context.Response.BodyWriter.WriteAsync(ExchangeEncoding.Write(OnPush(push)));
                }

                break;
            case "/v1/entry":
                await context.Response.BodyWriter.WriteAsync(OnEntry());
                break;
            default:
                context.Response.StatusCode = 404;
                break;
        }
    }
}
