// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;
using System.Text;

namespace Comity.Node.Desk.Layout;

/// <summary>Text that nobody has vouched for, made so that what is seen is what is there.</summary>
internal static class VisibleText
{
    /// <summary>The text with everything that hides, turns or joins other characters written as JSON would: \u202E.</summary>
    /// <remarks>Line feeds and tabs stay. What the page's markup could take for its own the page itself escapes.</remarks>
    public static string Of(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\t' || !IsUnseen(rune))
            {
                shown.Append(rune.ToString());
            }
            else
            {
                foreach (var unit in rune.ToString())
                {
                    shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}");
                }
            }
        }

        return shown.ToString();
    }

    private static bool IsUnseen(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned;
}
