// SPDX-License-Identifier: EUPL-1.2
using System.CommandLine;
using System.Runtime.InteropServices;
using Comity.Node.Hosting;
using Comity.Node.Settings;
using Comity.Node.Setup;

namespace Comity.Node.Commands;

/// <summary><c>comity-node serve</c>: runs a node until it is told to stop.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var command = new Command("serve", "Runs the node: exchange, desk, public pages") { Common.Data };
        command.SetAction((parsed, stop) => ServeAsync(parsed.GetValue(Common.Data)!, stop));
        return command;
    }

    private static async Task<int> ServeAsync(string data, CancellationToken stop)
    {
        var (settings, mistakes) = NodeSettings.Load(data);
        if (settings is null)
        {
            return Common.Complain(Common.Unusable, mistakes);
        }

        foreach (var hazard in Hazards.Of(settings))
        {
            await Console.Error.WriteLineAsync($"comity-node: warning: {hazard}");
        }

        using var telemetry = Telemetry.Start(settings);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var terminate = PosixSignalRegistration.Create(
            PosixSignal.SIGTERM,
            signal =>
            {
                signal.Cancel = true;
                try
                {
                    stopping.Cancel();
                }
                catch (ObjectDisposedException)
                {
                    // Told a second time while it was stopping: it has stopped.
                }
            }
        );
        try
        {
            var node = new NodeParts(settings, telemetry.Logging, TimeProvider.System);
            if (
                Restoration.IsMarked(data)
                && await Restoration.AskPeersAsync(node, stop) is { MayAppend: false } verdict
            )
            {
                await node.DisposeAsync();
                return Common.Complain(Common.NotOk, verdict.Lines.Concat(Restoration.WhyNot));
            }

            await using var host = await NodeHost.StartAsync(node, stopping.Token);
            Console.WriteLine(
                $"{settings.Party} ready: desk {settings.Desk} public {settings.Public} exchange {settings.Exchange}"
            );
            await Task.Delay(Timeout.Infinite, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return Common.Ok;
        }
        catch (Exception bad) when (Common.WhyUnusable(bad) is { } why)
        {
            return Common.Complain(Common.Unusable, why);
        }
    }
}
