// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json;
using Comity.Acts;
using Comity.Node.Acts;
using Comity.Node.Checking;
using Comity.Node.Hosting;
using Comity.Node.Officers;
using Comity.Node.Settings;
using Comity.Node.Setup;
using Comity.Parties;
using Comity.Register;
using Microsoft.Extensions.Logging.Abstractions;

namespace Comity.Node.Demo;

/// <summary>One State of the demo: its node as a process, and its two officers at the desk.</summary>
internal sealed class DemoNode : IAsyncDisposable
{
    public const string Drafter = "drafter";
    public const string Approver = "approver";

    private readonly NodeSettings settings;
    private readonly Dictionary<string, DeskVisitor> visitors = [];
    private NodeProcess? process;

    private DemoNode(
        PartyId party,
        SetUp made,
        NodeSettings settings,
        string offline,
        IReadOnlyDictionary<string, string> phrases
    ) => (Party, Made, this.settings, Offline, Phrases) = (party, made, settings, offline, phrases);

    public PartyId Party { get; }

    public SetUp Made { get; }

    /// <summary>Where the Party keeps what never lies on its node.</summary>
    public string Offline { get; }

    /// <summary>The officers' signing phrases, which a real node never learns to keep.</summary>
    public IReadOnlyDictionary<string, string> Phrases { get; }

    public string Data => settings.Data;

    public int ExchangePort => settings.Exchange.Port;

    /// <summary>The public pages.</summary>
    public Uri Public => settings.Public;

    /// <summary>Where the register is published.</summary>
    public string RegisterFolder => settings.RegisterFolder;

    /// <summary>The register's key, as the directory entry names it.</summary>
    public NoteVerifier RegisterKey =>
        NoteVerifier.Parse(Made.Entry.Entry.Register.Key) is Outcome<NoteVerifier>.Admitted key
            ? key.Value
            : throw new InvalidOperationException("a node's own entry names its register's key");

    /// <summary>Makes a node.</summary>
    /// <param name="folder">The demo's folder.</param>
    /// <param name="party">The Party.</param>
    /// <param name="ports">Exchange, what peers are told, desk, public.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task<DemoNode> MakeAsync(string folder, PartyId party, int[] ports, CancellationToken stop)
    {
        var data = Path.Combine(folder, party.ToString());
        var offline = Path.Combine(folder, "offline", party.ToString());
        var phrases = new Dictionary<string, string>
        {
            [Drafter] = OfficerKey.NewPhrase(),
            [Approver] = OfficerKey.NewPhrase(),
        };
        var made = await NodeSetup.MakeAsync(
            new NodePlan(
                party,
                $"State {party}",
                $"Central Authority of {party}",
                data,
                offline,
                new Uri($"https://127.0.0.1:{ports[0]}"),
                new Uri($"https://127.0.0.1:{ports[1]}"),
                new Uri($"http://{party.ToString().ToLowerInvariant()}.localhost:{ports[2]}"),
                new Uri($"http://127.0.0.1:{ports[3]}"),
                "sqlite",
                ["127.0.0.1"],
                ["en"],
                new Contact(
                    $"Central Authority of {party}",
                    "central authority",
                    "+000 555 0100",
                    null,
                    "at all hours"
                ),
                [
                    new OfficerPlan(
                        Drafter,
                        "Dana Draft",
                        new HashSet<Role> { Role.Drafter, Role.Assessor },
                        phrases[Drafter]
                    ),
                    new OfficerPlan(
                        Approver,
                        "Ari Approve",
                        new HashSet<Role> { Role.Approver, Role.Assessor, Role.Administrator },
                        phrases[Approver]
                    ),
                ]
            ),
            TimeProvider.System,
            stop
        );
        DemoSamples.WriteProfiles(Path.Combine(data, "profiles"));
        var (settings, mistakes) = NodeSettings.Load(data);
        return new DemoNode(
            party,
            made,
            settings ?? throw new InvalidOperationException(string.Join('\n', mistakes)),
            offline,
            phrases
        );
    }

    /// <summary>Takes the other State's entry, its root confirmed by both officers.</summary>
    public async Task TrustAsync(DemoNode other, CancellationToken stop)
    {
        await using var node = Parts();
        var officers = await node.Database.ReadAsync(OfficerTables.AllAsync, stop);
        var outcome = await node.Directories.ConfirmAsync(
            other.Made.Entry,
            other.Made.Entry.Root,
            [.. officers.Select(o => o.Certificate.Id)],
            stop
        );
        if (outcome is Outcome<PartyDirectory>.Refused refused)
        {
            throw new InvalidOperationException($"{Party} does not take {other.Party}'s entry: {refused.Why.Code}");
        }
    }

    /// <summary>Starts the node's process, with a third witness beside the other State.</summary>
    /// <param name="witness">The witness's key.</param>
    /// <param name="address">Where it is.</param>
    /// <param name="stop">Gives up.</param>
    public async Task StartAsync(NoteVerifier witness, Uri address, CancellationToken stop) =>
        process = await NodeProcess.StartAsync(
            Data,
            [
                ("COMITY_NODE_REGISTER__PUBLISHSECONDS", $"{RegisterStory.PublishSeconds}"),
                ("COMITY_NODE_REGISTER__WITNESSES__0__KEY", witness.ToString()),
                ("COMITY_NODE_REGISTER__WITNESSES__0__ADDRESS", address.ToString()),
                ("COMITY_NODE_REGISTER__WITNESSESNEEDED", "2"),
            ],
            stop
        );

    /// <summary>Kills the node's process at whatever it is doing and starts it again.</summary>
    public Task KillAsync(CancellationToken stop) => process!.KillAndRestartAsync(stop);

    /// <summary>A link by which an officer signs in, once.</summary>
    public async Task<Uri> LinkAsync(string officer, CancellationToken stop)
    {
        await using var node = Parts();
        return new Uri(settings.Desk, $"sign-in/{await node.Visits.NewLinkAsync(officer, stop)}");
    }

    /// <summary>An officer's browser, signed in.</summary>
    public async Task<DeskVisitor> AtDeskAsync(string officer, CancellationToken stop)
    {
        if (!visitors.TryGetValue(officer, out var visitor))
        {
            visitor = new DeskVisitor(settings.Desk, stop, new Uri($"http://127.0.0.1:{settings.Desk.Port}"));
            await Patience.OnceMoreAsync(
                async () => await visitor.SignInAsync((await LinkAsync(officer, stop)).Segments[^1]),
                stop
            );
            visitors[officer] = visitor;
        }

        return visitor;
    }

    /// <summary>The facts of a dossier, or nothing while the node does not know it.</summary>
    public async Task<JsonElement?> FactsAsync(DossierId dossier, CancellationToken stop)
    {
        var visitor = await AtDeskAsync(Drafter, stop);
        var page = await Patience.AskAsync(() => visitor.OpenAsync($"/dossiers/{dossier}.json"), stop);
        return page.Status == System.Net.HttpStatusCode.OK ? JsonElement.Parse(page.Html) : null;
    }

    /// <summary>Writes a dossier out, as <c>comity-node export</c> does.</summary>
    public async Task<int> ExportAsync(DossierId dossier, string to, CancellationToken stop)
    {
        await using var node = Parts();
        return await NodeExport.WriteAsync(node, dossier, to, null, stop) ?? 0;
    }

    /// <summary>Writes a dossier into a bundle, as <c>comity-node export</c> does.</summary>
    /// <returns>How many bytes it has.</returns>
    public async Task<long> BundleAsync(DossierId dossier, string to, CancellationToken stop)
    {
        await using var node = Parts();
        var ready = await NodeExport.BundleAsync(node, dossier, "demo", null, stop) switch
        {
            Outcome<ReadyExport>.Admitted export => export.Value,
            Outcome<ReadyExport>.Refused refused => throw new InvalidOperationException(refused.Why.Code),
            _ => throw new InvalidOperationException("an outcome is admitted or refused"),
        };
        await ready.Bundle.WriteFileAsync(to, null, stop);
        return ready.Bundle.Length;
    }

    /// <summary>What <c>comity-node check</c> finds wrong.</summary>
    public async Task<IReadOnlyList<string>> CheckAsync(CancellationToken stop)
    {
        await using var node = Parts();
        return (await NodeCheck.RunAsync(node, stop)).Faults;
    }

    /// <summary>Every dossier act by act, in the words both nodes must share.</summary>
    public async Task<string> DossiersAsync(CancellationToken stop)
    {
        await using var node = Parts();
        return await node.Database.ReadAsync(
            async session =>
            {
                var text = new System.Text.StringBuilder();
                foreach (var row in (await DerivedState.ListAsync(session, 1_000)).OrderBy(r => r.Id))
                {
                    var file = DossierId.TryParse(row.Id, out var id)
                        ? await DossierFile.ReadAsync(session, id, node.Keys.AtRest)
                        : null;
                    foreach (var line in file!.Dossier.Lines)
                    {
                        text.Append(
                            System.Globalization.CultureInfo.InvariantCulture,
                            $"{row.Id} {line.Entered.Index} {Instants.Format(line.Entered.At)} {line.Entered.Id} {line.Effect.GetType().Name}\n"
                        );
                    }
                }

                return text.ToString();
            },
            stop
        );
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var visitor in visitors.Values)
        {
            visitor.Dispose();
        }

        if (process is not null)
        {
            await process.DisposeAsync();
        }
    }

    private NodeParts Parts() => new(settings, NullLoggerFactory.Instance, TimeProvider.System);
}
