// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Instruments;
using Comity.Node.Bags;
using Comity.Node.Evidence;
using Comity.Node.Storage;
using Comity.Parties;
using Comity.Requests;

namespace Comity.Node.Tests.Bags;

/// <summary>Some by wire, some by bag, twice by both, in any order, bags lost: both nodes come to the same.</summary>
public sealed class MixedUseTests : IAsyncLifetime
{
    private readonly List<DossierId> dossiers = [];
    private readonly HashSet<DossierId> acknowledged = [];
    private BagPair pair = null!;

    public async ValueTask InitializeAsync() => pair = await BagPair.StartAsync();

    public ValueTask DisposeAsync() => pair.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task However_they_travel_both_nodes_come_to_the_same(int seed)
    {
        var random = new Random(seed);
        var bags = new List<(TestNode To, string Folder)>();
        for (var step = 0; step < 40; step++)
        {
            switch (random.Next(9))
            {
                case 0 or 1:
                    dossiers.Add(Pair.NewDossier());
                    await pair.A.IssueAsync(pair.Pair.ByA(dossiers[^1], Pair.Request(Measure.Preservation)));
                    break;
                case 2:
                    await AnswerAsync(random);
                    break;
                case 3 or 4:
                    var from = random.Next(2) == 0 ? pair.A : pair.B;
                    if (await pair.PackAsync(from, random.Next(3) == 0 ? Packing.All : Packing.Due) is { } folder)
                    {
                        bags.Add((pair.OtherOf(from), folder));
                    }

                    break;
                case 5 or 6 when bags.Count > 0:
                    var (to, bag) = bags[random.Next(bags.Count)];
                    await BagPair.TakeAsync(to, bag);
                    break;
                case 7 when bags.Count > 0:
                    bags.RemoveAt(random.Next(bags.Count));
                    break;
                case 8:
                    await pair.OpenLineAsync();
                    await Task.Delay(random.Next(150), Stop);
                    pair.CutLine();
                    break;
            }
        }

        // Whatever is still due goes there, its answers come back, and what they were answers to is due no more.
        await pair.CarryAsync(pair.A);
        await pair.CarryAsync(pair.B);
        await pair.CarryAsync(pair.A);

        await pair.AreAlikeAsync(dossiers);
        Assert.NotEmpty(dossiers);
        foreach (var node in new[] { pair.A, pair.B })
        {
            var due = await new Packing(node.Parts).FindAsync(pair.OtherOf(node).Party, Packing.Due, Stop);
            Assert.Empty(due.Acts);
            Assert.Empty(await node.Parts.Database.ReadAsync(s => AlarmTables.OpenAsync(s, 100), Stop));
        }
    }

    [Fact]
    public async Task An_exhibit_that_came_by_wire_and_in_two_bags_is_here_once()
    {
        var (dossier, request) = await pair.GrantedAsync();
        var (_, exhibit) = await pair.SupplyAsync(dossier, request, new byte[50_000]);
        var first = (await pair.PackAsync(pair.B))!;
        var second = (await pair.PackAsync(pair.B))!;
        await BagPair.TakeAsync(pair.A, first);
        await pair.OpenLineAsync();
        await Pair.UntilAsync(async () => !(await pair.B.DossierAsync(dossier))!.Pending.Any(), "the wire answers");
        await BagPair.TakeAsync(pair.A, second);

        var row = await pair.A.Parts.Database.ReadAsync(s => ExhibitTables.FindAsync(s, exhibit), Stop);

        Assert.Equal(ExhibitTables.Whole, row!.State);
        await pair.AreAlikeAsync(dossier);
    }

    private async Task AnswerAsync(Random random)
    {
        foreach (var dossier in dossiers.Where(d => !acknowledged.Contains(d)).OrderBy(_ => random.Next()).ToList())
        {
            if ((await pair.B.DossierAsync(dossier))?.Dossier.Requests is [{ } request, ..])
            {
                var contact = new Contact("Point of contact of XB", null, null, null, null);
                await pair.B.IssueAsync(pair.Pair.ByB(dossier, new Acknowledge("B-1", contact), request.Id));
                acknowledged.Add(dossier);
                return;
            }
        }
    }
}
