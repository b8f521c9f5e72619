// SPDX-License-Identifier: EUPL-1.2
using System.Text.RegularExpressions;
using Comity.Dossiers;
using Comity.Instruments;
using Comity.Requests;
using Comity.Safeguards;
using Comity.Safeguards.UnCybercrime;

namespace Comity.Tests.Instruments;

public sealed partial class ConventionTests
{
    [Theory]
    [InlineData("2(h)", "UNCC art. 2(h)")]
    [InlineData("6(2)", "UNCC art. 6(2)")]
    [InlineData("42(8)", "UNCC art. 42 (para. 8, unconfirmed)")]
    [InlineData("40(21)(b)", "UNCC art. 40 (para. 21(b), unconfirmed)")]
    [InlineData("45", "UNCC art. 45")]
    [InlineData("63(2)", "UNCC art. 63 (para. 2, unconfirmed)")]
    [InlineData("2(z)", "UNCC art. 2 (para. z, unconfirmed)")]
    [InlineData("40(broken", "UNCC art. 40 (para. (broken, unconfirmed)")]
    [InlineData("", "UNCC")]
    public void A_paragraph_that_nobody_has_confirmed_prints_as_its_article(string provision, string printed)
    {
        Assert.Equal(printed, Convention.Print(Convention.Article(provision)));
        Assert.Equal(printed, Convention.Print(provision));
    }

    [Fact]
    public void Citations_of_other_texts_print_as_they_stand() =>
        Assert.Equal("RFC 6962 2.1", Convention.Print(new Citation("RFC 6962", "2.1")));

    [Fact]
    public void Every_provision_that_a_rule_cites_is_in_the_table()
    {
        var listed = CitedParagraphs.All.Select(p => p.Reference).ToHashSet();
        Assert.Empty(CitedByRules().Concat(CitedInTheSource()).Where(p => !listed.Contains(p)).Distinct().Order());
    }

    [Fact]
    public void Every_paragraph_of_the_table_is_cited_by_a_rule_or_a_definition() =>
        Assert.Subset(Mentioned(), CitedParagraphs.All.Select(p => p.Reference).ToHashSet());

    [Fact]
    public void The_table_holds_each_paragraph_once_with_a_sentence_of_ours()
    {
        Assert.Equal(CitedParagraphs.All.Count, CitedParagraphs.All.Select(p => p.Reference).Distinct().Count());
        Assert.All(CitedParagraphs.All, p => Assert.EndsWith(".", p.Summary, StringComparison.Ordinal));
        Assert.All(CitedParagraphs.All, p => Assert.Same(p, Convention.Find(p.Reference)));
        Assert.Null(Convention.Find("99(9)"));
    }

    [Fact]
    public void No_paragraph_of_an_article_after_the_fifteenth_is_held_to_be_confirmed() =>
        Assert.DoesNotContain(
            CitedParagraphs.All,
            p => p.Confidence == Confidence.Sourced && int.Parse(Number().Match(p.Reference).Value, null) > 15
        );

    private static IEnumerable<string> CitedByRules() =>
        [
            .. Catalogue.All.SelectMany(s => s.Citations).Select(c => c.Provision),
            .. Enum.GetValues<Measure>().SelectMany(RequestContent.Required).Select(r => r.Provision),
            .. Enum.GetValues<Measure>().SelectMany(Grounds.For).Select(g => g.Provision),
            .. PreservationOpenings
                .All.Concat(StoredDataOpenings.All)
                .Select(o => o.Source)
                .Where(c => c.Instrument == Convention.ShortForm)
                .Select(c => c.Provision),
        ];

    // Also what stands in a place no list reaches: every literal of the core that has the form of a paragraph.
    private static IEnumerable<string> CitedInTheSource() =>
        Sources().SelectMany(text => Literal().Matches(text).Select(m => m.Groups[1].Value));

    private static HashSet<string> Mentioned() =>
        [.. Sources().SelectMany(text => Paragraph().Matches(text).Select(m => m.Value)), "45"];

    private static IEnumerable<string> Sources() =>
        Directory
            .EnumerateFiles(Repository.Path("src", "Comity"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.EndsWith("CitedParagraphs.cs", StringComparison.Ordinal))
            .Select(File.ReadAllText);

    [GeneratedRegex(@"""(\d{1,2}(\(\d{1,2}\))?(\([a-z]\))?)""(?<=\)"")")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\d{1,2}(\(\d{1,2}\))?(\([a-z]\))|\d{1,2}(\(\d{1,2}\))")]
    private static partial Regex Paragraph();

    [GeneratedRegex(@"^\d+")]
    private static partial Regex Number();
}
