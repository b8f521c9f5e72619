// SPDX-License-Identifier: EUPL-1.2
using System.CommandLine;
using Comity.Acts;
using Comity.Instruments;
using Comity.Profiles;
using Comity.Safeguards;

namespace Comity.Cli;

/// <summary><c>comity assess</c>: what the safeguards say of a request file, offline. Decides nothing.</summary>
internal static class AssessCommand
{
    private static readonly Argument<string> Path = new("request")
    {
        Description = "The request, as JSON: what comity draft makes and a desk takes in.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> Requesting = new("--requesting")
    {
        Description = "Profile of the Party that asks.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> Requested = new("--requested")
    {
        Description = "Profile of the Party that is asked: its own law is what conduct is held against.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> On = new("--on")
    {
        Description = "The instant for which it is asked, as 2026-11-24T12:00:00Z; now unless given.",
        HelpName = "INSTANT",
    };

    private static readonly Option<bool> Full = new("--full")
    {
        Description = "Every point, with what was read and its provision.",
    };

    public static Command Create()
    {
        Command command = new(
            "assess",
            "Say what the safeguards find in a request, with their provisions, and what is open."
        )
        {
            Path,
            Requesting,
            Requested,
            On,
            Full,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var path = parsed.GetValue(Path)!;
        if (!RequestFile.Read(path).Has(path, out var request, out var complaint))
        {
            return Output.Fail(parsed, complaint);
        }

        if (
            !Profile(parsed.GetValue(Requesting))
                .Has(parsed.GetValue(Requesting) ?? "", out var requesting, out complaint)
            || !Profile(parsed.GetValue(Requested))
                .Has(parsed.GetValue(Requested) ?? "", out var requested, out complaint)
        )
        {
            return Output.Fail(parsed, complaint);
        }

        var at = Instants.ToSecond(DateTimeOffset.UtcNow);
        if (parsed.GetValue(On) is { } text && !Instants.TryParse(text, out at))
        {
            return Output.Fail(parsed, Complaint.Arguments("--on is an instant such as 2026-11-24T12:00:00Z"));
        }

        Case given = new(request, requesting.Value, requested.Value, [], new SenderVerification.NotChecked(), null, at);
        return Assessment.Of(given).Has(path, out var assessment, out complaint)
            ? Report(parsed, assessment)
            : Output.Fail(parsed, complaint);
    }

    private static int Report(ParseResult parsed, Assessment assessment)
    {
        var against = assessment.Findings.Where(SpeaksAgainst).ToList();
        if (!Output.WantsJson(parsed))
        {
            foreach (var finding in assessment.Findings)
            {
                Print(finding, parsed.GetValue(Full));
            }

            Console.Out.WriteLine(
                against.Count == 0
                    ? $"nothing speaks against it; {assessment.Open.Count} questions are open"
                    : $"AGAINST IT: {string.Join(", ", against.Select(f => f.Safeguard.Id))}; {assessment.Open.Count} questions are open"
            );
            Console.Out.WriteLine(
                "A person decides. This reads what the request says; whether it is true, no program can tell."
            );
        }

        AssessResult result = new(
            against.Count == 0 ? "nothing-against" : "against",
            Catalogue.Version,
            [.. assessment.Findings.Select(f => Told(f, against.Contains(f)))]
        );
        Output.Succeed(parsed, result, OutputJson.Default.AssessResult);
        return against.Count == 0 ? Exit.Ok : Exit.NotOk;
    }

    // What is merely unknown is open, not against it; a point that is not met or that a person must look at is.
    private static bool SpeaksAgainst(Finding finding) => finding.Weight == Weight.Blocks && Against(finding).Any();

    private static IEnumerable<Point> Against(Finding finding) =>
        finding.Points.Where(p => p.Verdict is Verdict.NotMet or Verdict.NeedsReview);

    private static void Print(Finding finding, bool isFull)
    {
        if (isFull)
        {
            Console.Out.WriteLine(Shown.Block(finding.InFull));
            return;
        }

        Console.Out.WriteLine(Shown.Line(finding.InOneSentence));
        foreach (var point in Against(finding).DistinctBy(p => p.Because))
        {
            Console.Out.WriteLine(
                Shown.Line($"  {Names.Of(point.Verdict)}: {point.Because} [{Convention.Print(point.Source)}]")
            );
        }

        foreach (var question in finding.Questions)
        {
            Console.Out.WriteLine(Shown.Line($"  open, {Names.Of(question.Who)}: {question.Text}"));
        }
    }

    private static AssessedFinding Told(Finding finding, bool isAgainst) =>
        new(
            finding.Safeguard.Id,
            finding.Safeguard.Title,
            Names.Of(finding.Verdict),
            isAgainst,
            [
                .. finding.Points.Select(p => new AssessedPoint(
                    Names.Of(p.Verdict),
                    p.Because,
                    p.Source.ToString(),
                    Convention.Print(p.Source)
                )),
            ],
            [.. finding.Questions.Select(q => new AssessedQuestion(q.Id, Names.Of(q.Who), q.Text))]
        );

    private static Outcome<MaybeProfile> Profile(string? file) =>
        file is null
            ? new Outcome<MaybeProfile>.Admitted(new MaybeProfile(null))
            : Source
                .ReadBytes(file, Act.MaximumBytes)
                .Then(b => ProfileEncoding.Parse(b))
                .Map(p => new MaybeProfile(p));

    private sealed record MaybeProfile(PartyProfile? Value);
}

/// <summary>What <c>comity assess --json</c> prints.</summary>
internal sealed record AssessResult(string Outcome, string RulesVersion, IReadOnlyList<AssessedFinding> Findings);

/// <summary>A finding.</summary>
internal sealed record AssessedFinding(
    string Safeguard,
    string Title,
    string Verdict,
    bool IsAgainst,
    IReadOnlyList<AssessedPoint> Points,
    IReadOnlyList<AssessedQuestion> Open
);

/// <summary>A point of a finding, with its provision as it is cited and as it is printed for people.</summary>
internal sealed record AssessedPoint(string Verdict, string Because, string Source, string SourceForPeople);

/// <summary>An open question.</summary>
internal sealed record AssessedQuestion(string Id, string Who, string Text);
