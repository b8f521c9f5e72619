// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Instruments;

namespace Comity.Safeguards;

/// <summary>What the safeguards say of a case, and what of it stands in the way of a grant.</summary>
/// <remarks>It decides nothing: no verdict grants, and none refuses.</remarks>
/// <param name="Case">The case.</param>
/// <param name="Findings">What each safeguard that applies said, in the order of the list.</param>
public sealed record Assessment(Case Case, IReadOnlyList<Finding> Findings)
{
    /// <summary>The question by which officers go on against a finding.</summary>
    public const string Override = "override";

    private static readonly Citation Specification = new("docs/safeguards.md", "1");

    /// <summary>Runs every safeguard that applies.</summary>
    /// <param name="given">The case.</param>
    /// <returns>The assessment, or <c>assessment.no-safeguards</c>.</returns>
    public static Outcome<Assessment> Of(Case given) => Of(given, Catalogue.All);

    /// <summary>Runs those safeguards of a list that apply.</summary>
    /// <param name="given">The case.</param>
    /// <param name="safeguards">The list.</param>
    /// <returns>
    /// The assessment, or <c>assessment.no-safeguards</c> when none applies: a case that nothing looked at is never a case
    /// that nothing speaks against.
    /// </returns>
    public static Outcome<Assessment> Of(Case given, IReadOnlyList<Safeguard> safeguards)
    {
        IReadOnlyList<Finding> findings = [.. safeguards.Where(s => s.Applies(given)).Select(s => s.Find(given))];
        return findings.Count == 0
            ? new Outcome<Assessment>.Refused(new Refusal("assessment.no-safeguards", Specification))
            : new Outcome<Assessment>.Admitted(new Assessment(given, findings));
    }

    /// <summary>The findings that a grant waits for.</summary>
    public IReadOnlyList<Finding> Blocking => [.. Findings.Where(Blocks)];

    /// <summary>What is not met, does not block, and is looked at afterwards: within 24 hours (design 17.5).</summary>
    public IReadOnlyList<Finding> ForReview =>
        [.. Findings.Where(f => f.Verdict != Verdict.Met && !Blocks(f) && !IsOverridden(f))];

    /// <summary>Whether a grant waits for a finding.</summary>
    /// <remarks>
    /// Stored data: for everything that is not met. Preservation: only for what is known not to be met, because data vanish
    /// while a question waits, and because disclosure comes later and waits for everything (art. 42(4) and (6)).
    /// </remarks>
    /// <param name="finding">One of <see cref="Findings"/>.</param>
    public bool Blocks(Finding finding)
    {
        if (finding.Weight == Weight.Informs || IsOverridden(finding))
        {
            return false;
        }

        return Case.Request.Measure == Measure.Preservation
            ? finding.Points.Any(p => p.Verdict == Verdict.NotMet)
            : finding.Verdict != Verdict.Met;
    }

    /// <summary>Whether two different officers went on against a finding, each with a reason and a source.</summary>
    /// <param name="finding">One of <see cref="Findings"/>.</param>
    public bool IsOverridden(Finding finding) =>
        finding.Verdict != Verdict.Met
        && finding.Safeguard.MayBeOverridden(Case)
        && Case.AnswersTo(finding.Safeguard.Id, Override).Select(a => a.By).Distinct().Count() >= 2;

    /// <summary>Every question still open, with the finding that asks it.</summary>
    public IReadOnlyList<(Finding Finding, OpenQuestion Question)> Open =>
        [.. Findings.SelectMany(f => f.Questions.Select(q => (f, q)))];

    /// <summary>The assessment as an internal act keeps it.</summary>
    public Assess Record() => new(Catalogue.Version, [.. Findings.Select(f => f.Record())], Case.Answers);
}
