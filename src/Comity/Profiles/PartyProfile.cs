// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json.Serialization;
using Comity.Instruments;
using Comity.Parties;
using Comity.Requests;

namespace Comity.Profiles;

/// <summary>What a Party's law says where the treaty leaves it open, as it stood on a day.</summary>
/// <remarks>
/// The other half of every rule: the Convention asks, the profile answers for one Party. Dated, because a dossier is judged
/// by the profile of its day. It is data that a lawyer of that Party answers for, not something this software knows.
/// Specification: <c>docs/spec/profile.md</c>, comity-profile@v1.
/// </remarks>
/// <param name="Format">Always <see cref="ProfileEncoding.Format"/>.</param>
/// <param name="Party">The Party.</param>
/// <param name="AsOf">The day from which it is so.</param>
/// <param name="Languages">Languages in which requests are accepted (art. 40(13)), two or three letter codes.</param>
/// <param name="Instruments">Instruments in force for it.</param>
/// <param name="Declarations">Declarations, reservations and notifications it has made.</param>
/// <param name="DualCriminality">What it asks of dual criminality, measure by measure (art. 40(8)).</param>
/// <param name="Provisions">Its own offences, in the elements that <see cref="Concepts"/> names.</param>
/// <param name="Penalties">The heaviest penalties its law knows.</param>
/// <param name="FourYearsBy">Whose law measures a serious crime (art. 2(h) does not say). Absent: the requesting Party's.</param>
/// <param name="Thresholds">Penalties below which a measure is not open in a domestic case (art. 40(21)(c)).</param>
public sealed record PartyProfile(
    string Format,
    PartyId Party,
    DateTimeOffset AsOf,
    IReadOnlyList<string> Languages,
    IReadOnlyList<InstrumentInForce> Instruments,
    IReadOnlyList<Declaration> Declarations,
    IReadOnlyList<DualCriminalityPolicy> DualCriminality,
    IReadOnlyList<DomesticProvision> Provisions,
    HeaviestPenalties Penalties,
    MeasuredBy? FourYearsBy,
    IReadOnlyList<Threshold>? Thresholds
)
{
    /// <summary>What it asks of dual criminality for a measure, or nothing when the profile is silent.</summary>
    /// <param name="measure">The measure.</param>
    public DualCriminalityRule? PolicyOn(Measure measure) =>
        DualCriminality.FirstOrDefault(p => p.Measure == measure)?.Policy;

    /// <summary>Whether it made a reservation under a paragraph.</summary>
    /// <param name="provision">For example <c>42(5)</c>.</param>
    public bool Reserves(string provision) =>
        Declarations.Any(d => d.Kind == DeclarationKind.Reservation && d.Provision == provision);

    /// <summary>Whether an instrument binds it at an instant.</summary>
    /// <param name="instrument">The instrument's short name, for example <c>un-cybercrime</c>.</param>
    /// <param name="at">The instant, UTC.</param>
    public bool IsBoundBy(string instrument, DateTimeOffset at) =>
        Instruments.Any(i => i.Instrument == instrument && i.Since <= at);

    internal void Check(Shape shape) =>
        shape
            .That(Format == ProfileEncoding.Format, "format")
            .List(Languages, "languages", l => shape.That(l.Length is 2 or 3 && l.All(char.IsAsciiLetterLower), ""), 1)
            .Distinct(Languages, l => l, "languages")
            .List(Instruments, "instruments", i => shape.Slug(i.Instrument, "instrument"))
            .Distinct(Instruments, i => i.Instrument, "instruments")
            .List(Declarations, "declarations", d => d.Check(shape))
            .List(DualCriminality, "dualCriminality", _ => { })
            .Distinct(DualCriminality, p => Names.Of(p.Measure), "dualCriminality")
            .List(Provisions, "provisions", p => p.Check(shape))
            .Distinct(Provisions, p => p.Citation, "provisions")
            .List(Thresholds ?? [], "thresholds", t => shape.Within(t.Minimum, "minimum", p => p.Check(shape)))
            .Distinct(Thresholds, t => Names.Of(t.Measure), "thresholds");
}

/// <summary>An instrument and since when it binds the Party.</summary>
/// <param name="Instrument">Its short name, for example <c>un-cybercrime</c>.</param>
/// <param name="Since">The day it entered into force for this Party.</param>
public sealed record InstrumentInForce(string Instrument, DateTimeOffset Since);

/// <summary>What a Party asks of dual criminality for one measure.</summary>
/// <param name="Measure">The measure.</param>
/// <param name="Policy">What it asks.</param>
public sealed record DualCriminalityPolicy(Measure Measure, DualCriminalityRule Policy);

/// <summary>What a Party makes of a lack of dual criminality (art. 40(8) leaves it the choice).</summary>
[JsonConverter(typeof(NameConverter<DualCriminalityRule>))]
public enum DualCriminalityRule
{
    /// <summary>Its law requires it: without it there is no help.</summary>
    Required,

    /// <summary>It may decline for the lack of it, and may help all the same.</summary>
    Discretionary,

    /// <summary>It does not ask for it.</summary>
    Waived,
}

/// <summary>Whose law says whether an offence is punished with four years (art. 2(h)).</summary>
[JsonConverter(typeof(NameConverter<MeasuredBy>))]
public enum MeasuredBy
{
    /// <summary>The law of the Party that asks.</summary>
    Requesting,

    /// <summary>The law of the Party that is asked.</summary>
    Requested,

    /// <summary>Both.</summary>
    Both,
}

/// <summary>The heaviest penalties a Party's law knows.</summary>
/// <param name="Death">Whether it knows the death penalty.</param>
/// <param name="Life">Whether it knows deprivation of liberty for life.</param>
public sealed record HeaviestPenalties(bool Death, bool Life);

/// <summary>The least maximum penalty for which a measure is open in a domestic case.</summary>
/// <param name="Measure">The measure.</param>
/// <param name="Minimum">The penalty an offence must carry at least.</param>
public sealed record Threshold(Measure Measure, Penalty Minimum);
