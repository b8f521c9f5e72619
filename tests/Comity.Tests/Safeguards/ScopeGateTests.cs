// SPDX-License-Identifier: EUPL-1.2
using Comity.Instruments;
using Comity.Profiles;
using Comity.Requests;
using Comity.Safeguards;
using Comity.Safeguards.UnCybercrime;
using static Comity.Safeguards.Verdict;
using static Comity.Tests.Safeguards.Given;

namespace Comity.Tests.Safeguards;

public sealed class ScopeGateTests
{
    private static readonly Case Serious = Given.Case.WithBasis(b => b with { Offence = OffenceBasis.SeriousCrime });
    private static readonly Case OtherTreaty = Given.Case.WithBasis(b =>
        b with
        {
            Offence = OffenceBasis.OtherTreatyOffence,
            Treaty = "United Nations Convention against Corruption",
        }
    );

    [Fact]
    public void A_Convention_offence_names_one_of_articles_7_to_17_or_19()
    {
        string[] offences = ["7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "19", "7(1)", "16(1)"];
        string[] others = ["4", "6", "18", "20", "21", "40", "170"];
        string?[] unreadable = [null, "", "ten", "10a", "art. 10", "1000"];
        Verdicts(
            "sg-1",
            [
                .. offences.Select(a => (Met, a, Article(a))),
                .. others.Select(a => (NotMet, a, Article(a))),
                .. unreadable.Select(a => (Unknown, a ?? "none", Article(a))),
            ]
        );
    }

    [Fact]
    public void Article_4_makes_no_offence_of_this_Convention() =>
        Assert.Equal(
            "Offence o1 is put under article 4, which makes no offence of this Convention.",
            Article("4").Finding("sg-1").Reasons[0]
        );

    [Fact]
    public void Every_offence_named_has_to_be_in_scope() =>
        Verdicts(
            "sg-1",
            (
                NotMet,
                "one serious, one not",
                Serious.With(r =>
                    r with
                    {
                        Offences =
                        [
                            .. r.Offences,
                            new Offence("o2", "Nuisance", null, Law with { MaximumPenalty = Term(1) }),
                        ],
                    }
                )
            ),
            (Unknown, "none", Given.Case.With(r => r with { Offences = [] }))
        );

    [Fact]
    public void An_offence_of_another_treaty_names_the_treaty_and_is_serious_as_well() =>
        Verdicts(
            "sg-1",
            (Met, "named and serious", OtherTreaty),
            (Unknown, "not named", OtherTreaty.WithBasis(b => b with { Treaty = null })),
            (Unknown, "blank", OtherTreaty.WithBasis(b => b with { Treaty = " " })),
            (
                NotMet,
                "not serious",
                OtherTreaty.WithOffence(o => o with { Provision = Law with { MaximumPenalty = Term(3) } })
            )
        );

    [Fact]
    public void A_label_alone_never_makes_a_serious_crime() =>
        Assert.Equal(Unknown, Serious.WithOffence(o => new Offence("o1", "Terrorism", "10", null)).Verdict("sg-1"));

    [Fact]
    public void The_Convention_is_in_force_for_both_Parties_on_that_day() =>
        Verdicts(
            "sg-1",
            (Unknown, "no requesting profile", Given.Case with { RequestingProfile = null }),
            (Unknown, "no requested profile", Given.Case with { RequestedProfile = null }),
            (
                NotMet,
                "not yet for the requesting",
                Given.Case with
                {
                    RequestingProfile = Since(XaProfile, Now.AddSeconds(1)),
                }
            ),
            (
                Unknown,
                "requesting profile of a later day",
                Given.Case with
                {
                    RequestingProfile = XaProfile with { AsOf = Now.AddSeconds(1) },
                }
            ),
            (Met, "requesting profile of today", Given.Case with { RequestingProfile = XaProfile with { AsOf = Now } }),
            (Met, "from today for the requesting", Given.Case with { RequestingProfile = Since(XaProfile, Now) }),
            (NotMet, "not for the requested", Given.Case.WithHome(p => p with { Instruments = [] })),
            (Unknown, "profile of a later day", Given.Case.WithHome(p => p with { AsOf = Now.AddSeconds(1) })),
            (Met, "profile of today", Given.Case.WithHome(p => p with { AsOf = Now }))
        );

    [Fact]
    public void Without_a_treaty_there_is_an_undertaking_and_an_officer_who_found_that_the_law_lets_help_be_given()
    {
        var courtesy = Given.Case.WithBasis(b => b with { Instrument = "reciprocity" });
        var undertaken = courtesy.WithBasis(b => b with { Undertaking = "The like in a like case" });
        Verdicts(
            "sg-1",
            (Unknown, "nothing undertaken", courtesy),
            (NeedsReview, "undertaken", undertaken),
            (Met, "found", undertaken.Answered(Answer("sg-1", "without-treaty", "may-be-given", Ada))),
            (
                NeedsReview,
                "found otherwise",
                undertaken.Answered(Answer("sg-1", "without-treaty", "may-not-be-given", Ada))
            ),
            (
                Unknown,
                "found, nothing undertaken",
                courtesy.Answered(Answer("sg-1", "without-treaty", "may-be-given", Ada))
            ),
            (Unknown, "an instrument without rules here", Given.Case.WithBasis(b => b with { Instrument = "budapest" }))
        );
    }

    [Fact]
    public void Each_kind_of_offence_rests_on_its_own_letter_of_article_35() =>
        Assert.Equal(
            [
                ["3(b)", "35(1)(a)"],
                ["3(b)", "35(1)(c)", "2(h)"],
                ["3(b)", "35(1)(c)", "2(h)"],
            ],
            new[] { Given.Case, Serious, OtherTreaty }.Select(c =>
                c.Finding("sg-1").Citations.Select(x => x.Provision).ToArray()
            )
        );

    [Fact]
    public void Every_kind_of_offence_opens_both_measures_on_electronic_evidence_and_nothing_unlisted_is_open()
    {
        Assert.All(
            from basis in Enum.GetValues<OffenceBasis>()
            from measure in Enum.GetValues<Measure>()
            select (basis, measure),
            pair => Assert.True(ScopeGate.Opens(pair.basis, pair.measure))
        );
        Assert.False(ScopeGate.Opens(OffenceBasis.ConventionOffence, (Measure)99));
        Assert.False(ScopeGate.Opens((OffenceBasis)99, Measure.StoredData));
    }

    [Fact]
    public void Scope_stops_a_grant_and_two_officers_may_go_on_against_it()
    {
        Assert.Equal(Weight.Blocks, Given.Case.Finding("sg-1").Weight);
        Assert.True(Catalogue.Find("sg-1")!.MayBeOverridden(Given.Case));
    }

    private static Case Article(string? article) => Given.Case.WithOffence(o => o with { Article = article });

    private static PartyProfile Since(PartyProfile profile, DateTimeOffset since) =>
        profile with
        {
            Instruments = [new InstrumentInForce(Convention.Slug, since)],
        };
}
