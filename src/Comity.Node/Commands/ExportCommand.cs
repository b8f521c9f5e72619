// SPDX-License-Identifier: EUPL-1.2
using System.CommandLine;
using System.Text.Json;
using Comity.Acts;
using Comity.Files.Bundles;
using Comity.Node.Acts;
using Comity.Node.Hosting;

namespace Comity.Node.Commands;

/// <summary><c>comity-node export</c>: writes a dossier out for anyone to check.</summary>
internal static class ExportCommand
{
    /// <summary>What the audit trail calls whoever runs the command: the machine's operator, whom no visit names.</summary>
    public static Command Create()
    {
        var dossier = new Argument<string>("dossier") { Description = "The dossier's id" };
        var to = new Option<string>("--to")
        {
            Description = "A new file whose name ends in .asice, for one signed bundle; otherwise an empty folder",
            Required = true,
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON object about what was written" };
        var command = new Command(
            "export",
            "Writes a dossier into a bundle or a folder that stock tools and 'comity verify' can check"
        )
        {
            dossier,
            to,
            json,
            Common.Data,
        };
        command.SetAction(
            (parsed, stop) =>
                Common.WithNodeAsync(
                    parsed.GetValue(Common.Data)!,
                    async node =>
                    {
                        if (!DossierId.TryParse(parsed.GetValue(dossier), out var id))
                        {
                            return Common.Complain(Common.Unusable, "a dossier's id is 32 hexadecimal digits");
                        }

                        var path = Path.GetFullPath(parsed.GetValue(to)!);
                        try
                        {
                            return BundleVerification.IsBundle(path)
                                ? await BundleAsync(node, id, path, parsed.GetValue(json), stop)
                                : await FolderAsync(node, id, path, parsed.GetValue(json), stop);
                        }
                        catch (IOException bad)
                        {
                            return Common.Complain(Common.Unusable, bad.Message);
                        }
                    }
                )
        );
        return command;
    }

    private static async Task<int> BundleAsync(
        NodeParts node,
        DossierId id,
        string path,
        bool json,
        CancellationToken stop
    )
    {
        // Before anything is read and noted; whether the name is still free then shows when it is taken.
        if (File.Exists(path) || Directory.Exists(path))
        {
            return Common.Complain(Common.Unusable, $"{path} exists already");
        }

        using var line = new ExportLine();
        switch (await NodeExport.BundleAsync(node, id, NodeExport.Operator, line, stop))
        {
            case Outcome<ReadyExport>.Admitted { Value: var ready }:
                line.Total = ready.Bundle.Length;
                await ready.Bundle.WriteFileAsync(path, line, stop);
                line.Dispose();
                return Done(json, new ExportResult("bundle", path, ready.Acts, ready.Exhibits, ready.Bundle.Length));
            case Outcome<ReadyExport>.Refused { Why: var why }:
                var isMissing = why.Code is "export.no-such-dossier";
                return Common.Complain(
                    Common.NotOk,
                    isMissing ? $"no dossier {id} here" : $"{why.Code}: {WordsFor(why)}"
                );
            default:
                throw new InvalidOperationException("an outcome is admitted or refused");
        }
    }

    private static async Task<int> FolderAsync(
        NodeParts node,
        DossierId id,
        string folder,
        bool json,
        CancellationToken stop
    )
    {
        using var line = new ExportLine();
        var acts = await NodeExport.WriteAsync(node, id, folder, line, stop);
        line.Dispose();
        return acts is { } count
            ? Done(json, new ExportResult("folder", folder, count, null, null))
            : Common.Complain(Common.NotOk, $"no dossier {id} here");
    }

    private static string WordsFor(Refusal why) =>
        why.Code == "export.nothing-shared"
            ? "no act of it has been sent or received yet"
            : "this node holds no seal that its directory entry lists for the authority in the dossier";

    private static int Done(bool json, ExportResult result)
    {
        Console.WriteLine(
            json
                ? JsonSerializer.Serialize(result, JsonSerializerOptions.Web)
                : $"{result.Acts} acts written to {result.Path}; check with: comity verify {result.Path}"
        );
        return Common.Ok;
    }
}

/// <summary>What <c>comity-node export --json</c> prints. Bytes and exhibits are counted for a bundle.</summary>
internal sealed record ExportResult(string Form, string Path, int Acts, int? Exhibits, long? Bytes);
