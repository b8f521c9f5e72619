// SPDX-License-Identifier: EUPL-1.2
using System.CommandLine;
using System.Globalization;
using Comity.Acts;
using Comity.Node.Acts;
using Comity.Node.Evidence;
using Comity.Node.Hosting;

namespace Comity.Node.Commands;

/// <summary><c>comity-node custody</c>: the chain of custody of an exhibit, or of every exhibit of a dossier.</summary>
internal static class CustodyCommand
{
    public static Command Create()
    {
        var subject = new Argument<string>("subject")
        {
            Description = "The SHA-256 of a sealed exhibit, or a dossier's id",
        };
        var command = new Command("custody", "Prints chains of custody, and says where one is broken")
        {
            subject,
            Common.Json,
            Common.Data,
        };
        command.SetAction(
            (parsed, stop) =>
                Common.WithNodeAsync(
                    parsed.GetValue(Common.Data)!,
                    node => ShowAsync(node, parsed.GetValue(subject)!, parsed.GetValue(Common.Json), stop),
                    writes: false
                )
        );
        return command;
    }

    private static async Task<int> ShowAsync(NodeParts node, string subject, bool isJson, CancellationToken stop)
    {
        Digest? exhibit = Digest.TryParse(subject, out var digest) ? digest : null;
        if (exhibit is null && !DossierId.TryParse(subject, out _))
        {
            return Common.Complain(Common.Unusable, "an exhibit is 64 hexadecimal digits, and a dossier's id is 32");
        }

        var directory = await node.Directories.CurrentAsync(stop);
        var chains = await node.Database.ReadAsync(
            async session =>
            {
                var dossier = exhibit is { } name ? await CustodyTables.DossierOfAsync(session, name) : subject;
                return
                    DossierId.TryParse(dossier ?? "", out var id)
                    && await DossierFile.ReadAsync(session, id, node.Keys.AtRest) is { } file
                    ? await CustodyReport.ReadAsync(session, node, file, directory)
                    : null;
            },
            stop
        );
        if (chains is null)
        {
            return Common.Complain(Common.NotOk, $"no exhibit or dossier {subject} here");
        }

        var shown = chains.Where(c => exhibit is null || c.Exhibit == exhibit).ToList();
        if (isJson)
        {
            Common.Print(shown.Select(Json));
        }
        else
        {
            shown.ForEach(Print);
        }

        return Common.Complain(
            shown.All(c => c.Faults.Count == 0) ? Common.Ok : Common.NotOk,
            shown.SelectMany(c => c.Faults.Select(f => $"{c.Exhibit}: BROKEN at {f.Where} ({f.Code})"))
        );
    }

    private static void Print(ExhibitCustody chain)
    {
        Console.WriteLine(
            $"exhibit {chain.Exhibit} ({chain.State}): {(chain.Faults.Count == 0 ? "the chain is unbroken" : "THE CHAIN IS BROKEN")}"
        );
        foreach (var link in chain.Links)
        {
            var parts = new[]
            {
                ExhibitCustody.By(link),
                link.Note,
                link.Act is { } act ? $"act {act}" : null,
                chain.Receipts.GetValueOrDefault(link.Place),
            };
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {link.Place, 3} {Instants.Format(link.At)} {Names.Of(link.What), -9} {string.Join("; ", parts.Where(p => p is not null))}"
                )
            );
        }
    }

    private static object Json(ExhibitCustody chain) =>
        new
        {
            exhibit = chain.Exhibit.ToString(),
            state = chain.State,
            unbroken = chain.Faults.Count == 0,
            links = chain.Links.Select(l => new
            {
                place = l.Place,
                at = Instants.Format(l.At),
                what = Names.Of(l.What),
                party = l.Party.ToString(),
                role = l.Role,
                officer = l.Officer,
                act = l.Act?.ToString(),
                note = l.Note,
                receipt = chain.Receipts.GetValueOrDefault(l.Place),
            }),
            faults = chain.Faults.Select(f => new { code = f.Code, where = f.Where }),
        };
}
