// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json.Serialization;
using Comity.Acts;
using Comity.Parties;

namespace Comity.Requests;

/// <summary>The requested Party has the request in hand (art. 40(26)).</summary>
/// <param name="Reference">Its own reference for the request.</param>
/// <param name="HandledBy">Who handles it and how to reach them.</param>
public sealed record Acknowledge(string Reference, Contact? HandledBy) : ActBody
{
    internal override void Check(Shape shape) =>
        shape.Text(Reference, "reference", 80).Within(HandledBy, "handledBy", c => c.Check(shape));
}

/// <summary>The requested Party asks something.</summary>
/// <param name="Purpose">To what end.</param>
/// <param name="Questions">The questions, one to a point so that each can be answered.</param>
/// <param name="ReplyBy">By when an answer is hoped for. Passing it changes what is shown, not what is.</param>
public sealed record Ask(AskPurpose Purpose, IReadOnlyList<Question> Questions, DateTimeOffset? ReplyBy) : ActBody
{
    internal override void Check(Shape shape) =>
        shape.List(Questions, "questions", q => q.Check(shape), minimum: 1).Distinct(Questions, q => q.Id, "questions");
}

/// <summary>One question.</summary>
/// <param name="Id">Short name within the act, for example <c>q1</c>.</param>
/// <param name="Text">The question.</param>
public sealed record Question(string Id, string Text)
{
    internal void Check(Shape shape) => shape.Slug(Id, "id", 16).Text(Text, "text", Shape.Paragraph);
}

/// <summary>Why the requested Party asks.</summary>
[JsonConverter(typeof(NameConverter<AskPurpose>))]
public enum AskPurpose
{
    /// <summary>Further information needed for execution, or easing it (art. 40(16)).</summary>
    Information,

    /// <summary>Consultation before a refusal or a postponement, on granting subject to terms and conditions (art. 40(28)).</summary>
    Consultation,

    /// <summary>
    /// Notice that preservation will not secure the data or would prejudice the investigation; the requesting Party says
    /// whether to go on (art. 42(7)).
    /// </summary>
    Prejudice,
}

/// <summary>The requesting Party answers, or adds to its request of its own accord.</summary>
/// <param name="Answers">Answers to questions asked.</param>
/// <param name="Facts">Facts added; numbered on from those before.</param>
/// <param name="Conduct">Elements of conduct added. Their facts are numbered over all facts then known.</param>
/// <param name="Offences">Offences whose law is added or given again: the same short name replaces.</param>
/// <param name="Attachments">Documents added.</param>
public sealed record Supplement(
    IReadOnlyList<Answer> Answers,
    IReadOnlyList<Fact> Facts,
    IReadOnlyList<ConductElement> Conduct,
    IReadOnlyList<Offence> Offences,
    IReadOnlyList<Attachment> Attachments
) : ActBody
{
    internal override void Check(Shape shape) =>
        shape
            .List(Answers, "answers", a => a.Check(shape))
            .Distinct(Answers, a => a.Question, "answers")
            .List(Facts, "facts", f => f.Check(shape))
            .List(Conduct, "conduct", c => c.Check(shape, Shape.Many * 2))
            .List(Offences, "offences", o => o.Check(shape))
            .Distinct(Offences, o => o.Id, "offences")
            .List(Attachments, "attachments", a => a.Check(shape))
            .That(Answers.Count + Facts.Count + Conduct.Count + Offences.Count + Attachments.Count > 0, "answers");
}

/// <summary>An answer.</summary>
/// <param name="Question">Short name of the question in the act that asked.</param>
/// <param name="Text">The answer.</param>
public sealed record Answer(string Question, string Text)
{
    internal void Check(Shape shape) => shape.Slug(Question, "question", 16).Text(Text, "text", Shape.Long);
}

/// <summary>The requesting Party accepts the conditions of a grant, and so must comply with them (art. 40(28)).</summary>
/// <param name="Conditions">Short names of the conditions accepted: all of the grant's, or the act has no effect.</param>
public sealed record Accept(IReadOnlyList<string> Conditions) : ActBody
{
    internal override void Check(Shape shape) =>
        shape
            .List(Conditions, "conditions", c => shape.Slug(c, "", 16), minimum: 1)
            .Distinct(Conditions, c => c, "conditions");
}

/// <summary>The requesting Party no longer needs the help (art. 40(26)).</summary>
/// <param name="Reason">Why, as far as it wishes to say.</param>
public sealed record Withdraw(string? Reason) : ActBody
{
    internal override void Check(Shape shape) => shape.OptionalText(Reason, "reason", Shape.Paragraph);
}

/// <summary>The requesting Party reports what came of it, and the request ends.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="EvidenceUsed">Whether evidence supplied was used in the proceeding named.</param>
/// <param name="Note">Anything the requested Party should know.</param>
public sealed record Close(ProceedingOutcome Outcome, bool EvidenceUsed, string? Note) : ActBody
{
    internal override void Check(Shape shape) => shape.OptionalText(Note, "note", Shape.Paragraph);
}

/// <summary>What came of the proceeding the request served.</summary>
[JsonConverter(typeof(NameConverter<ProceedingOutcome>))]
public enum ProceedingOutcome
{
    /// <summary>It goes on.</summary>
    Continues,

    /// <summary>Charges were brought.</summary>
    ChargesBrought,

    /// <summary>It was discontinued.</summary>
    Discontinued,

    /// <summary>A court has judged.</summary>
    Judged,

    /// <summary>No proceeding was brought.</summary>
    NoneBrought,
}
