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
            "Copies database, evidence, profiles and settings into an empty folder. Keys are not copied: what is copied is ciphertext. A PostgreSQL database is copied with pg_dump, before this"
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
                                copied.Entries is { } entries
                                    ? $"copied: register of {entries} entries, {copied.Exhibits} exhibits"
                                    : $"copied: {copied.Exhibits} exhibits"
                            );
                            if (copied.Entries is null)
                            {
                                Console.WriteLine(
                                    "not copied: the PostgreSQL database. This copy belongs to one that was made with pg_dump before it"
                                );
                            }

                            Console.WriteLine(
                                $"not copied: {node.Settings.KeyFolder}. Without it the copy cannot be read; keep it apart"
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
