// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;
using System.Text;

namespace Comity.Safeguards.UnCybercrime;

/// <summary>Text without what a spelling can vary in: case, accents, width, punctuation, invisible characters.</summary>
/// <remarks>
/// By code point and by no culture, so both nodes read alike. What a text reads as stays a part of what it reads as with
/// more text before or after it, so adding text hides nothing.
/// </remarks>
internal static class PlainText
{
    // U+0640 only stretches an Arabic word.
    private const int Tatweel = 0x0640;

    /// <summary>Letters and digits in lower case, everything between them as one space.</summary>
    public static string Of(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in Decompose(text).EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (IsDropped(category) || rune.Value == Tatweel)
            {
                continue;
            }

            if (Rune.IsLetterOrDigit(rune))
            {
                plain.Append(Rune.ToLowerInvariant(rune));
            }
            else if (plain.Length > 0 && plain[^1] != ' ')
            {
                plain.Append(' ');
            }
        }

        return plain.ToString().TrimEnd(' ');
    }

    // Accents and vowel signs; and what is there and not seen, which would otherwise cut a word in two.
    private static bool IsDropped(UnicodeCategory category) =>
        category
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.EnclosingMark
                or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.Format;

    // A lone surrogate has no normal form, and comes out of the runes as U+FFFD.
    private static string Decompose(string text)
    {
        var valid = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            valid.Append(rune);
        }

        return valid.ToString().Normalize(NormalizationForm.FormKD);
    }
}
