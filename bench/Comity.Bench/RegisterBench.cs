// SPDX-License-Identifier: EUPL-1.2
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using Comity.Node.Demo;
using Comity.Node.Hosting;
using Comity.Node.Settings;
using Comity.Parties;
using Comity.Register;
using Microsoft.Extensions.Logging.Abstractions;

namespace Comity.Bench;

/// <summary>
/// Entries a register appends each second, one entry a caller, each caller waiting until its entry is durable; SQLite with
/// synchronous=FULL, on the disk of the temporary folder. The ratio is over the 10,000 a second that Tessera publishes for its
/// best storage; beside it the longest that one in a hundred callers waited.
/// </summary>
internal static class RegisterBench
{
    private const double Goal = 10_000;
    private const int Callers = 2_048;

    public static async Task RunAsync(Scale scale)
    {
        var each = scale == Scale.Full ? 100 : 10;
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
            var (settings, _) = NodeSettings.Load(made.Data);
            await using var node = new NodeParts(settings!, NullLoggerFactory.Instance, TimeProvider.System);
            await node.Register.StartAsync(default);
            await AppendAsync(node, Callers, 2, []);
            var waits = new ConcurrentBag<TimeSpan>();
            var watch = Stopwatch.StartNew();
            await AppendAsync(node, Callers, each, waits);
            var took = watch.Elapsed;
            await node.Register.StopAsync(default);

            var sorted = waits.Order().ToList();
            var rate = sorted.Count / took.TotalSeconds;
            Report.Note($"append {sorted.Count} entries, {Callers} callers at once, each waiting until it is durable");
            Report.Note(
                $"{rate:0} a second; one in two waited {sorted[sorted.Count / 2].TotalMilliseconds:0} ms, one in a hundred {sorted[sorted.Count * 99 / 100].TotalMilliseconds:0} ms (goal: under 1000)"
            );
            Report.Ratio("register", rate / Goal, goal: 1);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task AppendAsync(NodeParts node, int callers, int each, ConcurrentBag<TimeSpan> waits) =>
        Task.WhenAll(
            Enumerable
                .Range(0, callers)
                .Select(async _ =>
                {
                    for (var i = 0; i < each; i++)
                    {
                        var act = new Digest(RandomNumberGenerator.GetBytes(Digest.Size));
                        var from = Stopwatch.GetTimestamp();
                        await node.Register.WriteAsync(
                            batch => batch.AddAsync(act, new LeafEntry.NotAdmitted("act.malformed"), default),
                            default
                        );
                        waits.Add(Stopwatch.GetElapsedTime(from));
                    }
                })
        );
}
