// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Node.Desk.Answers;
using Comity.Node.Desk.Forms;
using Comity.Safeguards;

namespace Comity.Node.Desk.Findings;

/// <summary>The questions an officer can answer about a request, and what was answered so far.</summary>
/// <param name="Subject">The request.</param>
/// <param name="Assessment">What the safeguards say now.</param>
public sealed record AssessView(Subject Subject, Assessment Assessment)
{
    /// <summary>The questions, in order: those open, then those by which two officers go on against a finding.</summary>
    public IReadOnlyList<AssessQuestion> Questions =>
        [
            .. Assessment
                .Open.Where(o => o.Question.Who is Respondent.Assessor or Respondent.SecondOfficer)
                .Select(o => new AssessQuestion(
                    o.Finding.Safeguard,
                    o.Question.Id,
                    o.Question.Text,
                    o.Question.Choices,
                    IsOverride: false
                )),
            .. Assessment
                .Findings.Where(f =>
                    f.Safeguard.MayBeOverridden(Assessment.Case)
                    && Assessment.Blocks(f)
                    && f.Questions.All(q => q.Who is not (Respondent.Assessor or Respondent.SecondOfficer))
                )
                .Select(f => new AssessQuestion(
                    f.Safeguard,
                    Assessment.Override,
                    "Go on against this finding? It takes two officers, each with a reason and a source, and it is counted.",
                    ["go-on"],
                    IsOverride: true
                )),
        ];

    /// <summary>The answers given on a form; what is half an answer is noted.</summary>
    internal IReadOnlyList<RecordedAnswer> Read(FormInput input, FormErrors errors, Digest officer)
    {
        var read = new FormReading(input, errors);
        var open = Questions;
        var answers = new List<RecordedAnswer>();
        for (var i = 0; i < input.Rows("answers"); i++)
        {
            var (value, reason, source) = (
                read.Optional($"answers[{i}].value", FormReading.Paragraph, "the answer"),
                read.Optional($"answers[{i}].reason", FormReading.Paragraph, "the reason"),
                read.Optional($"answers[{i}].source", FormReading.Citation, "the source")
            );
            if (value is null && reason is null && source is null)
            {
                continue;
            }

            var question = open.FirstOrDefault(q =>
                q.Safeguard.Id == input[$"answers[{i}].safeguard"] && q.Id == input[$"answers[{i}].question"]
            );
            if (question is null)
            {
                errors.Add($"answers[{i}].value", "This question is no longer open. Load the page again");
                continue;
            }

            if (value is null || (question.Choices.Count > 0 && !question.Choices.Contains(value)))
            {
                errors.Add($"answers[{i}].value", "Choose or enter the answer");
            }

            if (reason is null)
            {
                errors.Add($"answers[{i}].reason", "Enter the reason. An answer without one does not count");
            }

            if (source is null)
            {
                errors.Add(
                    $"answers[{i}].source",
                    "Enter where it comes from. An answer without a source does not count"
                );
            }

            answers.Add(
                new RecordedAnswer(question.Safeguard.Id, question.Id, value ?? "", reason ?? "", source ?? "", officer)
            );
        }

        if (answers.Count == 0 && !errors.Any)
        {
            errors.Add("", "Answer at least one question.");
        }

        return answers;
    }

    /// <summary>What is recorded: the answers given, and the findings as they stand with them.</summary>
    internal Assess Record(IReadOnlyList<RecordedAnswer> answers)
    {
        var kept = Assessment.Case.Answers.Where(a =>
            !answers.Any(n => n.By == a.By && n.Safeguard == a.Safeguard && n.Question == a.Question)
        );
        var next = Assessment.Of(Assessment.Case with { Answers = [.. kept, .. answers] });
        var findings = next is Outcome<Assessment>.Admitted now ? now.Value.Findings : Assessment.Findings;
        return new Assess(Catalogue.Version, [.. findings.Select(f => f.Record())], answers);
    }
}

/// <summary>A question on the assessment's form.</summary>
public sealed record AssessQuestion(
    Safeguard Safeguard,
    string Id,
    string Text,
    IReadOnlyList<string> Choices,
    bool IsOverride
);
