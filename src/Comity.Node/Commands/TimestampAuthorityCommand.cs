// SPDX-License-Identifier: EUPL-1.2
using System.CommandLine;
using System.Runtime.InteropServices;
using Comity.Node.Timestamps;

namespace Comity.Node.Commands;

/// <summary><c>comity-node timestamp-authority</c>: stamps for demonstrations, until it is told to stop.</summary>
internal static class TimestampAuthorityCommand
{
    public static Command Create()
    {
        var data = new Option<string>("--data")
        {
            Description = "Folder for its key and its root; made on the first start",
            Required = true,
        };
        var address = new Option<string>("--address")
        {
            Description = "Where it listens, for example http://127.0.0.1:3161",
            Required = true,
        };
        var command = new Command(
            "timestamp-authority",
            "Runs a timestamp authority for demonstrations: its policy says that it proves nothing"
        )
        {
            data,
            address,
        };
        command.SetAction((parsed, stop) => ServeAsync(parsed.GetValue(data)!, parsed.GetValue(address)!, stop));
        return command;
    }

    private static async Task<int> ServeAsync(string data, string address, CancellationToken stop)
    {
        if (
            !Uri.TryCreate(address, UriKind.Absolute, out var at)
            || at.Scheme != Uri.UriSchemeHttp
            || at.PathAndQuery != "/"
        )
        {
            return Common.Complain(Common.Unusable, "--address looks like http://127.0.0.1:3161");
        }

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
            using var authority = HouseAuthority.Open(data, TimeProvider.System.GetUtcNow());
            await using var host = HouseAuthorityHost.Build(authority, at, TimeProvider.System);
            await host.StartAsync(stopping.Token);
            Console.WriteLine(HouseAuthority.PolicyText);
            Console.WriteLine(
                $"timestamp authority ready: {at} root {authority.Root.Id} in {Path.GetFullPath(Path.Combine(data, "root.pem"))}"
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
