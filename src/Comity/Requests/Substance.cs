// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json.Serialization;

namespace Comity.Requests;

/// <summary>One numbered paragraph of the facts.</summary>
/// <param name="Number">1 for the first, without gaps.</param>
/// <param name="Text">What happened, as the requesting authority states it and answers for it.</param>
public sealed record Fact(int Number, string Text)
{
    internal void Check(Shape shape) =>
        shape.Range(Number, 1, Shape.Many * Shape.Many, "number").Text(Text, "text", Shape.Paragraph);
}

/// <summary>One element of the conduct, so that it can be held against another State's provision.</summary>
/// <param name="Element">Which kind of element.</param>
/// <param name="Concept">
/// What it is in common words both States' rules use, for example <c>encrypt-data</c>; see <c>docs/spec/concepts.md</c>.
/// </param>
/// <param name="Text">What it is in this case.</param>
/// <param name="Facts">Numbers of the facts that show it.</param>
public sealed record ConductElement(ElementKind Element, string Concept, string Text, IReadOnlyList<int> Facts)
{
    internal void Check(Shape shape, int facts) =>
        shape
            .Slug(Concept, "concept")
            .Text(Text, "text", Shape.Paragraph)
            .List(Facts, "facts", f => shape.Range(f, 1, facts, ""));
}

/// <summary>The kinds of element an offence is made of.</summary>
[JsonConverter(typeof(NameConverter<ElementKind>))]
public enum ElementKind
{
    /// <summary>What was done.</summary>
    Act,

    /// <summary>What it was done to.</summary>
    Object,

    /// <summary>With what state of mind.</summary>
    Intent,

    /// <summary>With what result.</summary>
    Harm,

    /// <summary>In what circumstances, for example without right.</summary>
    Circumstance,
}

/// <summary>A person concerned, as far as known (art. 40(15)(e)).</summary>
/// <param name="Role">In what role.</param>
/// <param name="Name">Name, when known.</param>
/// <param name="Nationality">Nationality, as the requesting State knows it.</param>
/// <param name="Location">Where the person is thought to be.</param>
/// <param name="IsMinor">Whether the person was under 18 at the time of the facts, when known.</param>
public sealed record Person(PersonRole Role, string? Name, string? Nationality, string? Location, bool? IsMinor)
{
    internal void Check(Shape shape) =>
        shape
            .OptionalText(Name, "name")
            .OptionalText(Nationality, "nationality", 80)
            .OptionalText(Location, "location");
}

/// <summary>A person's role in the facts.</summary>
[JsonConverter(typeof(NameConverter<PersonRole>))]
public enum PersonRole
{
    /// <summary>Suspected, accused or convicted.</summary>
    Suspect,

    /// <summary>Harmed by the offence.</summary>
    Victim,

    /// <summary>Knows something of it.</summary>
    Witness,

    /// <summary>Otherwise concerned, for example the holder of an account someone else used.</summary>
    Other,
}

/// <summary>An account, address, device or other thing whose data are sought.</summary>
/// <param name="Id">Short name within the request, for example <c>i1</c>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Identifier">The exact identifier: one account, one address; no wildcard and no range.</param>
/// <param name="Port">Source port, for an address shared by many subscribers: 1 to 65535.</param>
/// <param name="Provider">The provider, in the legal entity's name when known.</param>
/// <param name="Location">Where the provider or the system is thought to be.</param>
/// <param name="From">Start of the period for which data are sought (art. 40(15)(f)).</param>
/// <param name="Until">End of it.</param>
public sealed record Item(
    string Id,
    ItemKind Kind,
    string Identifier,
    int? Port,
    string? Provider,
    string? Location,
    DateTimeOffset? From,
    DateTimeOffset? Until
)
{
    internal void Check(Shape shape) =>
        shape
            .Slug(Id, "id", 16)
            .Text(Identifier, "identifier", 500)
            .Range(Port ?? 1, 1, 65_535, "port")
            .OptionalText(Provider, "provider")
            .OptionalText(Location, "location")
            .That(From is null || Until is null || From < Until, "until");
}

/// <summary>Kinds of item.</summary>
[JsonConverter(typeof(NameConverter<ItemKind>))]
public enum ItemKind
{
    /// <summary>An account with a service provider.</summary>
    Account,

    /// <summary>An Internet Protocol address.</summary>
    IpAddress,

    /// <summary>A domain name.</summary>
    Domain,

    /// <summary>A device, by a serial or equipment number.</summary>
    Device,

    /// <summary>A server or a service hosted on one.</summary>
    Server,

    /// <summary>An address on a distributed ledger.</summary>
    Wallet,

    /// <summary>Something else, described by its identifier.</summary>
    Other,
}

/// <summary>One category of data sought of named items, with its own reason.</summary>
/// <param name="Category">What the data are.</param>
/// <param name="Items">Short names of the items, none left out and none meant that is not named.</param>
/// <param name="Necessity">Why this category of these items is needed.</param>
/// <param name="Facts">Numbers of the facts that tie the data to the offence.</param>
public sealed record DataSought(
    DataCategory Category,
    IReadOnlyList<string> Items,
    string? Necessity,
    IReadOnlyList<int> Facts
)
{
    internal void Check(Shape shape, IReadOnlyList<Item> items, int facts) =>
        shape
            .List(Items, "items", id => shape.That(items.Any(i => i.Id == id), ""), minimum: 1)
            .OptionalText(Necessity, "necessity", Shape.Paragraph)
            .List(Facts, "facts", f => shape.Range(f, 1, facts, ""));
}
