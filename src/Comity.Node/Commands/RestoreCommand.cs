// SPDX-License-Identifier: EUPL-1.2
using System.CommandLine;
using Comity.Node.Setup;

namespace Comity.Node.Commands;

/// <summary><c>comity-node restore</c>: puts a copy back, and asks every peer whether it is the newest.</summary>
internal static class RestoreCommand
{
    public static Command Create()
    {
        var from = new Option<string>("--from") { Description = "The folder that backup made", Required = true };
        var keys = new Option<string>("--keys") { Description = "The folder of keys, kept apart", Required = true };
        var command = new Command(
            "restore",
            "Puts a copy back into an empty data folder. The node appends nothing before its peers have said that it is not behind"
        )
        {
            from,
            keys,
            Common.Data,
        };
        command.SetAction(
            async (parsed, stop) =>
            {
                try
                {
                    var data = parsed.GetValue(Common.Data)!;
                    Backup.PutBack(parsed.GetValue(from)!, parsed.GetValue(keys)!, data);
                    return await Common.WithNodeAsync(
                        data,
                        async node =>
                        {
                            var verdict = await Restoration.AskPeersAsync(node, stop);
                            foreach (var line in verdict.Lines)
                            {
                                Console.WriteLine(line);
                            }

                            return verdict.MayAppend ? Common.Ok : Common.Complain(Common.NotOk, Restoration.WhyNot);
                        }
                    );
                }
                catch (IOException bad)
                {
                    return Common.Complain(Common.Unusable, bad.Message);
                }
            }
        );
        return command;
    }
}
