// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Instruments;

/// <summary>The United Nations Convention against Cybercrime (A/RES/79/243), as the rules cite it.</summary>
public static class Convention
{
    /// <summary>Its short form in citations.</summary>
    public const string ShortForm = "UNCC";

    /// <summary>Its name in a request's legal basis.</summary>
    public const string Slug = "un-cybercrime";

    /// <summary>The day its text was adopted, from which our rules on it stand.</summary>
    public static readonly DateTimeOffset Adopted = new(2024, 12, 24, 0, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, Paragraph> ByReference = CitedParagraphs.All.ToDictionary(p =>
        p.Reference
    );

    /// <summary>Cites a paragraph.</summary>
    /// <param name="provision">Article, paragraph and letter, for example <c>40(21)(b)</c>.</param>
    public static Citation Article(string provision) => new(ShortForm, provision);

    /// <summary>What is known of a paragraph, or nothing when no rule cites it.</summary>
    /// <param name="provision">As in <see cref="Article"/>.</param>
    public static Paragraph? Find(string provision) => ByReference.GetValueOrDefault(provision);

    /// <summary>A citation as it is printed for people. The one place that decides how sure a citation looks.</summary>
    /// <remarks>
    /// A paragraph that was read in a source prints whole: <c>UNCC art. 2(h)</c>. One that nobody has confirmed prints as its
    /// article, with the paragraph named as what it is: <c>UNCC art. 42 (para. 8, unconfirmed)</c> (design 17.8). Citations of
    /// other instruments and of our own specifications print as they stand.
    /// </remarks>
    /// <param name="citation">Any citation.</param>
    public static string Print(Citation citation)
    {
        if (citation.Instrument != ShortForm || citation.Provision.Length == 0)
        {
            return citation.ToString();
        }

        var paragraph = citation.Provision.IndexOf('(', StringComparison.Ordinal);
        var isConfirmed = paragraph < 0 || Find(citation.Provision)?.Confidence == Confidence.Sourced;
        return isConfirmed
            ? $"{ShortForm} art. {citation.Provision}"
            : $"{ShortForm} art. {citation.Provision[..paragraph]} (para. {Number(citation.Provision[paragraph..])}, unconfirmed)";
    }

    /// <summary>A paragraph of the Convention as it is printed for people.</summary>
    /// <param name="provision">As in <see cref="Article"/>.</param>
    public static string Print(string provision) => Print(Article(provision));

    // What stands in the first brackets loses them: (21)(b) reads as 21(b), and (h) as h.
    private static string Number(string paragraph)
    {
        var end = paragraph.IndexOf(')', StringComparison.Ordinal);
        return end < 0 ? paragraph : paragraph[1..end] + paragraph[(end + 1)..];
    }
}
