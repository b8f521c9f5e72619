// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Comity.Acts;
using Comity.Dossiers;
using Comity.Instruments;
using Comity.Tests.Acts;
using Comity.Tests.Dossiers;
using Comity.Tests.Parties;

namespace Comity.Tests;

/// <summary>The documents say what the code does. Their generated parts are written with COMITY_UPDATE=1.</summary>
public sealed class SpecificationTests
{
    private const string ActSpec = "docs/spec/act.md";
    private const string DossierSpec = "docs/spec/dossier.md";
    private const string DirectorySpec = "docs/spec/directory.md";

    private static readonly Lazy<XDocument> Docs = new(() =>
        XDocument.Load(Path.Combine(AppContext.BaseDirectory, "Comity.xml"))
    );

    [Fact]
    public void The_specification_of_acts_shows_a_vector()
    {
        Repository.HoldsPart(ActSpec, "example", Fenced(Repository.Read("vectors/acts/withdraw.json")));
        Assert.Contains(
            "openssl cms -verify -inform DER -cades -binary -purpose any -in act.p7m -CAfile roots.pem -out payload.json",
            Repository.Read(ActSpec),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_specification_of_directories_shows_a_vector()
    {
        var entry = Comity
            .Parties.SignedEntry.Parse(Repository.Bytes("vectors/directory/xa-1.p7m"))
            .Admitted()
            .Signed.Content.Span;
        var cut = Regex.Replace(Encoding.UTF8.GetString(entry), "\"(MII.{16})[^\"]+\"", "\"$1...\"");

        Repository.HoldsPart(DirectorySpec, "example", Fenced(cut));
    }

    [Fact]
    public void Every_kind_stands_in_the_specification_of_acts() =>
        Repository.HoldsPart(
            ActSpec,
            "kinds",
            Table(
                ["kind", "version", "issued by", "alone at night", "what it says", "schema"],
                ActKind.All.Select(k =>
                    new[]
                    {
                        $"`{k.Name}`",
                        $"{k.Version}",
                        k.By switch
                        {
                            Side.Requesting => "the requesting Party",
                            Side.Requested => "the requested Party",
                            Side.Either => "either",
                            _ => "kept at home",
                        },
                        k.IsNightAct ? "yes" : "",
                        SummaryOf($"T:{k.Body.FullName}"),
                        $"[{k.Name}.{k.Version}.json](schema/{k.Name}.{k.Version}.json)",
                    }
                )
            )
        );

    [Fact]
    public void Every_limit_stands_in_the_specification_of_acts() =>
        Repository.HoldsPart(
            ActSpec,
            "limits",
            Table(
                ["kind", "member", "holds"],
                Limits.All.Select(l => new[] { $"`{l.Kind}`", $"`{Plural(l.Member)}`", l.Says })
            )
        );

    [Fact]
    public void Every_limit_stands_in_the_specification_of_directories() =>
        Repository.HoldsPart(
            DirectorySpec,
            "limits",
            Table(["member", "holds"], EntryLimits.All.Select(l => new[] { $"`{Plural(l.Member)}`", l.Says }))
        );

    [Fact]
    public void Every_stage_stands_in_the_specification_of_dossiers() =>
        Repository.HoldsPart(
            DossierSpec,
            "stages",
            Table(
                ["stage", "what it means"],
                Enum.GetValues<Stage>()
                    .Select(s => new[] { $"`{Names.Of(s)}`", SummaryOf($"F:{typeof(Stage).FullName}.{s}") })
            )
        );

    [Theory]
    [InlineData(Measure.Preservation)]
    [InlineData(Measure.StoredData)]
    public void Every_opening_stands_in_the_specification_of_dossiers(Measure measure) =>
        Repository.HoldsPart(
            DossierSpec,
            Names.Of(measure),
            Table(
                ["act", "to", "by the", "while the request is", "source"],
                Dossier
                    .OpeningsOf(measure)
                    .Select(o =>
                        new[]
                        {
                            $"`{ActKind.All.Single(k => k.Body == o.Kind).Name}`",
                            string.Join(
                                ", ",
                                Moves.All.Where(m => o.Admits(o.From[0], m.Value, o.By)).Select(m => m.Key)
                            ),
                            o.By == Side.Requesting ? "requesting Party" : "requested Party",
                            string.Join(", ", o.From.Select(s => $"`{Names.Of(s)}`")),
                            o.Source.Instrument == DossierSpec ? $"section {o.Source.Provision}" : $"{o.Source}",
                        }
                    )
            )
        );

    [Fact]
    public void Every_section_that_the_code_cites_is_there()
    {
        var cited =
            from file in Repository.Files("src/Comity", ".cs")
            from match in Regex.Matches(
                Repository.Read(file),
                "\"docs/spec/(?<spec>act|dossier|directory)\\.md\", \"(?<section>[0-9.]+)\""
                    + "|Specification\\(\"(?<section>[0-9.]+)\"\\)|Closed\\(\"dossier[^\"]+\", \"(?<section>[0-9.]+)\"\\)"
            )
            let spec = match.Groups["spec"].Success ? match.Groups["spec"].Value : "dossier"
            select (Spec: $"docs/spec/{spec}.md", Section: match.Groups["section"].Value);

        Assert.NotEmpty(cited);
        Assert.All(cited, c => Assert.Matches($@"(?m)^##+ {Regex.Escape(c.Section)}\.? ", Repository.Read(c.Spec)));
    }

    [Fact]
    public void Every_type_that_the_terms_name_is_there()
    {
        var named = Regex.Matches(
            Repository.Read("docs/terms.md"),
            @"`(Comity\.[A-Za-z.]+)` \|$",
            RegexOptions.Multiline
        );

        Assert.NotEmpty(named);
        Assert.All(named, n => Assert.NotNull(typeof(Citation).Assembly.GetType(n.Groups[1].Value)));
    }

    [Fact]
    public void Every_link_between_the_documents_leads_somewhere()
    {
        var links =
            from file in Repository.Files("docs", ".md").Append("vectors/README.md")
            from match in Regex.Matches(Repository.Read(file), @"\]\((?<to>[^)#:]+)(#[^)]*)?\)")
            select Path.Combine(Path.GetDirectoryName(file)!, match.Groups["to"].Value);

        Assert.All(links, link => Assert.True(Path.Exists(Repository.PathOf(link)), link));
    }

    private static string Plural(string member) => member.Replace("[0]", "[]", StringComparison.Ordinal);

    private static string Fenced(string json) => $"```json\n{json.TrimEnd()}\n```\n";

    private static string Table(IReadOnlyList<string> head, IEnumerable<string[]> rows) =>
        string.Concat(
            rows.Prepend([.. head.Select(_ => "---")])
                .Prepend([.. head])
                .Select(cells => $"| {string.Join(" | ", cells)} |\n".Replace("|  |", "| |", StringComparison.Ordinal))
        );

    private static string SummaryOf(string id)
    {
        var summary = Docs
            .Value.Descendants("member")
            .Single(m => m.Attribute("name")!.Value == id)
            .Element("summary")!;
        return Regex.Replace(summary.Value.Trim(), @"\s+", " ");
    }
}
