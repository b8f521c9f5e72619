// SPDX-License-Identifier: EUPL-1.2
using Comity.Instruments;
using Comity.Profiles;
using Comity.Requests;

namespace Comity.Safeguards.UnCybercrime;

/// <summary>SG-2: whether the conduct is an offence in the requested State too.</summary>
/// <remarks>
/// The fear: that a label carries what the conduct does not. Preservation does not depend on it (art. 42(4)), save under a
/// reservation and then never for a Convention offence (art. 42(5)); the check runs all the same and says whether disclosure
/// could ever follow.
/// </remarks>
internal sealed class DualCriminality()
    : Safeguard(
        "sg-2",
        "Dual criminality",
        "Is the conduct itself, whatever it is called, an offence in the requested State too?",
        SafeguardKind.Ground,
        "35(3)",
        "40(8)",
        "42(4)",
        "42(5)"
    )
{
    /// <inheritdoc/>
    public override bool MayBeOverridden(Case given) =>
        given.Request.Measure == Measure.Preservation
        || given.Asked?.PolicyOn(given.Request.Measure) is DualCriminalityRule.Discretionary;

    /// <inheritdoc/>
    public override Finding Find(Case given)
    {
        var sheet = Worksheet.Of(given);
        var (weight, footing, source) = Standing(given);
        var point = new Point(sheet.Verdict, Because(sheet, given), source, Read(sheet, given), Ask(sheet, given));
        return Says(
            [point],
            weight,
            [.. Excuses(sheet)],
            [footing, .. sheet.Rows.Select(Explain), .. Below(sheet, given)]
        );
    }

    private static (Weight Weight, string Footing, Citation Source) Standing(Case given)
    {
        if (given.Request.Measure == Measure.Preservation)
        {
            var reserves = given.Asked?.Reserves("42(5)") == true;
            return reserves && given.Request.Basis.Offence != OffenceBasis.ConventionOffence
                    ? (
                        Weight.Blocks,
                        "The requested Party has reserved the right to refuse preservation where dual criminality could not be met.",
                        Convention.Article("42(5)")
                    )
                : reserves
                    ? (
                        Weight.Informs,
                        "Its reservation does not reach Convention offences: this only says whether disclosure could follow.",
                        Convention.Article("42(5)")
                    )
                : (
                    Weight.Informs,
                    "Preservation does not depend on it: this only says whether disclosure could follow.",
                    Convention.Article("42(4)")
                );
        }

        return given.Asked?.PolicyOn(given.Request.Measure) switch
        {
            DualCriminalityRule.Waived => (
                Weight.Informs,
                "The requested Party does not ask for it in this measure.",
                Convention.Article("40(8)")
            ),
            DualCriminalityRule.Discretionary => (
                Weight.Blocks,
                "The requested Party may decline for the lack of it, and may help all the same by a reasoned record.",
                Convention.Article("40(8)")
            ),
            DualCriminalityRule.Required => (
                Weight.Blocks,
                "The requested Party's law requires it in this measure.",
                Convention.Article("35(3)")
            ),
            _ => (
                Weight.Blocks,
                "The requested Party's profile does not say what it asks; it is treated as required.",
                Convention.Article("35(3)")
            ),
        };
    }

    private static string Because(Worksheet sheet, Case given) =>
        sheet.Verdict switch
        {
            Verdict.Met =>
                $"The conduct has every element of {sheet.Rows.First(r => r.Verdict == Verdict.Met).Provision.Citation}.",
            Verdict.NotMet => "The conduct lacks an element of every provision of the requested Party's law.",
            Verdict.NeedsReview => "A provision may fit; a person has to look at what the concepts do not settle.",
            _ when given.Asked is null => "There is no profile of the requested Party's law for that day.",
            _ when sheet.Rows.Count == 0 => "The requested Party's profile holds no provisions.",
            _ when sheet.Conduct.Count == 0 => "The conduct is not broken into its elements.",
            _ => "Elements that would decide it are not stated, or are stated in words the vocabulary does not have.",
        };

    private static IReadOnlyList<Input> Read(Worksheet sheet, Case given) =>
        [
            .. sheet.Conduct.Select(c =>
                Input.Of($"{c.Path}.concept", c.IsKnown ? c.Concept : $"{c.Concept} (not in the vocabulary)")
            ),
            Input.Of("requestedProfile.asOf", given.Asked is { } profile ? Instants.Format(profile.AsOf) : null),
        ];

    private static OpenQuestion? Ask(Worksheet sheet, Case given)
    {
        if (sheet.Verdict is Verdict.Met or Verdict.NotMet)
        {
            return null;
        }

        if (sheet.Rows.Count == 0)
        {
            return OpenQuestion.To(
                Respondent.Node,
                "requested-profile",
                "Which provisions of the requested Party may fit?"
            );
        }

        var missing = sheet
            .Rows.SelectMany(r => r.Lines)
            .Where(l => l.Verdict is Verdict.Unknown or Verdict.NeedsReview)
            .Select(l => l.Required.Element)
            .Distinct()
            .Order()
            .Select(e => Names.Of(e));
        return OpenQuestion.To(
            given.Request.Conduct.Count == 0 ? Respondent.RequestingParty : Respondent.Assessor,
            "elements",
            $"What was the conduct in its elements, and which facts show each? Open: {string.Join(", ", missing)}."
        );
    }

    private static IEnumerable<OpenQuestion> Excuses(Worksheet sheet) =>
        sheet
            .Rows.Where(r => sheet.Verdict != Verdict.Met && r.Lines.All(l => l.Verdict == Verdict.Met))
            .SelectMany(r => r.OpenExcuses)
            .Distinct()
            .Select(e => new OpenQuestion(
                Worksheet.ExcuseQuestion(e),
                $"Does the requested Party's law excuse the conduct here: {Concepts.Find(ElementKind.Circumstance, e)?.Meaning}?",
                Respondent.Assessor,
                ["applies", "does-not-apply"]
            ));

    private static string Explain(WorksheetRow row) =>
        $"{row.Provision.Citation} ({row.Provision.Label}) is {Finding.Words(row.Verdict)}: "
        + string.Join("; ", row.Lines.Select(l => $"{Names.Of(l.Required.Element)} {Finding.Words(l.Verdict)}"))
        + (row.OpenExcuses.Count == 0 ? "." : $"; excuses open: {string.Join(", ", row.OpenExcuses)}.");

    // Art. 40(21)(c) leaves it to the requested Party, so this is shown and decides nothing.
    private static IEnumerable<string> Below(Worksheet sheet, Case given) =>
        from threshold in given.Asked?.Thresholds ?? []
        where threshold.Measure == given.Request.Measure
        from row in sheet.Rows
        where
            row.Verdict == Verdict.Met
            && row.Provision.MaximumPenalty is { } maximum
            && IsLess(maximum, threshold.Minimum)
        select $"In a domestic case {row.Provision.Citation} would not reach the penalty this measure asks for "
            + $"({SeriousCrime.Words(threshold.Minimum)}): compare {Convention.Print("40(21)(c)")}.";

    private static bool IsLess(Penalty one, Penalty other) =>
        (one.Kind, one.Years, one.Months).CompareTo((other.Kind, other.Years, other.Months)) < 0;
}
