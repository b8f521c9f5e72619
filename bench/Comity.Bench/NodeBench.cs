// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Demo;
using Comity.Parties;

namespace Comity.Bench;

/// <summary>
/// A node that holds nothing yet: how soon it listens, and how much memory it then keeps. The ratios are the 2 s and the
/// 150 MiB allowed over what was used.
/// </summary>
internal static class NodeBench
{
    private const double AllowedSeconds = 2;
    private const double AllowedMebibytes = 150;

    public static async Task RunAsync(Scale scale)
    {
        var rounds = scale == Scale.Full ? 5 : 2;
        var folder = Directory.CreateTempSubdirectory("comity-bench-").FullName;
        try
        {
            var ports = FreePorts.Find(3);
            var made = await DemoNode.MakeAsync(
                folder,
                PartyId.Of("XA"),
                [ports[0], ports[0], ports[1], ports[2]],
                default
            );
            var (start, resident) = (double.MaxValue, 0.0);
            for (var round = 0; round < rounds; round++)
            {
                await using var node = await ServedNode.StartAsync(made.Data);

                // What a node does at its start and every second is over once or more.
                await Task.Delay(TimeSpan.FromSeconds(5));
                (start, resident) = (Math.Min(start, node.Start.TotalSeconds), Math.Max(resident, node.Peak));
            }

            Report.Note($"an empty node listens after {start:0.00} s and has used {resident:0} MiB at most 5 s later");
            Report.Ratio("node-start", AllowedSeconds / start, goal: 1);
            Report.Ratio("node-memory", AllowedMebibytes / resident, goal: 1);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
