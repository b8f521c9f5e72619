// SPDX-License-Identifier: EUPL-1.2
using System.CommandLine;
using Comity.Node.Officers;

namespace Comity.Node.Commands;

/// <summary><c>comity-node sign-in</c>: prints a one-time link to the desk for an officer.</summary>
internal static class SignInCommand
{
    public static Command Create()
    {
        var officer = new Argument<string>("officer") { Description = "The officer's short name" };
        var command = new Command(
            "sign-in",
            "Prints a link by which an officer signs in at the desk, once, within half an hour"
        )
        {
            officer,
            Common.Data,
        };
        command.SetAction(
            (parsed, stop) =>
                Common.WithNodeAsync(
                    parsed.GetValue(Common.Data)!,
                    async node =>
                    {
                        var id = parsed.GetValue(officer)!;
                        if (await node.Database.ReadAsync(s => OfficerTables.FindAsync(s, id), stop) is null)
                        {
                            return Common.Complain(Common.Unusable, $"{id} is no officer of this node");
                        }

                        var token = await node.Visits.NewLinkAsync(id, stop);
                        Console.WriteLine(new Uri(node.Settings.Desk, $"sign-in/{token}"));
                        return Common.Ok;
                    }
                )
        );
        return command;
    }
}
