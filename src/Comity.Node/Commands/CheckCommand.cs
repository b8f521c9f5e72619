// SPDX-License-Identifier: EUPL-1.2
using System.CommandLine;
using Comity.Node.Checking;

namespace Comity.Node.Commands;

/// <summary><c>comity-node check</c>: reads everything a node holds and says what does not hold.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var command = new Command("check", "Re-verifies the register, every act with its signatures, and every exhibit")
        {
            Common.Data,
        };
        command.SetAction(
            (parsed, stop) =>
                Common.WithNodeAsync(
                    parsed.GetValue(Common.Data)!,
                    async node =>
                    {
                        var report = await NodeCheck.RunAsync(node, stop);
                        foreach (var line in report.Lines)
                        {
                            Console.WriteLine(line);
                        }

                        return Common.Complain(report.Faults.Count == 0 ? Common.Ok : Common.NotOk, report.Faults);
                    },
                    writes: false
                )
        );
        return command;
    }
}
