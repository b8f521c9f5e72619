// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json.Serialization;
using Comity.Acts;

namespace Comity.Requests;

/// <summary>Who holds the data, as far as the requesting authority knows (art. 42(3)(d)).</summary>
/// <param name="Name">The provider or other holder.</param>
/// <param name="Location">Where it, or the system, is.</param>
public sealed record Custodian(string Name, string? Location)
{
    internal void Check(Shape shape) => shape.Text(Name, "name").OptionalText(Location, "location");
}

/// <summary>The intention to follow a preservation with a request for the data (arts 42(1), 42(3)(f)).</summary>
/// <param name="Text">The statement.</param>
/// <param name="By">By when it is meant to be sent.</param>
public sealed record Intention(string Text, DateTimeOffset? By)
{
    internal void Check(Shape shape) => shape.Text(Text, "text", Shape.Paragraph);
}

/// <summary>What is to be done, and how, so that the result can be used as evidence (arts 40(15)(d), 40(17)).</summary>
/// <param name="Description">What is asked: the result wanted, in the requested State's terms where known.</param>
/// <param name="Procedure">A particular procedure, form or certificate wished for.</param>
public sealed record Assistance(string Description, string? Procedure)
{
    internal void Check(Shape shape) =>
        shape.Text(Description, "description", Shape.Paragraph).OptionalText(Procedure, "procedure", Shape.Paragraph);
}

/// <summary>Why a request cannot wait.</summary>
/// <param name="Level">How urgent.</param>
/// <param name="Reason">Why, with the harm that waiting would do.</param>
/// <param name="HarmBy">When that harm is expected.</param>
public sealed record Urgency(UrgencyLevel Level, string Reason, DateTimeOffset? HarmBy)
{
    internal void Check(Shape shape) => shape.Text(Reason, "reason", Shape.Paragraph);
}

/// <summary>How urgent a request is.</summary>
[JsonConverter(typeof(NameConverter<UrgencyLevel>))]
public enum UrgencyLevel
{
    /// <summary>Ahead of ordinary work (arts 40(26), 44(3)).</summary>
    Urgent,

    /// <summary>A significant and imminent risk to someone's life or safety (art. 2(o)).</summary>
    Emergency,
}

/// <summary>What must be kept confidential, why, and until when (arts 40(20), 42(3)(g)).</summary>
/// <param name="Reason">Why it must.</param>
/// <param name="Until">When it ends, or is reviewed. Every secrecy has an end: there is no form without one.</param>
/// <param name="DoNotNotify">Whether the person whose data they are is not to be told until then.</param>
public sealed record Secrecy(string Reason, DateTimeOffset Until, bool DoNotNotify)
{
    internal void Check(Shape shape) => shape.Text(Reason, "reason", Shape.Paragraph);
}

/// <summary>Something the requesting Party binds itself to.</summary>
/// <param name="Kind">What about.</param>
/// <param name="Text">In what words.</param>
public sealed record Undertaking(UndertakingKind Kind, string Text)
{
    internal void Check(Shape shape) => shape.Text(Text, "text", Shape.Paragraph);
}

/// <summary>Kinds of undertaking.</summary>
[JsonConverter(typeof(NameConverter<UndertakingKind>))]
public enum UndertakingKind
{
    /// <summary>Use only in the proceeding named (art. 40(19)).</summary>
    UseLimit,

    /// <summary>No passing on without consent (art. 36(3)).</summary>
    OnwardTransfer,

    /// <summary>Destruction after use.</summary>
    Destruction,

    /// <summary>The like in a like case.</summary>
    Reciprocity,

    /// <summary>Costs (art. 40(30)).</summary>
    Costs,

    /// <summary>The death penalty is not sought, not imposed, or not carried out.</summary>
    DeathPenalty,

    /// <summary>Anything else.</summary>
    Other,
}

/// <summary>A request that this one rests on.</summary>
/// <param name="Relation">How they are related.</param>
/// <param name="Act">The request's act, when it is in the same dossier.</param>
/// <param name="Reference">Its reference, when it came another way.</param>
public sealed record EarlierRequest(RequestRelation Relation, ActId? Act, string? Reference)
{
    internal void Check(Shape shape) =>
        shape.OptionalText(Reference, "reference", 80).That(Act is not null || Reference is not null, "act");
}

/// <summary>How a request is related to an earlier one.</summary>
[JsonConverter(typeof(NameConverter<RequestRelation>))]
public enum RequestRelation
{
    /// <summary>Asks for what the earlier one had preserved: it keeps the preservation alive until it is decided (art. 42(8)).</summary>
    FollowsPreservation,

    /// <summary>Adds to it.</summary>
    Supplements,

    /// <summary>Asks again for what was refused, postponed or lapsed.</summary>
    Repeats,
}

/// <summary>A document that accompanies an act, bound to it by its digest.</summary>
/// <param name="Name">File name for people, without a path.</param>
/// <param name="Sha256">SHA-256 of its bytes.</param>
/// <param name="Size">Its size in bytes.</param>
public sealed record Attachment(string Name, Digest Sha256, long Size)
{
    internal void Check(Shape shape) => shape.FileName(Name, "name").Size(Size, "size");
}
