// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using System.Text.Json;
using Comity.Register;

namespace Comity.Tests.Register;

/// <summary>The vectors come from vectors/register/make.py, which shares no code with this repository's C#.</summary>
public sealed class VectorTests
{
    [Fact]
    public void The_classic_register_of_eight_has_the_published_nodes_and_roots()
    {
        var classic = Vectors.Read("tree.json").GetProperty("classic");
        var tree = Build(classic);

        Assert.Equal(Roots(classic), Enumerable.Range(0, 9).Select(n => tree.Root(n).Digest.ToHex()));
        foreach (var node in classic.GetProperty("nodes").EnumerateArray())
        {
            var at = new Subtree((int)node.Number("level"), node.Number("index"));
            Assert.Equal(node.Text("hash"), tree.Node(at).Digest.ToHex());
        }
    }

    [Fact]
    public void A_register_has_the_expected_root_at_every_size_up_to_130()
    {
        var numbered = Vectors.Read("tree.json").GetProperty("numbered");
        var tree = Build(numbered);

        Assert.Equal(Roots(numbered), Enumerable.Range(0, 131).Select(n => tree.Root(n).Digest.ToHex()));
    }

    [Fact]
    public void Inclusion_proofs_hold_or_not_as_expected() =>
        AllHold(
            "inclusion.json",
            c =>
                MerkleProof.Includes(
                    c.Hash("leaf"),
                    c.Number("index"),
                    c.Number("size"),
                    c.Hashes("path"),
                    c.Hash("root")
                )
        );

    [Fact]
    public void Consistency_proofs_hold_or_not_as_expected() =>
        AllHold(
            "consistency.json",
            c =>
                MerkleProof.Extends(
                    c.Number("olderSize"),
                    c.Hash("olderRoot"),
                    c.Number("size"),
                    c.Hash("root"),
                    c.Hashes("path")
                )
        );

    [Fact]
    public void Proofs_need_exactly_the_expected_stored_nodes()
    {
        foreach (var c in Vectors.Read("plans.json").EnumerateArray())
        {
            var (of, size) = (c.Number("of"), c.Number("size"));
            var plan = c.Text("proof") == "inclusion" ? ProofPlan.Inclusion(of, size) : ProofPlan.Consistency(of, size);
            Assert.Equal(c.Text("expect"), plan.Verdict());
            if (c.TryGetProperty("nodes", out var nodes))
                Assert.Equal(
                    nodes.EnumerateArray().Select(n => new Subtree(n[0].GetInt32(), n[1].GetInt64())),
                    plan.Value().Nodes
                );
        }
    }

    [Fact]
    public void Verifier_keys_are_read_or_refused_as_expected() =>
        Vectors.AllAsExpected("keys.json", "name", c => NoteVerifier.Parse(c.Text("key")).Verdict());

    [Fact]
    public void A_verifier_key_that_was_read_is_written_the_same() =>
        Assert.All(
            Vectors.Read("keys.json").EnumerateArray().Where(c => c.Text("expect") == "admitted"),
            c => Assert.Equal(c.Text("key"), NoteVerifier.Parse(c.Text("key")).Value().ToString())
        );

    [Fact]
    public void Notes_are_verified_or_refused_as_expected() =>
        Vectors.AllAsExpected(
            "notes.json",
            "name",
            c => SignedNote.Parse(c.Utf8("note")).Then(note => note.SignedBy(Key(c))).Verdict()
        );

    [Fact]
    public void A_note_that_was_read_is_written_the_same() =>
        Assert.All(
            Vectors.Read("notes.json").EnumerateArray().Where(c => c.Text("expect") != "register.note-malformed"),
            c =>
                Assert.Equal(
                    c.Text("note"),
                    Encoding.UTF8.GetString(SignedNote.Parse(c.Utf8("note")).Value().ToBytes())
                )
        );

    [Fact]
    public void Checkpoints_are_opened_or_refused_as_expected() =>
        Vectors.AllAsExpected("checkpoints.json", "name", c => Open(c).Verdict());

    [Fact]
    public void An_opened_checkpoint_says_what_is_written_in_it()
    {
        foreach (var c in Vectors.Read("checkpoints.json").EnumerateArray().Where(c => c.Text("expect") == "admitted"))
        {
            var checkpoint = Open(c).Value();
            Assert.Equal(
                (c.Text("origin"), c.Number("size"), c.Hash("root")),
                (checkpoint.Origin, checkpoint.Size, checkpoint.Root)
            );
            Assert.Equal(c.TryGetProperty("extension", out var lines) ? lines.GetString() : "", checkpoint.Extension);
            Assert.Equal(SignedNote.Parse(c.Utf8("note")).Value().Text, checkpoint.ToString());
        }
    }

    [Fact]
    public void Cosignatures_are_counted_or_refused_as_expected()
    {
        Vectors.AllAsExpected("cosignatures.json", "name", c => Cosigned(c).Verdict());
        foreach (var c in Vectors.Read("cosignatures.json").EnumerateArray().Where(c => c.Text("expect") == "admitted"))
        {
            var expected = c.GetProperty("cosigned")
                .EnumerateArray()
                .Select(seen => new Cosignature(seen.Text("witness"), Instants.Parse(seen.Text("at")).Value()));
            Assert.Equal(expected, Cosigned(c).Value());
        }
    }

    [Fact]
    public void Leaves_are_read_or_refused_as_expected() =>
        Vectors.AllAsExpected("leaves.json", "name", c => Leaf.Parse(c.Utf8("canonical")).Verdict());

    [Fact]
    public void A_leaf_has_the_expected_text_entry_and_hash()
    {
        foreach (var c in Vectors.Read("leaves.json").EnumerateArray().Where(c => c.Text("expect") == "admitted"))
        {
            var leaf = Leaf.Parse(c.Utf8("canonical")).Value();
            Assert.True(Salt.TryParseHex(c.Text("salt"), out var salt));
            Assert.Equal(c.Text("canonical"), Encoding.ASCII.GetString(leaf.Canonical()));
            Assert.Equal(c.Text("entry"), leaf.Entry(salt).ToHex());
            Assert.Equal(c.Hash("leafHash"), TreeHash.OfLeaf(leaf.Entry(salt)));
        }
    }

    [Fact]
    public void Instants_are_read_or_refused_as_expected()
    {
        Vectors.AllAsExpected("instants.json", "instant", c => Instants.Parse(c.Text("instant")).Verdict());
        foreach (var c in Vectors.Read("instants.json").EnumerateArray().Where(c => c.Text("expect") == "admitted"))
        {
            var instant = Instants.Parse(c.Text("instant")).Value();
            Assert.Equal(c.Number("unixSeconds"), instant.ToUnixTimeSeconds());
            Assert.Equal(c.Text("instant"), Instants.Format(instant));
        }
    }

    [Fact]
    public void Receipts_are_verified_or_refused_as_expected() =>
        Vectors.AllAsExpected(
            "receipts.json",
            "name",
            c =>
            {
                Assert.True(Digest.TryParseHex(c.Text("act"), out var act));
                return Receipt
                    .Parse(c.Utf8("receipt"))
                    .Then(receipt => receipt.VerifyFor(act, Key(c), c.Text("origin")))
                    .Verdict();
            }
        );

    [Fact]
    public void Proof_files_are_verified_or_refused_as_expected() =>
        Vectors.AllAsExpected(
            "tlog-proofs.json",
            "name",
            c =>
                TlogProof
                    .Parse(c.Utf8("proof"))
                    .Then(Receipt.Of)
                    .Then(receipt => receipt.Verify(Key(c), c.Text("origin")))
                    .Verdict()
        );

    [Fact]
    public void Every_refusal_of_the_register_has_a_vector_or_a_test()
    {
        // These need inputs too large for a vector, two checkpoints, or a whole log; SignedNoteTests, TlogProofTests,
        // CheckpointTests, SubmissionTests, TileTests and LogVerificationTests have them.
        string[] elsewhere =
        [
            "register.note-too-large",
            "register.tlog-proof-too-large",
            "register.not-consistent",
            "register.checkpoint-behind",
            "register.submission-malformed",
            "register.submission-too-large",
            "register.tile-malformed",
            "register.tile-missing",
            "register.tile-wrong",
            "register.root-wrong",
        ];
        var inVectors = Directory
            .EnumerateFiles(Path.Combine(Vectors.Root, "vectors", "register"), "*.json")
            .Select(file => Vectors.Read(Path.GetFileName(file)))
            .Where(cases => cases.ValueKind == JsonValueKind.Array)
            .SelectMany(cases => cases.EnumerateArray())
            .Where(c => c.TryGetProperty("expect", out _))
            .Select(c => c.Text("expect"))
            .Where(code => code.StartsWith("register.", StringComparison.Ordinal));

        Assert.Equal(RegisterCodes.All.Order(), inVectors.Concat(elsewhere).Distinct().Order());
    }

    private static MemoryTree Build(JsonElement tree) =>
        MemoryTree.Of([
            .. tree.GetProperty("entries")
                .EnumerateArray()
                .Select(entry => TreeHash.OfLeaf(Convert.FromHexString(entry.GetString()!))),
        ]);

    private static IEnumerable<string?> Roots(JsonElement tree) =>
        tree.GetProperty("roots").EnumerateArray().Select(root => root.GetString());

    private static void AllHold(string file, Func<JsonElement, bool> holds)
    {
        var cases = Vectors.Read(file).EnumerateArray().ToList();
        Assert.NotEmpty(cases);
        Assert.Equal(
            cases.Select(c => $"{c.Text("name")}: {c.GetProperty("holds").GetBoolean()}"),
            cases.Select(c => $"{c.Text("name")}: {holds(c)}")
        );
    }

    private static NoteVerifier Key(JsonElement c) => NoteVerifier.Parse(c.Text("key")).Value();

    private static Outcome<Checkpoint> Open(JsonElement c) =>
        SignedNote.Parse(c.Utf8("note")).Then(note => Checkpoint.Open(note, Key(c), c.Text("origin")));

    private static Outcome<System.Collections.Immutable.ImmutableArray<Cosignature>> Cosigned(JsonElement c) =>
        SignedNote
            .Parse(c.Utf8("note"))
            .Then(note =>
                Cosignature.Read(
                    note,
                    c.GetProperty("witnesses")
                        .EnumerateArray()
                        .Select(key => NoteVerifier.Parse(key.GetString()!).Value())
                )
            );
}
