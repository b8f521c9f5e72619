// SPDX-License-Identifier: EUPL-1.2
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Comity.Acts;

namespace Comity.Tests;

/// <summary>The invariants of ARCHITECTURE.md that can be read off the code and its files.</summary>
public sealed class ArchitectureTests
{
    private static readonly Assembly Core = typeof(Citation).Assembly;

    [Fact]
    public void The_core_references_nothing_but_the_framework_and_cryptography() =>
        Assert.Empty(
            Core.GetReferencedAssemblies()
                .Select(a => a.Name!)
                .Except([
                    "BouncyCastle.Cryptography",
                    "System.Collections",
                    "System.Collections.Immutable",
                    "System.Formats.Asn1",
                    "System.Linq",
                    "System.Memory",
                    "System.Runtime",
                    "System.Runtime.InteropServices",
                    "System.Runtime.Intrinsics",
                    "System.Runtime.Numerics",
                    "System.Security.Cryptography",
                    "System.Text.Encoding.Extensions",
                    "System.Text.Encodings.Web",
                    "System.Text.Json",
                    "System.Text.RegularExpressions",
                ])
        );

    // Read from the compiled core, so that a suppressed warning or a using in one file is seen too.
    [Fact]
    public void The_compiled_core_names_nothing_that_is_banned()
    {
        using var file = File.OpenRead(Core.Location);
        using var image = new PEReader(file);
        var metadata = image.GetMetadataReader();
        var types = metadata.TypeReferences.Select(h => NameOf(metadata, h)).ToHashSet();
        var members = metadata
            .MemberReferences.Select(metadata.GetMemberReference)
            .Where(m => m.Parent.Kind == HandleKind.TypeReference)
            .Select(m => $"{NameOf(metadata, (TypeReferenceHandle)m.Parent)}.{metadata.GetString(m.Name)}")
            .ToHashSet();

        // What the compiler writes into every iterator.
        members.Remove("System.Environment.get_CurrentManagedThreadId");
        // XWing hands ML-KEM the bytes it was given as a source of random bytes of its own, which draws no lots.
        members.ExceptWith(["Org.BouncyCastle.Security.SecureRandom..ctor", "System.Random.NextBytes"]);

        Assert.Empty(Banned().Where(b => b.IsIn(types, members)).Select(b => b.Name));
        Assert.Contains("System.Text.Json.JsonSerializer", types);
    }

    // A chain of certificates is built by code that may fetch what is missing, so the verifier has none.
    [Theory]
    [InlineData("Comity")]
    [InlineData("Comity.Files")]
    [InlineData("Comity.Cli")]
    public void The_verifier_can_open_no_socket(string name)
    {
        var folder = Path.GetDirectoryName(ChildProcess.Comity)!;
        using var file = File.OpenRead(Path.Combine(folder, $"{name}.dll"));
        using var image = new PEReader(file);
        var metadata = image.GetMetadataReader();
        var assemblies = metadata
            .AssemblyReferences.Select(h => metadata.GetString(metadata.GetAssemblyReference(h).Name))
            .Where(a => a.StartsWith("System.Net", StringComparison.Ordinal));
        var types = metadata.TypeReferences.Select(h => NameOf(metadata, h));

        Assert.Empty(assemblies.Except(["System.Net.Primitives"]));
        Assert.DoesNotContain("System.Security.Cryptography.X509Certificates.X509Chain", types);
    }

    [Fact]
    public void The_ban_is_part_of_the_cores_build_and_stops_it()
    {
        var project = XDocument.Parse(Repository.Read("src/Comity/Comity.csproj"));
        var props = XDocument.Parse(Repository.Read("Directory.Build.props"));

        Assert.Contains(
            project.Descendants("AdditionalFiles"),
            f => f.Attribute("Include")!.Value.EndsWith("eng/BannedSymbols.Core.txt", StringComparison.Ordinal)
        );
        Assert.Contains(
            project.Descendants("PackageReference"),
            p => p.Attribute("Include")!.Value == "Microsoft.CodeAnalysis.BannedApiAnalyzers"
        );
        Assert.Equal("true", props.Descendants("TreatWarningsAsErrors").Single().Value);
        Assert.DoesNotContain("RS0030", Repository.Read(".editorconfig"), StringComparison.Ordinal);
        foreach (
            var name in new[]
            {
                "System.IO",
                "System.Net",
                "System.Threading.Tasks",
                "System.Random",
                "System.Security.Cryptography.RandomNumberGenerator",
                "System.TimeProvider",
                "System.DateTime.Now",
                "System.DateTime.UtcNow",
                "System.DateTimeOffset.Now",
                "System.DateTimeOffset.UtcNow",
                "System.Globalization.CultureInfo.CurrentCulture",
                "System.Environment",
                "System.Console",
            }
        )
        {
            Assert.Contains(Banned(), b => b.Name == name);
        }
    }

    [Fact]
    public void Every_concrete_public_type_is_sealed() =>
        Assert.Empty(
            Core.GetExportedTypes()
                .Where(t => t is { IsClass: true, IsAbstract: false, IsSealed: false })
                .Select(t => t.FullName)
        );

    [Fact]
    public void A_public_property_of_the_core_can_be_set_by_nobody_else() =>
        Assert.Empty(
            from type in Core.GetExportedTypes()
            from property in type.GetProperties()
            let setter = property.SetMethod
            where setter is { IsPublic: true }
            where !setter.ReturnParameter.GetRequiredCustomModifiers().Any(m => m.Name == "IsExternalInit")
            select $"{type.Name}.{property.Name}"
        );

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    public void A_file_says_its_licence_first_and_lives_where_its_namespace_says(string folder)
    {
        var files = Repository
            .Files(folder, ".cs")
            .Where(f =>
                !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal)
            );

        Assert.All(
            files,
            file =>
            {
                var text = Repository.Read(file);
                Assert.StartsWith("// SPDX-License-Identifier: EUPL-1.2\n", text, StringComparison.Ordinal);
                var path = Path.GetDirectoryName(file)!.Split('/')[1..];
                if (Regex.Match(text, @"^namespace ([\w.]+);", RegexOptions.Multiline) is { Success: true } found)
                {
                    Assert.Equal(string.Join('.', path), found.Groups[1].Value);
                }
            }
        );
    }

    [Fact]
    public void Every_code_that_the_core_answers_with_is_listed()
    {
        // Members of documents and inputs of safeguards are dotted too.
        string[] places = ["basis", "body", "data", "decision", "offences", "request", "sender"];

        Assert.Empty(Dotted("src/Comity").Where(c => !places.Contains(AreaOf(c))).Except(Tabled("docs/spec")));
    }

    [Fact]
    public void Every_code_that_a_node_or_a_command_answers_with_is_listed()
    {
        // What the audit log calls a deed, not an answer.
        string[] deeds =
        [
            "act.downloaded",
            "act.read",
            "dossier.exported",
            "dossier.read",
            "draft.read",
            "draft.taken-back",
            "exhibit.downloaded",
            "exhibit.put-in",
            "exhibit.taken-out",
            "request.assessing",
        ];
        string[] files = ["bag.age", "bag.key"];
        var tabled = Tabled("docs/spec");
        var areas = tabled.Select(AreaOf).ToHashSet();

        var used = Dotted("src/Comity.Files", "src/Comity.Cli", "src/Comity.Node")
            .Where(c => areas.Contains(AreaOf(c)));

        Assert.Empty(used.Except(deeds).Except(files).Except(tabled));
    }

    [Fact]
    public void No_code_is_listed_that_nothing_answers_with_and_none_is_listed_twice()
    {
        var used = Dotted("src");

        Assert.Empty(Listed().Except(used));
        Assert.Equal(Listed().Distinct(), Listed());
    }

    [Fact]
    public void Every_code_of_acts_entries_and_dossiers_has_a_vector()
    {
        var vectors = string.Concat(Repository.Files("vectors", ".json").Select(Repository.Read));
        var core = Dotted("src/Comity");
        var areas = "accept act confirm directory dossier postpone preservation signature supplement supply".Split(' ');

        var missing =
            from code in Listed()
            where areas.Contains(AreaOf(code)) && core.Contains(code)
            where !vectors.Contains($"\"{code}\"", StringComparison.Ordinal)
            select code;
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_kind_of_act_has_a_schema_a_vector_and_a_line_in_the_specification() =>
        Assert.All(
            ActKind.All,
            kind =>
            {
                Assert.True(Repository.Has($"docs/spec/schema/{kind.Name}.{kind.Version}.json"));
                Assert.True(Repository.Has($"vectors/acts/{kind.Name}.p7m"));
                Assert.Contains(
                    $"\n| `{kind.Name}` | {kind.Version} |",
                    Repository.Read("docs/spec/act.md"),
                    StringComparison.Ordinal
                );
            }
        );

    // A verifier's finding says more after its code. The desk's sentences say what a code means and answer with none.
    private static HashSet<string> Dotted(params string[] folders) =>
        [
            .. from folder in folders
            from file in Repository.Files(folder, ".cs")
            where !file.EndsWith("/Words/Codes.cs", StringComparison.Ordinal)
            from match in Regex.Matches(Repository.Read(file), @"""(?<code>[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*)(""|: )")
            select match.Groups["code"].Value,
        ];

    // A specification that has codes of its own lists them itself, anywhere in the rows of its tables.
    private static HashSet<string> Tabled(string folder) =>
        [
            .. from file in Repository.Files(folder, ".md")
            from row in Repository.Read(file).Split('\n')
            where row.StartsWith('|')
            from match in Regex.Matches(row, @"`(?<code>[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*)`")
            select match.Groups["code"].Value,
        ];

    // refusals.md lists the others, one to a row.
    private static IReadOnlyList<string> Listed() =>
        [
            .. from match in Regex.Matches(
                Repository.Read("docs/spec/refusals.md"),
                @"^\| `(?<code>[a-z0-9-]+\.[a-z0-9-]+)` \|",
                RegexOptions.Multiline
            )
            select match.Groups["code"].Value,
        ];

    private static string AreaOf(string code) => code.Split('.')[0];

    private static IEnumerable<BannedSymbol> Banned() =>
        from line in Repository.Read("eng/BannedSymbols.Core.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries)
        let parts = line.Split(';')[0].Split(':')
        select new BannedSymbol(parts[0][0], parts[1]);

    private static string NameOf(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }

    // A type is named when one of its members is; as a parameter of something else, left empty, it does no harm.
    private sealed record BannedSymbol(char Kind, string Name)
    {
        public bool IsIn(HashSet<string> types, HashSet<string> members) =>
            Kind switch
            {
                'N' => types.Any(t => t.StartsWith(Name + ".", StringComparison.Ordinal)),
                'T' => members.Any(m => m.StartsWith(Name + ".", StringComparison.Ordinal)),
                'P' => members.Contains(Name.Insert(Name.LastIndexOf('.') + 1, "get_")),
                _ => members.Contains(Name),
            };
    }
}
