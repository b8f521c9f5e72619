// SPDX-License-Identifier: EUPL-1.2
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Comity.Acts;
using Comity.Dossiers;
using Comity.Instruments;
using Comity.Parties;
using Comity.Signatures;

namespace Comity.Tests.Vectors;

/// <summary>Runs every case under <c>vectors</c> as any other implementation would: from the files alone.</summary>
public sealed class VectorTests
{
    public static TheoryData<string> Payloads => NamesIn("acts/payloads.json");

    public static TheoryData<string> Signed => NamesIn("acts/signed.json");

    public static TheoryData<string> Admissions => NamesIn("acts/admission.json");

    public static TheoryData<string> Entries => NamesIn("directory/entries.json");

    public static TheoryData<string> Directories => NamesIn("directory/directories.json");

    public static TheoryData<string> Dossiers => NamesIn("dossiers/dossiers.json");

    [Theory]
    [MemberData(nameof(Payloads))]
    public void A_payload_is_read_or_refused_as_the_vector_says(string name)
    {
        var vector = Case("acts/payloads.json", name);

        var outcome = ActEncoding.Parse(Input("acts", vector));

        Agrees(
            vector["expect"]!,
            outcome.Map(act =>
                Told(vector["expect"]!, ("kind", act.Kind), ("content", ActContent.Of(act).Digest().ToString()))
            )
        );
    }

    [Theory]
    [MemberData(nameof(Signed))]
    public void A_signed_act_is_read_or_refused_as_the_vector_says(string name)
    {
        var vector = Case("acts/signed.json", name);

        Agrees(vector["expect"]!, SignedAct.Parse(Input("acts", vector)).Map(VectorCase.Read));
    }

    [Theory]
    [MemberData(nameof(Admissions))]
    public void An_act_is_admitted_or_refused_as_the_vector_says(string name)
    {
        var vector = Case("acts/admission.json", name);
        var directory = vector["directory"]!
            .AsArray()
            .Select(f => SignedEntry.Parse(Repository.Bytes($"vectors/directory/{f}")).Admitted());
        Measure? measure =
            vector["measure"] is { } asked && Names.TryParse<Measure>(asked.GetValue<string>(), out var known)
                ? known
                : null;

        var outcome = Admission.Check(
            SignedAct.Parse(Input("acts", vector)).Admitted(),
            Some.Directory([.. directory]),
            PartyId.Of(Text(vector, "self")),
            measure,
            Instant(vector, "at"),
            PinnedKey.TryImport
        );

        Agrees(
            vector["expect"]!,
            outcome.Map(a => new JsonObject { ["entry"] = a.Entry.ToString(), ["isEntryExpired"] = a.IsEntryExpired })
        );
    }

    [Theory]
    [MemberData(nameof(Entries))]
    public void An_entry_is_read_or_refused_as_the_vector_says(string name)
    {
        var vector = Case("directory/entries.json", name);

        var outcome = SignedEntry.Parse(Input("directory", vector));

        Agrees(
            vector["expect"]!,
            outcome.Map(e => new JsonObject
            {
                ["id"] = e.Id.ToString(),
                ["root"] = e.Root.ToString(),
                ["party"] = e.Entry.Party.ToString(),
                ["version"] = e.Entry.Version,
            })
        );
    }

    [Theory]
    [MemberData(nameof(Directories))]
    public void A_directory_takes_each_step_as_the_vector_says(string name)
    {
        var directory = PartyDirectory.Empty;
        foreach (var step in Case("directory/directories.json", name)["steps"]!.AsArray())
        {
            var outcome = step!["confirm"] is null
                ? directory.Accept(
                    SignedEntry.Parse(Repository.Bytes($"vectors/directory/{step["accept"]}")).Admitted(),
                    Instant(step, "at")
                )
                : directory.Confirm(
                    PartyId.Of(Text(step, "confirm")),
                    DigestOf(Text(step, "root")),
                    [.. step["by"]!.AsArray().Select(o => DigestOf(o!.GetValue<string>()))]
                );
            var expect = step["expect"]!;
            Agrees(
                expect["newest"] is { } newest
                    ? new JsonObject
                    {
                        ["newest"] = Digest.Of(Repository.Bytes($"vectors/directory/{newest}")).ToString(),
                    }
                    : expect,
                outcome.Map(d =>
                    expect["newest"] is null
                        ? new JsonObject()
                        : new JsonObject { ["newest"] = d.Find(Some.XA)?.Id.ToString() }
                )
            );
            directory = outcome is Outcome<PartyDirectory>.Admitted next ? next.Value : directory;
        }
    }

    [Theory]
    [MemberData(nameof(Dossiers))]
    public void A_dossier_folds_as_the_vector_says(string name)
    {
        var vector = Case("dossiers/dossiers.json", name);
        Assert.True(DossierId.TryParse(Text(vector, "dossier"), out var id));
        var acts = vector["acts"]!
            .AsArray()
            .Select(a => new Entered(
                new ActId(DigestOf(Text(a!, "id"))),
                ActEncoding.Parse(Encoding.UTF8.GetBytes(a!["act"]!.ToJsonString())).Admitted(),
                a["index"]!.GetValue<long>(),
                Instant(a, "at")
            ));
        var instants = vector["expect"]!["clocks"]!.AsArray().Select(c => Instant(c!, "at"));

        var folded = DossierJson.Of(Dossier.Fold(id!, acts), instants);

        Assert.Equal(vector["expect"]!.ToJsonString(), folded.ToJsonString());
    }

    [Fact]
    public void Stock_openssl_prints_every_good_act_as_it_was_signed()
    {
        var printed = Path.GetTempFileName();
        Assert.All(
            ActKind.All,
            kind =>
            {
                var arguments =
                    $"cms -verify -inform DER -cades -binary -purpose any -in vectors/acts/{kind.Name}.p7m "
                    + $"-CAfile vectors/keys/roots.pem -out {printed}";
                var start = new ProcessStartInfo("openssl", arguments)
                {
                    WorkingDirectory = Repository.PathOf("."),
                    RedirectStandardError = true,
                };
                using var process = Process.Start(start)!;
                var said = process.StandardError.ReadToEnd();
                process.WaitForExit();
                Assert.True(process.ExitCode == 0, said);
                Assert.Equal(Repository.Read($"vectors/acts/{kind.Name}.json"), File.ReadAllText(printed));
            }
        );
        File.Delete(printed);
    }

    private static void Agrees(JsonNode expect, Outcome<JsonObject> outcome)
    {
        if (outcome is Outcome<JsonObject>.Refused refused)
        {
            // Where strict JSON breaks is a byte, and each reader notices at another: only a path is compared.
            var where = expect["where"] is null ? null : refused.Why.Where;
            Assert.Equal(expect.ToJsonString(), VectorCase.Refused(refused.Why.Code, where).ToJsonString());
        }
        else
        {
            Assert.Equal(expect.ToJsonString(), outcome.Admitted().ToJsonString());
        }
    }

    // Only what the vector speaks of.
    private static JsonObject Told(JsonNode expect, params (string Name, string Value)[] members) =>
        new(
            members.Where(m => expect[m.Name] is not null).Select(m => KeyValuePair.Create(m.Name, (JsonNode?)m.Value))
        );

    private static byte[] Input(string folder, JsonNode vector) =>
        (vector["edits"]?.AsArray() ?? []).Aggregate(
            Repository.Bytes($"vectors/{folder}/{vector["file"]}"),
            (bytes, edit) => VectorEdit.Apply(bytes, edit!)
        );

    private static TheoryData<string> NamesIn(string file) =>
        [.. JsonNode.Parse(Repository.Read($"vectors/{file}"))!.AsArray().Select(c => Text(c!, "name"))];

    private static JsonNode Case(string file, string name) =>
        JsonNode.Parse(Repository.Read($"vectors/{file}"))!.AsArray().Single(c => Text(c!, "name") == name)!;

    private static string Text(JsonNode node, string member) => node[member]!.GetValue<string>();

    private static DateTimeOffset Instant(JsonNode node, string member) =>
        Instants.TryParse(Text(node, member), out var instant) ? instant : throw new FormatException(member);

    private static Digest DigestOf(string hex) => new Digest(Convert.FromHexString(hex));
}
