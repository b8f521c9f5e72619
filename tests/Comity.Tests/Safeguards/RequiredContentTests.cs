// SPDX-License-Identifier: EUPL-1.2
using Comity.Instruments;
using Comity.Requests;
using Comity.Safeguards;
using static Comity.Safeguards.Verdict;
using static Comity.Tests.Safeguards.Given;

namespace Comity.Tests.Safeguards;

public sealed class RequiredContentTests
{
    [Fact]
    public void A_request_for_stored_data_says_what_article_40_15_asks()
    {
        (string Provision, Func<Request, Request> Without)[] gaps =
        [
            ("40(15)(a)", r => r with { Authority = r.Authority with { Name = " " } }),
            ("40(15)(b)", r => r with { Proceeding = null }),
            ("40(15)(b)", r => r with { Proceeding = r.Proceeding! with { ConductedBy = null } }),
            (
                "40(15)(b)",
                r => r with { Proceeding = r.Proceeding! with { ConductedBy = Some.Contact() with { Name = "" } } }
            ),
            (
                "40(15)(b)",
                r =>
                    r with
                    {
                        Proceeding = r.Proceeding! with { ConductedBy = Some.Contact() with { Functions = null } },
                    }
            ),
            ("40(15)(c)", r => r with { Facts = [] }),
            ("40(15)(d)", r => r with { Assistance = null }),
            ("40(15)(e)", r => r with { Items = [] }),
            ("40(15)(f)", r => r with { Items = [] }),
            ("40(15)(f)", r => r with { Items = [r.Items[0] with { From = null }] }),
            ("40(15)(f)", r => r with { Items = [r.Items[0], r.Items[0] with { Until = null }] }),
            ("40(15)(g)", r => r with { Purpose = null }),
            ("40(15)(g)", r => r with { Purpose = " " }),
        ];
        Assert.All(gaps, gap => AssertMissing(Given.Case.With(gap.Without), gap.Provision));
        Assert.Equal(Met, Given.Case.Verdict("content"));
    }

    [Fact]
    public void A_request_for_preservation_says_what_article_42_3_asks()
    {
        (string Provision, Func<Request, Request> Without)[] gaps =
        [
            ("42(3)(a)", r => r with { Authority = r.Authority with { Name = " " } }),
            ("42(3)(b)", r => r with { Offences = [] }),
            ("42(3)(b)", r => r with { Facts = [] }),
            ("42(3)(c)", r => r with { Items = [] }),
            ("42(3)(c)", r => r with { Data = [] }),
            ("42(3)(c)", r => r with { Data = [r.Data[0], r.Data[1] with { Facts = [] }] }),
            (
                "42(3)(d)",
                r => r with { Custodian = null, Items = [r.Items[0] with { Provider = null, Location = null }] }
            ),
            ("42(3)(e)", r => r with { Necessity = " " }),
            ("42(3)(f)", r => r with { Intention = null }),
        ];
        Assert.All(gaps, gap => AssertMissing(Given.PreservationCase.With(gap.Without), gap.Provision));
        Assert.Equal(Met, Given.PreservationCase.Verdict("content"));
    }

    [Fact]
    public void Where_the_provider_or_the_place_is_known_the_custodian_is_known_well_enough() =>
        Verdicts(
            "content",
            (
                Met,
                "provider",
                Given.PreservationCase.With(r =>
                    r with
                    {
                        Custodian = null,
                        Items = [r.Items[0] with { Location = null }],
                    }
                )
            ),
            (
                Met,
                "place",
                Given.PreservationCase.With(r =>
                    r with
                    {
                        Custodian = null,
                        Items = [r.Items[0] with { Provider = null }],
                    }
                )
            ),
            (
                Met,
                "provider of one of two",
                Given.PreservationCase.With(r =>
                    r with
                    {
                        Custodian = null,
                        Items = [r.Items[0], r.Items[0] with { Provider = null, Location = null }],
                    }
                )
            ),
            (
                Met,
                "custodian",
                Given.PreservationCase.With(r =>
                    r with
                    {
                        Items = [r.Items[0] with { Provider = null, Location = null }],
                    }
                )
            )
        );

    [Fact]
    public void What_is_missing_is_asked_with_the_paragraph_that_asks_for_it()
    {
        var finding = Given.Case.With(r => r with { Purpose = null }).Finding("content");
        Assert.Equal("The request does not say the purpose for which the evidence is sought.", finding.Reasons[0]);
        var question = finding.Questions.Single();
        Assert.Equal(
            "Please state the purpose for which the evidence is sought (UNCC art. 40 (para. 15(g), unconfirmed); "
                + "asked under UNCC art. 40 (para. 16, unconfirmed)).",
            question.Text
        );
        Assert.Equal(("content-8", Respondent.RequestingParty), (question.Id, question.Who));
    }

    [Fact]
    public void What_a_request_leaves_unsaid_is_listed_in_the_order_of_the_text()
    {
        Assert.Empty(RequestContent.Missing(StoredData));
        Assert.Equal(
            ["40(15)(d)", "40(15)(g)"],
            RequestContent.Missing(StoredData with { Purpose = null, Assistance = null }).Select(m => m.Provision)
        );
    }

    [Fact]
    public void A_gap_stops_a_grant_of_stored_data_and_never_a_preservation()
    {
        var gap = (Request r) => r with { Facts = [] };
        Assert.Equal(Weight.Blocks, Given.Case.With(gap).Finding("content").Weight);
        Assert.Equal(Weight.Informs, Given.PreservationCase.With(gap).Finding("content").Weight);
        Assert.True(Catalogue.Find("content")!.MayBeOverridden(Given.Case));
    }

    private static void AssertMissing(Case given, string provision)
    {
        var finding = given.Finding("content");
        Assert.Equal(NotMet, finding.Verdict);
        Assert.Contains(
            Convention.Article(provision),
            finding.Points.Where(p => p.Verdict == NotMet).Select(p => p.Source)
        );
    }
}
