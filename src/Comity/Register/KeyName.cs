// SPDX-License-Identifier: EUPL-1.2
using System.Text;

namespace Comity.Register;

/// <summary>The rules for the name of a key in a signed note.</summary>
internal static class KeyName
{
    /// <summary>
    /// Longest name of a key or an origin of ours, in bytes of UTF-8: what a C2SP ML-DSA cosignature can hold.
    /// </summary>
    internal const int MaximumBytes = 255;

    /// <summary>
    /// Whether a name may stand on a signature line: not empty, no white space, no plus, no control character.
    /// </summary>
    /// <remarks>Source: C2SP signed-note, Format.</remarks>
    internal static bool IsWellFormed(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (c == '+' || c < ' ' || char.IsWhiteSpace(c))
                return false;
        }
        return !name.IsEmpty;
    }

    /// <summary>Whether a key of this name can be configured: well formed, valid Unicode, at most 255 bytes.</summary>
    internal static bool IsUsable(string name) => IsWellFormed(name) && IsShortUnicode(name);

    private static bool IsShortUnicode(string name)
    {
        var bytes = 0;
        foreach (var rune in name.EnumerateRunes())
        {
            // Half a surrogate pair is enumerated as the replacement character.
            if (rune == Rune.ReplacementChar)
                return false;
            bytes += rune.Utf8SequenceLength;
        }
        return bytes <= MaximumBytes;
    }
}
