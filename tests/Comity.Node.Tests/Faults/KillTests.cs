// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;
using Comity.Exchange;
using Comity.Instruments;
using Comity.Node.Evidence;
using Comity.Node.Tests.Commands;
using Comity.Node.Tests.Evidence;
using Comity.Node.Tests.Exchange;
using Comity.Requests;

namespace Comity.Node.Tests.Faults;

/// <summary>A node killed at any moment loses nothing it acknowledged, does nothing twice, and goes on.</summary>
/// <remarks><c>COMITY_TEST_KILLS</c> sets how often each test kills; three times otherwise.</remarks>
public sealed class KillTests(OnSqlite states) : IClassFixture<OnSqlite>
{
    private static readonly int Kills = int.Parse(
        Environment.GetEnvironmentVariable("COMITY_TEST_KILLS") ?? "3",
        CultureInfo.InvariantCulture
    );

    [Fact]
    public async Task Killed_while_it_takes_acts_in()
    {
        var (acts, entries) = (await states.CountAsync("act"), await states.CountAsync("register_entry"));
        await states.Victim.StopAsync();
        var random = new Random(1);
        var sent = new List<PushedAct>();
        var acknowledged = new Dictionary<Digest, long>();
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var node = await NodeProgram.ServeAsync(states.Victim.Data);
            var killing = KillAfterAsync(node, random.Next(300, 1_500));
            while (!killing.IsCompleted)
            {
                var batch = Enumerable.Range(0, 16).Select(_ => Issue()).ToList();
                sent.AddRange(batch);
                try
                {
                    Note(acknowledged, (await states.Hostile.PushAsync(states.Victim, batch)).Push());
                }
                catch (HttpRequestException)
                {
                    break; // it was killed; what it had taken in of this batch is not known here
                }
            }

            await killing;
        }

        // Everything is sent again: what was acknowledged stands where it was said to stand.
        await states.Victim.StartAsync();
        foreach (var batch in sent.Chunk(Push.MaximumActs))
        {
            Note(acknowledged, (await states.Hostile.PushAsync(states.Victim, batch)).Push());
        }

        Assert.NotEmpty(sent);
        Assert.Equal(sent.Count, acknowledged.Count);
        Assert.Equal(acts + sent.Count, await states.CountAsync("act"));
        Assert.Equal(entries + sent.Count, await states.CountAsync("register_entry"));
        await states.HoldsAsync();
    }

    [Fact]
    public async Task Killed_while_an_exhibit_arrives()
    {
        var (dossier, request) = await states.AskAsync(Measure.StoredData);
        await states.GiveAsync(dossier, new Grant("Law of XB, s. 12", null, [], [], null, null), request);
        var file = Supplied.Random(2_000_000 * Kills);
        file.Pace = TimeSpan.FromMilliseconds(10);
        await states.GiveAsync(dossier, Supplied.In(file), request, number: 2);
        await states.Victim.StopAsync();
        states.Hostile.OnCall = file.ServeAsync;

        var random = new Random(2);
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var node = await NodeProgram.ServeAsync(states.Victim.Data);
            var before = file.Asked.Count;
            await Pair.UntilAsync(() => Task.FromResult(file.Asked.Count > before), "it is under way");
            await KillAfterAsync(node, random.Next(0, 200));
        }

        file.Pace = TimeSpan.Zero;
        var check = await NodeProgram.RunAsync("check", "--data", states.Victim.Data);
        Assert.Equal((0, ""), (check.Exit, check.Error));
        await states.Victim.StartAsync();
        await states.UntilAsync(
            async () =>
                (await states.Parts.Database.ReadAsync(s => ExhibitTables.FindAsync(s, file.Digest), Stop))?.State
                == ExhibitTables.Whole,
            "it arrives whole"
        );
        Assert.Equal(file.Asked.Order(), file.Asked);
        Assert.True(file.Asked[^1] > 0, "what had arrived before a kill was not asked for again");
        await states.HoldsAsync();
    }

    private PushedAct Issue() => states.Hostile.Issue(states.Hostile.Sign(states.Request()));

    // What was acknowledged before must be answered with the same entry.
    private static void Note(Dictionary<Digest, long> acknowledged, PushAnswer answer)
    {
        foreach (var act in answer.Answers)
        {
            Assert.Equal(ActVerdict.Admitted, act.Verdict);
            var index = Index(act);
            Assert.True(acknowledged.TryAdd(act.Act, index) || acknowledged[act.Act] == index, "an entry moved");
        }
    }

    private static long Index(ActAnswer answer) => answer.Receipt!.Value.GetProperty("index").GetInt64();

    private static async Task KillAfterAsync(Served node, int milliseconds)
    {
        await Task.Delay(milliseconds, Stop);
        await node.KillAsync();
    }
}
