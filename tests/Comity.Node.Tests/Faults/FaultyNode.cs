// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Exchange;
using Comity.Node.Hosting;
using Comity.Node.Officers;
using Comity.Parties;

namespace Comity.Node.Tests.Faults;

/// <summary>A node whose database fails when it is told to, with its register running and nothing else.</summary>
public abstract class FaultyNode(Engine engine) : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("comity-faulty").FullName;
    private readonly List<TestNode> nodes = [];
    private int strangers;

    internal TestNode Node
    {
        get
        {
            Databases.SkipUnlessThere(engine);
            return nodes[0];
        }
    }

    internal HostilePeer Hostile
    {
        get
        {
            Databases.SkipUnlessThere(engine);
            return field;
        }
        private set;
    } = null!;

    internal PartyId Own => Node.Party;

    internal PartyId Peer => Hostile.Party;

    internal NodeParts Parts
    {
        get
        {
            Databases.SkipUnlessThere(engine);
            return field;
        }
        private set;
    } = null!;

    internal FaultingDatabase Database => (FaultingDatabase)Parts.Database;

    public async ValueTask InitializeAsync()
    {
        if (!Databases.IsThere(engine))
        {
            return;
        }

        nodes.Add(await TestNode.MakeAsync(folder, PartyId.Of("XA"), Databases.New(engine)));
        nodes.Add(await TestNode.MakeAsync(folder, PartyId.Of("XB"), "sqlite"));
        await Node.TrustAsync(nodes[1]);
        Hostile = new HostilePeer(nodes[1]);
        Node.WrapDatabase = database => new FaultingDatabase(database);
        Parts = Node.NewParts();
        await Parts.Database.WriteAsync(
            async session =>
            {
                await PeerTables.OpenAsync(session, Peer);
                return 0;
            },
            CancellationToken.None
        );
        await Parts.Register.StartAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (Databases.IsThere(engine))
        {
            await Parts.Register.StopAsync(CancellationToken.None);
            await Parts.DisposeAsync();
            await Hostile.DisposeAsync();
        }

        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    internal async Task<Officer> OfficerAsync(string id) =>
        (await Parts.Database.ReadAsync(s => OfficerTables.FindAsync(s, id), Stop))!;

    /// <summary>The entry of a State that nobody has confirmed.</summary>
    internal async Task<SignedEntry> StrangerAsync()
    {
        var node = await TestNode.MakeAsync(folder, PartyId.Of($"X{(char)('C' + strangers++)}"), "sqlite");
        nodes.Add(node);
        return node.Entry;
    }
}

/// <summary>On SQLite.</summary>
public sealed class FaultyOnSqlite() : FaultyNode(Engine.Sqlite);

/// <summary>On PostgreSQL.</summary>
public sealed class FaultyOnPostgres() : FaultyNode(Engine.Postgres);
