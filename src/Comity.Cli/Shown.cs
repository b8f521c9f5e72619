// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;
using System.Text;

namespace Comity.Cli;

/// <summary>Makes text that others chose fit for a terminal: what would move, colour or reorder is spelled out.</summary>
/// <remarks>A name of a file or a State may be chosen so that a line that says NOT looks like one that says it holds.</remarks>
internal static class Shown
{
    /// <summary>Text that stays on its line.</summary>
    public static string Line(string text) => Spell(text, keepsLines: false);

    /// <summary>Text that may have lines of its own.</summary>
    public static string Block(string text) => Spell(text, keepsLines: true);

    private static string Spell(string text, bool keepsLines)
    {
        if (!text.Any(c => Misleads(c, keepsLines)))
        {
            return text;
        }

        var spelled = new StringBuilder();
        foreach (var c in text)
        {
            spelled.Append(
                Misleads(c, keepsLines) ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}") : c.ToString()
            );
        }

        return spelled.ToString();
    }

    private static bool Misleads(char c, bool keepsLines) =>
        c switch
        {
            '\n' or '\t' => !keepsLines,
            >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' => true,
            '\u2028' or '\u2029' or '\uFEFF' => true,
            _ => char.IsControl(c),
        };
}
