// SPDX-License-Identifier: EUPL-1.2
using System.CommandLine;
using Comity.Node.Officers;
using Comity.Node.Setup;
using Comity.Parties;

namespace Comity.Node.Commands;

/// <summary><c>comity-node init</c>: makes a node.</summary>
internal static class InitCommand
{
    public static Command Create()
    {
        var party = new Option<string>("--party") { Description = "The Party's two-letter code", Required = true };
        var name = new Option<string>("--name") { Description = "The Party's name", Required = true };
        var authority = new Option<string>("--authority")
        {
            Description = "The central authority's name (art. 40(12))",
            Required = true,
        };
        var data = new Option<string>("--data")
        {
            Description = "Folder for what the node holds; must be empty",
            Required = true,
        };
        var offline = new Option<string>("--offline")
        {
            Description = "Folder for the root and the evidence key, which never lie on the node; must be empty",
            Required = true,
        };
        var exchange = new Option<string>("--exchange") { Description = "Address for peers, https", Required = true };
        var advertised = new Option<string?>("--advertised")
        {
            Description = "Address that peers are told, when it is another than --exchange",
        };
        var desk = new Option<string>("--desk") { Description = "Address for officers", Required = true };
        var open = new Option<string>("--public") { Description = "Address for anyone", Required = true };
        var database = new Option<string>("--database")
        {
            Description = "sqlite, or a PostgreSQL connection string",
            DefaultValueFactory = _ => "sqlite",
        };
        var officers = new Option<string[]>("--officer")
        {
            Description = "An officer, as id:roles:name, for example ada:drafter,assessor:Ada Example; two at least",
            Required = true,
        };
        var postQuantum = new Option<bool>("--post-quantum")
        {
            Description =
                "Have evidence and bags sealed to hybrid keys, ML-KEM-768 with X25519; Debian's age cannot open them",
        };
        var command = new Command("init", "Makes a Party's node: keys, settings, database, first directory entry")
        {
            party,
            name,
            authority,
            data,
            offline,
            exchange,
            advertised,
            desk,
            open,
            database,
            officers,
            postQuantum,
        };
        command.SetAction(
            (parsed, stop) =>
                MakeAsync(
                    new Wish(
                        parsed.GetValue(party)!,
                        parsed.GetValue(name)!,
                        parsed.GetValue(authority)!,
                        parsed.GetValue(data)!,
                        parsed.GetValue(offline)!,
                        parsed.GetValue(exchange)!,
                        parsed.GetValue(advertised),
                        parsed.GetValue(desk)!,
                        parsed.GetValue(open)!,
                        parsed.GetValue(database)!,
                        parsed.GetValue(officers)!,
                        parsed.GetValue(postQuantum)
                    ),
                    stop
                )
        );
        return command;
    }

    private static async Task<int> MakeAsync(Wish wish, CancellationToken stop)
    {
        if (!PartyId.TryParse(wish.Party, out var party))
        {
            return Common.Complain(Common.Unusable, $"--party {wish.Party} is not an ISO 3166 code or XA to XZ");
        }

        var officers = wish.Officers.Select(OfficerOf).ToList();
        if (
            officers.Any(o => o is null)
            || officers.Count < 2
            || officers.Select(o => o?.Id).Distinct().Count() < officers.Count
        )
        {
            return Common.Complain(
                Common.Unusable,
                "--officer is given twice at least, as id:roles:name, each with an id of their own"
            );
        }

        var planned = officers.OfType<OfficerPlan>().ToList();
        if (
            !planned.Any(d =>
                d.Roles.Contains(Role.Drafter) && planned.Any(a => a != d && a.Roles.Contains(Role.Approver))
            )
        )
        {
            return Common.Complain(
                Common.Unusable,
                "nothing could ever be sent: one officer must be a drafter, and another an approver"
            );
        }

        if (IsWithin(wish.Data, wish.Offline) || IsWithin(wish.Offline, wish.Data))
        {
            return Common.Complain(
                Common.Unusable,
                "--offline is for what never lies on the node: neither folder may be the other, or lie in it"
            );
        }

        if (
            AddressOf(wish.Exchange, "https") is not { } exchange
            || AddressOf(wish.Advertised ?? wish.Exchange, "https") is not { } advertised
            || AddressOf(wish.Desk, "https", "http") is not { } desk
            || AddressOf(wish.Public, "https", "http") is not { } open
        )
        {
            return Common.Complain(
                Common.Unusable,
                "an address looks like https://node.example:8443; for peers it is https"
            );
        }

        try
        {
            var made = await NodeSetup.MakeAsync(
                new NodePlan(
                    party,
                    wish.Name,
                    wish.Authority,
                    wish.Data,
                    wish.Offline,
                    exchange,
                    advertised,
                    desk,
                    open,
                    wish.Database,
                    [.. new[] { exchange.Host, advertised.Host }.Distinct()],
                    ["en"],
                    new Contact(wish.Authority, "central authority", null, null, null),
                    planned,
                    wish.IsPostQuantum
                ),
                TimeProvider.System,
                stop
            );
            Console.WriteLine($"node of {party} made in {Path.GetFullPath(wish.Data)}");
            Console.WriteLine($"root fingerprint, to compare with other States by telephone: {made.Entry.Root}");
            foreach (var officer in planned)
            {
                Console.WriteLine($"signing phrase of {officer.Id}, shown once: {officer.Phrase}");
            }

            return Common.Ok;
        }
        catch (Exception bad) when (bad is IOException or UnauthorizedAccessException or PlanException)
        {
            return Common.Complain(Common.Unusable, bad.Message.Split('\n'));
        }
        catch (Exception bad) when (Common.WhyUnusable(bad) is { } why)
        {
            return Common.Complain(Common.Unusable, why);
        }
    }

    private static bool IsWithin(string folder, string other) =>
        (Path.GetFullPath(other) + Path.DirectorySeparatorChar).StartsWith(
            Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar,
            StringComparison.Ordinal
        );

    private static Uri? AddressOf(string text, params IReadOnlyList<string> schemes) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && schemes.Contains(address.Scheme) ? address : null;

    private static OfficerPlan? OfficerOf(string text)
    {
        var parts = text.Split(':', 3);
        if (parts.Length != 3 || !Office.IsAuthority(parts[0]))
        {
            return null;
        }

        var roles = parts[1]
            .Split(',')
            .Select(r => Names.TryParse<Role>(r, out var role) ? (Role?)role : null)
            .ToList();
        return roles.Contains(null)
            ? null
            : new OfficerPlan(parts[0], parts[2], roles.OfType<Role>().ToHashSet(), OfficerKey.NewPhrase());
    }

    private sealed record Wish(
        string Party,
        string Name,
        string Authority,
        string Data,
        string Offline,
        string Exchange,
        string? Advertised,
        string Desk,
        string Public,
        string Database,
        string[] Officers,
        bool IsPostQuantum
    );
}
