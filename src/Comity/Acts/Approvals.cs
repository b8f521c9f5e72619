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

/// <summary>Whether enough officers have signed for an act to be sealed: two, and never the same one twice.</summary>
public static class Approvals
{
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

    /// <summary>Why a draft may not be sealed yet.</summary>
    /// <param name="content">The draft.</param>
    /// <param name="approvals">What officers have signed, each with their own key; signatures already checked.</param>
    /// <returns>
    /// Nothing when it may, or a refusal: <c>approval.other-content</c>, <c>approval.returned</c>,
    /// <c>approval.drafter-missing</c>, <c>approval.same-officer</c> or <c>approval.second-officer</c>.
    /// </returns>
    public static Refusal? WhyNot(ActContent content, IReadOnlyCollection<Approval> approvals)
    {
        var digest = content.Digest();
        var drafters = approvals.Where(a => a.As == ApprovalRole.Drafter).Select(a => a.Officer).ToHashSet();
        var approvers = approvals.Where(a => a.As == ApprovalRole.Approver).Select(a => a.Officer).ToHashSet();
        var code =
            approvals.Any(a => a.Content != digest) ? "approval.other-content"
            : approvals.Any(a => a.Verdict == ApprovalVerdict.Returns) ? "approval.returned"
            : drafters.Count == 0 ? "approval.drafter-missing"
            : approvers.Overlaps(drafters) ? "approval.same-officer"
            : approvers.Count == 0 && !MayOneSign(content) ? "approval.second-officer"
            : null;
        return code is null ? null : new Refusal(code, Specification);
    }
}
