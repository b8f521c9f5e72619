// SPDX-License-Identifier: EUPL-1.2
using Comity.Safeguards;

namespace Comity.Node.Desk.Findings;

/// <summary>What findings are called.</summary>
internal static class FindingWords
{
    public static string Of(Verdict verdict) =>
        verdict switch
        {
            Verdict.Met => "Met",
            Verdict.NotMet => "Not met",
            Verdict.NeedsReview => "Needs review",
            _ => "Unknown",
        };

    public static string ToneOf(Verdict verdict) =>
        verdict switch
        {
            Verdict.Met => "good",
            Verdict.NotMet => "bad",
            _ => "warn",
        };

    public static string Of(Respondent who) =>
        who switch
        {
            Respondent.RequestingParty => "for the requesting Party to answer",
            Respondent.Assessor => "for an assessor",
            Respondent.SecondOfficer => "for an assessor who did not answer before",
            _ => "for this node's administrators: a profile or a directory entry is missing",
        };

    /// <summary>An answer's value as one reads it.</summary>
    public static string Of(string choice) =>
        choice.Length == 0 ? "" : char.ToUpperInvariant(choice[0]) + choice[1..].Replace('-', ' ');
}
