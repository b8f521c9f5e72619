// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Instruments;
using Comity.Requests;
using Comity.Safeguards;
using static Comity.Safeguards.Verdict;
using static Comity.Tests.Safeguards.Given;

namespace Comity.Tests.Safeguards;

public sealed class DecisionRecordTests
{
    private static readonly ActId Consultation = Some.Id("consultation");
    private static readonly Grant Grant = new("Act of XB on legal assistance, section 12", null, [], [], null, null);

    [Fact]
    public void A_refusal_or_postponement_gives_reasons() =>
        Verdicts(
            "sg-13",
            (NotMet, "refusal without", Given.Case.Deciding(new Refuse([new Ground("40(22)", null)], " ", null))),
            (NotMet, "postponement without", Given.Case.Deciding(Postponing(reasons: ""), Consultation)),
            (Met, "refusal with", Refusing(Given.Case, "40(22)")),
            (Met, "postponement with", Given.Case.Deciding(Postponing(), Consultation))
        );

    [Fact]
    public void A_postponement_has_an_end_a_consultation_and_is_never_of_a_preservation() =>
        Verdicts(
            "sg-13",
            (Met, "until a second from now", Given.Case.Deciding(Postponing(Now.AddSeconds(1)), Consultation)),
            (NotMet, "until now", Given.Case.Deciding(Postponing(Now), Consultation)),
            (NotMet, "not consulted", Given.Case.Deciding(Postponing() with { Consulted = null }, Consultation)),
            (NotMet, "consulted elsewhere", Given.Case.Deciding(Postponing())),
            (NotMet, "of a preservation", Given.PreservationCase.Deciding(Postponing(), Consultation))
        );

    [Fact]
    public void A_grant_of_stored_data_names_the_law_and_has_every_finding_met() =>
        Verdicts(
            "sg-13",
            (Met, "all met", Given.Case.Deciding(Grant)),
            (Unknown, "no law named", Given.Case.Deciding(Grant with { Law = null })),
            (Unknown, "a finding unknown", Given.Case.Unanswered().Deciding(Grant)),
            (NotMet, "a finding not met", Given.Case.With(r => r with { Purpose = null }).Deciding(Grant)),
            (NeedsReview, "a finding in need of review", Hasty(Given.Case).Deciding(Grant)),
            (
                Unknown,
                "one not met, one unknown",
                Given.Case.Unanswered().With(r => r with { Purpose = null }).Deciding(Grant)
            ),
            (
                Unknown,
                "nothing else applies",
                (Given.Case with { At = Convention.Adopted.AddSeconds(-1) }).Deciding(Grant)
            )
        );

    [Fact]
    public void Two_officers_may_go_on_against_a_finding_that_is_theirs_to_go_on_against()
    {
        var gap = Given.Case.With(r => r with { Purpose = null }).Deciding(Grant);
        var first = Answer("content", "override", "go on", Ada);
        Verdicts(
            "sg-13",
            (NotMet, "one officer", gap.Answered(first)),
            (NotMet, "one officer twice", gap.Answered(first, first with { Value = "again" })),
            (Met, "two officers", gap.Answered(first, first with { By = Ben })),
            (NotMet, "two officers, one without a reason", gap.Answered(first, first with { By = Ben, Reason = "" })),
            (
                NotMet,
                "two officers, another finding",
                gap.Answered([.. new[] { Ada, Ben }.Select(by => Answer("sg-9", "override", "go on", by))])
            ),
            (
                Unknown,
                "against the expression screen",
                Given
                    .Case.Unanswered()
                    .Deciding(Grant)
                    .Answered([.. new[] { Ada, Ben }.Select(by => Answer("sg-3", "override", "go on", by))])
            )
        );
        Assert.Contains(
            "Two officers went on against content by a reasoned record.",
            gap.Answered(first, first with { By = Ben }).Finding("sg-13").Reasons
        );
    }

    [Fact]
    public void A_preservation_is_granted_while_questions_wait_and_the_record_says_that_they_do()
    {
        var night = Hasty(Given.PreservationCase.Unanswered());
        var drafted = night.Deciding(Grant with { Law = null });
        Assert.Equal(Unknown, drafted.Verdict("sg-13"));
        Assert.Empty(drafted.Assessed().Blocking);
        Assert.Contains(
            "The finding sg-3 is unknown; preservation goes ahead, and it is reviewed within 24 hours.",
            drafted.Finding("sg-13").Reasons
        );
        Assert.Contains(
            "The finding sg-21 is in need of review; preservation goes ahead, and it is reviewed within 24 hours.",
            drafted.Finding("sg-13").Reasons
        );
    }

    [Fact]
    public void A_preservation_waits_for_what_is_known_not_to_be_met_also_where_something_else_is_unknown()
    {
        var wild = Given
            .PreservationCase.WithItem(i => i with { Identifier = "192.0.2.*" })
            .WithData(d => d with { Necessity = null })
            .Deciding(Grant);
        Assert.Equal(["sg-9", "sg-13"], wild.Assessed().Blocking.Select(f => f.Safeguard.Id));
        Assert.Contains("A point of sg-9 is not met, for which preservation waits too.", wild.Finding("sg-13").Reasons);
        Assert.Contains("The finding sg-9 is unknown; a grant waits for it.", wild.Finding("sg-13").Reasons);
        Assert.DoesNotContain(
            Given
                .Case.WithItem(i => i with { Identifier = "192.0.2.*" })
                .WithData(d => d with { Necessity = null })
                .Deciding(Grant)
                .Finding("sg-13")
                .Reasons,
            r => r.StartsWith("A point of", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(
            Given
                .PreservationCase.WithItem(i => i with { Identifier = "192.0.2.*" })
                .Deciding(Grant)
                .Finding("sg-13")
                .Reasons,
            r => r.StartsWith("A point of", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void It_concerns_a_decision_and_nothing_before_one_is_drafted()
    {
        var rule = Catalogue.Find("sg-13")!;
        Assert.False(rule.Applies(Given.Case));
        Assert.True(rule.Applies(Given.Case.Deciding(Grant)));
        Assert.Equal(Unknown, rule.Find(Given.Case).Verdict);
        Assert.Equal(Unknown, Given.Case.Deciding(new Acknowledge("XB-1", null)).Verdict("sg-13"));
        Assert.False(rule.MayBeOverridden(Given.Case));
    }

    [Fact]
    public void What_was_read_of_a_decision_is_in_the_finding() =>
        Assert.Equal(
            [
                new Input("decision.reasons", "Reasons to disclose"),
                new Input("decision.grounds[40(21)(c)]", "Act of XB, s. 1"),
                new Input("decision.consulted", Consultation.ToString()),
            ],
            Refusing(Given.Case, "40(21)(c)").Finding("sg-13").Inputs
        );

    private static Case Refusing(Case given, params IReadOnlyList<string> grounds) =>
        Refusing(given, [.. grounds.Select(g => new Ground(g, "Act of XB, s. 1"))], Consultation);

    private static Case Refusing(Case given, IReadOnlyList<Ground> grounds, ActId? consulted) =>
        given.Deciding(new Refuse(grounds, "Reasons to disclose", consulted), Consultation);

    private static Postpone Postponing(
        DateTimeOffset? until = null,
        string reasons = "It would get in the way of a case at home"
    ) => new(until ?? Now.AddDays(30), reasons, Consultation);

    private static Case Hasty(Case given) =>
        given.With(r => r with { Urgency = new Urgency(UrgencyLevel.Urgent, "Records vanish", null) });
}
