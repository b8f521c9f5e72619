// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;

namespace Comity.Node.Desk.Words;

/// <summary>What officers' signatures under a draft are called: who wrote it, who let it out, who looked at it again.</summary>
internal static class ApprovalWords
{
    /// <summary>What an officer did, said of the officer: "Ari Approve approved it".</summary>
    public static string DoneBy(string officer, ApprovalRole role, ApprovalVerdict verdict) =>
        $"{officer} {DoneTo("it", role, verdict)}";

    /// <summary>The same as the heading of what a Party keeps, with what was signed.</summary>
    /// <param name="party">The Party.</param>
    /// <param name="approve">The signature.</param>
    /// <param name="kind">Kind of the act it is about; nothing when its draft is not known any more.</param>
    public static string DoneBy(string party, Approve approve, string? kind)
    {
        var what = kind is null ? "an act" : $"the {Said.Of(kind).ToLowerInvariant()}";
        return $"An officer of {party} {DoneTo(what, approve.As, approve.Verdict)}";
    }

    /// <summary>What can be said when looking again.</summary>
    public static IReadOnlyList<(string Value, string Text)> Reviews { get; } =
    [
        (Names.Of(ApprovalVerdict.Approves), "It was right to send it: nothing to object"),
        (Names.Of(ApprovalVerdict.Returns), "I object: it should not have been sent like this"),
    ];

    private static string DoneTo(string what, ApprovalRole role, ApprovalVerdict verdict) =>
        (role, verdict) switch
        {
            (ApprovalRole.Drafter, _) => $"wrote {what} and signed",
            (ApprovalRole.Approver, ApprovalVerdict.Approves) => $"approved {what}",
            (ApprovalRole.Approver, _) => $"returned {what} to its drafter",
            (_, ApprovalVerdict.Approves) => $"looked at {what} again and has nothing to object",
            _ => $"looked at {what} again and objects",
        };
}
