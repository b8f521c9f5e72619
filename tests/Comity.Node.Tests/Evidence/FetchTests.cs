// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Evidence;
using Comity.Instruments;
using Comity.Node.Evidence;
using Comity.Node.Tests.Exchange;
using Comity.Node.Tests.Faults;
using Comity.Requests;

namespace Comity.Node.Tests.Evidence;

/// <summary>Exhibits arrive whole over any line, once, and only those that were asked for.</summary>
public abstract class FetchTests(HostileFixture states)
{
    [Fact]
    public async Task An_exhibit_arrives_whole()
    {
        var file = Supplied.Random(1_000_000);
        await SupplyAsync(file);
        await UntilAsync(file, ExhibitTables.Whole);
        Assert.Equal([0], file.Asked);
        Assert.Equal(await file.AllAsync(), await StoredAsync(file));
        await states.HoldsAsync();
    }

    [Fact]
    public async Task An_empty_rest_and_a_single_byte_arrive_too()
    {
        var file = Supplied.Random(1);
        await SupplyAsync(file);
        await UntilAsync(file, ExhibitTables.Whole);
        Assert.Equal(await file.AllAsync(), await StoredAsync(file));
    }

    [Fact]
    public async Task Over_a_line_that_is_cut_anywhere_no_byte_is_asked_for_twice()
    {
        var random = new Random(1);
        var file = Supplied.Random(3_000_000);
        for (var i = 0; i < 5; i++)
        {
            file.Cuts.Enqueue(random.Next(0, 500_000));
        }

        FaultyTransport? line = null;
        await states.Victim.StopAsync();
        states.Victim.WrapTransport = transport => line = new FaultyTransport(transport);
        await states.Victim.StartAsync();
        await SupplyAsync(file);
        await UntilAsync(file, ExhibitTables.Whole);

        Assert.Equal(6, file.Asked.Count);
        Assert.Equal(file.Asked.Order(), file.Asked);
        Assert.Equal(file.Size, line!.Fetched);
        Assert.Equal(await file.AllAsync(), await StoredAsync(file));
    }

    [Fact]
    public async Task A_node_that_starts_again_goes_on_where_it_was()
    {
        var file = Supplied.Random(2_000_000);
        file.Stalls = true;
        await SupplyAsync(file);
        await states.UntilAsync(() => Task.FromResult(file.Asked.Count > 0), "it is under way");
        await Pair.UntilAsync(() => Task.FromResult(Arrived(file) > 0), "some has arrived");

        await states.Victim.StopAsync();
        var arrived = Arrived(file);
        file.Stalls = false;
        await states.Victim.StartAsync();

        await UntilAsync(file, ExhibitTables.Whole);
        Assert.Equal([0, arrived], file.Asked);
        Assert.Equal(await file.AllAsync(), await StoredAsync(file));
    }

    [Fact]
    public async Task Other_bytes_than_the_manifest_says_are_fetched_once_more_and_a_person_is_told()
    {
        var file = Supplied.Random(200_000);
        file.Wrong = 1;
        await SupplyAsync(file);
        await UntilAsync(file, ExhibitTables.Whole);
        Assert.Equal([0, 0], file.Asked);
        Assert.Contains(("exhibit.differs", file.Digest.ToString()), await states.AlarmsAsync());
        Assert.Equal(await file.AllAsync(), await StoredAsync(file));
    }

    [Fact]
    public async Task Twice_other_bytes_are_left_to_a_person_and_nothing_is_placed()
    {
        var file = Supplied.Random(200_000);
        file.Wrong = 2;

        // Cuts before do not count as other bytes.
        file.Cuts.Enqueue(0);
        file.Cuts.Enqueue(0);
        await SupplyAsync(file);
        await UntilAsync(file, ExhibitTables.Differs);

        Assert.Contains(("exhibit.differs", file.Digest.ToString()), await states.AlarmsAsync());
        Assert.Null(await states.Parts.Evidence.OpenAsync(file.Digest, Stop));
        Assert.Equal(0, Arrived(file));
        await states.HoldsAsync();
    }

    [Fact]
    public async Task What_nobody_asked_for_is_not_fetched()
    {
        var (dossier, request) = await states.AskAsync(Measure.StoredData);
        var file = Supplied.Random(1_000);
        states.Hostile.OnCall = file.ServeAsync;

        // No decision was made, so nothing can be supplied; the act stays, without effect.
        await states.GiveAsync(dossier, Supplied.In(file), request);

        Assert.Null(await FindAsync(file));
        Assert.Single((await states.Victim.DossierAsync(dossier))!.Acts, a => a.Signed.Act.Body is Supply);
    }

    [Fact]
    public async Task An_exhibit_announced_again_with_another_size_stays_what_it_was_and_a_person_is_told()
    {
        var file = Supplied.Random(100_000);
        await SupplyAsync(file);
        await UntilAsync(file, ExhibitTables.Whole);

        var (dossier, request) = await GrantedAsync();
        var act = await states.GiveAsync(dossier, new Supply([file.Exhibit(5)], false, null), request, number: 2);

        Assert.Contains(("exhibit.announced-twice", act.ToString()), await states.AlarmsAsync());
        Assert.Equal((ExhibitTables.Whole, file.Size), ((await FindAsync(file))!.State, (await FindAsync(file))!.Size));
    }

    [Fact]
    public async Task Exhibits_of_one_peer_that_stop_coming_hold_up_no_others()
    {
        var stalled = Enumerable.Range(0, Fetcher.AtOnce).Select(_ => Supplied.Random(300_000)).ToList();
        stalled.ForEach(f => f.Stalls = true);
        await SupplyAsync([.. stalled]);
        await states.UntilAsync(() => Task.FromResult(stalled.All(f => f.Asked.Count > 0)), "both are under way");

        // What XC announces is fetched meanwhile; a row stands for it, as XC would need a request of its own.
        var theirs = Supplied.Random(100_000);
        states.Other.BeHonest();
        states.Other.OnCall = theirs.ServeAsync;
        await states.Other.ServeAsync();
        await states.ExpectAsync(theirs.Digest, theirs.Size, states.Other.Party);

        await UntilAsync(theirs, ExhibitTables.Whole);
        stalled.ForEach(f => f.Stalls = false);
        await states.Hostile.HangUpAsync();
        await states.Hostile.ServeAsync();
        foreach (var file in stalled)
        {
            await UntilAsync(file, ExhibitTables.Whole);
        }

        await states.Other.HangUpAsync();
    }

    [Fact]
    public async Task A_person_is_told_of_an_exhibit_that_does_not_arrive_for_a_day()
    {
        var file = Supplied.Random(1_000);
        var (dossier, request) = await GrantedAsync();
        states.Hostile.OnCall = context =>
        {
            context.Response.StatusCode = 404;
            return Task.FromResult(context.Request.Path.StartsWithSegments("/v1/exhibits"));
        };
        await states.GiveAsync(dossier, Supplied.In(file), request, number: 2);
        await states.UntilAsync(async () => (await FindAsync(file))!.Failures > 0, "it did not arrive");
        Assert.DoesNotContain(("exhibit.overdue", file.Digest.ToString()), await states.AlarmsAsync());

        states.Time.Now = states.Time.Now.AddHours(25);
        await states.UntilAsync(
            async () => (await states.AlarmsAsync()).Contains(("exhibit.overdue", file.Digest.ToString())),
            "a person is told"
        );

        states.Hostile.OnCall = file.ServeAsync;
        await states.UntilAsync(
            async () =>
            {
                states.Time.Now = states.Time.Now.AddHours(1);
                return (await FindAsync(file))!.State == ExhibitTables.Whole;
            },
            "it arrives after all"
        );
    }

    [Theory]
    [InlineData(Form.Failed)]
    [InlineData(Form.Persisted)]
    public async Task Placing_that_fails_is_done_again_and_nothing_is_fetched_twice(Form form)
    {
        await states.Victim.StopAsync();
        states.Victim.WrapEvidence = store => new FaultyStore(store) { FailsNext = form };
        await states.Victim.StartAsync();
        var file = Supplied.Random(500_000);

        await SupplyAsync(file);
        await UntilAsync(file, ExhibitTables.Whole);

        Assert.Equal([0], file.Asked);
        Assert.Equal(await file.AllAsync(), await StoredAsync(file));
        await states.HoldsAsync();
    }

    [Fact]
    public async Task A_file_that_went_bad_before_it_was_noted_whole_is_fetched_anew()
    {
        var file = Supplied.Random(100_000);
        var placed = Path.Combine(states.Parts.Settings.EvidenceFolder, file.Digest.ToString()[..2]);
        Directory.CreateDirectory(placed);
        await File.WriteAllBytesAsync(Path.Combine(placed, file.Digest.ToString()), new byte[100_000], Stop);

        await SupplyAsync(file);
        await UntilAsync(file, ExhibitTables.Whole);

        Assert.Equal(await file.AllAsync(), await StoredAsync(file));
        await states.HoldsAsync();
    }

    private async Task SupplyAsync(params IReadOnlyList<Supplied> files)
    {
        var (dossier, request) = await GrantedAsync();
        states.Hostile.OnCall = async context =>
        {
            foreach (var file in files)
            {
                if (await file.ServeAsync(context))
                {
                    return true;
                }
            }

            return false;
        };
        await states.GiveAsync(dossier, Supplied.In(files), request, number: 2);
    }

    // XA asked XB for stored data and XB granted it.
    private async Task<(DossierId Dossier, ActId Request)> GrantedAsync()
    {
        var (dossier, request) = await states.AskAsync(Measure.StoredData);
        await states.GiveAsync(dossier, new Grant("Law of XB, s. 12", null, [], [], null, null), request);
        return (dossier, request);
    }

    private Task UntilAsync(Supplied file, string state) =>
        states.UntilAsync(async () => (await FindAsync(file))?.State == state, $"the exhibit is {state}");

    private Task<ExhibitRow?> FindAsync(Supplied file) =>
        states.Parts.Database.ReadAsync(s => ExhibitTables.FindAsync(s, file.Digest), Stop);

    private async Task<byte[]> StoredAsync(Supplied file)
    {
        await using var stream = (await states.Parts.Evidence.OpenAsync(file.Digest, Stop))!;
        using var held = new MemoryStream();
        await stream.CopyToAsync(held, Stop);
        return held.ToArray();
    }

    private long Arrived(Supplied file)
    {
        var part = new FileInfo(Path.Combine(states.Parts.Settings.ArrivingFolder, file.Digest.ToString()));
        return part.Exists ? part.Length : 0;
    }
}

/// <summary>With the data in SQLite.</summary>
public sealed class SqliteFetchTests(OnSqlite states) : FetchTests(states), IClassFixture<OnSqlite>;

/// <summary>With the data in PostgreSQL.</summary>
public sealed class PostgresFetchTests(OnPostgres states) : FetchTests(states), IClassFixture<OnPostgres>;
