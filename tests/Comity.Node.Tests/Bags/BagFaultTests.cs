// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using Comity.Node.Bags;
using Comity.Node.Evidence;
using Comity.Node.Tests.Faults;

namespace Comity.Node.Tests.Bags;

/// <summary>Whatever write or file fails while a bag is taken in, it is taken in again and stands once.</summary>
public sealed class BagFaultTests : IAsyncLifetime
{
    private BagPair pair = null!;
    private string bag = null!;
    private Digest exhibit;
    private Comity.Acts.DossierId dossier = null!;

    public async ValueTask InitializeAsync()
    {
        pair = await BagPair.StartAsync();
        (dossier, var request) = await pair.GrantedAsync();
        (_, exhibit) = await pair.SupplyAsync(dossier, request, RandomNumberGenerator.GetBytes(60_000));
        bag = (await pair.PackAsync(pair.B))!;
    }

    public ValueTask DisposeAsync() => pair.DisposeAsync();

    [Theory]
    [InlineData(Form.Failed)]
    [InlineData(Form.Persisted)]
    public async Task Every_write_that_fails_is_done_again(Form form)
    {
        await pair.A.StopAsync();
        FaultingDatabase database = null!;
        pair.A.WrapDatabase = inner => database = new FaultingDatabase(inner);
        await using var parts = pair.A.NewParts();
        await parts.Register.StartAsync(Stop);
        var reached = 0;
        for (var number = 1; number <= 12; number++)
        {
            var fails = database.Writes + number;
            database.Plan = write => write == fails ? form : null;
            try
            {
                var read = (await new BagReading(parts).ReadAsync(new BagFolder(bag), null, Stop)).Admitted();
                (await new Unpacking(parts).TakeAsync(read, null, Stop)).Admitted();
            }
            catch (InjectedFault)
            {
                reached++;
            }
        }

        database.Plan = _ => null;
        Assert.True(reached >= 3, $"only {reached} writes were reached");
        await parts.Register.StopAsync(Stop);
        pair.A.WrapDatabase = null;
        await pair.A.StartAsync();
        await HoldsAsync(1);
    }

    [Theory]
    [InlineData(Form.Failed)]
    [InlineData(Form.Persisted)]
    public async Task A_file_that_cannot_be_placed_is_placed_when_the_bag_is_taken_in_again(Form form)
    {
        await pair.A.StopAsync();
        FaultyStore store = null!;
        pair.A.WrapEvidence = inner => store = new FaultyStore(inner);
        await pair.A.StartAsync();
        store.FailsNext = form;

        await Assert.ThrowsAsync<IOException>(() => BagPair.TakeAsync(pair.A, bag));

        Assert.Empty(Directory.GetFiles(pair.A.Parts.Settings.ArrivingFolder, "bag-*"));
        await HoldsAsync(0);
    }

    private async Task HoldsAsync(int wereHere)
    {
        var again = await BagPair.TakeAsync(pair.A, bag);
        Assert.Equal((1 - wereHere, wereHere), (again.Exhibits, again.ExhibitsHere));
        await pair.CarryAsync(pair.A);
        await pair.AreAlikeAsync(dossier);
        var row = await pair.A.Parts.Database.ReadAsync(s => ExhibitTables.FindAsync(s, exhibit), Stop);
        Assert.Equal(ExhibitTables.Whole, row!.State);
    }
}
