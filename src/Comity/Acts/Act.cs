// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json.Serialization;
using Comity.Parties;

namespace Comity.Acts;

/// <summary>One thing a Party does in a dossier, as its authority signs it.</summary>
/// <remarks>
/// Everything a node shows is folded from acts. An act that parses is well formed and inside every limit; whether it is
/// authentic is for <see cref="Admission"/>, and whether it is open where it arrives is for the dossier. Immutable.
/// Specification: <c>docs/spec/act.md</c>, comity-act@v1.
/// </remarks>
/// <param name="Kind">What is done, for example <c>request</c> or <c>grant</c>. 1 to 32 of a-z and hyphen.</param>
/// <param name="Version">Version of that kind's body, 1 or more.</param>
/// <param name="Dossier">The dossier it belongs to.</param>
/// <param name="Concerns">The request it is about. Absent on a request and on acts about the whole dossier.</param>
/// <param name="From">The authority that speaks.</param>
/// <param name="To">The authority addressed. On an internal act an authority of the same Party.</param>
/// <param name="Visibility">Who may ever see it.</param>
/// <param name="Number">
/// 1, 2, 3 and so on for each Party within a dossier; internal acts are counted apart, as they form a chain of their own.
/// </param>
/// <param name="Issued">When the author says it was issued. A statement: legal time is the home register's.</param>
/// <param name="Follows">Acts the author had seen and this one answers or rests on, all visible to the addressee.</param>
/// <param name="Approvals">Ids of the approvals kept at home that led to this act being sealed.</param>
/// <param name="Body">What the kind says.</param>
public sealed record Act(
    string Kind,
    int Version,
    DossierId Dossier,
    ActId? Concerns,
    Office From,
    Office To,
    Visibility Visibility,
    int Number,
    DateTimeOffset Issued,
    IReadOnlyList<ActId> Follows,
    IReadOnlyList<ActId> Approvals,
    ActBody Body
)
{
    /// <summary>Largest payload, in bytes of JSON.</summary>
    public const int MaximumBytes = 256 * 1024;

    /// <summary>Most acts named in <see cref="Follows"/>.</summary>
    public const int MaximumFollows = 64;

    /// <summary>Most approvals named.</summary>
    public const int MaximumApprovals = 16;

    /// <summary>Deepest nesting of the payload's JSON.</summary>
    public const int MaximumDepth = StrictJson.MaximumDepth;
}

/// <summary>Who may ever see an act.</summary>
[JsonConverter(typeof(NameConverter<Visibility>))]
public enum Visibility
{
    /// <summary>Both Parties to the dossier. The only acts that are sent, and the only ones both nodes must agree on.</summary>
    Shared,

    /// <summary>Every authority of the Party that issued it.</summary>
    Party,

    /// <summary>The issuing authority alone.</summary>
    Authority,

    /// <summary>The node alone: never sent, never printed, never in a bundle.</summary>
    NeverExported,
}

/// <summary>What a kind of act says. The kinds in <see cref="ActKind.All"/> and <see cref="NotUnderstood"/> are the only ones.</summary>
public abstract record ActBody
{
    private protected ActBody() { }

    /// <summary>Reports what is outside the kind's limits.</summary>
    internal abstract void Check(Shape shape);
}

/// <summary>The body of a kind or a version this build does not know: kept, shown as not understood, given no effect.</summary>
/// <param name="Text">The body's exact JSON text.</param>
public sealed record NotUnderstood(string Text) : ActBody
{
    internal override void Check(Shape shape) { }
}
