// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;
using Comity.Acts;
using Comity.Exchange;
using Comity.Instruments;
using Comity.Node.Checking;
using Comity.Node.Exchange;
using Comity.Node.Officers;
using Comity.Node.Parties;
using Comity.Parties;
using Dapper;

namespace Comity.Node.Tests.Faults;

/// <summary>Every write a node does, failed and reported failed: done again, it has been done once, and no trace differs.</summary>
public abstract class FaultTableTests(FaultyNode node)
{
    /// <summary>What is counted before and after: every table in which doing something twice would show.</summary>
    private static readonly string[] Tables =
    [
        "act",
        "alarm",
        "approval",
        "audit",
        "bag_answer",
        "custody",
        "custody_head",
        "delivery",
        "directory_entry",
        "directory_root",
        "dossier",
        "draft",
        "exhibit",
        "not_admitted",
        "parked",
        "peer",
        "peer_receipt",
        "register_entry",
    ];

    /// <summary>Each makes ready a piece of work on something of its own, and gives the work, which can be done again.</summary>
    private static readonly Dictionary<string, Func<FaultyNode, Task<Func<Task>>>> Works = new()
    {
        ["admit an act"] = n => AdmitAsync(n, n.Hostile.Issue(n.Hostile.Sign(Request(n)))),
        ["admit an act that came in a bag"] = n => AdmitByBagAsync(n, n.Hostile.Issue(n.Hostile.Sign(Request(n)))),
        ["not admit one"] = n =>
            AdmitAsync(n, n.Hostile.Issue(n.Hostile.Sign(Request(n) with { To = new Office(n.Own, "nobody") }))),
        ["not admit what is none"] = n => AdmitAsync(n, n.Hostile.Issue(Guid.NewGuid().ToByteArray())),
        ["park one"] = n =>
            AdmitAsync(n, n.Hostile.Issue(n.Hostile.Sign(Request(n) with { Follows = [new ActId(NewDigest())] }))),
        ["release a parked one"] = ReleaseAsync,
        ["draft, where a second officer signs"] = n => Ready(() => DraftAsync(n, Measure.StoredData)),
        ["draft and seal, where one officer may"] = n => Ready(() => DraftAsync(n, Measure.Preservation)),
        ["approve and seal"] = ApproveAsync,
        ["return a draft"] = ReturnAsync,
        ["settle what a peer admitted"] = n => SettleAsync(n, n.Hostile.Admit),
        ["settle what a peer did not admit"] = n => SettleAsync(n, n.Hostile.NotAdmit),
        ["take a directory entry"] = TakeEntryAsync,
        ["confirm a root"] = ConfirmAsync,
    };

    public static TheoryData<string, Form> Table =>
        [.. from work in Works.Keys from form in Enum.GetValues<Form>() select (work, form)];

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Done_again_it_has_been_done_once(string work, Form form)
    {
        var whole = await TraceAsync(await Works[work](node));

        var again = await Works[work](node);
        var failed = await TraceAsync(async () =>
        {
            node.Database.FailNext(form);
            await Assert.ThrowsAsync<InjectedFault>(again);
            if (form == Form.Failed)
            {
                Assert.Empty(await TraceAsync(() => Task.CompletedTask));
            }

            await again();
        });

        Assert.Equal(whole, failed);
        Assert.Empty(await TraceAsync(again));
        Assert.Empty((await NodeCheck.RunAsync(node.Parts, Stop)).Faults);
    }

    private static Task<Func<Task>> AdmitAsync(FaultyNode n, PushedAct pushed) =>
        Ready(() => Task.FromResult<Func<Task>>(() => n.Parts.Admitting.TakeAsync(n.Peer, new Push([pushed]), Stop)));

    private static Task<Func<Task>> AdmitByBagAsync(FaultyNode n, PushedAct pushed) =>
        Ready(() =>
            Task.FromResult<Func<Task>>(() =>
                n.Parts.Admitting.TakeAsync(n.Peer, new Push([pushed]), Stop, isByBag: true)
            )
        );

    private static async Task<Func<Task>> ReleaseAsync(FaultyNode n)
    {
        var first = n.Hostile.Sign(Request(n));
        var second = n.Hostile.Sign(Request(n) with { Dossier = first.Act.Dossier, Number = 2, Follows = [first.Id] });
        await (await AdmitAsync(n, n.Hostile.Issue(second)))();
        return await AdmitAsync(n, n.Hostile.Issue(first));
    }

    private static Task<Func<Task>> DraftAsync(FaultyNode n, Measure measure)
    {
        var id = Guid.NewGuid().ToString("N");
        var content = Content(n, measure);
        return Task.FromResult<Func<Task>>(async () =>
            (
                await n.Parts.Issuing.DraftAsync(
                    id,
                    content,
                    await n.OfficerAsync(TestNode.Drafter),
                    TestNode.PhraseOf(TestNode.Drafter),
                    Stop
                )
            ).Admitted()
        );
    }

    private static async Task<Func<Task>> ApproveAsync(FaultyNode n) =>
        await SecondAsync(n, ApprovalVerdict.Approves, null);

    private static async Task<Func<Task>> ReturnAsync(FaultyNode n) =>
        await SecondAsync(n, ApprovalVerdict.Returns, "Say more of the facts.");

    private static async Task<Func<Task>> SecondAsync(FaultyNode n, ApprovalVerdict verdict, string? reason)
    {
        var id = Guid.NewGuid().ToString("N");
        var drafter = await n.OfficerAsync(TestNode.Drafter);
        (
            await n.Parts.Issuing.DraftAsync(
                id,
                Content(n, Measure.StoredData),
                drafter,
                TestNode.PhraseOf(TestNode.Drafter),
                Stop
            )
        ).Admitted();
        var approver = await n.OfficerAsync(TestNode.Approver);
        return async () =>
            (
                await n.Parts.Issuing.ApproveAsync(
                    id,
                    approver,
                    TestNode.PhraseOf(TestNode.Approver),
                    verdict,
                    reason,
                    Stop
                )
            ).Admitted();
    }

    private static async Task<Func<Task>> SettleAsync(FaultyNode n, Func<PushedAct, ActAnswer> judge)
    {
        await (await DraftAsync(n, Measure.Preservation))();
        var waiting = await Outgoing.NextAsync(n.Parts.Database, n.Parts.Keys.AtRest, n.Peer, 0, Stop);
        var push = new Push([waiting.Acts[^1]]);
        var answer = new PushAnswer(push.Acts[^1].Index, [.. push.Acts.Select(judge)]);
        var directory = await n.Parts.Directories.CurrentAsync(Stop);
        var register = Directories.RegisterOf(directory, n.Peer)!.Value;
        return () => Settling.SettleAsync(n.Parts.Register, n.Parts.Keys.AtRest, n.Peer, push, answer, register, Stop);
    }

    private static Task<Func<Task>> TakeEntryAsync(FaultyNode n)
    {
        var entry = n.Hostile.NextEntry(e => e);
        return Task.FromResult<Func<Task>>(async () => (await n.Parts.Directories.AcceptAsync(entry, Stop)).Admitted());
    }

    private static async Task<Func<Task>> ConfirmAsync(FaultyNode n)
    {
        var stranger = await n.StrangerAsync();
        var officers = await n.Parts.Database.ReadAsync(OfficerTables.AllAsync, Stop);
        return async () =>
            (
                await n.Parts.Directories.ConfirmAsync(
                    stranger,
                    stranger.Root,
                    [.. officers.Select(o => o.Certificate.Id)],
                    Stop
                )
            ).Admitted();
    }

    private static Task<Func<Task>> Ready(Func<Task<Func<Task>>> make) => make();

    private static Act Request(FaultyNode n) =>
        n.Hostile.Act(n.Node, Pair.NewDossier(), Pair.Request(Measure.Preservation), n.Parts.Now);

    private static ActContent Content(FaultyNode n, Measure measure) =>
        new(
            Pair.NewDossier(),
            null,
            n.Node.Central,
            n.Hostile.Central,
            Visibility.Shared,
            Pair.Request(measure) with
            {
                Data = [new Requests.DataSought(Requests.DataCategory.Subscriber, ["i1"], "Whose server it is", [1])],
            }
        );

    private static Digest NewDigest() => Digest.Of(Guid.NewGuid().ToByteArray());

    // What some work changed: rows more in each table, and which of them are answered.
    private async Task<IReadOnlyDictionary<string, long>> TraceAsync(Func<Task> work)
    {
        var before = await CountAsync();
        await work();
        var after = await CountAsync();
        return after.Where(t => t.Value != before[t.Key]).ToDictionary(t => t.Key, t => t.Value - before[t.Key]);
    }

    private Task<Dictionary<string, long>> CountAsync() =>
        node.Parts.Database.ReadAsync(
            async session =>
            {
                var counts = new Dictionary<string, long>();
                foreach (var table in Tables)
                {
                    counts[table] = await session.Connection.ExecuteScalarAsync<long>(
                        string.Create(CultureInfo.InvariantCulture, $"select count(*) from {table}"),
                        transaction: session.Transaction
                    );
                }

                counts["answered"] = await session.Connection.ExecuteScalarAsync<long>(
                    "select count(*) from delivery where is_answered = 1",
                    transaction: session.Transaction
                );
                return counts;
            },
            Stop
        );
}

/// <summary>With the data in SQLite.</summary>
public sealed class SqliteFaultTableTests(FaultyOnSqlite node) : FaultTableTests(node), IClassFixture<FaultyOnSqlite>;

/// <summary>With the data in PostgreSQL.</summary>
public sealed class PostgresFaultTableTests(FaultyOnPostgres node)
    : FaultTableTests(node),
        IClassFixture<FaultyOnPostgres>;
