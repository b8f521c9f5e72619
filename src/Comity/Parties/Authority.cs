// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json.Serialization;
using Comity.Instruments;
using Comity.Signatures;

namespace Comity.Parties;

/// <summary>An office of a Party that signs acts: what it may do, and with which keys.</summary>
/// <param name="Id">Short name, as in <see cref="Office"/>.</param>
/// <param name="Name">Its name, for people.</param>
/// <param name="Competences">What it may ask and answer. What is not listed it may not do.</param>
/// <param name="Seals">Certificates of its seal, the current one and those replaced.</param>
/// <param name="Evidence">Recipients to which evidence for it is sealed, in the <c>age</c> form.</param>
/// <param name="Contact">How it is reached.</param>
public sealed record Authority(
    string Id,
    string Name,
    IReadOnlyList<Competence> Competences,
    IReadOnlyList<SealCertificate> Seals,
    IReadOnlyList<string> Evidence,
    Contact Contact
)
{
    /// <summary>Whether it may take a side in a measure.</summary>
    /// <param name="measure">The measure.</param>
    /// <param name="power">Asking or answering.</param>
    public bool May(Measure measure, Power power) =>
        Competences.Any(c => c.Measure == measure && c.May.Contains(power));

    internal void Check(Shape shape) =>
        shape
            .That(Office.IsAuthority(Id), "id")
            .Text(Name, "name")
            .List(Competences, "competences", c => shape.List(c.May, "may", _ => { }, 1, 2))
            .List(Seals, "seals", _ => { }, 1, 16)
            .Distinct(Seals, s => s.Certificate.Id.ToString(), "seals")
            .List(Evidence, "evidence", r => shape.Text(r, "", 4_000), 0, 8)
            .Within(Contact, "contact", c => c.Check(shape));
}

/// <summary>A measure and what an authority may do in it.</summary>
/// <param name="Measure">The measure.</param>
/// <param name="May">Ask for it, answer for it, or both.</param>
public sealed record Competence(Measure Measure, IReadOnlyList<Power> May);

/// <summary>What an authority may do in a measure.</summary>
[JsonConverter(typeof(NameConverter<Power>))]
public enum Power
{
    /// <summary>Ask another Party.</summary>
    Request,

    /// <summary>Answer another Party.</summary>
    Answer,
}

/// <summary>A certificate of an authority's seal.</summary>
/// <param name="Certificate">The certificate.</param>
/// <param name="Replaced">From when it is no longer used; absent while it is.</param>
public sealed record SealCertificate(CertificateText Certificate, DateTimeOffset? Replaced);

/// <summary>What kind of statement a declaration is.</summary>
[JsonConverter(typeof(NameConverter<DeclarationKind>))]
public enum DeclarationKind
{
    /// <summary>A declaration.</summary>
    Declaration,

    /// <summary>A reservation.</summary>
    Reservation,

    /// <summary>A notification to the Secretary-General.</summary>
    Notification,
}
