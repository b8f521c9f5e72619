// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json.Serialization;
using Comity.Acts;

namespace Comity.Evidence;

/// <summary>The requested Party supplies evidence: the manifest of what it sends and how it may be used.</summary>
/// <remarks>A search that found nothing is an answer too: complete, with a statement and without an exhibit.</remarks>
/// <param name="Exhibits">The exhibits: one or more, or none in a complete supply that has a statement.</param>
/// <param name="IsComplete">Whether this is all there will be.</param>
/// <param name="Statement">What the requested Party says of it, for example what was searched and found.</param>
public sealed record Supply(IReadOnlyList<Exhibit> Exhibits, bool IsComplete, string? Statement) : ActBody
{
    internal override void Check(Shape shape) =>
        shape
            .List(Exhibits, "exhibits", e => e.Check(shape), minimum: IsComplete && Statement is not null ? 0 : 1)
            .Distinct(Exhibits, e => e.Manifest.SealedSha256.ToString(), "exhibits")
            .OptionalText(Statement, "statement", Shape.Paragraph);
}

/// <summary>One item of evidence as it is supplied.</summary>
/// <param name="Manifest">What it is.</param>
/// <param name="SealedTo">The recipients it is sealed to, in the <c>age</c> form, from the directory.</param>
/// <param name="Handling">How it may be used.</param>
public sealed record Exhibit(ExhibitManifest Manifest, IReadOnlyList<string> SealedTo, HandlingToken Handling)
{
    internal void Check(Shape shape) =>
        shape
            .Within(Manifest, "manifest", m => m.Check(shape))
            .List(SealedTo, "sealedTo", r => shape.Text(r, "", 4_000), minimum: 1, maximum: 16)
            .Within(Handling, "handling", h => h.Check(shape));
}

/// <summary>The requesting Party says in what state the exhibits reached it.</summary>
/// <param name="Exhibits">One verdict an exhibit.</param>
/// <param name="Note">Anything to add.</param>
public sealed record Confirm(IReadOnlyList<ExhibitReceived> Exhibits, string? Note) : ActBody
{
    internal override void Check(Shape shape) =>
        shape
            .List(Exhibits, "exhibits", _ => { }, minimum: 1)
            .Distinct(Exhibits, e => e.SealedSha256.ToString(), "exhibits")
            .OptionalText(Note, "note", Shape.Paragraph);
}

/// <summary>In what state one exhibit arrived.</summary>
/// <param name="SealedSha256">The sealed file, as in the manifest.</param>
/// <param name="Verdict">What was found.</param>
public sealed record ExhibitReceived(Digest SealedSha256, ExhibitVerdict Verdict);

/// <summary>What the receiving Party found.</summary>
[JsonConverter(typeof(NameConverter<ExhibitVerdict>))]
public enum ExhibitVerdict
{
    /// <summary>The sealed bytes match the manifest; it has not been opened.</summary>
    Whole,

    /// <summary>It was opened, and the plain bytes match the manifest too.</summary>
    Opened,

    /// <summary>The bytes do not match the manifest.</summary>
    Differs,

    /// <summary>The bytes match, but the key at hand does not open them.</summary>
    CannotOpen,
}
