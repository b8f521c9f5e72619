// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;
using System.Net;
using System.Text;
using Comity.Files.Dossiers;

namespace Comity.Files.Bundles;

/// <summary>A page written piece by piece; whatever is not a tag of ours is escaped.</summary>
internal sealed class Html
{
    private const int LongestWord = 40;

    private readonly StringBuilder page = new();

    /// <summary>A tag, or tags, of ours.</summary>
    public Html Tag(string tag)
    {
        page.Append(tag);
        return this;
    }

    /// <summary>Text from anywhere: nothing in it is markup, moves, hides, or turns what is read.</summary>
    public Html Text(string text)
    {
        page.Append(WebUtility.HtmlEncode(VerificationReport.Plain(text)));
        return this;
    }

    /// <summary>An element with text in it.</summary>
    public Html Element(string name, string text) => Tag($"<{name}>").Text(text).Tag($"</{name}>");

    /// <summary>A row of a table.</summary>
    public Html Row(params IEnumerable<string> cells)
    {
        Tag("<tr>");
        foreach (var cell in cells)
        {
            // A digest is one long word, which may break anywhere; other words stay whole.
            var isLong = cell.Split(' ').Any(word => word.Length > LongestWord);
            Tag(isLong ? "<td class=\"long\">" : "<td>").Text(cell).Tag("</td>");
        }

        return Tag("</tr>\n");
    }

    /// <summary>The beginning of a table.</summary>
    public Html Table(params IEnumerable<string> heads)
    {
        Tag("<table><thead><tr>");
        foreach (var head in heads)
        {
            Tag("<th scope=\"col\">").Text(head).Tag("</th>");
        }

        return Tag("</tr></thead><tbody>\n");
    }

    /// <summary>A term and what stands for it.</summary>
    public Html Fact(string term, string value) => Element("dt", term).Element("dd", value).Tag("\n");

    /// <summary>An instant as people read it, in UTC and with no doubt about the order of day and month.</summary>
    public static string At(DateTimeOffset instant) =>
        instant.ToString("d MMMM yyyy, HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>A number.</summary>
    public static string Of(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>The page.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(page.ToString());
}
