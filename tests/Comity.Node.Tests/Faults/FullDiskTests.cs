// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Exchange;
using Comity.Instruments;
using Comity.Node.Checking;
using Comity.Node.Evidence;
using Comity.Node.Tests.Evidence;
using Comity.Node.Tests.Exchange;
using Comity.Parties;
using Comity.Requests;

namespace Comity.Node.Tests.Faults;

/// <summary>On a disk that is full a node says so, loses nothing, and goes on when there is room.</summary>
public sealed class FullDiskTests
{
    [Fact]
    public async Task Evidence_that_does_not_fit_goes_on_arriving_when_there_is_room()
    {
        var states = new OnSqlite();
        await states.InitializeAsync();
        await using var _ = states;
        await states.Victim.StopAsync();
        using var disk = SmallDisk.Mount(states.Parts.Settings.EvidenceFolder, 1_024);
        using var log = new CapturedLog();
        states.Victim.Logging = log;
        await states.Victim.StartAsync();

        var (dossier, request) = await states.AskAsync(Measure.StoredData);
        await states.GiveAsync(dossier, new Grant("Law of XB, s. 12", null, [], [], null, null), request);
        var file = Supplied.Random(3_000_000);
        states.Hostile.OnCall = file.ServeAsync;
        await states.GiveAsync(dossier, Supplied.In(file), request, number: 2);
        await states.UntilAsync(
            () => Task.FromResult(log.Lines.Any(l => l.Contains("evidence.cannot-write", StringComparison.Ordinal))),
            "the node says that it cannot write"
        );
        Assert.Contains(log.Lines, l => l.Contains("No space left on device", StringComparison.Ordinal));

        disk.Resize(8_192);
        await states.UntilAsync(
            async () =>
                (await states.Parts.Database.ReadAsync(s => ExhibitTables.FindAsync(s, file.Digest), Stop))!.State
                == ExhibitTables.Whole,
            "it arrives when there is room"
        );
        Assert.Equal(file.Asked.Order(), file.Asked);
        Assert.True(file.Asked[^1] > 0, "what had arrived is not asked for again");
        await states.HoldsAsync();
        await states.Victim.StopAsync();
    }

    [Fact]
    public async Task Acts_that_do_not_fit_are_turned_away_whole_and_taken_when_there_is_room()
    {
        var folder = Directory.CreateTempSubdirectory("comity-full").FullName;
        using var disk = SmallDisk.Mount(Path.Combine(folder, "small"), 24 * 1024);
        await using var victim = await TestNode.MakeAsync(disk.Folder, PartyId.Of("XA"), "sqlite");
        await using var other = await TestNode.MakeAsync(folder, PartyId.Of("XB"), "sqlite");
        await victim.TrustAsync(other);
        await using var hostile = new HostilePeer(other);
        using var log = new CapturedLog();
        victim.Logging = log;
        await victim.StartAsync();

        disk.FillBut(256);
        var sent = new List<PushedAct[]>();
        Answered answer;
        do
        {
            var batch = Enumerable
                .Range(0, 16)
                .Select(_ => hostile.Issue(hostile.Sign(Request(hostile, victim))))
                .ToArray();
            sent.Add(batch);
            answer = await hostile.PushAsync(victim, batch);
        } while (answer.Status == System.Net.HttpStatusCode.OK && sent.Count < 100);

        Assert.Equal((503, "exchange.internal"), answer.Refusal());
        Assert.Contains(log.Lines, l => l.Contains("database or disk is full", StringComparison.Ordinal));

        // The officers' side says so too, and what was there can still be read.
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() =>
            victim.IssueAsync(
                new ActContent(
                    Pair.NewDossier(),
                    null,
                    victim.Central,
                    other.Central,
                    Visibility.Shared,
                    Pair.Request(Measure.Preservation)
                )
            )
        );
        Assert.Empty((await NodeCheck.RunAsync(victim.Parts, Stop)).Faults);

        disk.Clear();
        foreach (var batch in sent)
        {
            var taken = (await hostile.PushAsync(victim, batch)).Push();
            Assert.All(taken.Answers, a => Assert.Equal(ActVerdict.Admitted, a.Verdict));
        }

        var report = await NodeCheck.RunAsync(victim.Parts, Stop);
        Assert.Empty(report.Faults);
        Assert.Contains($"register: {sent.Count * 16} entries, epoch 1", report.Lines);
        await victim.StopAsync();
    }

    private static Act Request(HostilePeer from, TestNode to) =>
        from.Act(to, Pair.NewDossier(), Pair.Request(Measure.Preservation), Instants.ToSecond(DateTimeOffset.UtcNow));
}
