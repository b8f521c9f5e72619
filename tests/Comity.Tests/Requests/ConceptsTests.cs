// SPDX-License-Identifier: EUPL-1.2
using Comity.Requests;

namespace Comity.Tests.Requests;

public sealed class ConceptsTests
{
    [Fact]
    public void A_concept_is_known_under_its_own_kind_of_element_and_to_the_letter()
    {
        Assert.Equal("encrypt-data", Concepts.Find(ElementKind.Act, "encrypt-data")!.Slug);
        Assert.Null(Concepts.Find(ElementKind.Object, "encrypt-data"));
        Assert.Null(Concepts.Find(ElementKind.Act, "Encrypt-data"));
        Assert.Null(Concepts.Find(ElementKind.Act, ""));
    }

    [Fact]
    public void No_word_stands_for_two_things() =>
        Assert.Equal(Concepts.All.Count, Concepts.All.Select(c => c.Slug).Distinct().Count());

    [Fact]
    public void The_published_vocabulary_is_the_one_the_rules_use() =>
        Assert.Equal(
            Concepts.All.Select(c =>
                $"| {Names.Of(c.Element)} | `{c.Slug}` | {c.Meaning} | {(c.IsExpression ? "yes" : "")} |"
            ),
            Repository
                .Text("docs", "spec", "concepts.md")
                .Split('\n')
                .Where(l => l.StartsWith("| ", StringComparison.Ordinal) && l.Contains('`'))
        );

    [Fact]
    public void Every_concept_can_stand_in_a_request() =>
        Assert.All(
            Concepts.All,
            c =>
            {
                var shape = new Shape();
                shape.Slug(c.Slug, "concept");
                Assert.Null(shape.Outside);
            }
        );
}
