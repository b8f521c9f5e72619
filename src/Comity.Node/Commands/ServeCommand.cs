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

        using var telemetry = Telemetry.Start(settings);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var terminate = PosixSignalRegistration.Create(
            PosixSignal.SIGTERM,
            signal =>
            {
                signal.Cancel = true;
                stopping.Cancel();
            }
        );
        try
        {
            var node = new NodeParts(settings, telemetry.Logging, TimeProvider.System);
            if (Restoration.IsMarked(data) && !(await Restoration.AskPeersAsync(node, stop)).MayAppend)
            {
                await node.DisposeAsync();
                return Common.Complain(Common.NotOk, Restoration.WhyNot);
            }

            await using var host = await NodeHost.StartAsync(node, stopping.Token);
            Console.WriteLine(
                $"{settings.Party} ready: desk {settings.Desk} public {settings.Public} exchange {settings.Exchange}"
            );
            await Task.Delay(Timeout.Infinite, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return Common.Ok;
        }
        catch (Exception fault) when (Common.LineOf(fault) is { } line)
        {
            return Common.Complain(Common.Unusable, line);
        }
    }
}
