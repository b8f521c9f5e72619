// SPDX-License-Identifier: EUPL-1.2
using System.CommandLine;
using Comity.Node.Setup;
using Comity.Register;

namespace Comity.Node.Commands;

/// <summary><c>comity-node publish</c>: gives the register to the public now, as the node does at each interval.</summary>
internal static class PublishCommand
{
    public static Command Create()
    {
        var command = new Command(
            "publish",
            "Publishes the register now: a checkpoint, the tiles, the witnesses. A node that is served does so by itself"
        )
        {
            Common.Data,
        };
        command.SetAction(
            (parsed, stop) =>
                Common.WithNodeAsync(
                    parsed.GetValue(Common.Data)!,
                    async node =>
                    {
                        if (Restoration.IsMarked(node.Settings.Data))
                        {
                            return Common.Complain(Common.NotOk, Restoration.WhyNot);
                        }

                        await Belonging.CheckAsync(node, stop);
                        await node.Register.StartAsync(stop);
                        var published = (await node.Publisher.PublishAsync(DateTimeOffset.MaxValue, stop))!;
                        await node.Register.StopAsync(CancellationToken.None);
                        Console.WriteLine($"{node.Settings.RegisterFolder}: {published.Size} entries");
                        var policy = await node.Witnesses.PolicyAsync(stop);
                        Console.WriteLine(
                            policy.Count(published.Note) is Outcome<Witnessed>.Admitted counted
                                ? $"{(counted.Value.IsEnough ? "witnessed" : "NOT WITNESSED")}: {counted.Value}"
                                : "a witness's line does not hold"
                        );
                        return Common.Ok;
                    }
                )
        );
        return command;
    }
}
