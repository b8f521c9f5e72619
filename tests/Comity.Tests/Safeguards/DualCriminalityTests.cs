// SPDX-License-Identifier: EUPL-1.2
using Comity.Instruments;
using Comity.Parties;
using Comity.Profiles;
using Comity.Requests;
using Comity.Safeguards;
using static Comity.Safeguards.Verdict;
using static Comity.Tests.Safeguards.Given;

namespace Comity.Tests.Safeguards;

public sealed class DualCriminalityTests
{
    private static readonly DomesticProvision Entering = new(
        "Criminal Code of XB, section 201",
        "Unlawful entry into a system",
        ["7"],
        [Element(ElementKind.Act, "access-without-right"), Element(ElementKind.Object, "computer-system")],
        Term(3),
        ["good-faith-research"]
    );

    [Fact]
    public void The_same_conduct_is_an_offence_under_whatever_label() =>
        Verdicts(
            "sg-2",
            (Met, "same label", Given.Case),
            (Met, "another label", Given.Case.WithOffence(o => o with { Label = "Sabotage of essential services" })),
            (
                Met,
                "another label at home",
                Given.Case.WithHome(p => p with { Provisions = [Hindering with { Label = "Nuisance" }] })
            )
        );

    [Fact]
    public void Insulting_a_ruler_by_computer_is_not_illegal_access_because_it_is_called_so()
    {
        var insult = Given
            .Case.WithHome(p => p with { Provisions = [Entering, Hindering] })
            .WithOffence(o => o with { Label = Entering.Label, Article = "7" })
            .With(r =>
                r with
                {
                    Conduct =
                    [
                        new ConductElement(ElementKind.Act, "insult-authority", "Called the ruler a miser", [1]),
                        new ConductElement(ElementKind.Object, "person-of-authority", "The ruler", [1]),
                        new ConductElement(ElementKind.Circumstance, "through-system", "By computer", [1]),
                    ],
                }
            );
        Assert.Equal(NotMet, insult.Verdict("sg-2"));
        Assert.Equal(
            "The conduct lacks an element of every provision of the requested Party's law.",
            insult.Finding("sg-2").Reasons.Single()
        );
    }

    [Fact]
    public void What_a_lack_of_it_means_is_the_requested_Partys_choice_measure_by_measure()
    {
        var rule = Catalogue.Find("sg-2")!;
        (DualCriminalityRule? Policy, Weight Weight, bool MayBeOverridden, string Note)[] table =
        [
            (
                DualCriminalityRule.Required,
                Weight.Blocks,
                false,
                "The requested Party's law requires it in this measure."
            ),
            (
                DualCriminalityRule.Discretionary,
                Weight.Blocks,
                true,
                "The requested Party may decline for the lack of it, and may help all the same by a reasoned record."
            ),
            (
                DualCriminalityRule.Waived,
                Weight.Informs,
                false,
                "The requested Party does not ask for it in this measure."
            ),
            (
                null,
                Weight.Blocks,
                false,
                "The requested Party's profile does not say what it asks; it is treated as required."
            ),
        ];
        foreach (var row in table)
        {
            var given = Given.Case.WithHome(p =>
                p with
                {
                    DualCriminality = row.Policy is { } policy
                        ? [new DualCriminalityPolicy(Measure.StoredData, policy)]
                        : [],
                }
            );
            var finding = given.Finding("sg-2");
            Assert.Equal(row, (row.Policy, finding.Weight, rule.MayBeOverridden(given), finding.Notes[0]));
        }
    }

    [Fact]
    public void Preservation_does_not_depend_on_it_and_is_told_whether_disclosure_could_follow()
    {
        var finding = Given.PreservationCase.With(r => r with { Conduct = [] }).Finding("sg-2");
        Assert.Equal((Unknown, Weight.Informs), (finding.Verdict, finding.Weight));
        Assert.Equal(
            "Preservation does not depend on it: this only says whether disclosure could follow.",
            finding.Notes[0]
        );
        Assert.Equal([Convention.Article("42(4)")], finding.Citations);
    }

    [Fact]
    public void Under_a_reservation_it_weighs_on_preservation_for_other_offences_and_never_for_Convention_offences()
    {
        var reserved = Given.PreservationCase.WithHome(p =>
            p with
            {
                Declarations = [new Declaration(DeclarationKind.Reservation, "42(5)", "XB reserves that right.")],
            }
        );
        var serious = reserved.WithBasis(b => b with { Offence = OffenceBasis.SeriousCrime });
        var declared = serious.WithHome(p =>
            p with
            {
                Declarations = [new Declaration(DeclarationKind.Declaration, "42(5)", "XB welcomes that paragraph.")],
            }
        );
        Assert.Equal(
            [Weight.Informs, Weight.Blocks, Weight.Informs],
            new[] { reserved, serious, declared }.Select(c => c.Finding("sg-2").Weight)
        );
        Assert.True(Catalogue.Find("sg-2")!.MayBeOverridden(serious));
        Assert.Equal([Convention.Article("42(5)")], serious.Finding("sg-2").Citations);
        Assert.Equal(
            "Its reservation does not reach Convention offences: this only says whether disclosure could follow.",
            reserved.Finding("sg-2").Notes[0]
        );
    }

    [Fact]
    public void A_provision_below_the_penalty_that_the_measure_asks_for_at_home_is_noted_and_decides_nothing()
    {
        var at = Given.Case.WithHome(p => p with { Thresholds = [new Threshold(Measure.StoredData, Term(8))] });
        var above = Given.Case.WithHome(p => p with { Thresholds = [new Threshold(Measure.StoredData, Term(8, 1))] });
        var other = Given.Case.WithHome(p => p with { Thresholds = [new Threshold(Measure.Preservation, Term(9))] });
        Assert.Equal([2, 3, 2], new[] { at, above, other }.Select(c => c.Finding("sg-2").Notes.Count));
        Assert.Equal(Met, above.Verdict("sg-2"));
        Assert.Equal(
            "In a domestic case Criminal Code of XB, section 203 would not reach the penalty this measure asks for "
                + "(8 years and 1 month): compare UNCC art. 40 (para. 21(c), unconfirmed).",
            above.Finding("sg-2").Notes[2]
        );
    }

    [Fact]
    public void What_is_open_is_asked_of_whoever_can_answer()
    {
        var nothing = Given.Case.With(r => r with { Conduct = [] }).Finding("sg-2").Questions.Single();
        Assert.Equal((Respondent.RequestingParty, "elements"), (nothing.Who, nothing.Id));
        Assert.EndsWith("Open: act, object, circumstance.", nothing.Text, StringComparison.Ordinal);
        var part = Given.Case.With(r => r with { Conduct = [.. r.Conduct.Skip(1)] }).Finding("sg-2").Questions.Single();
        Assert.Equal(Respondent.Assessor, part.Who);
        Assert.EndsWith("Open: act.", part.Text, StringComparison.Ordinal);
        var noProfile = (Given.Case with { RequestedProfile = null }).Finding("sg-2").Questions.Single();
        Assert.Equal((Respondent.Node, "requested-profile"), (noProfile.Who, noProfile.Id));
    }

    [Fact]
    public void The_reason_says_why_it_is_not_settled() =>
        Assert.Equal(
            [
                "The conduct has every element of Criminal Code of XB, section 203.",
                "There is no profile of the requested Party's law for that day.",
                "The requested Party's profile holds no provisions.",
                "The conduct is not broken into its elements.",
                "Elements that would decide it are not stated, or are stated in words the vocabulary does not have.",
                "A provision may fit; a person has to look at what the concepts do not settle.",
            ],
            new[]
            {
                Given.Case,
                Given.Case with
                {
                    RequestedProfile = null,
                },
                Given.Case.WithHome(p => p with { Provisions = [] }),
                Given.Case.With(r => r with { Conduct = [] }),
                Acts(),
                Acts(Act("hinder-systems"), Act("publish")),
            }.Select(c => c.Finding("sg-2").Reasons.Single())
        );

    [Fact]
    public void What_was_read_is_listed_with_words_unknown_to_the_vocabulary_marked() =>
        Assert.Equal(
            [
                new Input("request.conduct[0].concept", "hinder-systems (not in the vocabulary)"),
                new Input("request.conduct[1].concept", "computer-system"),
                new Input("request.conduct[2].concept", "without-right"),
                new Input("answers[sg-2/act].concept", "encrypt-data"),
                new Input("requestedProfile.asOf", "2026-09-25T12:00:00Z"),
            ],
            Acts(Act("hinder-systems")).Answered(Answer("sg-2", "act", "encrypt-data", Ada)).Finding("sg-2").Inputs
        );

    private static Case Acts(params IReadOnlyList<ConductElement> acts) =>
        Given.Case.With(r => r with { Conduct = [.. acts, .. r.Conduct.Skip(1)] });

    private static ConductElement Act(string concept, IReadOnlyList<int>? facts = null) =>
        new(ElementKind.Act, concept, "What was done", facts ?? [1]);
}
