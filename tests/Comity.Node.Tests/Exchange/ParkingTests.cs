// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Exchange;
using Comity.Node.Acts;
using Comity.Parties;
using Dapper;

namespace Comity.Node.Tests.Exchange;

/// <summary>An act that names one not yet seen waits for it, in bounds, and is not forgotten.</summary>
public abstract class ParkingTests(HostileFixture states) : IAsyncLifetime
{
    // What other tests left waiting takes up room.
    public async ValueTask InitializeAsync() =>
        await states.Parts.Database.WriteAsync(
            s => s.Connection.ExecuteAsync("delete from parked", transaction: s.Transaction),
            Stop
        );

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_act_waits_for_the_one_it_follows_and_enters_right_behind_it()
    {
        var (first, second) = Two();
        var entries = await states.CountAsync("register_entry");

        var parked = (await states.Hostile.PushAsync(states.Victim, second.Pushed)).Push();
        Assert.Equal([new ActAnswer(second.Act.Id.Digest, ActVerdict.Parked, null)], parked.Answers);
        Assert.Equal(entries, await states.CountAsync("register_entry"));

        var before = await states.AdmittedAsync(first.Pushed);
        var after = await states.AdmittedAsync(second.Pushed);
        Assert.Equal(before.Index + 1, after.Index);
        Assert.Equal(0, await states.CountAsync("parked"));
        await states.HoldsAsync();
    }

    [Fact]
    public async Task Acts_pushed_in_the_wrong_order_all_enter_in_the_right_one()
    {
        var acts = Chain(4);

        var answers = (await states.Hostile.PushAsync(states.Victim, [.. acts.Select(a => a.Pushed).Reverse()]))
            .Push()
            .Answers;

        Assert.Equal(
            [ActVerdict.Parked, ActVerdict.Parked, ActVerdict.Parked, ActVerdict.Admitted],
            answers.Select(a => a.Verdict)
        );
        await EnteredAsync(acts);
    }

    [Fact]
    public async Task As_many_as_may_wait_do_and_all_enter_when_the_first_comes()
    {
        var acts = Chain(Admitting.MostParked + 1);
        var waiting = await PushAllAsync(acts.Skip(1));
        Assert.All(waiting, a => Assert.Equal(ActVerdict.Parked, a.Verdict));

        await states.AdmittedAsync(acts[0].Pushed);

        await EnteredAsync(acts);
    }

    [Fact]
    public async Task One_more_than_may_wait_is_not_admitted_and_kept()
    {
        var acts = Chain(Admitting.MostParked + 2);
        await PushAllAsync(acts.Skip(1).Take(Admitting.MostParked));

        await states.NotAdmittedAsync(acts[^1].Pushed, "act.too-many-parked");

        // The others of another State have room of their own.
        var theirs = states.Other.Sign(states.Request(null, 1, acts[0].Act.Id) with { From = states.Other.Central });
        Assert.Equal(
            ActVerdict.Parked,
            (await states.Other.PushAsync(states.Victim, states.Other.Issue(theirs))).Push().Answers[0].Verdict
        );
        await states.AdmittedAsync(acts[0].Pushed);
        await EnteredAsync([.. acts.SkipLast(1)]);
    }

    [Fact]
    public async Task An_act_does_not_follow_one_of_another_dossier_nor_one_that_is_ours_alone()
    {
        var elsewhere = states.Hostile.Sign(states.Request());
        await states.AdmittedAsync(states.Hostile.Issue(elsewhere));
        var follower = states.Hostile.Sign(states.Request(null, 1, elsewhere.Id));

        Assert.Equal(
            ActVerdict.Parked,
            (await states.Hostile.PushAsync(states.Victim, states.Hostile.Issue(follower))).Push().Answers[0].Verdict
        );
    }

    [Fact]
    public async Task An_act_that_waits_for_one_not_admitted_is_shown_to_a_person_in_the_end()
    {
        var (first, second) = Two();
        var wrong = states.Hostile.Sign(first.Act.Act with { From = new Office(states.Hostile.Party, "nobody") });
        await states.NotAdmittedAsync(states.Hostile.Issue(wrong), "act.authority-unknown");
        await states.Hostile.PushAsync(states.Victim, second.Pushed);

        states.Time.Now = states.Time.Now.AddHours(states.Parts.Settings.UndeliveredHours);
        await states.Hostile.PushAsync(states.Victim, second.Pushed);
        Assert.DoesNotContain(("act.parked-long", second.Act.Id.ToString()), await states.AlarmsAsync());

        states.Time.Now = states.Time.Now.AddSeconds(1);
        await states.Hostile.PushAsync(states.Victim, second.Pushed);
        Assert.Contains(("act.parked-long", second.Act.Id.ToString()), await states.AlarmsAsync());
    }

    [Fact]
    public async Task A_copy_of_the_database_tells_nothing_of_what_waits()
    {
        var (_, second) = Two();
        await states.Hostile.PushAsync(states.Victim, second.Pushed);

        var rows = await states.Parts.Database.ReadAsync(
            s => s.Connection.QueryAsync<byte[]>("select bytes from parked", transaction: s.Transaction),
            Stop
        );
        Assert.All(rows, r => Assert.Equal(-1, r.AsSpan().IndexOf("hospital"u8)));
    }

    private (Sent First, Sent Second) Two()
    {
        var acts = Chain(2);
        return (acts[0], acts[1]);
    }

    // Requests in one dossier, each following the one before it.
    private List<Sent> Chain(int count)
    {
        var dossier = Pair.NewDossier();
        var chain = new List<Sent>();
        for (var number = 1; number <= count; number++)
        {
            var act = states.Hostile.Sign(states.Request(dossier, number, number == 1 ? [] : [chain[^1].Act.Id]));
            chain.Add(new Sent(act, states.Hostile.Issue(act)));
        }

        return chain;
    }

    private async Task<IReadOnlyList<ActAnswer>> PushAllAsync(IEnumerable<Sent> acts)
    {
        var answers = new List<ActAnswer>();
        foreach (var batch in acts.Select(a => a.Pushed).Chunk(Push.MaximumActs))
        {
            answers.AddRange((await states.Hostile.PushAsync(states.Victim, batch)).Push().Answers);
        }

        return answers;
    }

    private async Task EnteredAsync(IReadOnlyList<Sent> acts)
    {
        var file = (await states.Victim.DossierAsync(acts[0].Act.Act.Dossier))!;
        Assert.Equal(acts.Select(a => a.Act.Id), file.Dossier.Lines.Select(l => l.Entered.Id));
        await states.HoldsAsync();
    }

    private sealed record Sent(SignedAct Act, PushedAct Pushed);
}

/// <summary>With the data in SQLite.</summary>
public sealed class SqliteParkingTests(OnSqlite states) : ParkingTests(states), IClassFixture<OnSqlite>;

/// <summary>With the data in PostgreSQL.</summary>
public sealed class PostgresParkingTests(OnPostgres states) : ParkingTests(states), IClassFixture<OnPostgres>;
