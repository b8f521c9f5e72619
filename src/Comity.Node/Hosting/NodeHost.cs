// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Desk;
using Comity.Node.Evidence;
using Comity.Node.Exchange;
using Comity.Node.Public;
using Comity.Node.Setup;

namespace Comity.Node.Hosting;

/// <summary>A node that runs: the parts, the three listeners, and the work in the background.</summary>
internal sealed class NodeHost : IAsyncDisposable
{
    private readonly NodeParts node;
    private readonly IReadOnlyList<WebApplication> listeners;

    private NodeHost(NodeParts node, IReadOnlyList<WebApplication> listeners) =>
        (this.node, this.listeners) = (node, listeners);

    /// <summary>Starts a node. When this returns, it listens.</summary>
    /// <param name="node">Its parts, which it then owns.</param>
    /// <param name="stop">Gives up starting.</param>
    public static async Task<NodeHost> StartAsync(NodeParts node, CancellationToken stop)
    {
        // The schema first: a kill during a script leaves that script undone, and it runs again here.
        node.Database.Migrate();
        await Belonging.CheckAsync(node, stop);
        await node.Register.StartAsync(stop);
        await TakingOut.FinishAsync(node, stop);
        await Destruction.FinishAsync(node, stop);
        var host = new NodeHost(node, [ExchangeHost.Build(node), DeskHost.Build(node), PublicHost.Build(node)]);
        foreach (var listener in host.listeners)
        {
            await listener.StartAsync(stop);
        }

        await node.Publisher.StartAsync(stop);
        await node.Courier.StartAsync(stop);
        await node.Fetcher.StartAsync(stop);
        await node.ReviewWatch.StartAsync(stop);
        await node.Stamper.StartAsync(stop);
        await node.ScrubWatch.StartAsync(stop);
        return host;
    }

    /// <summary>Stops in the opposite order: nothing new comes in, what is under way is finished, then the database closes.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var listener in listeners)
        {
            await listener.StopAsync(TimeSpan.FromSeconds(5));
            await listener.DisposeAsync();
        }

        await node.Stamper.StopAsync(CancellationToken.None);
        await node.ScrubWatch.StopAsync(CancellationToken.None);
        await node.ReviewWatch.StopAsync(CancellationToken.None);
        await node.Fetcher.StopAsync(CancellationToken.None);
        await node.Courier.StopAsync(CancellationToken.None);
        await node.Publisher.StopAsync(CancellationToken.None);
        await node.Register.StopAsync(CancellationToken.None);
        await node.DisposeAsync();
    }
}
