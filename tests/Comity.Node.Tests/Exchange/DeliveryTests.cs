// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using System.Text.Json;
using Comity.Acts;
using Comity.Exchange;
using Comity.Instruments;
using Comity.Node.Exchange;
using Comity.Register;

namespace Comity.Node.Tests.Exchange;

/// <summary>What a node makes of what a peer answers, when the peer lies, goes back, or says nothing of use.</summary>
public abstract class DeliveryTests(HostileFixture states) : IAsyncLifetime
{
    /// <summary>What a receiver may answer wrongly.</summary>
    private static readonly Dictionary<string, Func<HostileFixture, ActAnswer, IReadOnlyList<ActAnswer>>> Lies = new()
    {
        ["a receipt of another register"] = (s, a) =>
            [a with { Receipt = Json(s.Other.Enter(a.Act, new LeafEntry.Admitted())) }],
        ["a receipt for another act"] = (s, a) =>
            [a with { Receipt = Json(s.Hostile.Enter(Digest.Of([1]), new LeafEntry.Admitted())) }],
        ["a receipt that says issued"] = (s, a) =>
            [a with { Receipt = Json(s.Hostile.Enter(a.Act, new LeafEntry.Issued())) }],
        ["a receipt that says not admitted under a verdict that says admitted"] = (s, a) =>
            [a with { Receipt = Json(s.Hostile.Enter(a.Act, new LeafEntry.NotAdmitted("act.malformed"))) }],
        ["a verdict that says not admitted over a receipt that says admitted"] = (_, a) =>
            [a with { Verdict = ActVerdict.NotAdmitted }],
        ["a receipt at another index than its proof"] = (s, a) => [a with { Receipt = AtAnotherIndex(s, a.Act) }],
        ["no receipt"] = (_, a) => [a with { Receipt = null }],
        ["a receipt that is none"] = (_, a) => [a with { Receipt = JsonElement.Parse("""{"version":"?"}""") }],
        ["an answer for another act"] = (_, a) => [a with { Act = Digest.Of([2]) }],
        ["a parked answer for another act"] = (_, _) => [new ActAnswer(Digest.Of([2]), ActVerdict.Parked, null)],
    };

    public static TheoryData<string> Everything => [.. Lies.Keys];

    public async ValueTask InitializeAsync()
    {
        await states.Hostile.HangUpAsync();
        states.Hostile.BeHonest();
        await states.Hostile.ServeAsync();
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task A_receiver_that_lies_settles_nothing_and_is_asked_again(string lie)
    {
        var honest = states.Hostile.OnPush;
        states.Hostile.OnPush = push =>
        {
            var answer = honest(push);
            return answer with { Answers = Lies[lie](states, answer.Answers[0]) };
        };
        var (act, index) = await IssueAsync();
        await UntilAsync(
            async () => (await states.AlarmsAsync()).Contains(("exchange.receipt-wrong", act.ToString())),
            "a person is told that the receipt does not hold"
        );
        Assert.Contains(index, await WaitingAsync());
        Assert.Empty(await states.Parts.Database.ReadAsync(s => PeerTables.ReceiptsAsync(s, act), Stop));

        states.Hostile.OnPush = honest;
        await SettledAsync(index);
        await states.HoldsAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Fewer_answers_settle_fewer_acts_and_more_settle_no_more(int answers)
    {
        var honest = states.Hostile.OnPush;
        states.Hostile.OnPush = push =>
        {
            var answer = honest(push);
            return answer with { Answers = [.. Enumerable.Repeat(answer.Answers[0], answers)] };
        };
        var (_, index) = await IssueAsync();
        var before = states.Hostile.Pushes;
        await UntilAsync(() => Task.FromResult(states.Hostile.Pushes > before), "it was pushed");

        if (answers == 0)
        {
            Assert.Contains(index, await WaitingAsync());
            states.Hostile.OnPush = honest;
        }

        await SettledAsync(index);
        states.Hostile.OnPush = honest;
        await states.HoldsAsync();
    }

    [Fact]
    public async Task What_settles_nothing_is_not_sent_again_before_its_time()
    {
        var honest = states.Hostile.OnPush;
        states.Hostile.OnPush = push =>
            honest(push) with
            {
                Answers = [.. push.Acts.Select(a => new ActAnswer(DigestOf(a), ActVerdict.Parked, null))],
            };
        await ReachableAsync();
        var (_, index) = await IssueAsync();
        await UntilAsync(async () => (await PeerAsync()).LastError == "exchange.parked", "it is parked over there");
        var pushes = states.Hostile.Pushes;

        // Time stands still, so however often the courier wakes, it is too early.
        for (var i = 0; i < 20; i++)
        {
            states.Parts.Deliveries.Wake();
            await Task.Delay(20, Stop);
        }

        Assert.Equal(pushes, states.Hostile.Pushes);
        states.Hostile.OnPush = honest;
        await SettledAsync(index);
    }

    [Fact]
    public async Task An_act_the_peer_did_not_admit_is_settled_and_shown_to_a_person()
    {
        var honest = states.Hostile.OnPush;
        states.Hostile.OnPush = push =>
            honest(push) with
            {
                Answers =
                [
                    .. push.Acts.Select(a => new ActAnswer(
                        DigestOf(a),
                        ActVerdict.NotAdmitted,
                        Json(states.Hostile.Enter(DigestOf(a), new LeafEntry.NotAdmitted("act.in-the-future")))
                    )),
                ],
            };

        var (act, index) = await IssueAsync();
        await SettledAsync(index);

        Assert.Contains(("peer.act.in-the-future", act.ToString()), await states.AlarmsAsync());
        states.Hostile.OnPush = honest;
        await states.HoldsAsync();
    }

    [Fact]
    public async Task A_peer_that_lost_what_it_had_answered_is_sent_it_again()
    {
        var (act, index) = await IssueAsync();
        await SettledAsync(index);
        var seen = new List<Digest>();
        var honest = states.Hostile.OnPush;
        states.Hostile.OnPush = push =>
        {
            seen.AddRange(push.Acts.Select(DigestOf));
            return honest(push);
        };

        states.Hostile.Cursor = index - 1;
        await GreetAsync();
        await UntilAsync(() => Task.FromResult(seen.Contains(act.Digest)), "the act is pushed again");

        await SettledAsync(index);
        Assert.Contains(("exchange.peer-went-back", $"cursor {index - 1}"), await states.AlarmsAsync());
        states.Hostile.OnPush = honest;
    }

    [Fact]
    public async Task A_peer_that_says_every_time_that_it_has_nothing_is_not_sent_everything_without_end()
    {
        var (_, index) = await IssueAsync();
        await SettledAsync(index);
        var honest = states.Hostile.OnStanding;
        states.Hostile.OnStanding = () => honest() with { Cursor = -1 };

        // Each time it is greeted it is sent everything again, but after a wait that doubles.
        var waits = new List<long>();
        for (var round = 0; round < 4; round++)
        {
            await GreetAsync();
            await UntilAsync(
                async () =>
                    (await PeerAsync()) is { LastError: "exchange.peer-went-back", Failures: var f, NextTry: > 0 }
                    && f > round,
                $"it is put off for the {round + 1}. time",
                moves: false
            );
            var row = await PeerAsync();
            waits.Add(row.NextTry - states.Time.Now.ToUnixTimeMilliseconds());
            var pushes = states.Hostile.Pushes;
            states.Time.Now = states.Time.Now.AddMilliseconds(waits[^1]);
            states.Parts.Deliveries.Wake();
            await UntilAsync(
                () => Task.FromResult(states.Hostile.Pushes > pushes),
                "what it says it lost is sent",
                moves: false
            );
        }

        Assert.Equal([1000, 2000, 4000, 8000], waits);
        states.Hostile.OnStanding = honest;
        await SettledAsync(index);
    }

    // A push is carried out against XB by XA's courier; it goes when there is something to carry and time has come.
    private async Task<(ActId Act, long Index)> IssueAsync()
    {
        await ReachableAsync();
        var dossier = Pair.NewDossier();
        var act = await states.Victim.IssueAsync(
            new ActContent(
                dossier,
                null,
                states.Victim.Central,
                states.Hostile.Central,
                Visibility.Shared,
                Pair.Request(Measure.Preservation)
            )
        );
        var file = (await states.Victim.DossierAsync(dossier))!;
        return (act, file.Acts.Single(a => a.Signed.Id == act).Own.Index);
    }

    private Task ReachableAsync() =>
        UntilAsync(async () => (await PeerAsync()) is { Failures: 0, LastContact: not null }, "XB answers");

    private Task GreetAsync()
    {
        states.Time.Now = states.Time.Now.AddMinutes(6);
        states.Parts.Deliveries.Wake();
        return Task.CompletedTask;
    }

    private Task SettledAsync(long index) =>
        UntilAsync(async () => !(await WaitingAsync()).Contains(index), "the act is settled");

    private async Task<PeerRow> PeerAsync() =>
        await states.Parts.Database.ReadAsync(s => PeerTables.FindAsync(s, states.Hostile.Party), Stop)
        ?? new PeerRow("XB", -1, 1, 0, null, "", "", "");

    private async Task<IReadOnlyList<long>> WaitingAsync() =>
        [
            .. (await states.Parts.Database.ReadAsync(s => Deliveries.WaitingAsync(s, "XB", 1000), Stop)).Select(d =>
                d.Idx
            ),
        ];

    // Waits, and lets the time come for whatever was put off.
    private Task UntilAsync(Func<Task<bool>> holds, string what, bool moves = true) =>
        Pair.UntilAsync(
            async () =>
            {
                if (await holds())
                {
                    return true;
                }

                if (moves)
                {
                    states.Time.Now = states.Time.Now.AddSeconds(10);
                    states.Parts.Deliveries.Wake();
                }

                return false;
            },
            what
        );

    private static Digest DigestOf(PushedAct pushed) => Digest.Of(Convert.FromBase64String(pushed.Act));

    private static JsonElement Json(Receipt receipt) => JsonElement.Parse(receipt.ToJson());

    private static JsonElement AtAnotherIndex(HostileFixture s, Digest act)
    {
        s.Hostile.Enter(Digest.Of([3]), new LeafEntry.Issued());
        var receipt = s.Hostile.Enter(act, new LeafEntry.Admitted());
        var text = Encoding.UTF8.GetString(receipt.ToJson());
        return JsonElement.Parse(
            text.Replace($"\"index\":{receipt.Index}", $"\"index\":{receipt.Index - 1}", StringComparison.Ordinal)
        );
    }
}

/// <summary>With the data in SQLite.</summary>
public sealed class SqliteDeliveryTests(OnSqlite states) : DeliveryTests(states), IClassFixture<OnSqlite>;

/// <summary>With the data in PostgreSQL.</summary>
public sealed class PostgresDeliveryTests(OnPostgres states) : DeliveryTests(states), IClassFixture<OnPostgres>;
