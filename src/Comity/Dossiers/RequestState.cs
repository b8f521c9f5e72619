// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Evidence;
using Comity.Requests;

namespace Comity.Dossiers;

/// <summary>Where one request stands: everything its acts have said so far.</summary>
/// <remarks>Immutable. No clock: what a passing date means is asked of <see cref="Clocks"/> for an instant.</remarks>
/// <param name="Id">The request's act.</param>
/// <param name="Request">What was asked, as first sent.</param>
/// <param name="Received">When the home register took it in.</param>
/// <param name="Stage">How far it has got.</param>
public sealed record RequestState(ActId Id, Request Request, DateTimeOffset Received, Stage Stage)
{
    /// <summary>The requested Party's acknowledgement.</summary>
    public Acknowledge? Acknowledged { get; init; }

    /// <summary>Everything asked, in order, and what was answered.</summary>
    public IReadOnlyList<QuestionAsked> Questions { get; init; } = [];

    /// <summary>What the requesting Party added, in order.</summary>
    public IReadOnlyList<Supplement> Supplements { get; init; } = [];

    /// <summary>The decision that stands: a grant, a refusal or a postponement.</summary>
    public DecisionMade? Decision { get; init; }

    /// <summary>The act by which conditions were accepted.</summary>
    public ActId? Accepted { get; init; }

    /// <summary>From when and until when the data are preserved.</summary>
    public PreservedPeriod? Preserved { get; init; }

    /// <summary>The end of preservation that the requesting Party has asked for and not been given.</summary>
    public DateTimeOffset? ExtensionAsked { get; init; }

    /// <summary>Requests that rest on this preservation and came before it had lapsed, in order.</summary>
    public IReadOnlyList<ActId> FollowedBy { get; init; } = [];

    /// <summary>Those of them that are not decided: they keep the preservation alive (art. 42(8)).</summary>
    public IReadOnlyList<ActId> KeptFor { get; init; } = [];

    /// <summary>The evidence supplied, in order.</summary>
    public IReadOnlyList<ExhibitSupplied> Exhibits { get; init; } = [];

    /// <summary>When it ended, if it has.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>The requesting Party's report on what came of it.</summary>
    public Close? Report { get; init; }

    /// <summary>Whether nothing more can happen.</summary>
    public bool IsEnded => Stage is Stage.Refused or Stage.Withdrawn or Stage.Closed;

    /// <summary>Whether a grant or a refusal has been given, or the request has ended otherwise.</summary>
    public bool IsDecided => Decision?.Body is Grant or Refuse || IsEnded;
}

/// <summary>A question and its answer.</summary>
/// <param name="Act">The act that asked.</param>
/// <param name="Purpose">Why it was asked.</param>
/// <param name="Question">The question.</param>
/// <param name="ReplyBy">By when an answer was hoped for.</param>
/// <param name="Answer">The answer, once there is one.</param>
public sealed record QuestionAsked(
    ActId Act,
    AskPurpose Purpose,
    Question Question,
    DateTimeOffset? ReplyBy,
    Answer? Answer
);

/// <summary>A decision as it was taken in.</summary>
/// <param name="Act">The act.</param>
/// <param name="At">When the home register took it in.</param>
/// <param name="Body">A <see cref="Grant"/>, a <see cref="Refuse"/> or a <see cref="Postpone"/>.</param>
public sealed record DecisionMade(ActId Act, DateTimeOffset At, ActBody Body);

/// <summary>An exhibit and in what state it arrived.</summary>
/// <param name="Act">The act that supplied it.</param>
/// <param name="Exhibit">The exhibit.</param>
/// <param name="Verdict">What the requesting Party said of it, once it has.</param>
public sealed record ExhibitSupplied(ActId Act, Exhibit Exhibit, ExhibitVerdict? Verdict);
