// SPDX-License-Identifier: EUPL-1.2
using Comity.Parties;

namespace Comity.Node.Settings;

/// <summary>What an operator decides about one node. Law is never a setting.</summary>
/// <remarks>
/// Read from <c>node.json</c> in the data folder, then from the environment: <c>COMITY_NODE_DESK__ADDRESS</c> overrides
/// <c>desk.address</c>. Everything is checked before the node opens a port, and each mistake is one clear line.
/// </remarks>
internal sealed record NodeSettings
{
    /// <summary>The node's data folder, absolute. Not read from the file: it is where the file is.</summary>
    public required string Data { get; init; }

    /// <summary>The Party this node speaks for. Set by <c>init</c> and never changed.</summary>
    public required PartyId Party { get; init; }

    /// <summary>The database: <c>sqlite</c> for <c>node.db</c> in the data folder, or a PostgreSQL connection string.</summary>
    public required string Database { get; init; }

    /// <summary>Where peers connect: <c>https</c> with a host name or an address, and a port.</summary>
    public required Uri Exchange { get; init; }

    /// <summary>Where officers connect. <c>http</c> only on loopback or behind a proxy on the same machine.</summary>
    public required Uri Desk { get; init; }

    /// <summary>Where anyone connects.</summary>
    public required Uri Public { get; init; }

    /// <summary>A certificate and key for the desk, PEM in one file; absent when the desk is plain <c>http</c>.</summary>
    public string? DeskCertificate { get; init; }

    /// <summary>Hours after which a visit to the desk ends, 1 to 24. Default 8: one working day.</summary>
    public int VisitHours { get; init; } = 8;

    /// <summary>Hours within which a second officer looks at what one signed alone at night, 1 to 72. Default 24.</summary>
    public int NightReviewHours { get; init; } = 24;

    /// <summary>Requests a peer may make in a minute, 1 to 100,000. Default 600.</summary>
    public int PeerRequestsPerMinute { get; init; } = 600;

    /// <summary>Exhibits a peer may fetch at once, 1 to 64. Default 4.</summary>
    public int PeerTransfers { get; init; } = 4;

    /// <summary>Largest file that can be put in at the desk, in bytes. Default 1 TiB.</summary>
    public long LargestExhibit { get; init; } = 1L << 40;

    /// <summary>MiB of stored evidence read again in a second, in the background, a pass a day; 0 to 1,024. 0 for none. Default 8.</summary>
    public int ScrubMebibytesPerSecond { get; init; } = 8;

    /// <summary>Seconds after which a failed delivery is first tried again, 1 to 3,600. Doubles up to an hour. Default 2.</summary>
    public int FirstRetrySeconds { get; init; } = 2;

    /// <summary>Hours after which a duty officer is told that an act is undelivered, 1 to 720. Default 24.</summary>
    public int UndeliveredHours { get; init; } = 24;

    /// <summary>
    /// Seconds between two checkpoints that are given to the public, 0 to 86,400; 0 gives none. Default 900: a quarter of an hour.
    /// </summary>
    public int PublishSeconds { get; init; } = 900;

    /// <summary>
    /// The published log grows by a multiple of so many entries at each checkpoint, 1 to 1,024. Default 16. What is not an act's
    /// entry is padding, so that nobody outside sees how many there were.
    /// </summary>
    public int Padding { get; init; } = 16;

    /// <summary>Witnesses beside the peers' nodes: a verifier key and an address each.</summary>
    public IReadOnlyList<WitnessSetting> Witnesses { get; init; } = [];

    /// <summary>How many witnesses have to cosign a checkpoint before it counts as witnessed, 0 to 64. Default 1.</summary>
    public int WitnessesNeeded { get; init; } = 1;

    /// <summary>Which of the witnesses count, by name or Party; all when none is named.</summary>
    public IReadOnlyList<string> WitnessesCounted { get; init; } = [];

    /// <summary>Timestamp authorities, <c>timestamps.authorities</c>, and when to say that none has answered.</summary>
    public TimestampSettings Timestamps { get; init; } = TimestampSettings.None;

    /// <summary>The last instant at which a second officer looks in time at what one signed alone.</summary>
    /// <param name="sealedAt">When it was sealed.</param>
    public DateTimeOffset ReviewDue(DateTimeOffset sealedAt) => sealedAt.AddHours(NightReviewHours);

    public string DatabaseFile => Path.Combine(Data, "node.db");

    public string EvidenceFolder => Path.Combine(Data, "evidence");

    /// <summary>Where exhibits arrive: on the disk where they stay, so that placing one gives it a name and copies nothing.</summary>
    public string ArrivingFolder => Path.Combine(EvidenceFolder, "arriving");

    /// <summary>The log as it is published, for any web server or copier.</summary>
    public string RegisterFolder => Path.Combine(Data, "register");

    public string ProfileFolder => Path.Combine(Data, "profiles");

    public string KeyFolder => Path.Combine(Data, "keys");

    public bool IsSqlite => Database == "sqlite";

    /// <summary>Reads and checks the settings of a data folder.</summary>
    /// <param name="data">The data folder.</param>
    /// <returns>The settings, or every mistake found, one line each.</returns>
    public static (NodeSettings? Settings, IReadOnlyList<string> Mistakes) Load(string data)
    {
        var file = Path.Combine(Path.GetFullPath(data), "node.json");
        if (!File.Exists(file))
        {
            return (null, [$"{file} is not there: make a node with 'comity-node init --data {data}'"]);
        }

        IConfigurationRoot values;
        try
        {
            values = new ConfigurationBuilder()
                .AddJsonFile(file, optional: false, reloadOnChange: false)
                .AddEnvironmentVariables("COMITY_NODE_")
                .Build();
        }
        catch (Exception bad) when (bad is InvalidDataException or FormatException)
        {
            return (null, [$"{file}: {bad.InnerException?.Message ?? bad.Message}"]);
        }

        var reading = new SettingsReading(values, file);
        var settings = new NodeSettings
        {
            Data = Path.GetFullPath(data),
            Party = reading.Party("party"),
            Database = reading.Database("database"),
            Exchange = reading.Address("exchange:address", "https"),
            Desk = reading.Address("desk:address", "http", "https"),
            Public = reading.Address("public:address", "http", "https"),
            DeskCertificate = reading.Optional("desk:certificate"),
            VisitHours = reading.Number("desk:visitHours", 8, 1, 24),
            NightReviewHours = reading.Number("desk:nightReviewHours", 24, 1, 72),
            PeerRequestsPerMinute = reading.Number("exchange:requestsPerMinute", 600, 1, 100_000),
            PeerTransfers = reading.Number("exchange:transfers", 4, 1, 64),
            LargestExhibit = reading.Long("desk:largestExhibit", 1L << 40, 1, long.MaxValue),
            ScrubMebibytesPerSecond = reading.Number("evidence:scrubMebibytesPerSecond", 8, 0, 1_024),
            FirstRetrySeconds = reading.Number("exchange:firstRetrySeconds", 2, 1, 3_600),
            UndeliveredHours = reading.Number("exchange:undeliveredHours", 24, 1, 720),
            PublishSeconds = reading.Number("register:publishSeconds", 900, 0, 86_400),
            Padding = reading.Number("register:padding", 16, 1, 1_024),
            Witnesses = reading.Witnesses("register:witnesses"),
            WitnessesNeeded = reading.Number("register:witnessesNeeded", 1, 0, 64),
            WitnessesCounted = reading.Names("register:witnessesCounted"),
            Timestamps = new TimestampSettings(
                reading.Authorities("timestamps:authorities"),
                reading.Number("timestamps:alarmHours", TimestampSettings.DefaultAlarmHours, 1, 720)
            ),
        };
        reading.RefuseUnknown();
        return reading.Mistakes.Count == 0 ? (settings, []) : (null, reading.Mistakes);
    }
}
