// SPDX-License-Identifier: EUPL-1.2
using Comity.Files.Register;
using Comity.Node.Acts;
using Comity.Node.Evidence;
using Comity.Node.Exchange;
using Comity.Node.Keys;
using Comity.Node.Officers;
using Comity.Node.Parties;
using Comity.Node.Register;
using Comity.Node.Settings;
using Comity.Node.Storage;
using Comity.Node.Timestamps;
using Comity.Node.Witnessing;
using Comity.Parties;
using Comity.Register;

namespace Comity.Node.Hosting;

/// <summary>Everything a node is made of, put together once and read from top to bottom.</summary>
/// <remarks>
/// Three listeners share these parts and nothing else: what a peer can reach, an officer's page cannot be reached from, as
/// each listener has a pipeline of its own.
/// </remarks>
internal sealed class NodeParts : IAsyncDisposable
{
    private readonly HttpPeerTransport? ownTransport;
    private readonly AuthorityLine authorityLine = new(AuthorityLine.Patience);

    /// <param name="settings">Checked settings.</param>
    /// <param name="logging">Where each part logs to.</param>
    /// <param name="time">The clock.</param>
    /// <param name="database">Another database than the settings name: the tests' double.</param>
    /// <param name="evidence">Another store: the tests' double.</param>
    /// <param name="transport">Another way to peers: the tests' double.</param>
    /// <param name="tiles">Another place for the published register: the tests' double.</param>
    public NodeParts(
        NodeSettings settings,
        ILoggerFactory logging,
        TimeProvider time,
        IDatabase? database = null,
        IEvidenceStore? evidence = null,
        IPeerTransport? transport = null,
        ITileStore? tiles = null
    )
    {
        Settings = settings;
        Logging = logging;
        Time = time;
        Keys = NodeKeys.Load(settings);
        Meters = new NodeMeters();
        Database =
            database
            ?? (
                settings.IsSqlite ? new SqliteDatabase(settings.DatabaseFile) : new PostgresDatabase(settings.Database)
            );
        Evidence = evidence ?? new FolderEvidenceStore(settings.EvidenceFolder);
        Transport = transport ?? (ownTransport = new HttpPeerTransport(Keys, HttpPeerTransport.Patience));
        Tiles = tiles ?? new TileFolder(settings.RegisterFolder);
        Directories = new Directories(Database, settings, time);
        Halt = new Halt(Database, settings, time, logging.CreateLogger<Halt>());
        Register = new RegisterWriter(Database, Keys, Halt, time, Meters, logging.CreateLogger<RegisterWriter>());
        Witnesses = new WitnessRound(
            Database,
            Directories,
            Transport,
            Keys,
            settings,
            logging.CreateLogger<WitnessRound>()
        );
        Stamper = new Stamper(Database, settings, authorityLine, time, Meters, logging.CreateLogger<Stamper>());
        Publisher = new Publisher(
            Database,
            Register,
            Tiles,
            Keys,
            settings,
            Witnesses,
            Stamper,
            time,
            logging.CreateLogger<Publisher>()
        );
        PeerKeys = new PeerKeys();
        Deliveries = new Deliveries();
        Admitting = new Admitting(Register, Directories, Keys, settings, PeerKeys, Meters);
        Assessing = new Assessing(LocalProfiles.Load(settings), settings);
        var sealing = new ActSealing(Keys, settings, Assessing);
        var unlocking = new Unlocking();
        Issuing = new Issuing(Register, Directories, Keys, settings, Deliveries, unlocking, sealing);
        Reviewing = new Reviewing(Register, Directories, unlocking, sealing);
        ReviewWatch = new ReviewWatch(Database, settings, time, logging.CreateLogger<ReviewWatch>());
        Visits = new Visits(Database, settings, Keys, time);
        Courier = new Courier(
            Database,
            Register,
            Directories,
            Transport,
            Keys,
            Halt,
            settings,
            Deliveries,
            time,
            Meters,
            logging.CreateLogger<Courier>()
        );
        Fetcher = new Fetcher(
            Database,
            Directories,
            Transport,
            Evidence,
            Keys,
            settings,
            time,
            Meters,
            logging.CreateLogger<Fetcher>()
        );
        ScrubWatch = new ScrubWatch(this, logging.CreateLogger<ScrubWatch>());
    }

    public NodeSettings Settings { get; }

    public ILoggerFactory Logging { get; }

    public TimeProvider Time { get; }

    public NodeKeys Keys { get; }

    public NodeMeters Meters { get; }

    public IDatabase Database { get; }

    public IEvidenceStore Evidence { get; }

    public IPeerTransport Transport { get; }

    public ITileStore Tiles { get; }

    public Directories Directories { get; }

    public Halt Halt { get; }

    public WitnessRound Witnesses { get; }

    public Publisher Publisher { get; }

    public RegisterWriter Register { get; }

    public PeerKeys PeerKeys { get; }

    public Deliveries Deliveries { get; }

    public Admitting Admitting { get; }

    public Assessing Assessing { get; }

    public Issuing Issuing { get; }

    public Reviewing Reviewing { get; }

    public ReviewWatch ReviewWatch { get; }

    public Stamper Stamper { get; }

    public Visits Visits { get; }

    public Courier Courier { get; }

    public Fetcher Fetcher { get; }

    public ScrubWatch ScrubWatch { get; }

    /// <summary>This node as a witness of one peer's register; nothing when it has no key for that.</summary>
    /// <remarks>What proves that the register went wrong is kept with an alarm, and the peer is not taken at its word.</remarks>
    public Witness? WitnessFor(PartyId peer, (NoteVerifier Key, string Origin)? register) =>
        Keys.Witness is { } key
            ? new Witness(
                Database,
                key,
                Time,
                (session, code, subject, notes) => PeerTrust.StopAsync(session, peer, code, subject, notes, Now),
                (session, note) => PeerCheckpoints.NoteSeenAsync(session, peer, note, register, Now)
            )
            : null;

    /// <summary>The instant, UTC, on a whole second.</summary>
    public DateTimeOffset Now => Instants.ToSecond(Time.GetUtcNow());

    public async ValueTask DisposeAsync()
    {
        ownTransport?.Dispose();
        PeerKeys.Dispose();
        Register.Dispose();
        Publisher.Dispose();
        Witnesses.Dispose();
        Courier.Dispose();
        Fetcher.Dispose();
        ScrubWatch.Dispose();
        ReviewWatch.Dispose();
        Stamper.Dispose();
        authorityLine.Dispose();
        await Database.DisposeAsync();
        Keys.Dispose();
        Meters.Dispose();
    }
}
