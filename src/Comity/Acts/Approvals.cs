// SPDX-License-Identifier: EUPL-1.2
using Comity.Instruments;
using Comity.Requests;

namespace Comity.Acts;

/// <summary>An officer's signed word on a draft.</summary>
/// <param name="Content">The digest of the content it is about.</param>
/// <param name="Officer">The officer, by the digest of the certificate that signed.</param>
/// <param name="As">In what role.</param>
/// <param name="Verdict">What the officer said.</param>
public sealed record Approval(Digest Content, Digest Officer, ApprovalRole As, ApprovalVerdict Verdict);

/// <summary>
/// Whether enough officers have signed for an act to be sealed: two, and never the same one twice. And what is still to be
/// looked at again when one was enough.
/// </summary>
public static class Approvals
{
    /// <summary>The code by which a duty officer is told that nobody has reviewed in time what one officer signed alone.</summary>
    public const string ReviewOverdue = "approval.review-overdue";

    private static readonly Citation Specification = new("docs/spec/act.md", "6");

    /// <summary>Whether one duty officer may sign this alone, to be reviewed afterwards.</summary>
    /// <remarks>
    /// Data vanish at night. Asking for preservation, giving it, acknowledging and keeping longer disclose nothing, so one
    /// signature suffices and a second officer looks within the time the node is set to (design 17.5).
    /// </remarks>
    /// <param name="content">The draft.</param>
    public static bool MayOneSign(ActContent content) =>
        content.Kind.IsNightAct
        || content.Body is Request { Measure: Measure.Preservation } or Grant { Preserved: not null };

    /// <summary>Why a draft may not be sealed yet. What reviewers say comes after the seal and counts for nothing here.</summary>
    /// <param name="content">The draft.</param>
    /// <param name="approvals">What officers have signed, each with their own key; signatures already checked.</param>
    /// <returns>
    /// Nothing when it may, or a refusal: <c>approval.other-content</c>, <c>approval.returned</c>,
    /// <c>approval.drafter-missing</c>, <c>approval.same-officer</c> or <c>approval.second-officer</c>.
    /// </returns>
    public static Refusal? WhyNot(ActContent content, IReadOnlyCollection<Approval> approvals)
    {
        var digest = content.Digest();
        var drafters = OfficersIn(ApprovalRole.Drafter, approvals);
        var approvers = OfficersIn(ApprovalRole.Approver, approvals);
        return Refuse(
            approvals.Any(a => a.Content != digest) ? "approval.other-content"
            : approvals.Any(a => a is { Verdict: ApprovalVerdict.Returns, As: not ApprovalRole.Reviewer })
                ? "approval.returned"
            : drafters.Count == 0 ? "approval.drafter-missing"
            : approvers.Overlaps(drafters) ? "approval.same-officer"
            : approvers.Count == 0 && !MayOneSign(content) ? "approval.second-officer"
            : null
        );
    }

    /// <summary>Whether an act that was sealed on one officer's signature still waits for another officer to look at it.</summary>
    /// <remarks>
    /// A drafter's own word is no second look, in whatever role it is given, and neither is a word on another content. A
    /// reviewer who objects has looked all the same: what was sent stands, and a further act answers the objection.
    /// </remarks>
    /// <param name="content">What the sealed act does.</param>
    /// <param name="approvals">What officers have signed, before and after the seal; signatures already checked.</param>
    public static bool IsToBeReviewed(ActContent content, IReadOnlyCollection<Approval> approvals) =>
        MayOneSign(content)
        && OfficersIn(ApprovalRole.Drafter, approvals) is { Count: > 0 } drafters
        && !SecondLooks(content, approvals, drafters).Any();

    /// <summary>Why an officer may not review a sealed act.</summary>
    /// <param name="content">What the sealed act does.</param>
    /// <param name="approvals">What officers have signed, before and after the seal; signatures already checked.</param>
    /// <param name="officer">Who would review it, by the digest of their certificate.</param>
    /// <returns>
    /// Nothing when they may, or a refusal: <c>approval.not-alone</c> when two officers signed it before it was sent,
    /// <c>approval.same-officer</c>, or <c>approval.reviewed</c>.
    /// </returns>
    public static Refusal? WhyNotReview(ActContent content, IReadOnlyCollection<Approval> approvals, Digest officer)
    {
        var drafters = OfficersIn(ApprovalRole.Drafter, approvals);
        return Refuse(
            !IsToBeReviewed(content, [.. approvals.Where(a => a.As != ApprovalRole.Reviewer)]) ? "approval.not-alone"
            : drafters.Contains(officer) ? "approval.same-officer"
            : !IsToBeReviewed(content, approvals) ? "approval.reviewed"
            : null
        );
    }

    /// <summary>What a duty officer must see of an act that one officer signed alone.</summary>
    /// <param name="content">What the sealed act does.</param>
    /// <param name="approvals">What officers have signed, before and after the seal; signatures already checked.</param>
    /// <param name="due">The last instant at which a review is in time, UTC.</param>
    /// <param name="now">The instant for which it is judged, UTC.</param>
    /// <returns>
    /// Nothing; <c>approval.objected</c> when a reviewer found that it should not have been sent as it was; or
    /// <see cref="ReviewOverdue"/> when nobody has reviewed it and <paramref name="due"/> has passed.
    /// </returns>
    public static Refusal? WhyNotSettled(
        ActContent content,
        IReadOnlyCollection<Approval> approvals,
        DateTimeOffset due,
        DateTimeOffset now
    )
    {
        var drafters = OfficersIn(ApprovalRole.Drafter, approvals);
        var looks = SecondLooks(content, approvals, drafters);
        return Refuse(
            looks.Any(a => a.Verdict == ApprovalVerdict.Returns) ? "approval.objected"
            : IsToBeReviewed(content, approvals) && now > due ? ReviewOverdue
            : null
        );
    }

    private static HashSet<Digest> OfficersIn(ApprovalRole role, IReadOnlyCollection<Approval> approvals) =>
        [.. approvals.Where(a => a.As == role).Select(a => a.Officer)];

    // Whoever has signed as a drafter is none of these, so drafters' own signatures fall out by themselves.
    private static IEnumerable<Approval> SecondLooks(
        ActContent content,
        IReadOnlyCollection<Approval> approvals,
        HashSet<Digest> drafters
    )
    {
        var digest = content.Digest();
        return approvals.Where(a => a.Content == digest && !drafters.Contains(a.Officer));
    }

    private static Refusal? Refuse(string? code) => code is null ? null : new Refusal(code, Specification);
}
