// SPDX-License-Identifier: EUPL-1.2
using System.CommandLine;
using Comity.Acts;
using Comity.Node.Acts;

namespace Comity.Node.Commands;

/// <summary><c>comity-node export</c>: writes a dossier out for anyone to check.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var dossier = new Argument<string>("dossier") { Description = "The dossier's id" };
        var to = new Option<string>("--to") { Description = "An empty folder", Required = true };
        var command = new Command(
            "export",
            "Writes a dossier into a folder that stock tools and 'comity verify' can check"
        )
        {
            dossier,
            to,
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

                        try
                        {
                            var folder = parsed.GetValue(to)!;
                            var acts = await NodeExport.WriteAsync(node, id, folder, null, stop);
                            if (acts is null)
                            {
                                return Common.Complain(Common.NotOk, $"no dossier {id} here");
                            }

                            Console.WriteLine(
                                $"{acts} acts written to {Path.GetFullPath(folder)}; check with: comity verify {folder}"
                            );
                            return Common.Ok;
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
}
