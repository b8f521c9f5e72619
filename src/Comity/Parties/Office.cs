// SPDX-License-Identifier: EUPL-1.2
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Comity.Parties;

/// <summary>Who an act is from or for: a Party and the authority that speaks for it, spelled <c>XA/central</c>.</summary>
/// <param name="Party">The Party.</param>
/// <param name="Authority">The authority's short name in the Party's directory entry: 1 to 32 of a-z, 0-9 and hyphen.</param>
[JsonConverter(typeof(TextConverter<Office>))]
public sealed record Office(PartyId Party, string Authority) : IText<Office>
{
    private const int MaximumAuthority = 32;

    /// <inheritdoc/>
    public static string Pattern => "^[A-Z]{2}/[a-z0-9][a-z0-9-]{0,31}$";

    /// <summary>Reads an office that is known to be one.</summary>
    /// <param name="text">For example <c>XA/central</c>. Anything else throws, as it is a mistake in the program.</param>
    public static Office Of(string text) =>
        TryParse(text, out var office) ? office : throw new ArgumentException("not an office", nameof(text));

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? text, [MaybeNullWhen(false)] out Office value)
    {
        value = null;
        if (text is null || text.Length < 4 || text[2] != '/' || !PartyId.TryParse(text[..2], out var party))
        {
            return false;
        }

        var authority = text[3..];
        if (!IsAuthority(authority))
        {
            return false;
        }

        value = new Office(party, authority);
        return true;
    }

    /// <summary>Whether a text can be an authority's short name.</summary>
    /// <param name="text">The text.</param>
    public static bool IsAuthority(string text) =>
        text.Length is > 0 and <= MaximumAuthority
        && text[0] != '-'
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <inheritdoc/>
    public override string ToString() => $"{Party}/{Authority}";
}
