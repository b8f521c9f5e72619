// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Dossiers;
using Comity.Exchange;
using Comity.Register;

namespace Comity.Node.Tests.Exchange;

/// <summary>Acts that come again, twice at once, in another order or in a batch of the largest size are admitted once.</summary>
public abstract class AgainTests(HostileFixture states)
{
    [Fact]
    public async Task The_same_act_again_gets_the_same_receipt()
    {
        var pushed = states.Hostile.Issue(states.Hostile.Sign(states.Request()));
        var first = await states.AdmittedAsync(pushed);
        var again = await states.AdmittedAsync(pushed);

        Assert.Equal((first.Index, first.Leaf, first.Salt), (again.Index, again.Leaf, again.Salt));
        await states.HoldsAsync();
    }

    [Fact]
    public async Task The_same_act_twice_in_a_push_is_admitted_once()
    {
        var act = states.Hostile.Sign(states.Request());
        var pushed = states.Hostile.Issue(act);

        var answers = (await states.Hostile.PushAsync(states.Victim, pushed, pushed)).Push().Answers;

        Assert.All(answers, a => Assert.Equal(ActVerdict.Admitted, a.Verdict));
        var receipts = new[]
        {
            await states.ReceiptAsync(answers[0], act.Id.Digest),
            await states.ReceiptAsync(answers[1], act.Id.Digest),
        };
        Assert.Equal(receipts[0], receipts[1]);
        Assert.Single((await states.Victim.DossierAsync(act.Act.Dossier))!.Acts);
        await states.HoldsAsync();
    }

    [Fact]
    public async Task The_same_act_over_many_connections_at_once_is_admitted_once()
    {
        var act = states.Hostile.Sign(states.Request());
        var pushed = states.Hostile.Issue(act);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(async _ => (await states.Hostile.PushAsync(states.Victim, pushed)).Push())
        );

        var receipts = await Task.WhenAll(answers.Select(a => states.ReceiptAsync(a.Answers[0], act.Id.Digest)));
        Assert.Single(receipts.Select(r => (r.Index, r.Leaf)).Distinct());
        Assert.IsType<LeafEntry.Admitted>(receipts[0].Leaf.Recorded);
        Assert.Single((await states.Victim.DossierAsync(act.Act.Dossier))!.Acts);
        await states.HoldsAsync();
    }

    [Fact]
    public async Task The_largest_batch_is_taken_whole_and_the_cursor_moves_past_it()
    {
        var pushed = Enumerable
            .Range(0, Push.MaximumActs)
            .Select(_ => states.Hostile.Issue(states.Hostile.Sign(states.Request())))
            .ToArray();

        var answer = (await states.Hostile.PushAsync(states.Victim, pushed)).Push();

        Assert.Equal(pushed[^1].Index, answer.Cursor);
        Assert.Equal(Push.MaximumActs, answer.Answers.Count);
        Assert.All(answer.Answers, a => Assert.Equal(ActVerdict.Admitted, a.Verdict));
        await states.HoldsAsync();
    }

    [Fact]
    public async Task A_batch_larger_by_an_act_is_refused_and_nothing_is_entered()
    {
        var before = await states.CountAsync("register_entry");
        var pushed = Enumerable.Range(0, Push.MaximumActs + 1).Select(_ => states.Hostile.Issue([1])).ToArray();

        Assert.Equal(
            (400, "exchange.outside-limits"),
            (await states.Hostile.PushAsync(states.Victim, pushed)).Refusal()
        );
        Assert.Equal(before, await states.CountAsync("register_entry"));
    }

    [Fact]
    public async Task One_bad_act_in_a_batch_stops_none_of_the_others()
    {
        var good = states.Hostile.Sign(states.Request());
        var last = states.Hostile.Sign(states.Request());
        var pushed = new[]
        {
            states.Hostile.Issue(good),
            states.Hostile.Issue("no act"u8.ToArray()),
            states.Hostile.Issue(last),
        };

        var answers = (await states.Hostile.PushAsync(states.Victim, pushed)).Push().Answers;

        Assert.Equal(
            [ActVerdict.Admitted, ActVerdict.NotAdmitted, ActVerdict.Admitted],
            answers.Select(a => a.Verdict)
        );
        await states.IsNotAdmittedAsync(answers[1], "no act"u8.ToArray(), "signature.malformed");
        await states.HoldsAsync();
    }

    [Fact]
    public async Task The_cursor_never_goes_back()
    {
        var (first, second) = (
            states.Hostile.Issue(states.Hostile.Sign(states.Request())),
            states.Hostile.Issue(states.Hostile.Sign(states.Request()))
        );

        Assert.Equal(second.Index, (await states.Hostile.PushAsync(states.Victim, second)).Push().Cursor);
        Assert.Equal(second.Index, (await states.Hostile.PushAsync(states.Victim, first)).Push().Cursor);
    }

    [Theory]
    [InlineData("novelty", 1)]
    [InlineData("request", 2)]
    public async Task A_kind_or_version_nobody_here_knows_is_kept_and_has_no_effect(string kind, int version)
    {
        var act = states.Hostile.Sign(
            states.Request() with
            {
                Kind = kind,
                Version = version,
                Body = new NotUnderstood("""{"anything":["at",{"all":1}]}"""),
            }
        );

        await states.AdmittedAsync(states.Hostile.Issue(act));

        var file = (await states.Victim.DossierAsync(act.Act.Dossier))!;
        Assert.Equal(act.Signed.Encoded.ToArray(), Assert.Single(file.Acts).Signed.Signed.Encoded.ToArray());
        Assert.Equal(
            "dossier.kind-not-understood",
            Assert.IsType<Effect.None>(Assert.Single(file.Dossier.Lines).Effect).Why.Code
        );
        Assert.Empty(file.Dossier.Requests);
        await states.HoldsAsync();
    }
}

/// <summary>With the data in SQLite.</summary>
public sealed class SqliteAgainTests(OnSqlite states) : AgainTests(states), IClassFixture<OnSqlite>;

/// <summary>With the data in PostgreSQL.</summary>
public sealed class PostgresAgainTests(OnPostgres states) : AgainTests(states), IClassFixture<OnPostgres>;
