// SPDX-License-Identifier: EUPL-1.2
using System.CommandLine;
using System.Text;
using Comity.Files.Dossiers;

namespace Comity.Cli;

/// <summary>What a verification found, as a table for people or as JSON for programs.</summary>
internal static class VerifyTable
{
    /// <summary>Prints it, and says how the process ends.</summary>
    public static int Show(ParseResult parsed, TrustRoots roots, VerificationReport report)
    {
        if (!Output.WantsJson(parsed))
        {
            Console.Out.Write(Of(roots, report));
        }

        var result = new VerifyResult(
            report.Holds ? "holds" : "does-not-hold",
            [.. report.Lines.Select(l => new VerifyLine(l.Subject, l.What, WordOf(l.Result), l.Detail))]
        );
        Output.Succeed(parsed, result, OutputJson.Default.VerifyResult);
        return report.Holds ? Exit.Ok : Exit.NotOk;
    }

    private static string Of(TrustRoots roots, VerificationReport report)
    {
        var table = new StringBuilder();
        foreach (var line in report.Lines)
        {
            table
                .Append(Shown.Line($"{MarkOf(line.Result), -12} {line.Subject} {line.What}: {line.Detail}"))
                .Append('\n');
        }

        if (roots.Names.Count == 0)
        {
            table.Append("no roots were given: this shows only that it agrees with itself (--roots FILE)\n");
        }

        var open = report.Lines.Count(l => l.Result == VerificationResult.NotChecked);
        var bad = report.Lines.Count(l => l.Result == VerificationResult.DoesNotHold);
        return table
            .Append(
                report.Holds
                    ? $"holds: {report.Lines.Count - open} checked, {open} could not be checked\n"
                    : $"DOES NOT HOLD: {bad} of {report.Lines.Count}\n"
            )
            .ToString();
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
