// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Instruments;
using Comity.Parties;

namespace Comity.Requests;

/// <summary>A request for cooperation: one structure from which every form in use can be printed.</summary>
/// <remarks>
/// Members are optional where one of the measures does without them; which of them a measure requires is said by
/// <see cref="RequestContent"/>. An incoming request that lacks something is still a request: the lack is a finding and a
/// question (art. 40(16)), never a reason for a machine to turn a State away.
/// </remarks>
/// <param name="Measure">What is asked for.</param>
/// <param name="Reference">The requesting authority's own reference, as it stands on its letters.</param>
/// <param name="Basis">On what footing.</param>
/// <param name="Authority">The authority that asks and how to reach it (arts 40(15)(a), 42(3)(a)).</param>
/// <param name="Proceeding">The investigation, prosecution or proceeding (art. 40(15)(b)).</param>
/// <param name="Offences">The offences, with the law that punishes them.</param>
/// <param name="Facts">What happened, in numbered paragraphs that the rest refers to (arts 40(15)(c), 42(3)(b)).</param>
/// <param name="Conduct">The same facts broken into the elements of an offence, for dual criminality (art. 35(3)).</param>
/// <param name="Persons">Persons concerned, as far as known (art. 40(15)(e)).</param>
/// <param name="Items">Accounts, addresses and devices concerned (arts 40(15)(e), 42(3)(c)).</param>
/// <param name="Data">What data are wanted of those items, and why each kind (arts 40(15)(d), 42(3)(c)).</param>
/// <param name="Custodian">Who holds the data or where the system is, as far as known (art. 42(3)(d)).</param>
/// <param name="Necessity">Why preservation is necessary (art. 42(3)(e)).</param>
/// <param name="Intention">The intention to ask for the data (art. 42(3)(f)).</param>
/// <param name="Assistance">What is to be done and by what procedure (art. 40(15)(d)).</param>
/// <param name="Purpose">What the evidence is for (art. 40(15)(g)).</param>
/// <param name="Urgency">Why it cannot wait, if it cannot.</param>
/// <param name="Secrecy">What is to be kept confidential, why, and until when (arts 40(20), 42(3)(g)).</param>
/// <param name="Undertakings">What the requesting Party binds itself to.</param>
/// <param name="Earlier">Requests this one rests on, repeats or replaces.</param>
/// <param name="Language">Language of the free text, a two or three letter code (BCP 47).</param>
/// <param name="Attachments">Documents that accompany it, each bound by its digest.</param>
public sealed record Request(
    Measure Measure,
    string Reference,
    LegalBasis Basis,
    Contact Authority,
    Proceeding? Proceeding,
    IReadOnlyList<Offence> Offences,
    IReadOnlyList<Fact> Facts,
    IReadOnlyList<ConductElement> Conduct,
    IReadOnlyList<Person> Persons,
    IReadOnlyList<Item> Items,
    IReadOnlyList<DataSought> Data,
    Custodian? Custodian,
    string? Necessity,
    Intention? Intention,
    Assistance? Assistance,
    string? Purpose,
    Urgency? Urgency,
    Secrecy? Secrecy,
    IReadOnlyList<Undertaking> Undertakings,
    IReadOnlyList<EarlierRequest> Earlier,
    string Language,
    IReadOnlyList<Attachment> Attachments
) : ActBody
{
    internal override void Check(Shape shape) =>
        shape
            .Text(Reference, "reference", 80)
            .Within(Basis, "basis", b => b.Check(shape))
            .Within(Authority, "authority", a => a.Check(shape))
            .Within(Proceeding, "proceeding", p => p.Check(shape))
            .List(Offences, "offences", o => o.Check(shape))
            .Distinct(Offences, o => o.Id, "offences")
            .List(Facts, "facts", f => f.Check(shape))
            .That(Facts.Select((f, i) => f.Number == i + 1).All(inOrder => inOrder), "facts")
            .List(Conduct, "conduct", c => c.Check(shape, Facts.Count))
            .List(Persons, "persons", p => p.Check(shape))
            .List(Items, "items", i => i.Check(shape))
            .Distinct(Items, i => i.Id, "items")
            .List(Data, "data", d => d.Check(shape, Items, Facts.Count))
            .Within(Custodian, "custodian", c => c.Check(shape))
            .OptionalText(Necessity, "necessity", Shape.Paragraph)
            .Within(Intention, "intention", i => i.Check(shape))
            .Within(Assistance, "assistance", a => a.Check(shape))
            .OptionalText(Purpose, "purpose", Shape.Paragraph)
            .Within(Urgency, "urgency", u => u.Check(shape))
            .Within(Secrecy, "secrecy", s => s.Check(shape))
            .List(Undertakings, "undertakings", u => u.Check(shape))
            .List(Earlier, "earlier", e => e.Check(shape))
            .That(IsLanguage(Language), "language")
            .List(Attachments, "attachments", a => a.Check(shape));

    private static bool IsLanguage(string code) => code.Length is 2 or 3 && code.All(char.IsAsciiLetterLower);
}
