// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Instruments;
using Comity.Requests;

namespace Comity.Safeguards.UnCybercrime;

/// <summary>SG-13: whether a drafted decision says what it owes the other Party.</summary>
/// <remarks>
/// The fear: no reasons, no consultation, no record. A refusal has a ground from a closed list, reasons and, where the treaty
/// asks, a consultation (arts 40(25), 40(28), 42(6)); a grant has every finding met, answered or gone against by a record.
/// </remarks>
internal sealed class DecisionRecord()
    : Safeguard(
        "sg-13",
        "Decision record",
        "Does the decision rest on what the Convention lets it rest on, and say so?",
        SafeguardKind.Process,
        "36(1)(a)",
        "40(8)",
        "40(17)",
        "40(21)(a)",
        "40(21)(b)",
        "40(21)(c)",
        "40(21)(d)",
        "40(22)",
        "40(23)",
        "40(24)",
        "40(25)",
        "40(27)",
        "40(28)",
        "42(4)",
        "42(5)",
        "42(6)"
    )
{
    private protected override bool Concerns(Case given) => given.Decision is not null;

    /// <inheritdoc/>
    public override Finding Find(Case given) =>
        Says([
            .. given.Decision?.Body switch
            {
                Refuse refuse => Refusal(given, refuse),
                Postpone postpone => Postponement(given, postpone),
                Grant grant => Granting(given, grant),
                _ => [new Point(Verdict.Unknown, "No decision is drafted.", Convention.Article("40(25)"), [])],
            },
        ]);

    private static IEnumerable<Point> Refusal(Case given, Refuse refuse)
    {
        yield return GivesReasons(refuse.Reasons);
        if (refuse.Grounds.Count == 0)
        {
            yield return No("The refusal names no ground.", "40(25)", "decision.grounds", null);
        }

        var permitted = Grounds.For(given.Request.Measure);
        foreach (var ground in refuse.Grounds)
        {
            yield return permitted.FirstOrDefault(p => p.Provision == ground.Provision) is { } known
                ? IsOpen(given, ground, known)
                : Closed(given.Request.Measure, ground);
        }

        if (refuse.Grounds.Any(g => permitted.Any(p => p.Provision == g.Provision && p.AsksForConsultation)))
        {
            yield return WasConsulted(given, refuse.Consulted);
        }
    }

    private static Point IsOpen(Case given, Ground ground, PermittedGround known)
    {
        var path = $"decision.grounds[{ground.Provision}]";
        if (ground.Provision == "42(5)")
        {
            return Reserved(given, path);
        }

        return known.AsksForLaw && string.IsNullOrWhiteSpace(ground.Law)
            ? new(
                Verdict.Unknown,
                $"The ground {Print(ground)} rests on a law at home that is not named.",
                Convention.Article(ground.Provision),
                [Input.Of($"{path}.law", ground.Law)],
                OpenQuestion.To(Respondent.Assessor, "law", $"Which law at home is applied ({known.What})?")
            )
            : new(
                Verdict.Met,
                $"{Print(ground)} is a ground for this measure: {known.What}.",
                Convention.Article(ground.Provision),
                [Input.Of(path, ground.Law)]
            );
    }

    private static Point Reserved(Case given, string path)
    {
        const string provision = "42(5)";
        return given.Request.Basis.Offence == OffenceBasis.ConventionOffence
                ? No(
                    "The reservation never reaches a Convention offence.",
                    provision,
                    "request.basis.offence",
                    Names.Of(given.Request.Basis.Offence)
                )
            : given.Asked is null
                ? new(
                    Verdict.Unknown,
                    "Whether the requested Party made the reservation is not known.",
                    Convention.Article(provision),
                    [Input.Of("requestedProfile", null)],
                    OpenQuestion.To(Respondent.Node, "reservation", "Did the requested Party make the reservation?")
                )
            : given.Asked.Reserves(provision)
                ? new(
                    Verdict.Met,
                    "The requested Party made the reservation, and the offence is not a Convention offence.",
                    Convention.Article(provision),
                    [Input.Of(path, provision)]
                )
            : No("The requested Party has not made the reservation.", provision, path, provision);
    }

    private static Point Closed(Measure measure, Ground ground)
    {
        var path = $"decision.grounds[{ground.Provision}]";
        return Grounds.Forbids(measure, ground.Provision) is { } why
            ? No(
                why,
                measure == Measure.Preservation && IsDual(ground) ? "42(4)" : ground.Provision,
                path,
                ground.Provision
            )
            : No(
                $"What is coded {ground.Provision} is not a ground on which this measure may be refused.",
                measure == Measure.Preservation ? "42(6)" : "40(25)",
                path,
                ground.Provision
            );
    }

    private static IEnumerable<Point> Postponement(Case given, Postpone postpone)
    {
        if (given.Request.Measure == Measure.Preservation)
        {
            yield return No(
                "Preservation is not postponed: data do not wait, and no ground for it is left open.",
                "42(6)",
                "request.measure",
                Names.Of(given.Request.Measure)
            );
        }

        yield return GivesReasons(postpone.Reasons);
        yield return postpone.Until > given.At
            ? Yes(
                "The postponement has an end.",
                "40(27)",
                "decision.until",
                Instants.Format(Instants.ToSecond(postpone.Until))
            )
            : No(
                "The postponement ends before it begins.",
                "40(27)",
                "decision.until",
                Instants.Format(Instants.ToSecond(postpone.Until))
            );
        yield return WasConsulted(given, postpone.Consulted);
    }

    private static IEnumerable<Point> Granting(Case given, Grant grant)
    {
        if (given.Request.Measure == Measure.StoredData)
        {
            yield return string.IsNullOrWhiteSpace(grant.Law)
                ? new(
                    Verdict.Unknown,
                    "The law under which it is executed is not named.",
                    Convention.Article("40(17)"),
                    [Input.Of("decision.law", grant.Law)],
                    OpenQuestion.To(Respondent.Assessor, "law", "Under which law at home is the request executed?")
                )
                : Yes("The law under which it is executed is named.", "40(17)", "decision.law", grant.Law);
        }

        // Without the decision this rule does not apply, so looking at the others ends.
        var others = given with
        {
            Decision = null,
        };
        if (Assessment.Of(others) is not Outcome<Assessment>.Admitted { Value: var assessment })
        {
            yield return new(
                Verdict.Unknown,
                "No safeguard has looked at the request.",
                Convention.Article("40(17)"),
                []
            );
            yield break;
        }

        yield return Yes("The findings were looked at.", "40(17)", "findings", Catalogue.Version);
        foreach (var finding in assessment.Findings.Where(f => f.Weight == Weight.Blocks && f.Verdict != Verdict.Met))
        {
            foreach (var point in Waits(assessment, finding))
            {
                yield return point;
            }
        }
    }

    // What is not met counts with its own verdict also where preservation goes ahead, so that leaving something out never
    // makes the record look better.
    private static IEnumerable<Point> Waits(Assessment assessment, Finding finding)
    {
        var id = finding.Safeguard.Id;
        if (assessment.IsOverridden(finding))
        {
            yield return Stands(Verdict.Met, $"Two officers went on against {id} by a reasoned record.", finding);
            yield break;
        }

        var says = $"The finding {id} is {Finding.Words(finding.Verdict)}";
        if (!assessment.Blocks(finding))
        {
            yield return Stands(
                finding.Verdict,
                $"{says}; preservation goes ahead, and it is reviewed within 24 hours.",
                finding
            );
            yield break;
        }

        yield return Stands(finding.Verdict, $"{says}; a grant waits for it.", finding);
        if (finding.Verdict == Verdict.Unknown && assessment.Case.Request.Measure == Measure.Preservation)
        {
            yield return Stands(
                Verdict.NotMet,
                $"A point of {id} is not met, for which preservation waits too.",
                finding
            );
        }
    }

    private static Point Stands(Verdict verdict, string because, Finding finding) =>
        new(
            verdict,
            because,
            finding.Citations[0],
            [Input.Of($"findings[{finding.Safeguard.Id}].verdict", Names.Of(finding.Verdict))]
        );

    private static Point GivesReasons(string reasons) =>
        string.IsNullOrWhiteSpace(reasons)
            ? No("No reasons are given.", "40(25)", "decision.reasons", reasons)
            : Yes("Reasons are given.", "40(25)", "decision.reasons", reasons);

    private static Point WasConsulted(Case given, ActId? consulted) =>
        consulted is not null && given.Decision!.Consultations.Contains(consulted)
            ? Yes("The requesting Party was consulted first.", "40(28)", "decision.consulted", consulted.ToString())
            : No(
                "The requesting Party was not consulted first.",
                "40(28)",
                "decision.consulted",
                consulted?.ToString()
            );

    private static bool IsDual(Ground ground) => ground.Provision is "40(8)" or "35(3)" or "42(4)";

    private static string Print(Ground ground) => Convention.Print(ground.Provision);

    private static Point Yes(string because, string provision, string path, string? value) =>
        new(Verdict.Met, because, Convention.Article(provision), [Input.Of(path, value)]);

    private static Point No(string because, string provision, string path, string? value) =>
        new(Verdict.NotMet, because, Convention.Article(provision), [Input.Of(path, value)]);
}
