// SPDX-License-Identifier: EUPL-1.2
using Comity.Requests;

namespace Comity.Safeguards.UnCybercrime;

/// <summary>Whether an item is one exact item: no wildcard, no range, no list, nobody's "all".</summary>
internal static class Exactness
{
    /// <summary>Ways of saying everybody, as <see cref="PlainText"/> reads them.</summary>
    private static readonly IReadOnlyList<string> Everybody =
    [
        .. new[]
        {
            "all users",
            "all accounts",
            "all customers",
            "all subscribers",
            "all addresses",
            "all devices",
            "all data",
            "any user",
            "any account",
            "every user",
            "every account",
            "everyone",
            "everybody",
            "whole network",
            "entire",
            "tous les",
            "toutes les",
            "tout compte",
            "l'ensemble",
            "todos los",
            "todas las",
            "cualquier",
            "все пользовател",
            "все учетн",
            "все абонент",
            "все адрес",
            "всех пользовател",
            "всех абонент",
            "любой",
            "所有",
            "全部",
            "任何",
            "جميع",
            "كافة",
        }.Select(PlainText.Of),
    ];

    /// <summary>What keeps it from being one exact item, as the end of a sentence; nothing when it is one.</summary>
    public static string? Flaw(Item item)
    {
        var text = item.Identifier;
        return text.IndexOfAny(['*', '?', '%', '\uFF0A', '\uFF1F', '\uFF05']) >= 0 ? "holds a wildcard"
            : IsEverybody(text) ? "means everybody"
            : text.IndexOfAny([',', ';', '\n', '|']) >= 0 ? "is a list and not one item"
            : item.Kind == ItemKind.IpAddress ? AddressFlaw(text)
            : item.Kind is ItemKind.Account or ItemKind.Domain or ItemKind.Wallet && text.Trim().Any(char.IsWhiteSpace)
                ? "is not one exact identifier"
            : IsRange(text) ? "is a range of addresses"
            : null;
    }

    private static bool IsEverybody(string text)
    {
        var plain = PlainText.Of(text);
        return Everybody.Any(e => plain.Contains(e, StringComparison.Ordinal));
    }

    private static string? AddressFlaw(string text) =>
        IsVersion4(text) || IsVersion6(text) ? null
        : text.Contains('/', StringComparison.Ordinal) || text.Contains('-', StringComparison.Ordinal)
            ? "is a range of addresses"
        : "is not one exact address";

    // A range under another kind of item is a range all the same.
    private static bool IsRange(string text)
    {
        var at = text.IndexOfAny(['/', '-']);
        return at > 0 && (IsVersion4(text[..at].Trim()) || IsVersion6(text[..at].Trim()));
    }

    private static bool IsVersion4(string text)
    {
        var parts = text.Split('.');
        return parts.Length == 4
            && parts.All(p =>
                p.Length is > 0 and <= 3
                && p.All(char.IsAsciiDigit)
                && (p.Length == 1 || p[0] != '0')
                && p.Aggregate(0, (n, c) => (n * 10) + (c - '0')) <= 255
            );
    }

    // RFC 4291, 2.2: eight groups, or fewer with one "::"; the form that ends in dotted decimal included.
    private static bool IsVersion6(string text)
    {
        var gap = text.IndexOf("::", StringComparison.Ordinal);
        return gap < 0
            ? Groups(text) == 8
            : Groups(text[..gap]) is { } before && Groups(text[(gap + 2)..]) is { } after && before + after <= 7;
    }

    /// <summary>How many groups of 16 bits a part of an address holds; nothing when it is not made of such.</summary>
    private static int? Groups(string part)
    {
        if (part.Length == 0)
        {
            return 0;
        }

        var groups = part.Split(':');
        var isMixed = IsVersion4(groups[^1]);
        var plain = isMixed ? groups[..^1] : groups;
        return plain.All(g => g.Length is > 0 and <= 4 && g.All(char.IsAsciiHexDigit))
            ? plain.Length + (isMixed ? 2 : 0)
            : null;
    }
}
