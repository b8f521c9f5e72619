// SPDX-License-Identifier: EUPL-1.2
using Comity.Profiles;
using Comity.Requests;
using Comity.Safeguards;
using Comity.Safeguards.UnCybercrime;
using static Comity.Safeguards.Verdict;
using static Comity.Tests.Safeguards.Given;

namespace Comity.Tests.Safeguards;

public sealed class WorksheetTests
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
    public void Each_element_is_met_not_met_or_unknown_by_what_is_said_of_it() =>
        Verdicts(
            "sg-2",
            (Unknown, "element not stated", Acts()),
            (NotMet, "another act", Acts(Act("publish"))),
            (Met, "an accepted act", Acts(Act("hinder-system"))),
            (Met, "another accepted act", Acts(Act("encrypt-data"))),
            (Met, "an accepted act beside another", Acts(Act("publish"), Act("encrypt-data"))),
            (Unknown, "a word that is not in the vocabulary", Acts(Act("hinder-systems"))),
            (Unknown, "a word of another kind of element", Acts(Act("computer-system"))),
            (NeedsReview, "an unknown word beside another act", Acts(Act("hinder-systems"), Act("publish"))),
            (Met, "an unknown word beside an accepted act", Acts(Act("hinder-systems"), Act("encrypt-data"))),
            (Unknown, "an accepted act that no fact shows", Acts(Act("encrypt-data", []))),
            (Unknown, "an accepted act shown by a fact that is not there", Acts(Act("encrypt-data", [3]))),
            (Met, "an accepted act shown by the last fact", Acts(Act("encrypt-data", [2]))),
            (Unknown, "an accepted act shown by fact 0", Acts(Act("encrypt-data", [0]))),
            (
                NeedsReview,
                "an accepted act that no fact shows beside another",
                Acts(Act("encrypt-data", []), Act("publish"))
            ),
            (NotMet, "another act that no fact shows", Acts(Act("publish", [])))
        );

    [Fact]
    public void The_least_element_decides_for_a_provision_and_the_best_provision_for_the_whole()
    {
        var publish = Given.Case.With(r => r with { Conduct = [Act("publish"), .. r.Conduct.Skip(1)] });
        var harmless = Hindering with
        {
            Citation = "s. 1",
            Elements = [.. Hindering.Elements, Element(ElementKind.Harm, "data-lost")],
        };
        Verdicts(
            "sg-2",
            (Unknown, "an element more than is stated", Given.Case.WithHome(p => p with { Provisions = [harmless] })),
            (Unknown, "one unknown, one not met", publish.WithHome(p => p with { Provisions = [Hindering, harmless] })),
            (Met, "one unknown, one met", Given.Case.WithHome(p => p with { Provisions = [harmless, Hindering] })),
            (Unknown, "no provisions", Given.Case.WithHome(p => p with { Provisions = [] })),
            (Unknown, "no profile", Given.Case with { RequestedProfile = null }),
            (Unknown, "a profile of a later day", Given.Case.WithHome(p => p with { AsOf = Now.AddSeconds(1) })),
            (
                Unknown,
                "a provision without elements",
                Given.Case.WithHome(p => p with { Provisions = [Hindering with { Elements = [] }] })
            )
        );
    }

    [Fact]
    public void An_assessor_may_read_the_elements_out_of_the_facts()
    {
        var bare = Given.Case.With(r => r with { Conduct = [] });
        var read = bare.Answered(
            Answer("sg-2", "act", "encrypt-data", Ada),
            Answer("sg-2", "object", "computer-system", Ada),
            Answer("sg-2", "circumstance", "without-right", Ada)
        );
        Verdicts(
            "sg-2",
            (Unknown, "nothing broken down", bare),
            (Met, "read by an assessor", read),
            (
                Unknown,
                "read in words the vocabulary does not have",
                bare.Answered([.. read.Answers.Skip(7), Answer("sg-2", "act", "encrypting", Ada)])
            ),
            (
                Unknown,
                "an answer without a source",
                read with
                {
                    Answers = [.. read.Answers.Select(a => a with { Source = " " })],
                }
            ),
            (
                Unknown,
                "an answer without a reason",
                read with
                {
                    Answers = [.. read.Answers.Select(a => a with { Reason = " " })],
                }
            )
        );
    }

    [Fact]
    public void A_provision_that_knows_an_excuse_is_met_only_once_an_officer_said_that_it_does_not_apply()
    {
        var entry = Given
            .Case.WithHome(p => p with { Provisions = [Entering] })
            .With(r => r with { Conduct = [Act("access-without-right"), .. r.Conduct.Skip(1)] });
        Verdicts(
            "sg-2",
            (NeedsReview, "not asked", entry),
            (
                Met,
                "does not apply",
                entry.Answered(Answer("sg-2", "excuse-good-faith-research", "does-not-apply", Ada))
            ),
            (NeedsReview, "applies", entry.Answered(Answer("sg-2", "excuse-good-faith-research", "applies", Ada))),
            (
                NeedsReview,
                "another provision is not met, and one is unknown",
                entry.WithHome(p =>
                    p with
                    {
                        Provisions =
                        [
                            Hindering,
                            Entering,
                            Hindering with
                            {
                                Citation = "s. 1",
                                Elements = [Element(ElementKind.Harm, "data-lost")],
                            },
                        ],
                    }
                )
            ),
            (
                Met,
                "another provision is met without",
                entry
                    .WithHome(p => p with { Provisions = [Entering, Hindering] })
                    .With(r => r with { Conduct = [Act("hinder-system"), .. r.Conduct] })
            )
        );
        var question = Assert.Single(entry.Finding("sg-2").Questions, q => q.Id == "excuse-good-faith-research");
        Assert.Equal(
            "Does the requested Party's law excuse the conduct here: security research in good faith, reported and without gain?",
            question.Text
        );
        Assert.Equal(["applies", "does-not-apply"], question.Choices);
    }

    [Fact]
    public void An_excuse_is_not_asked_about_where_another_provision_is_met_or_the_conduct_does_not_fit()
    {
        var both = Given.Case.WithHome(p => p with { Provisions = [Entering, Hindering] });
        Assert.Empty(both.Finding("sg-2").Questions);
        var neither = both.With(r => r with { Conduct = [Act("publish"), .. r.Conduct.Skip(1)] });
        Assert.Empty(neither.Finding("sg-2").Questions);
    }

    [Fact]
    public void The_worksheet_shows_every_provision_element_by_element() =>
        Assert.Equal(
            [
                "The requested Party's law requires it in this measure.",
                "Criminal Code of XB, section 201 (Unlawful entry into a system) is not met: act not met; object met; excuses open: good-faith-research.",
                "Criminal Code of XB, section 203 (Disabling a system) is met: act met; object met; circumstance met.",
            ],
            Given.Case.WithHome(p => p with { Provisions = [Entering, Hindering] }).Finding("sg-2").Notes
        );

    [Fact]
    public void Answers_are_read_in_an_order_of_their_own() =>
        Assert.Equal(
            ["encrypt-data", "publish"],
            Given
                .Case.Answered(Answer("sg-2", "act", "publish", Ada), Answer("sg-2", "act", "encrypt-data", Ben))
                .Finding("sg-2")
                .Inputs.Where(i => i.Path.StartsWith("answers", StringComparison.Ordinal))
                .Select(i => i.Value)
        );

    [Fact]
    public void The_worksheet_can_be_read_by_itself()
    {
        var sheet = Worksheet.Of(Acts(Act("publish")));
        Assert.Equal([NotMet, Met, Met], sheet.Rows.Single().Lines.Select(l => l.Verdict));
        Assert.Equal([true, true, true], sheet.Conduct.Select(c => c.IsKnown && c.IsShown));
    }

    private static Case Acts(params IReadOnlyList<ConductElement> acts) =>
        Given.Case.With(r => r with { Conduct = [.. acts, .. r.Conduct.Skip(1)] });

    private static ConductElement Act(string concept, IReadOnlyList<int>? facts = null) =>
        new(ElementKind.Act, concept, "What was done", facts ?? [1]);
}
