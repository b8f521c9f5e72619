// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Hosting;

namespace Comity.Node.Desk;

/// <summary>The listener for officers.</summary>
internal static class DeskHost
{
    /// <summary>Builds the listener.</summary>
    /// <param name="node">The node whose parts it uses.</param>
    public static WebApplication Build(NodeParts node)
    {
        var builder = Listener.New(node);
        builder.WebHost.ConfigureKestrel(kestrel => Listener.Listen(kestrel, node.Settings.Desk, _ => { }));
        var app = builder.Build();
        app.MapGet("/", () => "desk");
        return app;
    }
}
