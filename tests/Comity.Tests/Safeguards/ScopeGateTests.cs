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
    public void A_serious_crime_carries_four_years_and_not_a_month_less() =>
        Verdicts(
            "sg-1",
            (NotMet, "no term", Maximum(Term(0))),
            (NotMet, "3 years 11 months", Maximum(Term(3, 11))),
            (Met, "4 years", Maximum(Term(4))),
            (Met, "4 years 1 month", Maximum(Term(4, 1))),
            (Met, "life", Maximum(new Penalty(PenaltyKind.Life, 0, 0))),
            (Met, "death", Maximum(new Penalty(PenaltyKind.Death, 0, 0))),
            (Unknown, "not stated", Maximum(null))
        );

    [Fact]
    public void A_maximum_below_four_years_is_told_with_its_figure_and_its_provision()
    {
        var finding = Maximum(Term(3, 11)).Finding("sg-1");
        var point = finding.Points.Single(p => p.Verdict == NotMet);
        Assert.Equal("Offence o1 carries a maximum of 3 years and 11 months, less than four years.", point.Because);
        Assert.Equal(Convention.Article("2(h)"), point.Source);
        Assert.Equal(
            [new Input("request.offences[0].provision.maximumPenalty", "3 years and 11 months")],
            point.Inputs
        );
    }

    [Fact]
    public void A_serious_crime_without_text_source_or_day_of_the_law_is_unknown() =>
        Verdicts(
            "sg-1",
            (Met, "complete", Serious),
            (Unknown, "no law", Serious.WithOffence(o => o with { Provision = null })),
            (Unknown, "no text", LawWith(p => p with { Text = " " })),
            (Unknown, "no source", LawWith(p => p with { Source = null })),
            (Unknown, "blank source", LawWith(p => p with { Source = " " })),
            (Unknown, "no day", LawWith(p => p with { AsOf = null })),
            (Met, "of today", LawWith(p => p with { AsOf = Now })),
            (Unknown, "of a day to come", LawWith(p => p with { AsOf = Now.AddSeconds(1) }))
        );

    [Fact]
    public void What_is_missing_of_the_law_is_asked_of_the_requesting_Party()
    {
        var questions = LawWith(p => p with { Source = null, MaximumPenalty = null }).Finding("sg-1").Questions;
        Assert.Equal(["o1-source", "o1-maximum"], questions.Select(q => q.Id));
        Assert.All(questions, q => Assert.Equal(Respondent.RequestingParty, q.Who));
    }

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
    public void Where_the_requested_Party_measures_by_its_own_law_its_own_maximum_decides()
    {
        var light = Hindering with { MaximumPenalty = Term(3, 11) };
        var silent = Hindering with { Citation = "Criminal Code of XB, section 204", MaximumPenalty = null };
        var shortAtXa = Serious.WithOffence(o => o with { Provision = Law with { MaximumPenalty = Term(1) } });
        Verdicts(
            "sg-1",
            (Met, "requested: 8 years at home", shortAtXa.WithHome(p => By(p, MeasuredBy.Requested))),
            (NotMet, "both: 1 year abroad", shortAtXa.WithHome(p => By(p, MeasuredBy.Both))),
            (Met, "both: enough on both sides", Serious.WithHome(p => By(p, MeasuredBy.Both))),
            (NotMet, "both: 3 years 11 months at home", Serious.WithHome(p => By(p, MeasuredBy.Both, light))),
            (
                Unknown,
                "requested: maximum not in the profile",
                Serious.WithHome(p => By(p, MeasuredBy.Requested, silent))
            ),
            (
                NeedsReview,
                "requested: one below, one not given",
                Serious.WithHome(p => By(p, MeasuredBy.Requested, light, silent))
            ),
            (
                Met,
                "requested: one below, one above",
                Serious.WithHome(p => By(p, MeasuredBy.Requested, light, silent, Hindering))
            ),
            (
                Unknown,
                "requested: no provision met",
                Serious.With(r => r with { Conduct = [] }).WithHome(p => By(p, MeasuredBy.Requested))
            ),
            (Met, "requesting: nothing at home needed", Serious.WithHome(p => By(p, MeasuredBy.Requesting, light))),
            (
                Unknown,
                "requested: text abroad still wanted",
                Serious.WithOffence(o => o with { Provision = null }).WithHome(p => By(p, MeasuredBy.Requested))
            )
        );
    }

    [Fact]
    public void The_finding_says_by_whose_law_four_years_were_measured() =>
        Assert.Equal(
            [
                "Four years are measured by both Parties' law; UNCC art. 2(h) does not say by whose.",
                "Four years are measured by the requested Party's law; UNCC art. 2(h) does not say by whose.",
                "Four years are measured by the requesting Party's law; UNCC art. 2(h) does not say by whose.",
                "That an article is named does not show that the conduct falls under it: sg-2 looks at the conduct.",
            ],
            new[]
            {
                Serious.WithHome(p => By(p, MeasuredBy.Both)),
                Serious.WithHome(p => By(p, MeasuredBy.Requested)),
                Serious,
                Given.Case,
            }.Select(c => c.Finding("sg-1").Notes.Single())
        );

    [Fact]
    public void Without_a_profile_of_the_requested_Party_nobody_knows_by_whose_law_it_measures()
    {
        var courtesy = (Serious with { RequestedProfile = null })
            .WithBasis(b => b with { Instrument = "reciprocity", Undertaking = "The like in a like case" })
            .Answered(Answer("sg-1", "without-treaty", "may-be-given", Ada));
        Assert.Equal(
            "Without a profile of the requested Party nobody knows by whose law it measures four years.",
            courtesy.Finding("sg-1").Reasons[0]
        );
        Assert.Equal(Unknown, courtesy.Verdict("sg-1"));
        Assert.Equal(Met, courtesy.WithBasis(b => b with { Offence = OffenceBasis.ConventionOffence }).Verdict("sg-1"));
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
    public void A_maximum_of_four_years_is_told_with_its_figure() =>
        Assert.Contains("Offence o1 carries a maximum of 4 years.", Maximum(Term(4)).Finding("sg-1").Reasons);

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

    private static Case Maximum(Penalty? penalty) => LawWith(p => p with { MaximumPenalty = penalty });

    private static Case LawWith(Func<Provision, Provision> change) =>
        Serious.WithOffence(o => o with { Provision = change(o.Provision!) });

    private static PartyProfile Since(PartyProfile profile, DateTimeOffset since) =>
        profile with
        {
            Instruments = [new InstrumentInForce(Convention.Slug, since)],
        };

    private static PartyProfile By(
        PartyProfile profile,
        MeasuredBy by,
        params IReadOnlyList<DomesticProvision> provisions
    ) => profile with { FourYearsBy = by, Provisions = provisions.Count == 0 ? profile.Provisions : provisions };
}
