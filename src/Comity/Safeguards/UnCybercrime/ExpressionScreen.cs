// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;
using System.Text;
using Comity.Acts;
using Comity.Instruments;
using Comity.Requests;

namespace Comity.Safeguards.UnCybercrime;

/// <summary>SG-3: whether what is pursued is something said, shown or believed.</summary>
/// <remarks>
/// The fear: that speech, protest and belief are punished as crimes of a computer (art. 6(2)). A machine that looks for words
/// can only raise the question. Six answers by an assessor settle it where nothing is raised; what is raised is settled by an
/// officer who neither answered for the assessor nor raised it, in a written note.
/// </remarks>
internal sealed class ExpressionScreen()
    : Safeguard(
        "sg-3",
        "Expression",
        "Is what is pursued something that was said, shown or believed?",
        SafeguardKind.Ground,
        "6(2)",
        "40(21)(b)",
        "40(22)"
    )
{
    /// <summary>Start of the question by which a second officer clears what was raised; the reason is the note.</summary>
    /// <remarks>What follows names exactly what was raised, so that a clearance never covers what came to light later.</remarks>
    public const string Clearance = "clearance-";

    private static readonly Citation Source = Convention.Article("6(2)");

    /// <inheritdoc/>
    public override Finding Find(Case given)
    {
        var answered = ExpressionQuestions.All.ToDictionary(q => q, q => given.AnswersTo("sg-3", q.Id));
        IReadOnlyList<ExpressionQuestion> open =
        [
            .. ExpressionQuestions.All.Where(q => !answered[q].Any(a => q.Choices.Contains(a.Value))),
        ];
        IReadOnlyList<Point> raised = [.. Raised(answered), .. Signals(given.Request)];
        var quiet = answered.Where(a => !open.Contains(a.Key)).Select(a => Answer(a.Key, a.Value)).ToList();
        if (raised.Count == 0)
        {
            return Says([.. quiet, .. open.Select(Unanswered)]);
        }

        var clearance = Clearance + Mark(raised, given.Request);
        var clearing = given.AnswersTo("sg-3", clearance);
        if (open.Count == 0 && clearing.Any(c => Clears(c, answered)) && clearing.All(c => c.Value == "cleared"))
        {
            return Says([.. raised.Select(p => p with { Verdict = Verdict.Met, Question = null }), Cleared()]);
        }

        // What is raised stays raised while questions are open, so they are asked and do not count.
        return Says([.. raised], also: [.. open.Select(q => q.Open), Clear(clearance)], notes: Why(clearing, open));
    }

    /// <summary>Whether an officer may clear: every question was answered by somebody else, and no flag is the officer's own.</summary>
    private static bool Clears(
        RecordedAnswer clearance,
        Dictionary<ExpressionQuestion, IReadOnlyList<RecordedAnswer>> answered
    ) =>
        clearance.Value == "cleared"
        && answered.All(a =>
            a.Value.Any(x => x.By != clearance.By && a.Key.Choices.Contains(x.Value))
            && !a.Value.Any(x => x.By == clearance.By && a.Key.Raising.Contains(x.Value))
        );

    private static IEnumerable<Point> Raised(Dictionary<ExpressionQuestion, IReadOnlyList<RecordedAnswer>> answered) =>
        from entry in answered
        from value in entry.Value.Select(a => a.Value).Distinct()
        where entry.Key.Raising.Contains(value)
        select new Point(
            Verdict.NeedsReview,
            $"An officer answered {value} to: {entry.Key.Text}",
            Source,
            [Input.Of($"answers[sg-3/{entry.Key.Id}]", value)]
        );

    private static IEnumerable<Point> Signals(Request request)
    {
        for (var i = 0; i < request.Conduct.Count; i++)
        {
            var element = request.Conduct[i];
            if (Concepts.Find(element.Element, element.Concept) is { IsExpression: true } concept)
            {
                yield return new Point(
                    Verdict.NeedsReview,
                    $"The conduct is described as {concept.Slug}: {concept.Meaning}.",
                    Source,
                    [Input.Of($"request.conduct[{i}].concept", concept.Slug)]
                );
            }
        }

        foreach (var (path, text) in Texts(request))
        {
            foreach (var (language, stem) in ExpressionTerms.In(text))
            {
                yield return new Point(
                    Verdict.NeedsReview,
                    $"A word of the list occurs ({language}): {stem}.",
                    Source,
                    [Input.Of(path, text)]
                );
            }
        }
    }

    /// <summary>
    /// Every text that says what happened and why it is pursued. Persons are left out: a name or a nationality raises nothing.
    /// </summary>
    private static IEnumerable<(string Path, string Text)> Texts(Request request)
    {
        (string, string?)[] texts =
        [
            .. request.Facts.Select((f, i) => ($"request.facts[{Number(i)}]", (string?)f.Text)),
            .. request.Conduct.Select((c, i) => ($"request.conduct[{Number(i)}].text", (string?)c.Text)),
            .. request.Offences.Select((o, i) => ($"request.offences[{Number(i)}].label", (string?)o.Label)),
            .. request.Offences.Select((o, i) => ($"request.offences[{Number(i)}].provision.text", o.Provision?.Text)),
            .. request.Data.Select((d, i) => ($"request.data[{Number(i)}].necessity", d.Necessity)),
            ("request.proceeding.subject", request.Proceeding?.Subject),
            ("request.necessity", request.Necessity),
            ("request.intention.text", request.Intention?.Text),
            ("request.assistance.description", request.Assistance?.Description),
            ("request.purpose", request.Purpose),
            ("request.urgency.reason", request.Urgency?.Reason),
            ("request.secrecy.reason", request.Secrecy?.Reason),
        ];
        return texts.Where(t => t.Item2 is not null).Select(t => (t.Item1, t.Item2!));
    }

    private static Point Answer(ExpressionQuestion question, IReadOnlyList<RecordedAnswer> answers)
    {
        var value = answers.Select(a => a.Value).First(question.Choices.Contains);
        return new(
            Verdict.Met,
            $"An officer answered {value} to: {question.Text}",
            Source,
            [Input.Of($"answers[sg-3/{question.Id}]", value)]
        );
    }

    private static Point Unanswered(ExpressionQuestion question) =>
        new(Verdict.Unknown, $"Nobody has answered: {question.Text}", Source, [], question.Open);

    private static Point Cleared() =>
        new(Verdict.Met, "An officer who raised nothing cleared it in a written note.", Source, []);

    /// <summary>Names what was raised by its whole texts, so that no other text passes for it.</summary>
    private static string Mark(IReadOnlyList<Point> raised, Request request)
    {
        var texts = Texts(request).ToDictionary(t => t.Path, t => t.Text);
        var lines = raised.Select(p => $"{p.Because} {texts.GetValueOrDefault(p.Inputs[0].Path, p.Inputs[0].Value)}");
        return Digest.Of(Encoding.UTF8.GetBytes(string.Join('\n', lines))).ToString()[..16];
    }

    private static OpenQuestion Clear(string id) =>
        new(
            id,
            $"Having read what was raised, is the request one that {Convention.Print(Source)} stands against? The reason is the note that is kept.",
            Respondent.SecondOfficer,
            ["cleared", "upheld"]
        );

    private static IReadOnlyList<string> Why(
        IReadOnlyList<RecordedAnswer> clearing,
        IReadOnlyList<ExpressionQuestion> open
    ) =>
        clearing.Any(c => c.Value == "upheld") ? ["An officer upheld what was raised."]
        : clearing.Count == 0 ? []
        : open.Count > 0 ? ["A clearance waits until every question is answered."]
        : ["A clearance by an officer who raised a flag, or who alone answered a question, does not count."];

    private static string Number(int index) => index.ToString(CultureInfo.InvariantCulture);
}
