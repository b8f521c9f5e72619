// SPDX-License-Identifier: EUPL-1.2
using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Comity;

/// <summary>Reads text that has exactly one spelling, so that equal values are equal bytes.</summary>
internal static class StrictText
{
    private static readonly SearchValues<char> Base64Characters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
    );

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    /// <summary>Whether there is nothing but digits and the letters a to f.</summary>
    internal static bool IsLowerHex(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(LowerHex);

    /// <summary>Reads standard, padded base64 (RFC 4648 section 4) as an encoder writes it.</summary>
    /// <remarks>
    /// The framework's reader skips white space and ignores the unused bits before the padding. Either would give one
    /// signature many spellings, so the text is encoded again and must come out the same.
    /// </remarks>
    /// <returns>
    /// False for empty text, white space, another alphabet, wrong padding, or bits set in the padding.
    /// </returns>
    internal static bool TryBase64(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (text.IsEmpty || text.Length % 4 != 0 || text.ContainsAnyExcept(Base64Characters))
            return false;
        var decoded = new byte[text.Length / 4 * 3];
        if (!Convert.TryFromBase64Chars(text, decoded, out var written))
            return false;
        bytes = decoded[..written];
        return text.SequenceEqual(Convert.ToBase64String(bytes));
    }

    /// <summary>Reads a decimal from 0 to 2^63-1, without sign, leading zeros or white space.</summary>
    internal static bool TryDecimal(ReadOnlySpan<char> text, out long value)
    {
        value = 0;
        if (text.IsEmpty || text.Length > 19 || (text[0] == '0' && text.Length > 1))
            return false;
        ulong sum = 0; // 19 digits fit, so this cannot overflow before the check below
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
                return false;
            sum = sum * 10 + (uint)(c - '0');
        }
        if (sum > long.MaxValue)
            return false;
        value = (long)sum;
        return true;
    }
}
