// SPDX-License-Identifier: EUPL-1.2
using System.CommandLine;
using Comity.Acts;
using Comity.Instruments;
using Comity.Parties;
using Comity.Requests;

namespace Comity.Cli;

/// <summary><c>comity draft</c>: begins a request file, and says what one still lacks and why it matters.</summary>
internal static class DraftCommand
{
    private static readonly Argument<string> Path = new("file")
    {
        Description = "The request file.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> New = new("--new")
    {
        Description = "Begin the file, for preservation or stored-data. Nothing is overwritten.",
        HelpName = "MEASURE",
    };

    public static Command Create()
    {
        Command command = new(
            "draft",
            "Begin a request, or say what it still lacks, with the paragraph that asks for it."
        )
        {
            Path,
            New,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var path = parsed.GetValue(Path)!;
        if (parsed.GetValue(New) is { } name)
        {
            return Names.TryParse<Measure>(name, out var measure)
                ? Begin(parsed, path, measure)
                : Output.Fail(
                    parsed,
                    Complaint.Arguments($"--new is one of {string.Join(", ", Names.All<Measure>())}")
                );
        }

        return RequestFile.Read(path).Has(path, out var request, out var complaint)
            ? Guide(parsed, path, request)
            : Output.Fail(parsed, complaint);
    }

    private static int Begin(ParseResult parsed, string path, Measure measure)
    {
        if (!Target.Create(path).Has(path, out var target, out var complaint))
        {
            return Output.Fail(parsed, complaint);
        }

        using var writing = target;
        target.Stream.Write(ActEncoding.WriteBody(Blank(measure)));
        target.Stream.WriteByte((byte)'\n');
        target.Publish();
        return RequestFile.Read(path).Has(path, out var request, out complaint)
            ? Guide(parsed, path, request)
            : Output.Fail(parsed, complaint);
    }

    private static int Guide(ParseResult parsed, string path, Request request)
    {
        var guidance = Drafting.Guidance(request);
        if (!Output.WantsJson(parsed))
        {
            Console.Out.WriteLine(Shown.Line($"{path}: {Names.Of(request.Measure)}, {guidance} said"));
            foreach (var missing in guidance.Missing)
            {
                Console.Out.WriteLine($"  {missing.Where}: {missing.What} [{Convention.Print(missing.Source)}]");
                Console.Out.WriteLine($"    {missing.Why}");
            }
        }

        DraftResult result = new(
            guidance.Missing.Count == 0 ? "complete" : "incomplete",
            guidance.Said,
            guidance.Of,
            [.. guidance.Missing.Select(m => new DraftGap(m.Where, m.What, m.Source.ToString(), m.Why))]
        );
        Output.Succeed(parsed, result, OutputJson.Default.DraftResult);
        return guidance.Missing.Count == 0 ? Exit.Ok : Exit.NotOk;
    }

    private static Request Blank(Measure measure) =>
        new(
            measure,
            "your reference",
            new LegalBasis(Convention.Slug, OffenceBasis.ConventionOffence, null, null),
            new Contact("name of your authority", "its functions", null, null, null),
            null,
            [],
            [],
            [],
            [],
            [],
            [],
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            [],
            [],
            "en",
            []
        );
}

/// <summary>What <c>comity draft --json</c> prints.</summary>
internal sealed record DraftResult(string Outcome, int Said, int Of, IReadOnlyList<DraftGap> Missing);

/// <summary>One thing a draft lacks.</summary>
internal sealed record DraftGap(string Where, string What, string Source, string Why);
