// SPDX-License-Identifier: EUPL-1.2
using System.CommandLine;
using Comity.Node.Demo;

namespace Comity.Node.Commands;

/// <summary><c>comity-node demo</c>: two States that do not exist do the main job on real input.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var evidence = new Option<string[]>("--evidence")
        {
            Description =
                "A real file to supply, of any size; may be repeated. Without it a mailbox, a log and a capture are made up",
            DefaultValueFactory = _ => [],
        };
        var exit = new Option<bool>("--exit")
        {
            Description = "End when the story has ended, with 0 only if every step held",
        };
        var data = new Option<string?>("--data")
        {
            Description = "An empty folder to keep everything in; a temporary one unless given",
        };
        var kills = new Option<int>("--kill")
        {
            Description = "Kill a node so many times, at random moments, and start it again",
            DefaultValueFactory = _ => 0,
        };
        var seed = new Option<int?>("--seed") { Description = "Seed of those moments" };
        var command = new Command("demo", "Two States' nodes do the main job on real input")
        {
            evidence,
            exit,
            data,
            kills,
            seed,
        };
        command.SetAction(
            (parsed, stop) =>
                DemoPlay.RunAsync(
                    new DemoWish(
                        parsed.GetValue(evidence)!,
                        parsed.GetValue(exit),
                        parsed.GetValue(data),
                        parsed.GetValue(kills),
                        parsed.GetValue(seed) ?? Random.Shared.Next()
                    ),
                    Console.Out,
                    stop
                )
        );
        return command;
    }
}
