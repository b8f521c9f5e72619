// SPDX-License-Identifier: EUPL-1.2
using System.CommandLine;
using System.Globalization;
using Comity.Files;
using Comity.Node.Evidence;
using Comity.Node.Setup;

namespace Comity.Node.Commands;

/// <summary><c>comity-node scrub</c>: reads every stored exhibit again and marks what is not what its name says.</summary>
internal static class ScrubCommand
{
    public static Command Create()
    {
        var rate = new Option<int?>("--rate")
        {
            Description = "Read at most so many MiB a second. Without it as fast as can be",
        };
        var command = new Command(
            "scrub",
            "Reads every stored exhibit again. What is damaged or gone is given to nobody, and fetched again where a peer supplied it"
        )
        {
            rate,
            Common.Json,
            Common.Data,
        };
        command.SetAction(
            (parsed, stop) =>
                Common.WithNodeAsync(
                    parsed.GetValue(Common.Data)!,
                    async node =>
                    {
                        if (parsed.GetValue(rate) is < 1)
                        {
                            return Common.Complain(Common.Unusable, "--rate is 1 or more");
                        }

                        await Belonging.CheckAsync(node, stop);
                        ScrubReport report;
                        using (var progress = new ProgressLine("read", null))
                        {
                            report = await new Scrub(node).RunAsync(parsed.GetValue(rate), progress, stop);
                        }

                        return Tell(report, parsed.GetValue(Common.Json));
                    }
                )
        );
        return command;
    }

    private static int Tell(ScrubReport report, bool isJson)
    {
        var exit = report.IsWell ? Common.Ok : Common.NotOk;
        if (isJson)
        {
            Common.Print(
                new
                {
                    outcome = report.IsWell ? "well" : "damaged",
                    files = report.Files,
                    bytes = report.Bytes,
                    changed = report.Changed,
                    missing = report.Missing,
                    extra = report.Extra,
                    refetched = report.Refetched,
                    mended = report.Mended,
                }
            );
            return exit;
        }

        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{report.Files} files, {report.Bytes} bytes read")
        );
        foreach (var name in report.Extra)
        {
            Console.WriteLine($"extra: {name}: no exhibit names it; it does no harm");
        }

        foreach (var name in report.Mended)
        {
            Console.WriteLine($"mended: {name}: it was damaged and is whole again");
        }

        var refetched = report.Refetched.ToHashSet();
        string What(string name) =>
            refetched.Contains(name) ? "it is fetched again from the Party that supplied it" : "put back a copy";
        return Common.Complain(
            exit,
            [
                .. report.Changed.Select(n => $"changed: {n}: {What(n)}"),
                .. report.Missing.Select(n => $"missing: {n}: {What(n)}"),
            ]
        );
    }
}
