// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Exchange;
using Comity.Instruments;
using Comity.Node.Checking;
using Comity.Node.Exchange;
using Comity.Node.Hosting;
using Comity.Node.Parties;
using Comity.Parties;
using Comity.Register;
using Comity.Requests;
using Dapper;

namespace Comity.Node.Tests.Exchange;

/// <summary>A node that keeps every rule, and two States whose nodes keep none.</summary>
public abstract class HostileFixture(Engine engine) : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("comity-hostile").FullName;
    private readonly List<TestNode> nodes = [];

    internal ManualTime Time { get; } = new();

    /// <summary>XA, whose node is attacked.</summary>
    internal TestNode Victim
    {
        get => Here(field);
        private set;
    }

    /// <summary>XB.</summary>
    internal HostilePeer Hostile
    {
        get => Here(field);
        private set;
    }

    /// <summary>The node whose keys XB's hostile hands hold.</summary>
    internal TestNode HostileNode => nodes[1];

    /// <summary>XC.</summary>
    internal HostilePeer Other
    {
        get => Here(field);
        private set;
    }

    internal NodeParts Parts => Victim.Parts;

    public async ValueTask InitializeAsync()
    {
        if (!Databases.IsThere(engine))
        {
            return;
        }

        Victim = await MakeAsync("XA", Databases.New(engine));
        var b = await MakeAsync("XB", "sqlite");
        var c = await MakeAsync("XC", "sqlite");
        await Victim.TrustAsync(b);
        await Victim.TrustAsync(c);
        Hostile = new HostilePeer(b);
        Other = new HostilePeer(c);
        Victim.Adjust = s => s with { PeerRequestsPerMinute = 100_000 };
        await Victim.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Databases.IsThere(engine))
        {
            await Hostile.DisposeAsync();
            await Other.DisposeAsync();
        }

        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>A request for preservation by XB, in a dossier of its own unless one is given.</summary>
    internal Act Request(DossierId? dossier = null, int number = 1, params IReadOnlyList<ActId> follows) =>
        Hostile.Act(
            Victim,
            dossier ?? Pair.NewDossier(),
            Pair.Request(Measure.Preservation),
            Time.Now,
            number,
            null,
            follows
        );

    /// <summary>An answer's receipt, which must hold for the act at hand under the victim's register.</summary>
    internal async Task<Receipt> ReceiptAsync(ActAnswer answer, Digest act)
    {
        Assert.Equal(act, answer.Act);
        var (key, origin) = Directories.RegisterOf(await Parts.Directories.CurrentAsync(Stop), Victim.Party)!.Value;
        return Receipt
            .Parse(System.Text.Encoding.UTF8.GetBytes(answer.Receipt!.Value.GetRawText()))
            .Then(r => r.VerifyFor(act, key, origin))
            .Admitted();
    }

    /// <summary>Pushes one act that must be admitted, and gives the receipt.</summary>
    internal async Task<Receipt> AdmittedAsync(PushedAct pushed)
    {
        var answer = Assert.Single((await Hostile.PushAsync(Victim, pushed)).Push().Answers);
        Assert.Equal(ActVerdict.Admitted, answer.Verdict);
        var receipt = await ReceiptAsync(answer, Digest.Of(Convert.FromBase64String(pushed.Act)));
        Assert.IsType<LeafEntry.Admitted>(receipt.Leaf.Recorded);
        return receipt;
    }

    /// <summary>
    /// Pushes one act that must not be admitted: the answer and the register say why, the bytes are kept readable, a duty
    /// officer is alarmed, and nothing else has changed.
    /// </summary>
    internal async Task NotAdmittedAsync(PushedAct pushed, string code, byte[]? kept = null)
    {
        var acts = await CountAsync("act");
        var answer = Assert.Single((await Hostile.PushAsync(Victim, pushed)).Push().Answers);
        await IsNotAdmittedAsync(answer, kept ?? Convert.FromBase64String(pushed.Act), code);
        Assert.Equal(acts, await CountAsync("act"));
        await HoldsAsync();
    }

    internal async Task IsNotAdmittedAsync(ActAnswer answer, byte[] kept, string code)
    {
        var digest = Digest.Of(kept);
        Assert.Equal(ActVerdict.NotAdmitted, answer.Verdict);
        var receipt = await ReceiptAsync(answer, digest);
        Assert.Equal(code, Assert.IsType<LeafEntry.NotAdmitted>(receipt.Leaf.Recorded).Code);

        var row = await Parts.Database.ReadAsync(s => NotAdmittedTables.FindAsync(s, digest, Hostile.Party), Stop);
        Assert.Equal((code, receipt.Index), (row!.Code, row.Idx));
        Assert.Equal(kept, Parts.Keys.AtRest.Decrypt(row.Bytes, $"not-admitted/{digest}"));
        Assert.Contains((code, digest.ToString()), await AlarmsAsync());
    }

    /// <summary>Codes and subjects of alarms about XB.</summary>
    internal async Task<IReadOnlyList<(string Code, string Subject)>> AlarmsAsync() =>
        [
            .. await Parts.Database.ReadAsync(
                s =>
                    s.Connection.QueryAsync<(string, string)>(
                        "select code, subject from alarm where peer = @Peer",
                        new { Peer = Hostile.Party.ToString() },
                        s.Transaction
                    ),
                Stop
            ),
        ];

    internal Task<long> CountAsync(string table) =>
        Parts.Database.ReadAsync(
            s => s.Connection.ExecuteScalarAsync<long>($"select count(*) from {table}", transaction: s.Transaction),
            Stop
        );

    /// <summary>XA asks XB, which is made to listen and to be honest, and XB takes the request in.</summary>
    internal async Task<(DossierId Dossier, ActId Request)> AskAsync(Measure measure)
    {
        await Hostile.HangUpAsync();
        Hostile.BeHonest();
        await Hostile.ServeAsync();
        var dossier = Pair.NewDossier();
        var body = Pair.Request(measure) with
        {
            Data = [new DataSought(DataCategory.Subscriber, ["i1"], "Whose server it is", [1])],
        };
        var request = await Victim.IssueAsync(
            new ActContent(dossier, null, Victim.Central, Hostile.Central, Visibility.Shared, body)
        );
        await UntilAsync(
            async () => (await Victim.DossierAsync(dossier))!.Dossier.Find(request) is not null,
            "XB takes the request in"
        );
        return (dossier, request);
    }

    /// <summary>XB answers a request of XA's, and its register says when.</summary>
    internal async Task<ActId> GiveAsync(
        DossierId dossier,
        ActBody body,
        ActId request,
        DateTimeOffset? at = null,
        int number = 1
    )
    {
        var act = Hostile.Sign(Hostile.Act(Victim, dossier, body, Time.Now, number, request, request));
        var receipt = Hostile.Enter(act.Id.Digest, new LeafEntry.Issued(), at ?? Time.Now);
        await AdmittedAsync(HostilePeer.With(act.Signed.Encoded.ToArray(), receipt));
        return act.Id;
    }

    /// <summary>Makes XA's node expect an exhibit, without the acts that would.</summary>
    internal Task ExpectAsync(Digest sealedFile, long size, PartyId source) =>
        Parts.Database.WriteAsync(
            s =>
                s.Connection.ExecuteAsync(
                    """
                    insert into exhibit (sealed, dossier, act, size, state, source, next_try, failures, put_by)
                    values (@Sealed, '', '', @size, 'expected', @Source, 0, 0, '')
                    """,
                    new
                    {
                        Sealed = sealedFile.ToString(),
                        size,
                        Source = source.ToString(),
                    },
                    s.Transaction
                ),
            Stop
        );

    /// <summary>Waits, and lets the time come for whatever was put off.</summary>
    internal Task UntilAsync(Func<Task<bool>> holds, string what) =>
        Pair.UntilAsync(
            async () =>
            {
                if (await holds())
                {
                    return true;
                }

                Time.Now = Time.Now.AddSeconds(10);
                Parts.Deliveries.Wake();
                return false;
            },
            what
        );

    internal async Task HoldsAsync() => Assert.Empty((await NodeCheck.RunAsync(Parts, Stop)).Faults);

    private T Here<T>(T? made)
        where T : class
    {
        Databases.SkipUnlessThere(engine);
        return made ?? throw new InvalidOperationException("the States are not made yet");
    }

    private async Task<TestNode> MakeAsync(string party, string database)
    {
        var node = await TestNode.MakeAsync(folder, PartyId.Of(party), database, Time);
        nodes.Add(node);
        return node;
    }
}

/// <summary>The attacked node keeps its data in SQLite.</summary>
public sealed class OnSqlite() : HostileFixture(Engine.Sqlite);

/// <summary>The attacked node keeps its data in PostgreSQL.</summary>
public sealed class OnPostgres() : HostileFixture(Engine.Postgres);
