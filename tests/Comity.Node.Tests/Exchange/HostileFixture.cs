// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Exchange;
using Comity.Node.Checking;
using Comity.Node.Exchange;
using Comity.Node.Hosting;
using Comity.Node.Parties;
using Comity.Parties;
using Comity.Register;
using Dapper;

namespace Comity.Node.Tests.Exchange;

/// <summary>A node that keeps every rule, and two States whose nodes keep none.</summary>
public abstract class HostileFixture(Engine engine) : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("comity-hostile").FullName;
    private readonly List<TestNode> nodes = [];

    internal ManualTime Time { get; } = new();

    /// <summary>XA, whose node is attacked.</summary>
    internal TestNode Victim { get; private set; } = null!;

    /// <summary>XB.</summary>
    internal HostilePeer Hostile { get; private set; } = null!;

    /// <summary>The node whose keys XB's hostile hands hold.</summary>
    internal TestNode HostileNode => nodes[1];

    /// <summary>XC.</summary>
    internal HostilePeer Other { get; private set; } = null!;

    internal NodeParts Parts => Victim.Parts;

    public async ValueTask InitializeAsync()
    {
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
        await Hostile.DisposeAsync();
        await Other.DisposeAsync();
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
            Pair.Request(Instruments.Measure.Preservation),
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

    internal async Task HoldsAsync() => Assert.Empty((await NodeCheck.RunAsync(Parts, Stop)).Faults);

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
