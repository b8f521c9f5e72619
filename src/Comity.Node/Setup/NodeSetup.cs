// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Comity.Acts;
using Comity.Evidence;
using Comity.Files;
using Comity.Files.Keys;
using Comity.Instruments;
using Comity.Node.Hosting;
using Comity.Node.Keys;
using Comity.Node.Officers;
using Comity.Node.Register;
using Comity.Node.Settings;
using Comity.Node.Storage;
using Comity.Parties;
using Comity.Register;

namespace Comity.Node.Setup;

/// <summary>Makes a Party's node: its keys, its settings, its database, and the first entry of its directory.</summary>
/// <remarks>
/// Two folders: what the node holds, and what never lies on it (the root that signs the directory entry, the key that
/// opens evidence). Neither may exist before, so nothing is ever overwritten; a set-up that was interrupted is deleted and
/// begun again, as nothing has been said to anyone yet.
/// </remarks>
internal static class NodeSetup
{
    /// <summary>Short name of the one authority a new node has.</summary>
    public const string AuthorityId = "central";

    private const int RootYears = 10;
    private const int CertificateDays = 730;
    private const int EntryDays = 365;

    /// <summary>Makes a node.</summary>
    /// <param name="plan">What is wanted.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="IOException">A folder is not empty, or the disk failed.</exception>
    /// <exception cref="PlanException">The plan cannot be carried out; nothing was made.</exception>
    public static async Task<SetUp> MakeAsync(NodePlan plan, TimeProvider time, CancellationToken stop)
    {
        var now = Instants.ToSecond(time.GetUtcNow());
        using var root = Certificates.NewRoot($"{plan.Name} root", now.AddMinutes(-5), RootYears);
        using var seal = NewSigner(root, $"{plan.Name}, {plan.Authority}", now);
        using var connection = Certificates.NewConnection(
            root,
            plan.Hosts,
            now.AddMinutes(-5),
            now.AddDays(CertificateDays)
        );
        var identity = NewIdentity(plan);
        var bag = NewIdentity(plan);
        var seed = RandomNumberGenerator.GetBytes(32);
        var register = new LogSigner(OriginOf(plan), seed);
        var witnessSeed = RandomNumberGenerator.GetBytes(32);
        var witness = new Cosigner(NodeKeys.WitnessNameOf(OriginOf(plan)), witnessSeed);
        var entry = Sign(Describe(plan, now, seal, connection, register, witness, identity, bag), root);

        // What cannot be is found before the first file is written.
        await MustBeFreeAsync(plan.Database, stop);
        var data = EmptyFolder(plan.Data);
        var offline = EmptyFolder(plan.Offline);
        var folder = Directory.CreateDirectory(Path.Combine(data, "keys")).FullName;

        WritePrivate(Path.Combine(offline, "root.pem"), Pem(root));
        WritePrivate(Path.Combine(offline, $"{AuthorityId}.agekey"), KeyFile.Write(identity, Instants.Format(now)));
        WritePrivate(Path.Combine(folder, $"seal-{AuthorityId}.pem"), Pem(seal));
        WritePrivate(Path.Combine(folder, "connection.pem"), Pem(connection));
        WritePrivate(Path.Combine(folder, "register.key"), Convert.ToHexStringLower(seed) + "\n");
        WritePrivate(Path.Combine(folder, "register.origin"), OriginOf(plan) + "\n");
        WritePrivate(Path.Combine(folder, "witness.key"), Convert.ToHexStringLower(witnessSeed) + "\n");
        WritePrivate(Path.Combine(folder, "bag.key"), KeyFile.Write(bag, Instants.Format(now)));
        WritePrivate(
            Path.Combine(folder, "data.key"),
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)) + "\n"
        );
        Write(Path.Combine(data, "root.pem"), root.ExportCertificatePem() + "\n");
        Write(Path.Combine(data, "entry.p7m"), entry.Signed.Encoded.Span);
        Write(Path.Combine(data, "node.json"), SettingsOf(plan));
        await FillAsync(plan, data, root, entry, now, time, stop);
        return new SetUp(entry, root.ExportCertificatePem());
    }

    private static async Task FillAsync(
        NodePlan plan,
        string data,
        X509Certificate2 root,
        SignedEntry entry,
        DateTimeOffset now,
        TimeProvider time,
        CancellationToken stop
    )
    {
        var (settings, mistakes) = NodeSettings.Load(data);
        await using var node = new NodeParts(
            settings ?? throw new PlanException(string.Join('\n', mistakes)),
            Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance,
            time
        );
        node.Database.Migrate();

        // Durable together or not at all: a set-up that was interrupted leaves no officer behind for the next.
        await node.Database.WriteAsync(
            async session =>
            {
                var officers = new List<Digest>();
                foreach (var officer in plan.Officers)
                {
                    using var certificate = NewSigner(root, $"{plan.Name}, {officer.Id}", now);
                    var text = Certificates.TextOf(certificate);
                    var locked = OfficerKey.Lock(certificate, officer.Phrase);
                    officers.Add(text.Id);
                    await OfficerTables.AddAsync(
                        session,
                        new Officer(officer.Id, officer.Name, officer.Roles, text, locked, IsActive: true)
                    );
                }

                await RegisterTables.CreateAsync(session, node.Keys.Register, now);
                return
                    await node.Directories.ConfirmAsync(session, entry, entry.Root, officers)
                        is Outcome<PartyDirectory>.Refused refused
                    ? throw new PlanException($"the Party's own entry: {refused.Why.Code}")
                    : 0;
            },
            stop
        );
    }

    private static PartyEntry Describe(
        NodePlan plan,
        DateTimeOffset now,
        X509Certificate2 seal,
        X509Certificate2 connection,
        LogSigner register,
        Cosigner witness,
        Identity identity,
        Identity bag
    ) =>
        new(
            plan.Party,
            plan.Name,
            1,
            now,
            now.AddDays(EntryDays),
            null,
            null,
            plan.Languages,
            new Endpoints(plan.Advertised.ToString(), plan.Public.ToString()),
            new RegisterKey(register.Verifier.Name, register.Verifier.ToString()),
            [Certificates.TextOf(connection)],
            [
                new Authority(
                    AuthorityId,
                    plan.Authority,
                    [.. Enum.GetValues<Measure>().Select(m => new Competence(m, [Power.Request, Power.Answer]))],
                    [new SealCertificate(Certificates.TextOf(seal), null)],
                    [identity.Recipient.ToString()],
                    plan.Contact
                ),
            ],
            [
                .. ActKind
                    .All.Where(k => k.By != Side.Internal && k.Body != typeof(Transcribed))
                    .Select(k => $"{k.Name}/{k.Version}"),
            ],
            [],
            witness.Verifier.ToString()
        )
        {
            Bag = bag.Recipient.ToString(),
        };

    private static SignedEntry Sign(PartyEntry entry, X509Certificate2 root) =>
        SignedEntry.Parse(Certificates.Sign(SignedEntry.Prepare(entry, Certificates.TextOf(root)), root)) switch
        {
            Outcome<SignedEntry>.Admitted signed => signed.Value,
            Outcome<SignedEntry>.Refused why => throw new PlanException(
                $"the node's directory entry would not be one: {why.Why.Code} ({why.Why.Where})"
            ),
            _ => throw new InvalidOperationException("an outcome is admitted or refused"),
        };

    private static async Task MustBeFreeAsync(string database, CancellationToken stop)
    {
        if (database == "sqlite")
        {
            return; // a file in the data folder, which is empty
        }

        if (!SettingsReading.IsDatabase(database))
        {
            throw new PlanException($"the database {SettingsReading.DatabaseIs}");
        }

        await using var opened = new PostgresDatabase(database);
        opened.Migrate();
        if (await opened.ReadAsync(RegisterTables.HeadAsync, stop) is not null)
        {
            throw new PlanException("the database holds a node already: each has one of its own");
        }
    }

    private static X509Certificate2 NewSigner(X509Certificate2 root, string name, DateTimeOffset now) =>
        Certificates.NewSigner(root, name, now.AddMinutes(-5), now.AddDays(CertificateDays));

    private static Identity NewIdentity(NodePlan plan)
    {
        var secret = RandomNumberGenerator.GetBytes(Identity.SecretSize);
        return plan.IsPostQuantum ? new Identity.Hybrid(secret) : new Identity.X25519(secret);
    }

    private static string OriginOf(NodePlan plan) =>
        $"{plan.Exchange.Host}{(plan.Exchange.IsDefaultPort ? "" : $":{plan.Exchange.Port}")}/{plan.Party}/register";

    private static string Pem(X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        return certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n";
    }

    private static byte[] SettingsOf(NodePlan plan)
    {
        var settings = new JsonObject
        {
            ["party"] = plan.Party.ToString(),
            ["database"] = plan.Database,
            ["exchange"] = new JsonObject { ["address"] = plan.Exchange.ToString() },
            ["desk"] = new JsonObject { ["address"] = plan.Desk.ToString() },
            ["public"] = new JsonObject { ["address"] = plan.Public.ToString() },
        };
        return Encoding.UTF8.GetBytes(settings.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
    }

    private static string EmptyFolder(string path)
    {
        var folder = Directory.CreateDirectory(path).FullName;
        return Directory.EnumerateFileSystemEntries(folder).Any()
            ? throw new IOException($"{folder} is not empty: a node is made in a folder of its own")
            : folder;
    }

    private static void WritePrivate(string path, string text)
    {
        using var file = DurableFile.CreatePrivate(path);
        file.Stream.Write(Encoding.UTF8.GetBytes(text));
        file.Publish();
    }

    private static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    private static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        using var file = DurableFile.Create(path);
        file.Stream.Write(bytes);
        file.Publish();
    }
}

/// <summary>A node to be made.</summary>
/// <remarks>
/// It listens for peers at <paramref name="Exchange"/> and tells them <paramref name="Advertised"/>, which is another address
/// when something stands in between: a balancer, a firewall, or the bad line of the demo. With
/// <paramref name="IsPostQuantum"/> evidence and bags for it are sealed to hybrid keys, which Debian's age cannot open.
/// </remarks>
internal sealed record NodePlan(
    PartyId Party,
    string Name,
    string Authority,
    string Data,
    string Offline,
    Uri Exchange,
    Uri Advertised,
    Uri Desk,
    Uri Public,
    string Database,
    IReadOnlyList<string> Hosts,
    IReadOnlyList<string> Languages,
    Contact Contact,
    IReadOnlyList<OfficerPlan> Officers,
    bool IsPostQuantum = false
);

/// <summary>An officer to be added.</summary>
internal sealed record OfficerPlan(string Id, string Name, IReadOnlySet<Role> Roles, string Phrase);

/// <summary>What was made.</summary>
/// <param name="Entry">The Party's first directory entry.</param>
/// <param name="Root">The root certificate, PEM: what others compare and trust.</param>
internal sealed record SetUp(SignedEntry Entry, string Root);

/// <summary>A node cannot be made as it was planned.</summary>
/// <param name="why">Why, for whoever planned it.</param>
internal sealed class PlanException(string why) : Exception(why);
