// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json.Serialization;
using Comity.Parties;

namespace Comity.Requests;

/// <summary>On what footing a request stands: between these two States, for this offence.</summary>
/// <param name="Instrument">The instrument relied on, for example <c>un-cybercrime</c>, or <c>reciprocity</c> when there is none.</param>
/// <param name="Offence">The kind of offence, which decides the measures that are open.</param>
/// <param name="Treaty">The other treaty, when the offence is one of another treaty's.</param>
/// <param name="Undertaking">The undertaking of reciprocity, when that is the basis.</param>
public sealed record LegalBasis(string Instrument, OffenceBasis Offence, string? Treaty, string? Undertaking)
{
    internal void Check(Shape shape) =>
        shape
            .Slug(Instrument, "instrument")
            .OptionalText(Treaty, "treaty")
            .OptionalText(Undertaking, "undertaking", Shape.Paragraph);
}

/// <summary>The investigation, prosecution or judicial proceeding the request serves (art. 40(15)(b)).</summary>
/// <param name="Subject">What it is about.</param>
/// <param name="Nature">How far it has got.</param>
/// <param name="ConductedBy">The authority in charge of it, with its functions.</param>
/// <param name="Reference">Its file number there.</param>
public sealed record Proceeding(string Subject, ProceedingNature Nature, Contact? ConductedBy, string? Reference)
{
    internal void Check(Shape shape) =>
        shape
            .Text(Subject, "subject", Shape.Paragraph)
            .Within(ConductedBy, "conductedBy", c => c.Check(shape))
            .OptionalText(Reference, "reference");
}

/// <summary>How far a proceeding has got.</summary>
[JsonConverter(typeof(NameConverter<ProceedingNature>))]
public enum ProceedingNature
{
    /// <summary>A specific criminal investigation (art. 23(1)).</summary>
    Investigation,

    /// <summary>A prosecution.</summary>
    Prosecution,

    /// <summary>A proceeding before a court.</summary>
    JudicialProceeding,
}

/// <summary>An offence as the requesting State charges or investigates it.</summary>
/// <param name="Id">Short name within the request, for example <c>o1</c>.</param>
/// <param name="Label">What the requesting State's law calls it. A label decides nothing (art. 35(3)).</param>
/// <param name="Article">The Convention's article it falls under, for example <c>10</c>, when the basis is a Convention offence.</param>
/// <param name="Provision">The law that punishes it.</param>
public sealed record Offence(string Id, string Label, string? Article, Provision? Provision)
{
    internal void Check(Shape shape) =>
        shape
            .Slug(Id, "id", 16)
            .Text(Label, "label")
            .OptionalText(Article, "article", 16)
            .Within(Provision, "provision", p => p.Check(shape));
}

/// <summary>A provision of a State's law, as it stood on a day, with where it was read.</summary>
/// <param name="Citation">How that State cites it.</param>
/// <param name="Text">Its text.</param>
/// <param name="Source">Where it was read: gazette, collection, address.</param>
/// <param name="AsOf">The day it stood so, at midnight UTC.</param>
/// <param name="MaximumPenalty">The heaviest penalty it allows; absent when the provision does not say.</param>
public sealed record Provision(
    string Citation,
    string Text,
    string? Source,
    DateTimeOffset? AsOf,
    Penalty? MaximumPenalty
)
{
    internal void Check(Shape shape) =>
        shape
            .Text(Citation, "citation")
            .Text(Text, "text", Shape.Long)
            .OptionalText(Source, "source", 1_000)
            .Within(MaximumPenalty, "maximumPenalty", p => p.Check(shape));
}

/// <summary>A maximum penalty of deprivation of liberty.</summary>
/// <param name="Kind">A term, or something heavier.</param>
/// <param name="Years">Full years of a term, 0 to 100; 0 when heavier.</param>
/// <param name="Months">Months beyond the years, 0 to 11; 0 when heavier.</param>
public sealed record Penalty(PenaltyKind Kind, int Years, int Months)
{
    internal void Check(Shape shape) =>
        shape
            .Range(Years, 0, 100, "years")
            .Range(Months, 0, 11, "months")
            .That(Kind == PenaltyKind.Term || (Years == 0 && Months == 0), "years");
}

/// <summary>What kind of penalty a maximum is, from the lightest to the heaviest.</summary>
[JsonConverter(typeof(NameConverter<PenaltyKind>))]
public enum PenaltyKind
{
    /// <summary>A term of years and months.</summary>
    Term,

    /// <summary>Deprivation of liberty for life.</summary>
    Life,

    /// <summary>Death.</summary>
    Death,
}
