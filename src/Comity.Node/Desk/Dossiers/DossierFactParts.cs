// SPDX-License-Identifier: EUPL-1.2
using Comity.Instruments;
using Comity.Requests;
using Comity.Safeguards;

namespace Comity.Node.Desk.Dossiers;

/// <summary>
/// A request. Stage is absent while it was not received; Open is what this Party may do now, by kind and paragraph.
/// </summary>
internal sealed record RequestFacts(
    string Act,
    string Measure,
    string Reference,
    string From,
    string To,
    string? Stage,
    DateTimeOffset? Received,
    DecisionFacts? Decision,
    PreservedPeriod? Preserved,
    bool IsPreserved,
    IReadOnlyList<string> KeptFor,
    IReadOnlyList<OpenFacts> Open,
    IReadOnlyList<FindingFacts> Findings
);

/// <summary>What a safeguard says of a request this Party is asked for, until it is decided.</summary>
/// <param name="Safeguard">The safeguard's code.</param>
/// <param name="Title">Its title.</param>
/// <param name="Verdict">met, needs-review, not-met or unknown: the least of its points.</param>
/// <param name="Blocks">Whether a grant waits for it.</param>
/// <param name="Points">Each point with its verdict, its reason and its provision as it is printed for people.</param>
internal sealed record FindingFacts(
    string Safeguard,
    string Title,
    string Verdict,
    bool Blocks,
    IReadOnlyList<PointFacts> Points
)
{
    public static FindingFacts Of(Finding finding, bool blocks) =>
        new(
            finding.Safeguard.Id,
            finding.Safeguard.Title,
            Names.Of(finding.Verdict),
            blocks,
            [.. finding.Points.Select(p => new PointFacts(Names.Of(p.Verdict), p.Because, Convention.Print(p.Source)))]
        );
}

/// <summary>One thing a safeguard looked at.</summary>
internal sealed record PointFacts(string Verdict, string Because, string Source);

/// <summary>The decision that stands.</summary>
internal sealed record DecisionFacts(string Act, string Kind, DateTimeOffset At);

/// <summary>A kind of act that is open, and the paragraph that opens it.</summary>
internal sealed record OpenFacts(string Kind, string Source);

/// <summary>A date that runs, is held or has passed.</summary>
internal sealed record ClockFacts(string Kind, string Request, DateTimeOffset Due, string State, string Source);

/// <summary>
/// An act the home register took in: its entry there, whether it took effect (took or none, with the code of the
/// rule that closed it), its entry in the other Party's register once a receipt is here, and whether its signature
/// was checked for this answer and is good.
/// </summary>
internal sealed record LineFacts(
    string Act,
    string Kind,
    string From,
    string? Concerns,
    long Index,
    DateTimeOffset At,
    string Effect,
    string? Code,
    string Source,
    IReadOnlyList<string> Remarks,
    long? PeerIndex,
    bool IsVerified
);

/// <summary>
/// An act the home register has not answered for: its entry here, and the code by which the other node did not
/// admit it.
/// </summary>
internal sealed record PendingFacts(string Act, string Kind, long OwnIndex, string? NotAdmitted);

/// <summary>An act this Party keeps, and the officer who signed it.</summary>
internal sealed record InternalFacts(string Act, string Kind, string? Officer, long Index, DateTimeOffset At);

/// <summary>
/// An exhibit: held, supplied, expected, whole, differs or damaged; Size and Arrived are bytes of the sealed file.
/// </summary>
internal sealed record ExhibitFacts(
    string Sealed,
    string State,
    long Size,
    long Arrived,
    string? Act,
    string? Name,
    string? MediaType,
    long? PlainSize,
    string? PlainSha256,
    string? Verdict
);

/// <summary>
/// A draft: waiting, sealed or returned, and the act it became. Of one that was sealed on one signature, until when another
/// officer is to review it, and the verdict once one has: approves or returns.
/// </summary>
internal sealed record DraftFacts(
    string Id,
    string Kind,
    string Digest,
    string Drafter,
    string State,
    string? Act,
    DateTimeOffset? ReviewDue,
    string? Review
);
