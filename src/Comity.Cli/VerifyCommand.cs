// SPDX-License-Identifier: EUPL-1.2
using System.CommandLine;
using Comity.Acts;
using Comity.Files.Dossiers;
using Comity.Parties;

namespace Comity.Cli;

/// <summary><c>comity verify</c>: says what holds of an act or an exported dossier, what does not, and what could not be checked.</summary>
internal static class VerifyCommand
{
    private static readonly Argument<string> Path = new("path")
    {
        Description = "A signed act (.p7m), or the folder of an exported dossier.",
        HelpName = "PATH",
    };

    private static readonly Option<string?> Id = new("--id")
    {
        Description = "The id the act should have; any other byte is refused.",
        HelpName = "HEX",
    };

    private static readonly Option<string?> Roots = new("--roots")
    {
        Description = "PEM file of the Parties' root certificates, from somewhere else than what is verified.",
        HelpName = "FILE",
    };

    private static readonly Option<string[]> Entries = new("--entry")
    {
        Description = "A signed directory entry (.p7m), to tell whose seal an act bears. May be repeated.",
        HelpName = "FILE",
        DefaultValueFactory = _ => [],
    };

    public static Command Create()
    {
        Command command = new("verify", "Check an act or an exported dossier, offline.") { Path, Id, Roots, Entries };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var path = parsed.GetValue(Path)!;
        if (!ReadRoots(parsed.GetValue(Roots)).Has(parsed.GetValue(Roots) ?? "", out var roots, out var complaint))
        {
            return Output.Fail(parsed, complaint);
        }

        if (Directory.Exists(path))
        {
            return parsed.GetValue(Id) is null
                ? Report(parsed, await FolderVerification.FolderAsync(path, roots, stop).ConfigureAwait(false))
                : Output.Fail(parsed, Complaint.Arguments("--id is for a single act"));
        }

        ActId? expected = null;
        if (parsed.GetValue(Id) is { } text && !ActId.TryParse(text, out expected))
        {
            return Output.Fail(parsed, Complaint.Arguments("--id is 64 lower-case hexadecimal digits"));
        }

        if (!Source.ReadBytes(path, SignedAct.MaximumBytes).Has(path, out var bytes, out complaint))
        {
            return Output.Fail(parsed, complaint);
        }

        var entries = new List<SignedEntry>();
        foreach (var file in parsed.GetValue(Entries)!)
        {
            if (
                !Source
                    .ReadBytes(file, SignedEntry.MaximumBytes * 2)
                    .Then(b => SignedEntry.Parse(b))
                    .Has(file, out var entry, out complaint)
            )
            {
                return Output.Fail(parsed, complaint);
            }

            entries.Add(entry);
        }

        return Report(parsed, FolderVerification.Act(path, bytes, expected, roots, entries));
    }

    private static Outcome<TrustRoots> ReadRoots(string? file) =>
        file is null
            ? new Outcome<TrustRoots>.Admitted(TrustRoots.None)
            : Source.ReadText(file, TrustRoots.MaximumBytes).Then(TrustRoots.Parse);

    private static int Report(ParseResult parsed, VerificationReport report)
    {
        var result = new VerifyResult(
            report.Holds ? "holds" : "does-not-hold",
            [.. report.Lines.Select(l => new VerifyLine(l.Subject, l.What, WordOf(l.Result), l.Detail))]
        );
        if (!Output.WantsJson(parsed))
        {
            foreach (var line in report.Lines)
            {
                Console.Out.WriteLine(
                    Shown.Line($"{MarkOf(line.Result), -12} {line.Subject} {line.What}: {line.Detail}")
                );
            }

            var open = report.Lines.Count(l => l.Result == VerificationResult.NotChecked);
            var bad = report.Lines.Count(l => l.Result == VerificationResult.DoesNotHold);
            Console.Out.WriteLine(
                report.Holds
                    ? $"holds: {report.Lines.Count - open} checked, {open} could not be checked"
                    : $"DOES NOT HOLD: {bad} of {report.Lines.Count}"
            );
        }

        Output.Succeed(parsed, result, OutputJson.Default.VerifyResult);
        return report.Holds ? Exit.Ok : Exit.NotOk;
    }

    private static string MarkOf(VerificationResult result) =>
        result switch
        {
            VerificationResult.Holds => "holds",
            VerificationResult.DoesNotHold => "NOT",
            _ => "not checked",
        };

    private static string WordOf(VerificationResult result) =>
        result switch
        {
            VerificationResult.Holds => "holds",
            VerificationResult.DoesNotHold => "does-not-hold",
            _ => "not-checked",
        };
}

/// <summary>What <c>comity verify --json</c> prints.</summary>
internal sealed record VerifyResult(string Outcome, IReadOnlyList<VerifyLine> Lines);

/// <summary>One thing that was looked at.</summary>
internal sealed record VerifyLine(string Subject, string What, string Result, string Detail);
