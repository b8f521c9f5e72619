// SPDX-License-Identifier: EUPL-1.2
using Comity.Evidence;
using Comity.Register;
using Comity.Signatures;

namespace Comity.Parties;

/// <summary>What a Party says of itself: its authorities, keys, addresses, languages, declarations.</summary>
/// <remarks>
/// Each Party signs its own entry with an offline root (design 15.8). Versions count up, each names the one before, and an
/// entry expires, so that an old one cannot be passed off as current. Specification: <c>docs/spec/directory.md</c>,
/// comity-directory@v1.
/// </remarks>
/// <param name="Party">The Party.</param>
/// <param name="Name">Its name, for people.</param>
/// <param name="Version">1, 2, 3 and so on.</param>
/// <param name="Issued">When this version was signed.</param>
/// <param name="Expires">When it stops being current. At most 400 days after <paramref name="Issued"/>.</param>
/// <param name="Previous">SHA-256 of the signed bytes of the version before; absent on the first.</param>
/// <param name="NextRoot">SHA-256 of the root certificate that will sign the next version, when the root is to change.</param>
/// <param name="Languages">Languages in which requests are accepted (art. 40(13)), two or three letter codes.</param>
/// <param name="Endpoints">Where its node is.</param>
/// <param name="Register">Its register's name and key.</param>
/// <param name="Tls">Certificates its node may present, on either end of a connection.</param>
/// <param name="Authorities">Its authorities (arts 37(19), 40(12), 41).</param>
/// <param name="Kinds">Kinds of act its node understands, as <c>kind/version</c>. A kind not listed is not sent to it.</param>
/// <param name="Declarations">Declarations, reservations and notifications it has made.</param>
/// <param name="Witness">
/// Key by which its node cosigns the checkpoints of others (C2SP tlog-cosignature); absent when it is no witness.
/// </param>
/// <param name="TimestampRoots">
/// Roots of the timestamp authorities that stamp its register's checkpoints (RFC 3161), so that a reader finds them; absent
/// when it names none.
/// </param>
public sealed record PartyEntry(
    PartyId Party,
    string Name,
    int Version,
    DateTimeOffset Issued,
    DateTimeOffset Expires,
    Digest? Previous,
    Digest? NextRoot,
    IReadOnlyList<string> Languages,
    Endpoints Endpoints,
    RegisterKey Register,
    IReadOnlyList<CertificateText> Tls,
    IReadOnlyList<Authority> Authorities,
    IReadOnlyList<string> Kinds,
    IReadOnlyList<Declaration> Declarations,
    string? Witness = null,
    IReadOnlyList<CertificateText>? TimestampRoots = null
)
{
    /// <summary>Longest life of an entry, in days: a year and a month's grace.</summary>
    public const int MaximumDays = 400;

    /// <summary>
    /// The recipient to which diplomatic bags for its node are sealed, in the <c>age</c> form; absent when its node takes none.
    /// The node holds the key, as it reads what a bag holds besides evidence (decision 0017).
    /// </summary>
    public string? Bag { get; init; }

    /// <summary>The authority of that short name, or nothing.</summary>
    /// <param name="id">The short name.</param>
    public Authority? Find(string id) => Authorities.FirstOrDefault(a => a.Id == id);

    internal void Check(Shape shape) =>
        shape
            .Text(Name, "name")
            .Range(Version, 1, int.MaxValue, "version")
            .That(Expires > Issued && Expires - Issued <= TimeSpan.FromDays(MaximumDays), "expires")
            .That((Version == 1) == (Previous is null), "previous")
            .List(Languages, "languages", l => shape.That(l.Length is 2 or 3 && l.All(char.IsAsciiLetterLower), ""), 1)
            .Within(Endpoints, "endpoints", e => e.Check(shape))
            .Within(Register, "register", r => r.Check(shape))
            .List(Tls, "tls", _ => { }, 1, 8)
            .List(Authorities, "authorities", a => a.Check(shape), 1, 64)
            .Distinct(Authorities, a => a.Id, "authorities")
            .List(Kinds, "kinds", k => shape.That(IsKind(k), ""), 1)
            .Distinct(Kinds, k => k, "kinds")
            .List(Declarations, "declarations", d => d.Check(shape))
            .That(Witness is null || IsWitness(Witness), "witness")
            .List(TimestampRoots ?? [], "timestampRoots", _ => { }, 0, 8)
            .That(Bag is null || Recipient.Parse(Bag) is Outcome<Recipient>.Admitted, "bag");

    private static bool IsWitness(string key) =>
        NoteVerifier.Parse(key) is Outcome<NoteVerifier>.Admitted { Value.Type: NoteKeyType.Cosigner };

    // Name and version as acts spell them: a kind that another build writes differently is never matched.
    private static bool IsKind(string text) =>
        text.Split('/') is [var name, var version]
        && name.Length is > 0 and <= 32
        && name.All(c => char.IsAsciiLetterLower(c) || c == '-')
        && version.Length is > 0 and <= 4
        && version.All(char.IsAsciiDigit)
        && version[0] != '0';
}

/// <summary>Where a Party's node is reached.</summary>
/// <param name="Exchange">Address of the exchange, <c>https</c> only.</param>
/// <param name="Public">Address of its public pages, when it has any.</param>
public sealed record Endpoints(string Exchange, string? Public)
{
    internal void Check(Shape shape) =>
        shape
            .That(IsAddress(Exchange, "https"), "exchange")
            .That(Public is null || IsAddress(Public, "https") || IsAddress(Public, "http"), "public");

    // Of the spellings that the framework takes, the one without white space and in ASCII.
    private static bool IsAddress(string text, string scheme) =>
        text.Length <= 300
        && text.All(c => c is > ' ' and < '\x7f')
        && Uri.TryCreate(text, UriKind.Absolute, out var address)
        && address.Scheme == scheme
        && address.UserInfo.Length == 0
        && address.Query.Length == 0
        && address.Fragment.Length == 0;
}

/// <summary>A register's name and verifier key.</summary>
/// <param name="Origin">The first line of its checkpoints (C2SP tlog-checkpoint).</param>
/// <param name="Key">Its verifier key (C2SP signed-note), Ed25519.</param>
public sealed record RegisterKey(string Origin, string Key)
{
    internal void Check(Shape shape) => shape.Text(Origin, "origin").Text(Key, "key", 300);
}

/// <summary>A declaration, reservation or notification, as the Party makes it.</summary>
/// <param name="Kind">declaration, reservation or notification.</param>
/// <param name="Provision">The paragraph it is made under, for example <c>42(5)</c>.</param>
/// <param name="Text">Its text.</param>
public sealed record Declaration(DeclarationKind Kind, string Provision, string Text)
{
    internal void Check(Shape shape) => shape.Text(Provision, "provision", 40).Text(Text, "text", Shape.Paragraph);
}
