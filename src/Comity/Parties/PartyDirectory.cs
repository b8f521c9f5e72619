// SPDX-License-Identifier: EUPL-1.2
using System.Collections.Immutable;

namespace Comity.Parties;

/// <summary>The Parties a node knows: for each the root two officers confirmed, and the newest entry it signed.</summary>
/// <remarks>
/// Nothing enters but by a root that was confirmed or was announced by the root before it. Going back is refused, also with
/// a good signature. Immutable; each step gives a new directory.
/// </remarks>
public sealed class PartyDirectory
{
    private static readonly Citation Specification = new("docs/spec/directory.md", "4");

    private readonly ImmutableDictionary<PartyId, Known> parties;

    private PartyDirectory(ImmutableDictionary<PartyId, Known> parties) => this.parties = parties;

    /// <summary>Knows nobody.</summary>
    public static PartyDirectory Empty { get; } = new(ImmutableDictionary<PartyId, Known>.Empty);

    /// <summary>The Parties known, whether or not their entry is still current.</summary>
    public IEnumerable<PartyId> Parties =>
        parties
            .Where(p => p.Value.Entry is not null)
            .Select(p => p.Key)
            .OrderBy(p => p.ToString(), StringComparer.Ordinal);

    /// <summary>Confirms a Party's root, once, by two persons.</summary>
    /// <param name="party">The Party.</param>
    /// <param name="root">SHA-256 of its root certificate, compared over another channel.</param>
    /// <param name="confirmedBy">Who compared it: two different officers at least.</param>
    /// <returns>
    /// The directory, or <c>directory.two-officers</c>, or <c>directory.root-known</c> when another root already stands:
    /// a root changes by the chain of entries, not by a second confirmation.
    /// </returns>
    public Outcome<PartyDirectory> Confirm(PartyId party, Digest root, IReadOnlyCollection<Digest> confirmedBy)
    {
        if (confirmedBy.Distinct().Count() < 2)
        {
            return Refuse("directory.two-officers");
        }

        return parties.TryGetValue(party, out var known) && known.Root != root
            ? Refuse("directory.root-known")
            : Admit(parties.SetItem(party, known ?? new Known(root, null)));
    }

    /// <summary>Takes a Party's newer entry.</summary>
    /// <param name="entry">The entry, its signature checked by <see cref="SignedEntry.Parse"/>.</param>
    /// <param name="at">The instant, UTC, at which it is taken.</param>
    /// <returns>
    /// The directory, the same one when the entry is the one already held, or a refusal: <c>directory.root-unknown</c>,
    /// <c>directory.rollback</c> (an older version), <c>directory.fork</c> (the same version with other bytes, a next
    /// version that names another predecessor, or a later one that names this: keep both as evidence),
    /// <c>directory.expired</c> or <c>directory.in-the-future</c>.
    /// </returns>
    public Outcome<PartyDirectory> Accept(SignedEntry entry, DateTimeOffset at)
    {
        if (!parties.TryGetValue(entry.Entry.Party, out var known))
        {
            return Refuse("directory.root-unknown");
        }

        var held = known.Entry;
        var announced = held is not null && held.Entry.NextRoot == entry.Root && entry.Entry.Previous == held.Id;
        if (entry.Root != known.Root && !announced)
        {
            return Refuse("directory.root-unknown");
        }

        if (held?.Id == entry.Id)
        {
            return new Outcome<PartyDirectory>.Admitted(this);
        }

        if (held is not null && entry.Entry.Version < held.Entry.Version)
        {
            return Refuse("directory.rollback");
        }

        // The next version names the one held, and no other version does. Versions in between may have been missed.
        if (
            held is not null
            && (
                entry.Entry.Version == held.Entry.Version
                || (entry.Entry.Version - 1 == held.Entry.Version) != (entry.Entry.Previous == held.Id)
            )
        )
        {
            return Refuse("directory.fork");
        }

        if (entry.Entry.Expires <= at)
        {
            return Refuse("directory.expired");
        }

        return entry.Entry.Issued > at + Instants.Tolerance
            ? Refuse("directory.in-the-future")
            : Admit(parties.SetItem(entry.Entry.Party, new Known(entry.Root, entry)));
    }

    /// <summary>The newest entry of a Party, or nothing. It may have expired: the caller asks for the instant it needs.</summary>
    /// <param name="party">The Party.</param>
    public SignedEntry? Find(PartyId party) => parties.GetValueOrDefault(party)?.Entry;

    /// <summary>The authority an office names, or nothing.</summary>
    /// <param name="office">The office.</param>
    public Authority? Find(Office office) => Find(office.Party)?.Entry.Find(office.Authority);

    private static Outcome<PartyDirectory> Admit(ImmutableDictionary<PartyId, Known> next) =>
        new Outcome<PartyDirectory>.Admitted(new PartyDirectory(next));

    private static Outcome<PartyDirectory> Refuse(string code) =>
        new Outcome<PartyDirectory>.Refused(new Refusal(code, Specification));

    private sealed record Known(Digest Root, SignedEntry? Entry);
}
