// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Instruments;
using Comity.Parties;
using Comity.Profiles;
using Comity.Requests;
using Comity.Safeguards;
using Comity.Safeguards.UnCybercrime;
using CsCheck;
using static Comity.Tests.Safeguards.Given;

namespace Comity.Tests.Safeguards;

/// <summary>Cases of every kind, in order and out of order in up to all the ways below at once.</summary>
internal static class GenCase
{
    private static readonly IReadOnlyList<ConductElement> Elements =
    [
        new(ElementKind.Act, "encrypt-data", "Encrypted", [2]),
        new(ElementKind.Act, "publish", "Published", [1]),
        new(ElementKind.Act, "encrypting", "Encrypted, in a word of its own", [1]),
        new(ElementKind.Act, "access-without-right", "Entered", []),
        new(ElementKind.Object, "person-of-authority", "The ruler", [1]),
        new(ElementKind.Harm, "data-lost", "Lost", [1]),
        new(ElementKind.Circumstance, "through-system", "By computer", [1]),
    ];

    private static readonly DomesticProvision Entering = new(
        "Criminal Code of XB, section 201",
        "Unlawful entry",
        [],
        [Element(ElementKind.Act, "access-without-right"), Element(ElementKind.Object, "computer-system")],
        Term(3),
        ["good-faith-research"]
    );

    private static readonly IReadOnlyList<Func<Case, Case>> Departures =
    [
        .. Elements.Select(e => (Func<Case, Case>)(c => c.With(r => r with { Conduct = [.. r.Conduct, e] }))),
        c => c.With(r => r with { Conduct = [.. r.Conduct.Where(e => e.Element != ElementKind.Act)] }),
        c => c.With(r => r with { Conduct = [.. r.Conduct.Where(e => e.Element != ElementKind.Circumstance)] }),
        c => c.With(r => r with { Facts = [.. r.Facts, new Fact(r.Facts.Count + 1, "He insulted the ruler.")] }),
        c =>
            c.With(r =>
                r with
                {
                    Offences =
                    [
                        .. r.Offences,
                        new Offence("o2", "Nuisance", "18", Law with { MaximumPenalty = Term(3, 11) }),
                    ],
                }
            ),
        c => c.WithOffence(o => o with { Provision = o.Provision! with { AsOf = Now.AddDays(1) } }),
        c => c.WithBasis(b => b with { Treaty = "United Nations Convention against Corruption" }),
        c => c.WithBasis(b => b with { Instrument = "reciprocity", Undertaking = "The like in a like case" }),
        c => c.WithItem(i => i with { From = Now.AddDays(-400), Until = Now }),
        c => c.WithItem(i => i with { Until = Now.AddDays(1) }),
        c => c.WithItem(i => i with { Identifier = "192.0.2.0/24" }),
        c => c.WithData(d => d with { Facts = [.. d.Facts, 7] }),
        c => c.With(r => r with { Urgency = new Urgency(UrgencyLevel.Emergency, "Records vanish", null) }),
        c => c.WithHome(p => p with { Provisions = [Entering, .. p.Provisions] }),
        c =>
            c.WithHome(p =>
                p with
                {
                    Provisions = [.. p.Provisions, Hindering with { Citation = "s. 204", MaximumPenalty = Term(2) }],
                }
            ),
        c => c.WithHome(p => p with { FourYearsBy = MeasuredBy.Both }),
        c =>
            c.WithHome(p =>
                p with
                {
                    DualCriminality = [new DualCriminalityPolicy(Measure.StoredData, DualCriminalityRule.Waived)],
                }
            ),
        c =>
            c.WithHome(p =>
                p with
                {
                    DualCriminality =
                    [
                        new DualCriminalityPolicy(Measure.StoredData, DualCriminalityRule.Discretionary),
                    ],
                }
            ),
        c =>
            c.WithHome(p =>
                p with
                {
                    Declarations = [new Declaration(DeclarationKind.Reservation, "42(5)", "Reserved.")],
                }
            ),
        c => c with { Sender = new SenderVerification.Recorded(Channel.Mail, "By telephone") },
        c =>
            c with
            {
                Sender = new SenderVerification.NotAdmitted(
                    new Refusal("act.signature-wrong", new Citation("docs/spec/act.md", "5"))
                ),
            },
        c => c.Answered(Answer("sg-1", "without-treaty", "may-be-given", Ada)),
        c => c.Answered(Answer("sg-2", "act", "hinder-system", Ada)),
        c => c.Answered(Answer("sg-2", "excuse-good-faith-research", "does-not-apply", Ada)),
        c => c.Answered(Answer("sg-9", $"breadth-{Breadth.Of(c.Request).Figure}", "proportionate", Ada)),
        c => c.Answered(Answer("sg-21", "call-back", "confirmed", Ada)),
        c => c with { Answers = [.. c.Answers.Select(a => a.Question == "content" ? a with { Value = "yes" } : a)] },
        c => c with { Answers = [.. c.Answers.Where(a => a.Question != "right")] },
        c => c.Answered(Answer("sg-9", "override", "go on", Ada), Answer("sg-9", "override", "on", Ben)),
        c => c.Answered(Answer("content", "override", "go on", Ada), Answer("content", "override", "on", Ben)),
        Cleared,
    ];

    private static readonly IReadOnlyList<ActBody?> Decisions =
    [
        null,
        new Grant("Act of XB, section 12", null, [], [], null, null),
        new Refuse([new Ground("40(22)", null)], "Reasons to disclose", null),
        new Refuse(
            [new Ground("40(21)(c)", "Act of XB, section 3"), new Ground("40(23)", null)],
            "Reasons",
            Some.Id("asked")
        ),
        new Refuse([new Ground("42(5)", null)], "Reasons to disclose", null),
        new Postpone(Now.AddDays(9), "It would get in the way of a case at home", Some.Id("asked")),
    ];

    public static Gen<Case> Any { get; } =
        from measure in Gen.Enum<Measure>()
        from basis in Gen.Enum<OffenceBasis>()
        from decision in Gen.Int[0, Decisions.Count - 1].Select(i => Decisions[i])
        // Seldom many at once: where everything is out of order nothing shows.
        from departs in Gen.Int[0, 5].Array[Departures.Count]
        select Departures
            .Where((_, i) => departs[i] == 0)
            .Aggregate(Start(measure, basis, decision), (given, depart) => depart(given));

    private static Case Start(Measure measure, OffenceBasis basis, ActBody? decision)
    {
        var given = Given.Case.With(r => r with { Measure = measure }).WithBasis(b => b with { Offence = basis });
        return decision is null ? given : given.Deciding(decision, Some.Id("asked"));
    }

    private static Case Cleared(Case given) =>
        given
            .Finding("sg-3")
            .Questions.FirstOrDefault(q => q.Id.StartsWith(ExpressionScreen.Clearance, StringComparison.Ordinal))
            is { } question
            ? given.Answered(Answer("sg-3", question.Id, "cleared", Ben))
            : given;
}
