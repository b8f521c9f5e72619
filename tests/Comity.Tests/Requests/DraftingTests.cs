// SPDX-License-Identifier: EUPL-1.2
using Comity.Requests;
using Comity.Tests.Safeguards;

namespace Comity.Tests.Requests;

public sealed class DraftingTests
{
    [Fact]
    public void A_complete_draft_says_every_point_of_its_measure_and_its_basis()
    {
        Assert.Equal("11 of 11", Drafting.Guidance(Given.StoredData).ToString());
        Assert.Equal("9 of 9", Drafting.Guidance(Given.Preservation).ToString());
        Assert.Equal("12 of 12", Drafting.Guidance(On(OffenceBasis.SeriousCrime)).ToString());
        Assert.Equal("13 of 13", Drafting.Guidance(On(OffenceBasis.OtherTreatyOffence)).ToString());
        Assert.Empty(Drafting.Guidance(Given.StoredData).Missing);
    }

    [Fact]
    public void What_is_missing_is_told_with_its_paragraph_and_why_it_matters()
    {
        var guidance = Drafting.Guidance(Given.StoredData with { Purpose = null, Conduct = [] });
        Assert.Equal("9 of 11", guidance.ToString());
        Assert.Equal(
            [
                ("40(15)(g)", "purpose", "It is the limit of what the evidence may be used for."),
                (
                    "35(3)",
                    "conduct",
                    "The other State holds the conduct against its own law; what yours calls it decides nothing."
                ),
            ],
            guidance.Missing.Select(m => (m.Provision, m.Where, m.Why))
        );
    }

    [Fact]
    public void Each_point_of_the_law_is_missed_when_it_is_not_said()
    {
        (string Where, Request Draft)[] table =
        [
            ("offences", Given.StoredData with { Offences = [] }),
            (
                "offences",
                Given.StoredData with
                {
                    Offences = [.. Given.StoredData.Offences, new Offence("o2", "Another", " ", null)],
                }
            ),
            ("conduct", Given.StoredData with { Conduct = [Given.StoredData.Conduct[0] with { Facts = [] }] }),
            (
                "conduct",
                Given.StoredData with
                {
                    Conduct = [Given.StoredData.Conduct[0], Given.StoredData.Conduct[1] with { Facts = [] }],
                }
            ),
            (
                "data.necessity",
                Given.StoredData with
                {
                    Data = [Given.StoredData.Data[0], Given.StoredData.Data[1] with { Necessity = null }],
                }
            ),
            (
                "offences.provision",
                On(OffenceBasis.SeriousCrime) with
                {
                    Offences = [new Offence("o1", "One", null, Given.Law), new Offence("o2", "Two", null, null)],
                }
            ),
            ("data.necessity", Given.StoredData with { Data = [] }),
            ("data.necessity", Given.StoredData with { Data = [Given.StoredData.Data[0] with { Necessity = " " }] }),
            ("data.necessity", Given.StoredData with { Data = [Given.StoredData.Data[0] with { Facts = [] }] }),
            (
                "basis.treaty",
                On(OffenceBasis.OtherTreatyOffence) with
                {
                    Basis = new LegalBasis("un-cybercrime", OffenceBasis.OtherTreatyOffence, " ", null),
                }
            ),
            ("offences.provision", Law(null)),
            ("offences.provision", Law(Given.Law with { Source = null })),
            ("offences.provision", Law(Given.Law with { AsOf = null })),
            ("offences.provision.maximumPenalty", Law(Given.Law with { MaximumPenalty = null })),
            ("offences.provision", On(OffenceBasis.SeriousCrime) with { Offences = [] }),
        ];
        Assert.All(table, row => Assert.Contains(row.Where, Drafting.Guidance(row.Draft).Missing.Select(m => m.Where)));
    }

    [Fact]
    public void A_preservation_is_not_asked_for_what_only_disclosure_asks() =>
        Assert.Empty(
            Drafting.Guidance(Given.Preservation with { Conduct = [], Purpose = null, Assistance = null }).Missing
        );

    [Fact]
    public void A_Convention_offence_is_not_asked_for_its_penalty() =>
        Assert.Empty(
            Drafting
                .Guidance(Given.StoredData with { Offences = [new Offence("o1", "Interference", "10", null)] })
                .Missing
        );

    [Fact]
    public void The_requesting_side_is_told_of_completeness_and_law_and_never_of_the_screens_for_abuse()
    {
        var insult = Given.StoredData with
        {
            Facts = [.. Given.StoredData.Facts, new Fact(3, "He insulted the ruler.")],
        };
        Assert.Equal("11 of 11", Drafting.Guidance(insult).ToString());
        Assert.All(Drafting.Guidance(insult).Points, p => Assert.NotEqual("6(2)", p.Requirement.Provision));
    }

    private static Request On(OffenceBasis basis) =>
        Given.StoredData with
        {
            Basis = new LegalBasis("un-cybercrime", basis, "United Nations Convention against Corruption", null),
        };

    private static Request Law(Provision? law) =>
        On(OffenceBasis.SeriousCrime) with
        {
            Offences = [new Offence("o1", "Interference", null, law)],
        };
}
