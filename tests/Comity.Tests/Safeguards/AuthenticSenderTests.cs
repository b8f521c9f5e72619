// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Instruments;
using Comity.Requests;
using Comity.Safeguards;
using static Comity.Safeguards.Verdict;
using static Comity.Tests.Safeguards.Given;

namespace Comity.Tests.Safeguards;

public sealed class AuthenticSenderTests
{
    private static readonly SenderVerification Expired = new SenderVerification.BySeal(
        new Authenticated(Some.Digest("entry of XA"), IsEntryExpired: true)
    );

    private static readonly SenderVerification Forged = new SenderVerification.NotAdmitted(
        new Refusal("act.signature-wrong", new Citation("docs/spec/act.md", "5"))
    );

    [Fact]
    public void A_seal_that_the_directory_knows_is_enough_where_no_haste_is_pleaded() =>
        Verdicts(
            "sg-21",
            (Met, "known seal", Given.Case),
            (NeedsReview, "known seal, entry expired", From(Expired)),
            (NotMet, "not admitted", From(Forged)),
            (Unknown, "not checked", From(new SenderVerification.NotChecked()))
        );

    [Fact]
    public void Where_haste_is_pleaded_an_officer_calls_a_number_held_before() =>
        Verdicts(
            "sg-21",
            (NeedsReview, "urgent", Hasty(UrgencyLevel.Urgent)),
            (NeedsReview, "emergency", Hasty(UrgencyLevel.Emergency)),
            (Met, "urgent, called back", CalledBack(Hasty(UrgencyLevel.Urgent))),
            (Met, "emergency, called back", CalledBack(Hasty(UrgencyLevel.Emergency))),
            (
                NeedsReview,
                "called and not confirmed",
                Hasty(UrgencyLevel.Emergency).Answered(Answer("sg-21", "call-back", "not-confirmed", Ada))
            ),
            (
                NeedsReview,
                "called without saying where the number was held",
                Hasty(UrgencyLevel.Emergency)
                    .Answered(Answer("sg-21", "call-back", "confirmed", Ada) with { Source = "" })
            ),
            (
                Unknown,
                "urgent and not checked",
                Hasty(UrgencyLevel.Urgent) with
                {
                    Sender = new SenderVerification.NotChecked(),
                }
            )
        );

    [Fact]
    public void A_call_back_authenticates_what_was_not_admitted_but_not_what_nobody_looked_at() =>
        Verdicts(
            "sg-21",
            (Met, "not admitted, called back", CalledBack(From(Forged))),
            (Met, "entry expired, called back", CalledBack(From(Expired))),
            (Unknown, "not checked, called back", CalledBack(From(new SenderVerification.NotChecked())))
        );

    [Fact]
    public void A_recorded_request_names_how_it_was_checked_and_mail_and_telephone_need_a_call_back() =>
        Verdicts(
            "sg-21",
            (Met, "letter", Recorded(Channel.Letter)),
            (Met, "note", Recorded(Channel.Note)),
            (Met, "INTERPOL", Recorded(Channel.Interpol)),
            (Unknown, "letter, check not named", Recorded(Channel.Letter, " ")),
            (
                Met,
                "letter, check named by an officer",
                Recorded(Channel.Letter, "")
                    .Answered(Answer("sg-21", "authenticity", "compared with the specimen", Ada))
            ),
            (NeedsReview, "mail", Recorded(Channel.Mail)),
            (NeedsReview, "telephone", Recorded(Channel.Oral)),
            (Met, "mail, called back", CalledBack(Recorded(Channel.Mail))),
            (Met, "telephone, called back", CalledBack(Recorded(Channel.Oral))),
            (Unknown, "mail, check not named, called back", CalledBack(Recorded(Channel.Mail, "")))
        );

    [Fact]
    public void The_reason_tells_what_is_lacking_and_by_when_it_is_looked_at() =>
        Assert.Equal(
            [
                "The seal is one that the directory gives to this authority, competent for this measure.",
                "The seal is known, and the Party's directory entry has expired.",
                "The act was not admitted as authentic.",
                "Nobody has checked who sent it.",
                "Urgency is pleaded; without a call-back it is reviewed within 24 hours.",
                "An emergency is pleaded; without a call-back it is reviewed within 24 hours.",
                "It came by electronic mail, which shows nothing of who sent it.",
                "It came by telephone, which shows nothing of who sent it.",
                "It is not recorded how the authenticity of the original was checked.",
                "It was recorded from an original whose authenticity was checked as stated.",
                "The act was not admitted as authentic. An officer called a number held before, and the authority confirmed the request.",
            ],
            new[]
            {
                Given.Case,
                From(Expired),
                From(Forged),
                From(new SenderVerification.NotChecked()),
                Hasty(UrgencyLevel.Urgent),
                Hasty(UrgencyLevel.Emergency),
                Recorded(Channel.Mail),
                Recorded(Channel.Oral),
                Recorded(Channel.Letter, ""),
                Recorded(Channel.Letter),
                CalledBack(From(Forged)),
            }.Select(c => c.Finding("sg-21").Reasons[0])
        );

    [Fact]
    public void An_oral_request_is_confirmed_in_writing()
    {
        Assert.Equal(
            ["A request made orally is confirmed in writing forthwith."],
            Recorded(Channel.Oral).Finding("sg-21").Notes
        );
        Assert.Empty(Recorded(Channel.Letter).Finding("sg-21").Notes);
    }

    [Fact]
    public void Each_question_goes_to_whoever_can_answer_it() =>
        Assert.Equal(
            [
                ("seal", Respondent.Node),
                ("authenticity", Respondent.Assessor),
                ("call-back", Respondent.Assessor),
                ("call-back", Respondent.Assessor),
            ],
            new[]
            {
                From(new SenderVerification.NotChecked()),
                Recorded(Channel.Letter, ""),
                From(Forged),
                Hasty(UrgencyLevel.Urgent),
            }
                .Select(c => c.Finding("sg-21").Questions.Single())
                .Select(q => (q.Id, q.Who))
        );

    [Fact]
    public void What_was_read_and_where_it_comes_from_is_in_the_finding()
    {
        Assert.Equal([new Input("sender.why", "act.signature-wrong")], From(Forged).Finding("sg-21").Inputs);
        Assert.Equal(
            [Convention.Article("40(14)"), Convention.Article("2(o)")],
            Hasty(UrgencyLevel.Emergency).Finding("sg-21").Citations
        );
        Assert.Equal(
            [Convention.Article("40(14)"), Convention.Article("40(13)")],
            Hasty(UrgencyLevel.Urgent).Finding("sg-21").Citations
        );
        Assert.False(Catalogue.Find("sg-21")!.MayBeOverridden(Given.Case));
        Assert.Equal(["confirmed", "not-confirmed"], From(Forged).Finding("sg-21").Questions.Single().Choices);
    }

    private static Case From(SenderVerification sender) => Given.Case with { Sender = sender };

    private static Case Hasty(UrgencyLevel level) =>
        Given.Case.With(r => r with { Urgency = new Urgency(level, "Records vanish", null) });

    private static Case Recorded(Channel channel, string authenticity = "Compared with the specimen held") =>
        From(new SenderVerification.Recorded(channel, authenticity));

    private static Case CalledBack(Case given) => given.Answered(Answer("sg-21", "call-back", "confirmed", Ada));
}
