// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Files.Register;
using Comity.Node.Acts;
using Comity.Node.Demo;
using Comity.Node.Evidence;
using Comity.Node.Exchange;
using Comity.Node.Hosting;
using Comity.Node.Officers;
using Comity.Node.Settings;
using Comity.Node.Setup;
using Comity.Node.Storage;
using Comity.Parties;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Comity.Node.Tests;

/// <summary>A real node of a State that does not exist: real keys, real database, real listeners on loopback.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    public const string Drafter = "drafter";
    public const string Approver = "approver";

    private readonly string folder;
    private readonly string database;
    private NodeHost? host;

    private TestNode(string folder, PartyId party, string database) =>
        (this.folder, Party, this.database) = (folder, party, database);

    public PartyId Party { get; }

    public Office Central => new(Party, "central");

    public string Data => Path.Combine(folder, Party.ToString());

    public string Offline => Path.Combine(folder, "offline", Party.ToString());

    public NodeParts Parts { get; private set; } = null!;

    public SignedEntry Entry { get; private set; } = null!;

    /// <summary>Doubles put in place of the real parts when the node is next started.</summary>
    public Func<IDatabase, IDatabase>? WrapDatabase { get; set; }

    public Func<IPeerTransport, IPeerTransport>? WrapTransport { get; set; }

    public Func<IEvidenceStore, IEvidenceStore>? WrapEvidence { get; set; }

    /// <summary>What is set otherwise than in the node's own file, when it is next started.</summary>
    public Func<NodeSettings, NodeSettings> Adjust { get; set; } = s => s;

    /// <summary>How long a peer may be silent.</summary>
    public TimeSpan Patience { get; set; } = HttpPeerTransport.Patience;

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public ILoggerFactory Logging { get; set; } = NullLoggerFactory.Instance;

    public static string PhraseOf(string officer) => $"{officer}-phrase-2026";

    public static async Task<TestNode> MakeAsync(
        string folder,
        PartyId party,
        string database,
        TimeProvider? time = null,
        bool isPostQuantum = false
    )
    {
        var node = new TestNode(folder, party, database) { Time = time ?? TimeProvider.System };
        var ports = FreePorts.Find(3);
        var made = await NodeSetup.MakeAsync(
            new NodePlan(
                party,
                $"State {party}",
                $"Central Authority of {party}",
                node.Data,
                node.Offline,
                new Uri($"https://127.0.0.1:{ports[0]}"),
                new Uri($"https://127.0.0.1:{ports[0]}"),
                new Uri($"http://127.0.0.1:{ports[1]}"),
                new Uri($"http://127.0.0.1:{ports[2]}"),
                database,
                ["127.0.0.1"],
                ["en"],
                new Contact($"Central Authority of {party}", null, null, null, null),
                [
                    new OfficerPlan(
                        Drafter,
                        "Dana Draft",
                        new HashSet<Role> { Role.Drafter, Role.Assessor },
                        PhraseOf(Drafter)
                    ),
                    new OfficerPlan(
                        Approver,
                        "Ari Approve",
                        new HashSet<Role> { Role.Approver, Role.Assessor },
                        PhraseOf(Approver)
                    ),
                ],
                isPostQuantum
            ),
            node.Time,
            default
        );
        node.Entry = made.Entry;
        return node;
    }

    /// <summary>Confirms another State's root with both officers, as they would after comparing it by telephone.</summary>
    public async Task TrustAsync(TestNode other)
    {
        await using var parts = NewParts();
        parts.Database.Migrate();
        var officers = await parts.Database.ReadAsync(OfficerTables.AllAsync, default);
        var outcome = await parts.Directories.ConfirmAsync(
            other.Entry,
            other.Entry.Root,
            [.. officers.Select(o => o.Certificate.Id)],
            default
        );
        Assert.IsType<Outcome<PartyDirectory>.Admitted>(outcome);
    }

    public async Task StartAsync()
    {
        Parts = NewParts();
        host = await NodeHost.StartAsync(Parts, default);
    }

    public async Task StopAsync()
    {
        if (host is not null)
        {
            await host.DisposeAsync();
            host = null;
        }
    }

    /// <summary>Drafts an act as one officer and, where one does not suffice, approves it as the other.</summary>
    /// <param name="content">What it does.</param>
    /// <param name="draft">The draft's id, when the same is to be sent again.</param>
    public async Task<ActId> IssueAsync(ActContent content, string? draft = null)
    {
        var id = draft ?? Guid.NewGuid().ToString("N");
        var drafted = (
            await Parts.Issuing.DraftAsync(id, content, await OfficerAsync(Drafter), PhraseOf(Drafter), default)
        ).Admitted();
        if (drafted.Act is null)
        {
            drafted = (
                await Parts.Issuing.ApproveAsync(
                    id,
                    await OfficerAsync(Approver),
                    PhraseOf(Approver),
                    ApprovalVerdict.Approves,
                    null,
                    default
                )
            ).Admitted();
        }

        return drafted.Act!;
    }

    public async Task<Officer> OfficerAsync(string id) =>
        (await Parts.Database.ReadAsync(s => OfficerTables.FindAsync(s, id), default))!;

    public async Task<DossierFile?> DossierAsync(DossierId id) =>
        await Parts.Database.ReadAsync(s => DossierFile.ReadAsync(s, id, Parts.Keys.AtRest), default);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Databases.Drop(database);
    }

    /// <summary>The node's parts with nothing started: for tests that drive one of them.</summary>
    public NodeParts NewParts(ITileStore? tiles = null)
    {
        var (settings, mistakes) = NodeSettings.Load(Data);
        Assert.Empty(mistakes);
        IDatabase database = settings!.IsSqlite
            ? new SqliteDatabase(settings.DatabaseFile)
            : new PostgresDatabase(settings.Database);
        IEvidenceStore evidence = new FolderEvidenceStore(settings.EvidenceFolder);
        IPeerTransport transport = new HttpPeerTransport(Keys.NodeKeys.Load(settings), Patience);
        return new NodeParts(
            Adjust(settings with { FirstRetrySeconds = 1, PublishSeconds = 0 }),
            Logging,
            Time,
            WrapDatabase?.Invoke(database) ?? database,
            WrapEvidence?.Invoke(evidence) ?? evidence,
            WrapTransport?.Invoke(transport) ?? transport,
            tiles
        );
    }
}

/// <summary>Takes an outcome apart, or fails the test with the other answer.</summary>
internal static class OutcomeAssertions
{
    public static T Admitted<T>(this Outcome<T> outcome) =>
        outcome is Outcome<T>.Admitted admitted
            ? admitted.Value
            : throw new Xunit.Sdk.XunitException($"refused: {((Outcome<T>.Refused)outcome).Why}");

    public static Refusal Refused<T>(this Outcome<T> outcome) =>
        outcome is Outcome<T>.Refused refused
            ? refused.Why
            : throw new Xunit.Sdk.XunitException($"admitted: {((Outcome<T>.Admitted)outcome).Value}");
}
