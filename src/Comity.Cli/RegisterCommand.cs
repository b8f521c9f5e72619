// SPDX-License-Identifier: EUPL-1.2
using System.CommandLine;
using Comity.Files;
using Comity.Files.Register;
using Comity.Parties;
using Comity.Register;

namespace Comity.Cli;

/// <summary><c>comity register</c>: checks a published register whole, and compares two copies of one.</summary>
/// <remarks>In a folder: this program opens no socket. <c>comity-node mirror</c>, or any copier, brings a register there.</remarks>
internal static class RegisterCommand
{
    private static readonly Option<string?> Key = new("--key")
    {
        Description = "The register's verifier key, or a file that holds it.",
        HelpName = "KEY",
    };

    private static readonly Option<string?> Entry = new("--entry")
    {
        Description = "The Party's signed directory entry (.p7m), which names the key.",
        HelpName = "FILE",
    };

    private static readonly Option<string[]> Witnesses = new("--witness")
    {
        Description = "A witness's verifier key, or a file that holds it. May be repeated.",
        HelpName = "KEY",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<int> Needed = new("--needed")
    {
        Description = "How many of the witnesses have to have cosigned the checkpoint. Default: all that are named.",
        HelpName = "N",
        DefaultValueFactory = _ => -1,
    };

    private static readonly Argument<string> Where = new("where")
    {
        Description = "The folder of a published register, or of a copy.",
        HelpName = "WHERE",
    };

    private static readonly Argument<string> First = new("a") { Description = "One copy.", HelpName = "A" };

    private static readonly Argument<string> Second = new("b") { Description = "The other.", HelpName = "B" };

    public static Command Create()
    {
        Command check = new("check", "Check every entry, tile and the checkpoint, and who has witnessed it.")
        {
            Where,
            Key,
            Entry,
            Witnesses,
            Needed,
        };
        check.SetAction(CheckAsync);
        Command compare = new("compare", "Check two copies and show whether they agree, or the first difference.")
        {
            First,
            Second,
            Key,
            Entry,
        };
        compare.SetAction(CompareAsync);
        return new Command("register", "Check a published register.") { check, compare };
    }

    private static async Task<int> CheckAsync(ParseResult parsed, CancellationToken stop)
    {
        if (!ReadKey(parsed).Has("--key or --entry", out var key, out var complaint))
        {
            return Output.Fail(parsed, complaint);
        }

        var witnesses = new List<NoteVerifier>();
        foreach (var text in parsed.GetValue(Witnesses)!)
        {
            if (!ReadKey(text).Has(text, out var witness, out complaint))
            {
                return Output.Fail(parsed, complaint);
            }

            witnesses.Add(witness);
        }

        var where = parsed.GetValue(Where)!;
        if (WhyNot(where) is { } elsewhere)
        {
            return Output.Fail(parsed, elsewhere);
        }

        var source = new TileFolder(where);
        using ProgressLine progress = new("read", total: null) { Unit = "entries", Size = 1 };
        var verified = await LogVerification
            .VerifyAsync(source, key.Verifier, key.Origin, Environment.ProcessorCount, progress, stop)
            .ConfigureAwait(false);
        var needed = parsed.GetValue(Needed) is >= 0 and var n ? n : witnesses.Count;
        var policy = new CheckpointPolicy(needed, [.. witnesses]);
        if (
            !verified.Has(where, out var log, out complaint)
            || !policy.Count(log.Note).Has(where, out var witnessed, out complaint)
        )
        {
            return Output.Fail(parsed, complaint);
        }

        var result = new RegisterResult(
            witnessed.IsEnough ? "holds" : "not-witnessed",
            log.Checkpoint.Origin,
            log.Checkpoint.Size,
            log.Checkpoint.Root.ToString(),
            [.. witnessed.By.Select(c => new CosignedBy(c.Witness, Instants.Format(c.At)))],
            needed
        );
        if (!Output.WantsJson(parsed))
        {
            Console.Out.WriteLine(
                Shown.Line($"holds: {log.Checkpoint.Origin}, {log.Checkpoint.Size} entries, root {log.Checkpoint.Root}")
            );
            foreach (var cosigned in witnessed.By)
            {
                Console.Out.WriteLine(Shown.Line($"cosigned by {cosigned.Witness} at {Instants.Format(cosigned.At)}"));
            }

            Console.Out.WriteLine(
                witnesses.Count == 0 ? "witnesses: none was named with --witness, so none was checked"
                : witnessed.IsEnough ? $"witnessed: {witnessed}"
                : $"NOT WITNESSED: {witnessed}"
            );
        }

        Output.Succeed(parsed, result, OutputJson.Default.RegisterResult);
        return witnessed.IsEnough ? Exit.Ok : Exit.NotOk;
    }

    private static async Task<int> CompareAsync(ParseResult parsed, CancellationToken stop)
    {
        if (!ReadKey(parsed).Has("--key or --entry", out var key, out var complaint))
        {
            return Output.Fail(parsed, complaint);
        }

        var (first, second) = (parsed.GetValue(First)!, parsed.GetValue(Second)!);
        if ((WhyNot(first) ?? WhyNot(second)) is { } elsewhere)
        {
            return Output.Fail(parsed, elsewhere);
        }

        var compared = await LogComparison
            .CompareAsync(
                new TileFolder(first),
                new TileFolder(second),
                key.Verifier,
                key.Origin,
                Environment.ProcessorCount,
                stop
            )
            .ConfigureAwait(false);
        if (!compared.Has($"{first} and {second}", out var comparison, out complaint))
        {
            return Output.Fail(parsed, complaint);
        }

        var result = new ComparisonResult(
            comparison.FirstDifference is null ? "agree" : "differ",
            comparison.First.Checkpoint.Size,
            comparison.Second.Checkpoint.Size,
            comparison.FirstDifference
        );
        if (!Output.WantsJson(parsed))
        {
            Console.Out.WriteLine(
                comparison.FirstDifference is { } at
                    ? $"DIFFER at entry {at}: both are whole and signed by the register's key, so the register was forked (register.fork)"
                    : $"agree: {Math.Min(result.FirstSize, result.SecondSize)} entries of {result.FirstSize} and {result.SecondSize}"
            );
        }

        Output.Succeed(parsed, result, OutputJson.Default.ComparisonResult);
        return comparison.FirstDifference is null ? Exit.Ok : Exit.NotOk;
    }

    private static Complaint? WhyNot(string where) =>
        Directory.Exists(where) ? null
        : where.Contains("://", StringComparison.Ordinal)
            ? Complaint.Arguments(
                "comity opens no socket: copy the register with 'comity-node mirror ADDRESS FOLDER --key KEY', then check the folder"
            )
        : new Complaint(new Refusal(CliRefusals.NoSuchFile, CliRefusals.Source), where);

    private static Outcome<RegisterName> ReadKey(ParseResult parsed)
    {
        if (parsed.GetValue(Entry) is { } file)
        {
            return Source
                .ReadBytes(file, SignedEntry.MaximumBytes * 2)
                .Then(b => SignedEntry.Parse(b))
                .Then(e =>
                    NoteVerifier.Parse(e.Entry.Register.Key).Map(k => new RegisterName(k, e.Entry.Register.Origin))
                );
        }

        return parsed.GetValue(Key) is { } text
            ? ReadKey(text).Map(k => new RegisterName(k, k.Name))
            : new Outcome<RegisterName>.Refused(new Refusal(CliRefusals.Arguments, CliRefusals.Source));
    }

    // A key has plus signs and a file seldom has; what is no key may still be the name of a file with one in it.
    private static Outcome<NoteVerifier> ReadKey(string text) =>
        NoteVerifier.Parse(text) is Outcome<NoteVerifier>.Admitted key
            ? key
            : Source.ReadText(text, 1024).Then(t => NoteVerifier.Parse(t.Trim()));

    private sealed record RegisterName(NoteVerifier Verifier, string Origin);
}

/// <summary>What <c>comity register check --json</c> prints.</summary>
internal sealed record RegisterResult(
    string Outcome,
    string Origin,
    long Size,
    string Root,
    IReadOnlyList<CosignedBy> Cosigned,
    int Needed
);

/// <summary>A witness's line that holds.</summary>
internal sealed record CosignedBy(string Witness, string At);

/// <summary>What <c>comity register compare --json</c> prints.</summary>
internal sealed record ComparisonResult(string Outcome, long FirstSize, long SecondSize, long? FirstDifference);
