// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Instruments;
using Comity.Profiles;
using Comity.Requests;
using Comity.Safeguards;
using Comity.Safeguards.UnCybercrime;

namespace Comity.Tests.Safeguards;

/// <summary>Holds the lawyers' pages to the rules they describe.</summary>
public sealed class DocumentTests
{
    private static readonly string Page = Repository.Text("docs", "safeguards.md");

    [Fact]
    public void Every_safeguard_has_its_row_with_the_question_it_asks() =>
        Assert.Equal(
            Catalogue.All.Select(s => $"| `{s.Id}` {s.Title} | {s.Asks}"),
            Page.Split('\n')
                .Where(l => l.StartsWith("| `", StringComparison.Ordinal))
                .Select(l => l.Split(" | "))
                .Select(c => $"{c[0]} | {c[2]}")
        );

    [Fact]
    public void Every_safeguard_has_its_section_with_its_provisions_as_they_are_printed() =>
        Assert.All(
            Catalogue.All,
            s =>
                Assert.Contains(
                    $"### `{s.Id}` {s.Title}\n\nProvisions: {string.Join(", ", s.Citations.Select(Convention.Print))}\n",
                    Page,
                    StringComparison.Ordinal
                )
        );

    [Fact]
    public void The_number_of_stems_is_the_one_stated() =>
        Assert.Contains($"by {ExpressionTerms.All.Sum(l => l.Stems.Count)} stems", Page, StringComparison.Ordinal);

    [Fact]
    public void The_grounds_listed_are_the_grounds_there_are()
    {
        var stored = string.Join(", ", Grounds.For(Measure.StoredData).Select(g => $"`{g.Provision}`"));
        Assert.Contains($"Grounds for stored data: {stored}.", Page, StringComparison.Ordinal);
        Assert.Contains(
            "`40(21)(b)`, `40(21)(c)`, `40(22)`, and `42(5)` by reservation",
            Page,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_example_profile_is_one()
    {
        var example = Repository.Text("docs", "spec", "profile.md").Split("```json\n")[1].Split("```")[0];
        var profile = ProfileEncoding.Parse(Encoding.UTF8.GetBytes(example)).Admitted();
        Assert.Equal("Criminal Code of XB, section 203", profile.Provisions.Single().Citation);
    }

    [Fact]
    public void No_sentence_of_a_finding_prints_a_paragraph_as_if_it_were_confirmed()
    {
        var cases = new[]
        {
            Given.Case,
            Given.Case.Unanswered().With(r => r with { Conduct = [], Purpose = "insult", Offences = [] }),
            Given.PreservationCase.WithHome(p =>
                p with
                {
                    Thresholds = [new Threshold(Measure.Preservation, Given.Term(20))],
                }
            ),
            Given.Case.Deciding(
                new Refuse([new Ground("40(22)", null), new Ground("36(1)(a)", null)], "Reasons", null)
            ),
        };
        var texts = cases
            .SelectMany(c => c.Assessed().Findings)
            .Where(f => f.Safeguard.Id != "sg-13" || f.Verdict != Verdict.NotMet)
            .Select(f => f.InFull);
        Assert.All(texts, text => Assert.DoesNotMatch(@"art\. (1[6-9]|[2-9]\d)\(", text));
    }
}
