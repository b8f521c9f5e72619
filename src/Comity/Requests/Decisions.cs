// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json.Serialization;
using Comity.Acts;

namespace Comity.Requests;

/// <summary>The requested Party grants the request, wholly or in part, with or without conditions.</summary>
/// <param name="Law">The law under which it is executed (art. 40(17)).</param>
/// <param name="Reasons">Reasons to disclose.</param>
/// <param name="Conditions">Terms and conditions; the requesting Party accepts them before anything is supplied (art. 40(28)).</param>
/// <param name="Withheld">What is not granted and why, when the grant is partial.</param>
/// <param name="SupplyBy">By when evidence is promised.</param>
/// <param name="Preserved">On a preservation: from when and until when the data are kept (art. 42(8)).</param>
public sealed record Grant(
    string? Law,
    string? Reasons,
    IReadOnlyList<Condition> Conditions,
    IReadOnlyList<Withheld> Withheld,
    DateTimeOffset? SupplyBy,
    PreservedPeriod? Preserved
) : ActBody
{
    internal override void Check(Shape shape) =>
        shape
            .OptionalText(Law, "law", 1_000)
            .OptionalText(Reasons, "reasons", Shape.Long)
            .List(Conditions, "conditions", c => c.Check(shape))
            .Distinct(Conditions, c => c.Id, "conditions")
            .List(Withheld, "withheld", w => w.Check(shape))
            .That(Preserved is null || Preserved.Since < Preserved.Until, "preserved");
}

/// <summary>A term of a grant.</summary>
/// <param name="Id">Short name within the act, for example <c>c1</c>.</param>
/// <param name="Kind">What about.</param>
/// <param name="Text">In what words.</param>
public sealed record Condition(string Id, ConditionKind Kind, string Text)
{
    internal void Check(Shape shape) => shape.Slug(Id, "id", 16).Text(Text, "text", Shape.Paragraph);
}

/// <summary>Kinds of condition.</summary>
[JsonConverter(typeof(NameConverter<ConditionKind>))]
public enum ConditionKind
{
    /// <summary>Use only in the proceeding stated (art. 40(19)).</summary>
    UseLimit,

    /// <summary>Confidentiality (art. 40(20)).</summary>
    Confidentiality,

    /// <summary>Protection of personal data (art. 36(1)(b)).</summary>
    DataProtection,

    /// <summary>No onward transfer without authorisation (art. 36(3)).</summary>
    OnwardTransfer,

    /// <summary>Destruction or return.</summary>
    Destruction,

    /// <summary>Another term.</summary>
    Other,
}

/// <summary>A part of a request that is not granted.</summary>
/// <param name="Category">The data category left out.</param>
/// <param name="Items">Short names of the items left out.</param>
/// <param name="Reason">Why.</param>
public sealed record Withheld(DataCategory Category, IReadOnlyList<string> Items, string Reason)
{
    internal void Check(Shape shape) =>
        shape.List(Items, "items", i => shape.Slug(i, "", 16), minimum: 1).Text(Reason, "reason", Shape.Paragraph);
}

/// <summary>From when and until when data are preserved.</summary>
/// <param name="Since">When preservation actually took effect.</param>
/// <param name="Until">When it ends unless extended or held for a request that follows.</param>
public sealed record PreservedPeriod(DateTimeOffset Since, DateTimeOffset Until);

/// <summary>The requested Party refuses. Always with a ground, and with reasons that are sent (art. 40(25)).</summary>
/// <param name="Grounds">The grounds, the primary one first.</param>
/// <param name="Reasons">Reasons to disclose.</param>
/// <param name="Consulted">The consultation held before refusing, where the ground asks for one (art. 40(28)).</param>
public sealed record Refuse(IReadOnlyList<Ground> Grounds, string Reasons, ActId? Consulted) : ActBody
{
    internal override void Check(Shape shape) =>
        shape
            .List(Grounds, "grounds", g => g.Check(shape), minimum: 1, maximum: 16)
            .Distinct(Grounds, g => g.Provision, "grounds")
            .Text(Reasons, "reasons", Shape.Long);
}

/// <summary>A ground of refusal.</summary>
/// <param name="Provision">The paragraph of the instrument, for example <c>40(21)(b)</c>.</param>
/// <param name="Law">The domestic law that applies it, where there is one.</param>
public sealed record Ground(string Provision, string? Law)
{
    internal void Check(Shape shape) => shape.Text(Provision, "provision", 40).OptionalText(Law, "law", 1_000);
}

/// <summary>The requested Party postpones, because execution would get in the way of its own case (art. 40(27)).</summary>
/// <param name="Until">Until when, or when it looks again.</param>
/// <param name="Reasons">Reasons to disclose.</param>
/// <param name="Consulted">The consultation held before postponing (art. 40(28)).</param>
public sealed record Postpone(DateTimeOffset Until, string Reasons, ActId? Consulted) : ActBody
{
    internal override void Check(Shape shape) => shape.Text(Reasons, "reasons", Shape.Long);
}

/// <summary>Keep preserved data longer: asked by the requesting Party, given by the requested one (art. 42(9)).</summary>
/// <param name="Until">The new end, later than the one in force.</param>
/// <param name="Reason">Why.</param>
public sealed record Extend(DateTimeOffset Until, string? Reason) : ActBody
{
    internal override void Check(Shape shape) => shape.OptionalText(Reason, "reason", Shape.Paragraph);
}
