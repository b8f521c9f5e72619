// SPDX-License-Identifier: EUPL-1.2
using System.CommandLine;
using Comity.Node.Setup;

namespace Comity.Node.Commands;

/// <summary><c>comity-node backup</c>: copies a node, while it runs or not, into an empty folder. Keys stay behind.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var to = new Option<string>("--to") { Description = "An empty folder", Required = true };
        var command = new Command(
            "backup",
            "Copies database, evidence, profiles and settings into an empty folder. Keys are not copied: what is copied is ciphertext"
        )
        {
            to,
            Common.Data,
        };
        command.SetAction(
            (parsed, stop) =>
                Common.WithNodeAsync(
                    parsed.GetValue(Common.Data)!,
                    async node =>
                    {
                        try
                        {
                            var copied = await Backup.MakeAsync(node, parsed.GetValue(to)!, stop);
                            Console.WriteLine(
                                $"copied: register of {copied.Entries} entries, {copied.Exhibits} exhibits"
                            );
                            Console.WriteLine(
                                $"not copied: {node.Settings.KeyFolder}. Without it the copy cannot be read; keep it apart"
                            );
                            return Common.Ok;
                        }
                        catch (Exception bad) when (bad is IOException or NotSupportedException)
                        {
                            return Common.Complain(Common.Unusable, bad.Message);
                        }
                    }
                )
        );
        return command;
    }
}
