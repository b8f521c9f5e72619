// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Instruments;
using Comity.Requests;
using Comity.Safeguards;
using static Comity.Safeguards.Verdict;
using static Comity.Tests.Safeguards.Given;

namespace Comity.Tests.Safeguards;

public sealed class AssessmentTests
{
    private static readonly Refusal None = new("assessment.no-safeguards", new Citation("docs/safeguards.md", "1"));

    [Fact]
    public void A_case_that_no_safeguard_looked_at_is_refused_and_never_allowed()
    {
        Assert.Equal(None, Assessment.Of(Given.Case, []).Refused());
        Assert.Equal(None, Assessment.Of(Given.Case, [Catalogue.Find("sg-13")!]).Refused());
        Assert.Equal(None, Assessment.Of(Given.Case with { At = Convention.Adopted.AddTicks(-1) }).Refused());
        Assert.Equal(6, Assessment.Of(Given.Case with { At = Convention.Adopted }).Admitted().Findings.Count);
    }

    [Fact]
    public void Every_safeguard_is_in_one_list_in_the_order_in_which_it_is_read()
    {
        Assert.Equal(["sg-21", "content", "sg-1", "sg-2", "sg-3", "sg-9", "sg-13"], Catalogue.All.Select(s => s.Id));
        Assert.Equal(
            ["sg-21", "content", "sg-1", "sg-2", "sg-3", "sg-9"],
            Given.Case.Assessed().Findings.Select(f => f.Safeguard.Id)
        );
        Assert.Equal(["content", "sg-1", "sg-9"], Catalogue.OfDrafts.Select(s => s.Id));
        Assert.Null(Catalogue.Find("sg-99"));
        Assert.All(Catalogue.All, s => Assert.Equal(Convention.Adopted, s.InForce));
    }

    [Fact]
    public void Where_everything_is_in_order_nothing_blocks_and_nothing_is_open()
    {
        var assessment = Given.Case.Assessed();
        Assert.All(assessment.Findings, f => Assert.Equal(Met, f.Verdict));
        Assert.Empty(assessment.Blocking);
        Assert.Empty(assessment.ForReview);
        Assert.Empty(assessment.Open);
    }

    [Fact]
    public void Stored_data_wait_for_everything_and_preservation_only_for_what_is_not_met()
    {
        (string What, Func<Request, Request> Change, string[] StoredData, string[] Preservation)[] table =
        [
            ("no purpose", r => r with { Purpose = null }, ["content"], []),
            ("no conduct", r => r with { Conduct = [] }, ["sg-2"], []),
            ("another article", r => r with { Offences = [r.Offences[0] with { Article = "18" }] }, ["sg-1"], ["sg-1"]),
            ("no article", r => r with { Offences = [r.Offences[0] with { Article = null }] }, ["sg-1"], []),
            ("a wildcard", r => r with { Items = [r.Items[0] with { Identifier = "*" }] }, ["sg-9"], ["sg-9"]),
            ("an insult", r => r with { Purpose = "Insult of the ruler" }, ["sg-3"], []),
            (
                "haste",
                r => r with { Urgency = new Urgency(UrgencyLevel.Urgent, "Records vanish", null) },
                ["sg-21"],
                []
            ),
        ];
        Assert.All(
            table,
            row =>
            {
                Assert.Equal(row.StoredData, Blocking(Given.Case.With(row.Change)));
                Assert.Equal(row.Preservation, Blocking(Given.PreservationCase.With(row.Change)));
            }
        );
    }

    [Fact]
    public void What_a_preservation_did_not_wait_for_is_looked_at_afterwards()
    {
        var night = Given.PreservationCase.Unanswered().With(r => r with { Conduct = [], Facts = r.Facts });
        Assert.Equal(["sg-2", "sg-3"], night.Assessed().ForReview.Select(f => f.Safeguard.Id));
        var forged = Given.PreservationCase with
        {
            Sender = new SenderVerification.NotAdmitted(
                new Refusal("act.signature-wrong", new Citation("docs/spec/act.md", "5"))
            ),
        };
        Assert.Equal(["sg-21"], Blocking(forged));
        Assert.Empty(forged.Assessed().ForReview);
    }

    [Fact]
    public void A_finding_gone_against_by_two_officers_neither_blocks_nor_waits_for_review()
    {
        var gap = Given.Case.With(r => r with { Purpose = null });
        var overridden = gap.Answered(
            Answer("content", Assessment.Override, "go on", Ada),
            Answer("content", Assessment.Override, "go on", Ben)
        );
        Assert.Equal(["content"], Blocking(gap));
        Assert.Empty(Blocking(overridden));
        Assert.Empty(overridden.Assessed().ForReview);
        Assert.Equal(NotMet, overridden.Verdict("content"));
    }

    [Fact]
    public void A_finding_that_is_met_is_not_gone_against()
    {
        var given = Given.Case.Answered(
            Answer("content", "override", "go on", Ada),
            Answer("content", "override", "go on", Ben)
        );
        var assessment = given.Assessed();
        Assert.False(assessment.IsOverridden(assessment.Findings.Single(f => f.Safeguard.Id == "content")));
    }

    [Fact]
    public void What_is_open_is_told_with_the_safeguard_that_asks() =>
        Assert.Equal(
            [("content", "content-8"), ("sg-9", "i1-period")],
            Given
                .Case.With(r => r with { Purpose = null, Items = [r.Items[0] with { Until = Now.AddDays(1) }] })
                .Assessed()
                .Open.Select(o => (o.Finding.Safeguard.Id, o.Question.Id))
        );

    [Fact]
    public void It_is_kept_as_an_internal_act_that_parses_again()
    {
        var record = Hasty.Assessed().Record();
        var again = ActEncoding.ReadBody(ActKind.Of(record), ActEncoding.WriteBody(record)).Admitted();
        Assert.Equal(ActEncoding.WriteBody(record), ActEncoding.WriteBody(again));
        Assert.Equal(Catalogue.Version, record.RulesVersion);
        Assert.Equal(
            ["sg-21 needs-review", "content met", "sg-1 met", "sg-2 met", "sg-3 met", "sg-9 met"],
            record.Findings.Select(f => $"{f.Safeguard} {f.Verdict}")
        );
        Assert.Equal(Hasty.Answers, record.Answers);
        Assert.Equal(Hasty.Assessed().Findings[0].Reasons, record.Findings[0].Reasons);
    }

    [Fact]
    public void A_finding_explains_itself_in_one_sentence_and_in_full()
    {
        var finding = Hasty.Finding("sg-21");
        Assert.Equal(
            "Authentic sender (sg-21) is in need of review: urgency is pleaded; without a call-back it is reviewed within 24 hours.",
            finding.InOneSentence
        );
        Assert.Equal(
            $"""
            Authentic sender (sg-21) is in need of review: urgency is pleaded; without a call-back it is reviewed within 24 hours.
              It asks: Does the request come from the authority it names, checked otherwise than by the message itself?
              in need of review: Urgency is pleaded; without a call-back it is reviewed within 24 hours. [UNCC art. 40 (para. 13, unconfirmed)]
              met: The seal is one that the directory gives to this authority, competent for this measure. [UNCC art. 40 (para. 14, unconfirmed)]
              read: sender.entry = {Some.Digest("entry of XA")}
              read: request.urgency.level = urgent
              open (an assessor): Does the authority confirm the request, called at a number that was held before the request came? The source is where that number was held.

            """,
            finding.InFull,
            ignoreLineEndingDifferences: true
        );
    }

    [Fact]
    public void Notes_and_every_respondent_have_their_words_in_full()
    {
        Assert.Contains(
            "\n  note: Breadth: figure 120 (1 item, 30 days).\n",
            Given.Case.Finding("sg-9").InFull,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "  open (the node): ",
            (Given.Case with { RequestedProfile = null }).Finding("sg-2").InFull,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "  open (the requesting Party): ",
            Given.Case.With(r => r with { Purpose = null }).Finding("content").InFull,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "  open (a second officer): ",
            Given.Case.With(r => r with { Purpose = "insult" }).Finding("sg-3").InFull,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_finding_that_looked_at_nothing_is_unknown()
    {
        var finding = new Finding(Catalogue.Find("sg-1")!, [], Weight.Blocks, [], []);
        Assert.Equal(Unknown, finding.Verdict);
        Assert.Equal("Scope (sg-1) is unknown: nothing was looked at.", finding.InOneSentence);
    }

    [Fact]
    public void What_was_read_is_kept_short_and_absence_is_shown()
    {
        Assert.Equal(new Input("p", new string('a', 200)), Input.Of("p", new string('a', 200)));
        Assert.Equal(new Input("p", new string('a', 199) + "…"), Input.Of("p", new string('a', 201)));
        Assert.Equal(new Input("p", "-"), Input.Of("p", null));
        Assert.Equal(new Input("p", "-"), Input.Of("p", " "));
    }

    [Fact]
    public void The_order_of_verdicts_puts_unknown_last() =>
        Assert.Equal([Met, NeedsReview, NotMet, Unknown], Enum.GetValues<Verdict>().OrderDescending());

    private static Case Hasty =>
        Given.Case.With(r => r with { Urgency = new Urgency(UrgencyLevel.Urgent, "Records vanish", null) });

    private static string[] Blocking(Case given) => [.. given.Assessed().Blocking.Select(f => f.Safeguard.Id)];
}
