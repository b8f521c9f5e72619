// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Instruments;
using Comity.Requests;

namespace Comity.Safeguards.UnCybercrime;

/// <summary>SG-21: whether the request comes from whom it says it comes.</summary>
/// <remarks>
/// The fear: forged emergencies sent from a stolen police mailbox. So a seal, and where haste is pleaded a call to a number
/// held before, never one that came with the request (arts 40(13), 40(14), 41).
/// </remarks>
internal sealed class AuthenticSender()
    : Safeguard(
        "sg-21",
        "Authentic sender",
        "Does the request come from the authority it names, checked otherwise than by the message itself?",
        SafeguardKind.Form,
        "2(o)",
        "40(13)",
        "40(14)",
        "41(3)(e)"
    )
{
    private const string Authenticity = "authenticity";
    private const string CallBack = "call-back";
    private const string Confirmed = "confirmed";

    /// <inheritdoc/>
    public override Finding Find(Case given)
    {
        var isCalledBack = given.Answered("sg-21", CallBack, Confirmed);
        var isChecked = given.AnswersTo("sg-21", Authenticity).Count > 0;
        List<Point> points = [Seal(given.Sender, isChecked, isCalledBack)];
        if (given.Request.Urgency is { } urgency && given.Sender is not SenderVerification.NotChecked)
        {
            points.Add(Haste(urgency, isCalledBack));
        }

        return Says(
            points,
            notes: given.Sender is SenderVerification.Recorded { Channel: Channel.Oral }
                ? ["A request made orally is confirmed in writing forthwith."]
                : []
        );
    }

    private static Point Seal(SenderVerification sender, bool isChecked, bool isCalledBack) =>
        sender switch
        {
            SenderVerification.BySeal { Entry.IsEntryExpired: false } seal => new(
                Verdict.Met,
                "The seal is one that the directory gives to this authority, competent for this measure.",
                Convention.Article("40(14)"),
                [Input.Of("sender.entry", seal.Entry.Entry.ToString())]
            ),
            SenderVerification.BySeal seal => ByCall(
                "The seal is known, and the Party's directory entry has expired.",
                Verdict.NeedsReview,
                Input.Of("sender.entry", seal.Entry.Entry.ToString()),
                isCalledBack
            ),
            SenderVerification.NotAdmitted { Why: var why } => ByCall(
                "The act was not admitted as authentic.",
                Verdict.NotMet,
                Input.Of("sender.why", why.Code),
                isCalledBack
            ),
            SenderVerification.Recorded { Authenticity: var check }
                when string.IsNullOrWhiteSpace(check) && !isChecked => new(
                Verdict.Unknown,
                "It is not recorded how the authenticity of the original was checked.",
                Convention.Article("40(13)"),
                [Input.Of("sender.authenticity", check)],
                OpenQuestion.To(Respondent.Assessor, Authenticity, "How was the authenticity of the original checked?")
            ),
            SenderVerification.Recorded { Channel: Channel.Mail or Channel.Oral } recorded => ByCall(
                $"It came by {(recorded.Channel == Channel.Mail ? "electronic mail" : "telephone")}, which shows nothing of who sent it.",
                Verdict.NeedsReview,
                Input.Of("sender.authenticity", recorded.Authenticity),
                isCalledBack
            ),
            SenderVerification.Recorded recorded => new(
                Verdict.Met,
                "It was recorded from an original whose authenticity was checked as stated.",
                Convention.Article("40(13)"),
                [Input.Of("sender.authenticity", recorded.Authenticity)]
            ),
            _ => new(
                Verdict.Unknown,
                "Nobody has checked who sent it.",
                Convention.Article("40(13)"),
                [Input.Of("sender", null)],
                OpenQuestion.To(Respondent.Node, "seal", "Is it sealed with a seal that the directory knows?")
            ),
        };

    private static Point Haste(Urgency urgency, bool isCalledBack) =>
        ByCall(
            urgency.Level == UrgencyLevel.Emergency
                ? "An emergency is pleaded; without a call-back it is reviewed within 24 hours."
                : "Urgency is pleaded; without a call-back it is reviewed within 24 hours.",
            Verdict.NeedsReview,
            Input.Of("request.urgency.level", Names.Of(urgency.Level)),
            isCalledBack,
            urgency.Level == UrgencyLevel.Emergency ? "2(o)" : "40(13)"
        );

    private static Point ByCall(
        string because,
        Verdict otherwise,
        Input input,
        bool isCalledBack,
        string provision = "40(13)"
    ) =>
        isCalledBack
            ? new(
                Verdict.Met,
                $"{because} An officer called a number held before, and the authority confirmed the request.",
                Convention.Article(provision),
                [input, Input.Of("answers[sg-21/call-back]", Confirmed)]
            )
            : new(
                otherwise,
                because,
                Convention.Article(provision),
                [input],
                new OpenQuestion(
                    CallBack,
                    "Does the authority confirm the request, called at a number that was held before the request came? "
                        + "The source is where that number was held.",
                    Respondent.Assessor,
                    [Confirmed, "not-confirmed"]
                )
            );
}
