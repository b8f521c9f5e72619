// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Comity.Node.Desk.Alarms;
using Comity.Node.Desk.Answers;
using Comity.Node.Desk.Dossiers;
using Comity.Node.Desk.Drafts;
using Comity.Node.Desk.Exhibits;
using Comity.Node.Desk.Findings;
using Comity.Node.Desk.Inbox;
using Comity.Node.Desk.Layout;
using Comity.Node.Desk.Requests;
using Comity.Node.Desk.SignIn;
using Comity.Node.Evidence;
using Comity.Node.Hosting;
using Comity.Node.Keys;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Comity.Node.Desk;

/// <summary>The listener for officers: pages made here, whole, without a script, and forms that post back.</summary>
/// <remarks>
/// A page is a component rendered once; a form is answered by a redirection when it was done, or by the same page with what
/// is wrong and everything that was typed. Who may open and send what stands in <see cref="Access"/>; nothing else opens.
/// </remarks>
internal static class DeskHost
{
    /// <summary>Builds the listener.</summary>
    /// <param name="node">The node whose parts it uses.</param>
    public static WebApplication Build(NodeParts node)
    {
        PuttingIn.DeleteUnfinished(node.Settings.ArrivingFolder);
        var builder = Listener.New(node);
        builder.Services.AddSingleton<ILoggerFactory>(new QuietLogging(node.Logging));
        builder.Services.AddRazorComponents();
        builder.Services.AddForms(node);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = AccessRule.SmallBody;
            kestrel.Limits.MaxConcurrentConnections = 256;
            Listener.Listen(kestrel, node.Settings.Desk, listen => Secure(listen, node));
        });

        var app = builder.Build();
        app.Use(Listener.CatchFaults(app.Logger, FaultPage.AnswerAsync));
        app.Use(SecurityHeaders.For(node.Settings.Desk));
        var routes = new DeskRoutes(app, node);
        Stylesheet.Map(app);
        SignInPages.Map(routes);
        InboxPages.Map(routes);
        AlarmPages.Map(routes);
        TrustPages.Map(routes);
        NotAdmittedPages.Map(routes);
        DossierPages.Map(routes);
        BundlePages.Map(routes);
        RequestPages.Map(routes);
        AnswerPages.Map(routes);
        DraftPages.Map(routes);
        ReviewPages.Map(routes);
        AssessPages.Map(routes);
        PuttingInPages.Map(routes);
        DownloadPages.Map(routes);
        TakingOutPages.Map(routes);
        CustodyPages.Map(routes);
        routes.RefuseTheRest();
        return app;
    }

    private static void Secure(ListenOptions listen, NodeParts node)
    {
        if (node.Settings.Desk.Scheme != Uri.UriSchemeHttps)
        {
            return;
        }

        var file =
            node.Settings.DeskCertificate
            ?? throw new InvalidDataException("desk.address is https: desk.certificate names its certificate and key");
        var path = Path.Combine(node.Settings.Data, file);
        try
        {
            listen.UseHttps(X509Certificate2.CreateFromPemFile(path));
        }
        catch (Exception bad) when (bad is IOException or CryptographicException)
        {
            throw new KeyMissingException(path);
        }
    }
}
