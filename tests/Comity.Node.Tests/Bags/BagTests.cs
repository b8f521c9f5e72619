// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using Comity.Acts;
using Comity.Instruments;
using Comity.Node.Bags;
using Comity.Node.Evidence;
using Comity.Node.Storage;
using Comity.Requests;

namespace Comity.Node.Tests.Bags;

/// <summary>Where there is no line, acts, receipts and evidence travel in a bag, and both nodes come to the same.</summary>
public sealed class BagTests : IAsyncLifetime
{
    private BagPair pair = null!;

    public async ValueTask InitializeAsync() => pair = await BagPair.StartAsync();

    public ValueTask DisposeAsync() => pair.DisposeAsync();

    [Fact]
    public async Task A_request_its_receipt_and_its_answer_travel_by_bag_alone()
    {
        var dossier = Pair.NewDossier();
        var request = await pair.A.IssueAsync(pair.Pair.ByA(dossier, Pair.Request(Measure.Preservation)));

        var there = await pair.CarryAsync(pair.A);
        var period = new PreservedPeriod(Pair.Day(0), Pair.Day(60));
        await pair.B.IssueAsync(
            pair.Pair.ByB(dossier, new Grant("Law of XB, s. 12", null, [], [], null, period), request)
        );
        var back = await pair.CarryAsync(pair.B);
        var last = await pair.CarryAsync(pair.A);

        Assert.Equal(new Unpacked(pair.A.Party, Admitted: 1, Cursor: there!.Cursor), there);
        Assert.Equal(new Unpacked(pair.B.Party, Admitted: 1, Settled: 1, Cursor: back!.Cursor), back);
        Assert.Equal(new Unpacked(pair.A.Party, Settled: 1, Cursor: last!.Cursor), last);
        Assert.Equal(period, (await pair.A.DossierAsync(dossier))!.Dossier.Find(request)!.Preserved);
        await pair.AreAlikeAsync(dossier);
    }

    [Fact]
    public async Task An_exhibit_arrives_by_bag_as_it_was_sealed()
    {
        var (dossier, request) = await pair.GrantedAsync();
        var (_, exhibit) = await pair.SupplyAsync(dossier, request, RandomNumberGenerator.GetBytes(300_000));

        var came = await pair.CarryAsync(pair.B);

        Assert.Equal((1, 1), (came!.Admitted, came.Exhibits));
        Assert.Equal(await BytesAsync(pair.B, exhibit), await BytesAsync(pair.A, exhibit));
        Assert.Equal(ExhibitTables.Whole, await StateAsync(pair.A, exhibit));
        await pair.CarryAsync(pair.A);
        await pair.AreAlikeAsync(dossier);
    }

    [Fact]
    public async Task Taken_in_twice_and_once_more_by_wire_nothing_stands_twice()
    {
        var (dossier, request) = await pair.GrantedAsync();
        await pair.SupplyAsync(dossier, request, RandomNumberGenerator.GetBytes(1_000));
        var bag = (await pair.PackAsync(pair.B))!;
        var first = await BagPair.TakeAsync(pair.A, bag);
        var size = await SizeAsync(pair.A);

        var second = await BagPair.TakeAsync(pair.A, bag);
        await pair.OpenLineAsync();
        await Pair.UntilAsync(
            async () => !(await pair.B.DossierAsync(dossier))!.Pending.Any(),
            "the wire tells XB too"
        );

        Assert.Equal(first with { Exhibits = 0, ExhibitsHere = 1 }, second);
        Assert.Equal(size, await SizeAsync(pair.A));
        await pair.AreAlikeAsync(dossier);
    }

    [Fact]
    public async Task A_bag_that_was_lost_is_packed_again_and_one_that_comes_late_does_no_harm()
    {
        var dossier = Pair.NewDossier();
        await pair.A.IssueAsync(pair.Pair.ByA(dossier, Pair.Request(Measure.Preservation)));
        var late = (await pair.PackAsync(pair.A))!;
        var later = Pair.NewDossier();
        await pair.A.IssueAsync(pair.Pair.ByA(later, Pair.Request(Measure.Preservation)));
        await pair.CarryAsync(pair.A);
        await pair.CarryAsync(pair.B);

        var came = await BagPair.TakeAsync(pair.B, late);

        Assert.Equal(1, came.Admitted);
        Assert.Null(await pair.PackAsync(pair.A));
        await pair.AreAlikeAsync(dossier, later);
        Assert.Empty(await AlarmsAsync(pair.A));
        Assert.Empty(await AlarmsAsync(pair.B));
    }

    [Fact]
    public async Task Answers_are_carried_until_the_other_side_says_that_it_holds_them_and_then_no_more()
    {
        var dossier = Pair.NewDossier();
        var act = await pair.A.IssueAsync(pair.Pair.ByA(dossier, Pair.Request(Measure.Preservation)));
        await pair.CarryAsync(pair.A);
        var lost = await pair.PackAsync(pair.B);
        var arrived = await pair.CarryAsync(pair.B);
        await pair.A.IssueAsync(pair.Pair.ByA(Pair.NewDossier(), Pair.Request(Measure.Preservation)));
        await pair.CarryAsync(pair.A);

        var due = await new Packing(pair.B.Parts).FindAsync(pair.A.Party, Packing.Due, Stop);
        var all = await new Packing(pair.B.Parts).FindAsync(pair.A.Party, Packing.All, Stop);

        Assert.NotNull(lost);
        Assert.Equal(1, arrived!.Settled);
        Assert.DoesNotContain(due.Answers, a => a.Act == act.ToString());
        Assert.Single(due.Answers);
        Assert.Equal(2, all.Answers.Count);
    }

    [Fact]
    public async Task What_is_not_admitted_is_answered_by_bag_and_not_sent_again()
    {
        var dossier = Pair.NewDossier();
        var request = await pair.A.IssueAsync(pair.Pair.ByA(dossier, Pair.Request(Measure.Preservation)));
        await pair.CarryAsync(pair.A);

        // XB takes up the same dossier with a request of its own as if it were a new one: XA's node cannot let that in twice.
        using var hostile = await HostileAsync(dossier);
        var came = await BagPair.TakeAsync(pair.A, hostile.Folder);
        var answers = await new Packing(pair.A.Parts).FindAsync(pair.B.Party, Packing.Due, Stop);

        Assert.Equal((0, 1), (came.Admitted, came.NotAdmitted));
        Assert.Contains(answers.Answers, a => a.Act == hostile.Act.ToString());
        Assert.NotEqual(request, new ActId(hostile.Act));
    }

    [Fact]
    public async Task A_packing_that_was_cut_off_is_gone_on_with_and_a_bag_is_never_packed_over()
    {
        var (dossier, request) = await pair.GrantedAsync();
        var (_, exhibit) = await pair.SupplyAsync(dossier, request, RandomNumberGenerator.GetBytes(100_000));
        var folder = (await pair.PackAsync(pair.B))!;
        var file = Path.Combine(folder, BagFolder.ExhibitName(exhibit));
        File.Delete(Path.Combine(folder, BagFolder.Manifest));
        await File.WriteAllTextAsync(Path.Combine(folder, "exhibits", ".comity-0123456789abcdef.part"), "cut", Stop);
        var written = File.GetLastWriteTimeUtc(file);

        await pair.PackAsync(pair.B, folder);

        Assert.Equal(written, File.GetLastWriteTimeUtc(file));
        Assert.Single(Directory.GetFiles(Path.Combine(folder, "exhibits")));
        await Assert.ThrowsAsync<IOException>(() => pair.PackAsync(pair.B, folder));
        Assert.Equal(1, (await BagPair.TakeAsync(pair.A, folder)).Exhibits);
    }

    [Fact]
    public async Task Damaged_evidence_is_not_packed()
    {
        var (dossier, request) = await pair.GrantedAsync();
        var (_, exhibit) = await pair.SupplyAsync(dossier, request, RandomNumberGenerator.GetBytes(1_000));
        var stored = Path.Combine(pair.B.Parts.Settings.EvidenceFolder, exhibit.ToString()[..2], exhibit.ToString());
        var bytes = await File.ReadAllBytesAsync(stored, Stop);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(stored, bytes, Stop);
        var packing = new Packing(pair.B.Parts);
        var due = await packing.FindAsync(pair.A.Party, Packing.Due, Stop);
        var folder = Path.Combine(pair.Pair.Folder, "no-bag");

        var why = (await packing.PackAsync(pair.A.Party, due, new BagFolder(folder), null, Stop)).Refused();

        Assert.Equal(("exhibit.damaged", exhibit.ToString()), (why.Code, why.Where));
        Assert.False(new BagFolder(folder).IsPacked);
    }

    private async Task<ForgedBag> HostileAsync(DossierId dossier)
    {
        var hostile = new HostilePeer(pair.B);
        var acts = new List<Comity.Exchange.PushedAct>();
        var act = hostile.Sign(
            hostile.Act(pair.A, dossier, Pair.Request(Measure.Preservation), pair.A.Parts.Now) with
            {
                To = new Comity.Parties.Office(pair.A.Party, "nobody"),
            }
        );
        acts.Add(hostile.Issue(act));
        var folder = Path.Combine(pair.Pair.Folder, "forged");
        await ForgedBag.PackAsync(pair, hostile, folder, acts);
        return new ForgedBag(folder, act.Id.Digest, hostile);
    }

    private static async Task<byte[]> BytesAsync(TestNode node, Digest exhibit)
    {
        await using var stream = (await node.Parts.Evidence.OpenAsync(exhibit, Stop))!;
        using var held = new MemoryStream();
        await stream.CopyToAsync(held, Stop);
        return held.ToArray();
    }

    private static async Task<string?> StateAsync(TestNode node, Digest exhibit) =>
        (await node.Parts.Database.ReadAsync(s => ExhibitTables.FindAsync(s, exhibit), Stop))?.State;

    private static Task<long> SizeAsync(TestNode node) =>
        node.Parts.Database.ReadAsync(async s => (await Comity.Node.Register.RegisterTables.HeadAsync(s))!.Size, Stop);

    private static async Task<IReadOnlyList<string>> AlarmsAsync(TestNode node) =>
        [.. (await node.Parts.Database.ReadAsync(s => AlarmTables.OpenAsync(s, 100), Stop)).Select(a => a.Code)];
}
