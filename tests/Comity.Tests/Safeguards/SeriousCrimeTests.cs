// SPDX-License-Identifier: EUPL-1.2
using Comity.Instruments;
using Comity.Profiles;
using Comity.Requests;
using Comity.Safeguards;
using static Comity.Safeguards.Verdict;
using static Comity.Tests.Safeguards.Given;

namespace Comity.Tests.Safeguards;

public sealed class SeriousCrimeTests
{
    private static readonly Case Serious = Given.Case.WithBasis(b => b with { Offence = OffenceBasis.SeriousCrime });

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
    public void A_maximum_of_four_years_is_told_with_its_figure() =>
        Assert.Contains("Offence o1 carries a maximum of 4 years.", Maximum(Term(4)).Finding("sg-1").Reasons);

    private static Case Maximum(Penalty? penalty) => LawWith(p => p with { MaximumPenalty = penalty });

    private static Case LawWith(Func<Provision, Provision> change) =>
        Serious.WithOffence(o => o with { Provision = change(o.Provision!) });

    private static PartyProfile By(
        PartyProfile profile,
        MeasuredBy by,
        params IReadOnlyList<DomesticProvision> provisions
    ) => profile with { FourYearsBy = by, Provisions = provisions.Count == 0 ? profile.Provisions : provisions };
}
