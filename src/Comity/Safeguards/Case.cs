// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Profiles;
using Comity.Requests;

namespace Comity.Safeguards;

/// <summary>Everything a safeguard may read. What is not in here cannot change a finding.</summary>
/// <param name="Request">The request, every supplement merged (<see cref="Merging.With"/>).</param>
/// <param name="RequestingProfile">The requesting Party's profile of the day, when there is one.</param>
/// <param name="RequestedProfile">The requested Party's profile of the day, when there is one.</param>
/// <param name="Answers">What officers have answered so far, in any order.</param>
/// <param name="Sender">What is known of who sent it.</param>
/// <param name="Decision">The decision drafted, once there is one.</param>
/// <param name="At">The instant for which it is asked, UTC.</param>
public sealed record Case(
    Request Request,
    PartyProfile? RequestingProfile,
    PartyProfile? RequestedProfile,
    IReadOnlyList<RecordedAnswer> Answers,
    SenderVerification Sender,
    DraftedDecision? Decision,
    DateTimeOffset At
)
{
    /// <summary>The requesting Party's profile, unless it is of a later day than the case.</summary>
    internal PartyProfile? Asking => RequestingProfile?.AsOf <= At ? RequestingProfile : null;

    /// <summary>The requested Party's profile, unless it is of a later day than the case.</summary>
    internal PartyProfile? Asked => RequestedProfile?.AsOf <= At ? RequestedProfile : null;

    /// <summary>
    /// The answers to one question that count: those with a value, a reason and a source. In an order of their own, so that
    /// the order in which they were given changes nothing.
    /// </summary>
    internal IReadOnlyList<RecordedAnswer> AnswersTo(string safeguard, string question) =>
        [
            .. Answers
                .Where(a =>
                    a.Safeguard == safeguard
                    && a.Question == question
                    && !string.IsNullOrWhiteSpace(a.Value)
                    && !string.IsNullOrWhiteSpace(a.Reason)
                    && !string.IsNullOrWhiteSpace(a.Source)
                )
                .OrderBy(a => a.Value, StringComparer.Ordinal),
        ];

    /// <summary>Whether somebody answered a question with exactly this value, with reason and source.</summary>
    internal bool Answered(string safeguard, string question, string value) =>
        AnswersTo(safeguard, question).Any(a => a.Value == value);
}

/// <summary>A decision before it is sealed.</summary>
/// <param name="Body">A <see cref="Grant"/>, a <see cref="Refuse"/> or a <see cref="Postpone"/>.</param>
/// <param name="Consultations">Acts of this dossier by which the requesting Party was consulted (art. 40(28)).</param>
public sealed record DraftedDecision(ActBody Body, IReadOnlyList<ActId> Consultations);
