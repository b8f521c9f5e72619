// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json.Serialization;
using Comity.Instruments;

namespace Comity.Safeguards;

/// <summary>A rule with a citation and a question that must be answered.</summary>
/// <remarks>
/// Pure: it reads the <see cref="Case"/> and nothing else, so both nodes and a court's offline check get the same answer.
/// It never decides for a person. It reads no person's name, nationality or place, and no Party's code.
/// </remarks>
public abstract class Safeguard
{
    private protected Safeguard(string id, string title, string asks, SafeguardKind kind, params string[] provisions) =>
        (Id, Title, Asks, Kind, InForce, Citations) = (
            id,
            title,
            asks,
            kind,
            Convention.Adopted,
            [.. provisions.Select(Convention.Article)]
        );

    /// <summary>Its code, for example <c>sg-2</c>: in acts and in statistics, never renamed and never reused.</summary>
    public string Id { get; }

    /// <summary>Its name, for people.</summary>
    public string Title { get; }

    /// <summary>The question it asks, in a sentence.</summary>
    public string Asks { get; }

    /// <summary>What kind of rule it is.</summary>
    public SafeguardKind Kind { get; }

    /// <summary>Every provision it may rest on. What a finding rests on is in the finding.</summary>
    public IReadOnlyList<Citation> Citations { get; }

    /// <summary>From when the rule stands: the day the text it reads was adopted.</summary>
    public DateTimeOffset InForce { get; }

    /// <summary>Whether the rule has anything to say of a case.</summary>
    /// <param name="given">The case.</param>
    public bool Applies(Case given) => given.At >= InForce && Concerns(given);

    /// <summary>What it says of a case it applies to.</summary>
    /// <param name="given">The case.</param>
    public abstract Finding Find(Case given);

    /// <summary>
    /// Whether two officers may go on against it by a reasoned record in this case. Where not, only an answer, a clearance or
    /// a supplement settles it.
    /// </summary>
    /// <param name="given">The case.</param>
    public virtual bool MayBeOverridden(Case given) => false;

    private protected virtual bool Concerns(Case given) => true;

    private protected Finding Says(
        IReadOnlyList<Point> points,
        Weight weight = Weight.Blocks,
        IReadOnlyList<OpenQuestion>? also = null,
        IReadOnlyList<string>? notes = null
    ) => new(this, points, weight, also ?? [], notes ?? []);
}

/// <summary>What kind of rule a safeguard is.</summary>
[JsonConverter(typeof(NameConverter<SafeguardKind>))]
public enum SafeguardKind
{
    /// <summary>Whether the instrument opens the measure at all.</summary>
    Scope,

    /// <summary>A reason for which help may or must be declined.</summary>
    Ground,

    /// <summary>How a request must be made and how much it may ask.</summary>
    Form,

    /// <summary>What the Party that answers owes.</summary>
    Process,
}
