// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Instruments;
using Comity.Requests;
using static Comity.Acts.ApprovalRole;
using static Comity.Acts.ApprovalVerdict;

namespace Comity.Tests.Acts;

public sealed class ApprovalsTests
{
    private static readonly ActContent Night = Of(Some.Request());
    private static readonly ActContent Day = Of(new Withdraw("No longer needed"));
    private static readonly Digest Dana = Some.Digest("Dana");
    private static readonly Digest Ari = Some.Digest("Ari");
    private static readonly Digest Rea = Some.Digest("Rea");

    [Fact]
    public void One_officer_may_sign_what_keeps_data_and_discloses_nothing()
    {
        var grant = new Grant("Law of XB", null, [], [], null, null);
        var preserved = grant with { Preserved = new PreservedPeriod(Some.Day(0), Some.Day(90)) };
        ActBody[] alone = [Some.Request(), preserved, new Acknowledge("XB-7", null), new Extend(Some.Day(90), null)];
        ActBody[] two = [Some.Request(Measure.StoredData), grant, new Withdraw(null)];

        Assert.All(alone, body => Assert.True(Approvals.MayOneSign(Of(body))));
        Assert.All(two, body => Assert.False(Approvals.MayOneSign(Of(body))));
    }

    [Fact]
    public void What_discloses_nothing_is_sealed_on_its_drafters_word() =>
        Assert.Null(Approvals.WhyNot(Night, [Says(Night, Dana, Drafter)]));

    [Fact]
    public void Everything_else_needs_another_officer()
    {
        var drafted = Says(Day, Dana, Drafter);

        Assert.Equal(
            [
                "approval.drafter-missing",
                "approval.second-officer",
                "approval.same-officer",
                "approval.returned",
                "approval.returned",
                "approval.other-content",
                null,
            ],
            new Approval[][]
            {
                [Says(Day, Ari, Approver)],
                [drafted],
                [drafted, Says(Day, Dana, Approver)],
                [drafted, Says(Day, Ari, Approver, Returns)],
                [Says(Day, Dana, Drafter, Returns), Says(Day, Ari, Approver)],
                [drafted, Says(Night, Ari, Approver)],
                [drafted, Says(Day, Ari, Approver)],
            }.Select(said => Approvals.WhyNot(Day, said)?.Code)
        );
    }

    [Fact]
    public void What_a_reviewer_says_afterwards_neither_opens_nor_closes_the_seal()
    {
        Assert.Null(Approvals.WhyNot(Night, [Says(Night, Dana, Drafter), Says(Night, Ari, Reviewer, Returns)]));
        Assert.Equal(
            Refused("approval.second-officer"),
            Approvals.WhyNot(Day, [Says(Day, Dana, Drafter), Says(Day, Ari, Reviewer)])
        );
    }

    [Fact]
    public void What_one_officer_sent_alone_waits_until_another_has_looked_at_exactly_that()
    {
        var drafted = Says(Night, Dana, Drafter);

        Assert.All(
            new Approval[][]
            {
                [drafted],
                [drafted, Says(Night, Dana, Reviewer)],
                [drafted, Says(Night, Dana, Approver)],
                [drafted, Says(Day, Ari, Reviewer)],
                [drafted, Says(Night, Ari, Drafter)],
            },
            said => Assert.True(Approvals.IsToBeReviewed(Night, said))
        );
        Assert.All(
            new Approval[][]
            {
                [drafted, Says(Night, Ari, Reviewer)],
                [drafted, Says(Night, Ari, Reviewer, Returns)],
                [drafted, Says(Night, Ari, Approver)],
                [drafted, Says(Night, Dana, Reviewer), Says(Night, Ari, Reviewer)],
            },
            said => Assert.False(Approvals.IsToBeReviewed(Night, said))
        );
    }

    [Fact]
    public void What_two_officers_must_sign_is_never_to_be_reviewed()
    {
        Assert.False(Approvals.IsToBeReviewed(Day, [Says(Day, Dana, Drafter)]));
        Assert.False(Approvals.IsToBeReviewed(Day, [Says(Day, Dana, Drafter), Says(Day, Ari, Approver)]));
    }

    [Fact]
    public void Any_officer_but_its_drafter_may_review_it_once()
    {
        var drafted = Says(Night, Dana, Drafter);

        Assert.Null(Approvals.WhyNotReview(Night, [drafted], Ari));
        Assert.Equal(
            [
                Refused("approval.same-officer"),
                Refused("approval.same-officer"),
                Refused("approval.reviewed"),
                Refused("approval.reviewed"),
                Refused("approval.not-alone"),
                Refused("approval.not-alone"),
                Refused("approval.not-alone"),
            ],
            [
                Approvals.WhyNotReview(Night, [drafted], Dana),
                Approvals.WhyNotReview(Night, [drafted, Says(Night, Ari, Reviewer)], Dana),
                Approvals.WhyNotReview(Night, [drafted, Says(Night, Ari, Reviewer)], Ari),
                Approvals.WhyNotReview(Night, [drafted, Says(Night, Ari, Reviewer, Returns)], Rea),
                Approvals.WhyNotReview(Night, [drafted, Says(Night, Ari, Approver)], Rea),
                Approvals.WhyNotReview(Day, [Says(Day, Dana, Drafter), Says(Day, Ari, Approver)], Rea),
                Approvals.WhyNotReview(Night, [], Rea),
            ]
        );
    }

    [Fact]
    public void A_review_is_in_time_up_to_the_last_second()
    {
        Approval[] alone = [Says(Night, Dana, Drafter)];
        Approval[] reviewed = [.. alone, Says(Night, Ari, Reviewer)];
        var due = Some.Day(1);

        Assert.Null(Approvals.WhyNotSettled(Night, alone, due, due));
        Assert.Equal(Refused(Approvals.ReviewOverdue), Approvals.WhyNotSettled(Night, alone, due, due.AddSeconds(1)));
        Assert.Null(Approvals.WhyNotSettled(Night, reviewed, due, due.AddSeconds(1)));
    }

    [Fact]
    public void An_objection_is_shown_at_once_and_stays()
    {
        var drafted = Says(Night, Dana, Drafter);
        var due = Some.Day(1);

        Assert.All(
            [due.AddHours(-1), due.AddDays(30)],
            now =>
                Assert.Equal(
                    Refused("approval.objected"),
                    Approvals.WhyNotSettled(Night, [drafted, Says(Night, Ari, Reviewer, Returns)], due, now)
                )
        );
        Assert.Null(Approvals.WhyNotSettled(Night, [drafted, Says(Night, Dana, Reviewer, Returns)], due, due));
    }

    private static ActContent Of(ActBody body) =>
        new(
            Some.Dossier,
            body is Request ? null : Some.Id("r"),
            Some.XaCentral,
            Some.XbCentral,
            Visibility.Shared,
            body
        );

    private static Approval Says(
        ActContent content,
        Digest officer,
        ApprovalRole role,
        ApprovalVerdict verdict = Approves
    ) => new(content.Digest(), officer, role, verdict);

    private static Refusal Refused(string code) => new(code, new Citation("docs/spec/act.md", "6"));
}
