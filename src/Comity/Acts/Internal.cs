// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json;
using System.Text.Json.Serialization;
using Comity.Parties;

namespace Comity.Acts;

/// <summary>An officer's signature under something that is to be sealed. Kept at home, named by its id in the sealed act.</summary>
/// <remarks>
/// Signed with the officer's own key, which is never the authority's: what runs the node can seal nothing that no officer
/// has signed (design 17.6).
/// </remarks>
/// <param name="Content">The <see cref="ActContent"/>'s digest: exactly what is approved, before it has a number.</param>
/// <param name="As">In what role.</param>
/// <param name="Verdict">What the officer says of it.</param>
/// <param name="Reason">Why, when it is returned, or what was weighed.</param>
public sealed record Approve(Digest Content, ApprovalRole As, ApprovalVerdict Verdict, string? Reason) : ActBody
{
    internal override void Check(Shape shape) =>
        shape
            .OptionalText(Reason, "reason", Shape.Paragraph)
            .That(Verdict == ApprovalVerdict.Approves || Reason is not null, "reason");
}

/// <summary>In what role an officer signs.</summary>
[JsonConverter(typeof(NameConverter<ApprovalRole>))]
public enum ApprovalRole
{
    /// <summary>Wrote it and stands for it.</summary>
    Drafter,

    /// <summary>Decides that it goes out.</summary>
    Approver,

    /// <summary>Looks again afterwards at what one officer signed alone, at night.</summary>
    Reviewer,
}

/// <summary>What an officer says of a draft.</summary>
[JsonConverter(typeof(NameConverter<ApprovalVerdict>))]
public enum ApprovalVerdict
{
    /// <summary>It may be sealed.</summary>
    Approves,

    /// <summary>It goes back, with the reason.</summary>
    Returns,
}

/// <summary>What the safeguards said of a request, and what officers answered. Internal; the peer never learns of it.</summary>
/// <param name="RulesVersion">Version of the rules and the instrument they read.</param>
/// <param name="Findings">What each safeguard said.</param>
/// <param name="Answers">Answers to their questions, each with its source and the role that gave it.</param>
public sealed record Assess(
    string RulesVersion,
    IReadOnlyList<RecordedFinding> Findings,
    IReadOnlyList<RecordedAnswer> Answers
) : ActBody
{
    internal override void Check(Shape shape) =>
        shape
            .Text(RulesVersion, "rulesVersion", 80)
            .List(Findings, "findings", f => f.Check(shape))
            .Distinct(Findings, f => f.Safeguard, "findings")
            .List(Answers, "answers", a => a.Check(shape));
}

/// <summary>A finding as it stood when it was recorded.</summary>
/// <param name="Safeguard">The safeguard's code, for example <c>sg-2</c>.</param>
/// <param name="Verdict">met, not-met, unknown or needs-review.</param>
/// <param name="Reasons">Why, in the words of the day.</param>
public sealed record RecordedFinding(string Safeguard, string Verdict, IReadOnlyList<string> Reasons)
{
    internal void Check(Shape shape) =>
        shape
            .Slug(Safeguard, "safeguard", 16)
            .Slug(Verdict, "verdict", 16)
            .List(Reasons, "reasons", r => shape.Text(r, "", Shape.Paragraph));
}

/// <summary>An answer to a safeguard's question.</summary>
/// <param name="Safeguard">The safeguard's code.</param>
/// <param name="Question">The question's short name.</param>
/// <param name="Value">The answer.</param>
/// <param name="Reason">The reason for it; an answer without one does not count.</param>
/// <param name="Source">Where it comes from: a document, a provision, a person in an office.</param>
/// <param name="By">The officer, by the digest of the certificate.</param>
public sealed record RecordedAnswer(
    string Safeguard,
    string Question,
    string Value,
    string Reason,
    string Source,
    Digest By
)
{
    internal void Check(Shape shape) =>
        shape
            .Slug(Safeguard, "safeguard", 16)
            .Slug(Question, "question", 40)
            .Text(Value, "value", Shape.Paragraph)
            .Text(Reason, "reason", Shape.Paragraph)
            .Text(Source, "source", 1_000);
}

/// <summary>Something an authority keeps in the file and does not send: the reasons behind the reasons.</summary>
/// <param name="Text">The note.</param>
/// <param name="About">The act it is about.</param>
public sealed record Keep(string Text, ActId? About) : ActBody
{
    internal override void Check(Shape shape) => shape.Text(Text, "text", Shape.Long);
}

/// <summary>
/// An act of a counterpart that has no node, entered by an officer from what came on paper or by other means. It has the
/// same effect as the act it transcribes, and is always shown as recorded, never as signed by the other State.
/// </summary>
/// <param name="Channel">How it came.</param>
/// <param name="Author">The authority it came from.</param>
/// <param name="Received">When it was received.</param>
/// <param name="Original">The original, as an exhibit.</param>
/// <param name="Authenticity">How its authenticity was checked, for example a call to a number held before.</param>
/// <param name="Kind">Kind of the act it amounts to. Not itself a transcription, and nothing that is kept at home.</param>
/// <param name="Version">Version of that kind.</param>
/// <param name="Body">That kind's body, inside its limits; kept as it is when this build does not understand the kind.</param>
public sealed record Transcribed(
    Channel Channel,
    Office Author,
    DateTimeOffset Received,
    Requests.Attachment Original,
    string Authenticity,
    string Kind,
    int Version,
    JsonElement Body
) : ActBody
{
    internal override void Check(Shape shape) =>
        shape
            .Within(Original, "original", o => o.Check(shape))
            .Text(Authenticity, "authenticity", Shape.Paragraph)
            .Slug(Kind, "kind", 32)
            .Range(Version, 1, 1_000, "version")
            .That(ActKind.Find(Kind, Version) is not { } kind || CanBeTranscribed(kind), "kind")
            .That(ActEncoding.ReadBody(Kind, Version, Body) is Outcome<ActBody>.Admitted, "body");

    private static bool CanBeTranscribed(ActKind kind) => kind.By != Side.Internal && kind.Body != typeof(Transcribed);
}

/// <summary>How a counterpart without a node was heard.</summary>
[JsonConverter(typeof(NameConverter<Channel>))]
public enum Channel
{
    /// <summary>A letter.</summary>
    Letter,

    /// <summary>Electronic mail.</summary>
    Mail,

    /// <summary>A diplomatic note.</summary>
    Note,

    /// <summary>INTERPOL (art. 40(12)(d)).</summary>
    Interpol,

    /// <summary>By telephone, to be confirmed in writing forthwith (art. 40(13)).</summary>
    Oral,
}
