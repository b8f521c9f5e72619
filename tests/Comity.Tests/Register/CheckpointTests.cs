// SPDX-License-Identifier: EUPL-1.2
using Comity.Register;
using CsCheck;

namespace Comity.Tests.Register;

public sealed class CheckpointTests
{
    [Fact]
    public void A_checkpoint_is_signed_sent_and_opened_the_same() =>
        Gen.Int[0, Some.LargestSize]
            .Sample(size =>
            {
                var checkpoint = Checkpoint.Of(Some.Origin, Some.Tree.Edge(size));
                var note = SignedNote.Parse(Some.Signed(checkpoint).ToBytes()).Value();
                Assert.Equal(checkpoint, Checkpoint.Open(note, Some.Log.Verifier, Some.Origin).Value());
            });

    [Fact]
    public void One_flipped_bit_in_the_size_is_no_longer_signed() =>
        Gen.Select(Gen.Int[0, Some.LargestSize], Gen.Int[0, 62])
            .Sample(
                (size, bit) =>
                {
                    var checkpoint = Checkpoint.Of(Some.Origin, Some.Tree.Edge(size));
                    var text = $"{checkpoint.Origin}\n{size ^ 1L << bit}\n{checkpoint.Root}\n";
                    var note = SignedNote.Unsigned(text).With(Some.Log.Sign(checkpoint.ToString()));
                    Assert.Equal(
                        "register.checkpoint-signature-wrong",
                        Checkpoint.Open(note, Some.Log.Verifier, Some.Origin).Verdict()
                    );
                }
            );

    [Fact]
    public void A_checkpoint_that_only_appended_extends_every_earlier_one() =>
        Gen.Select(Gen.Int[0, Some.LargestSize], Gen.Int[0, Some.LargestSize])
            .Sample(
                (a, b) =>
                {
                    var (older, newer) = (At(Math.Min(a, b)), At(Math.Max(a, b)));
                    var proof = Some.Tree.Consistency(older.Size, newer.Size).Value();
                    Assert.Equal(new Outcome<Checkpoint>.Admitted(newer), newer.Extends(older, proof));
                }
            );

    [Fact]
    public void A_smaller_checkpoint_is_behind() =>
        Assert.Equal(
            new Refusal("register.checkpoint-behind", new Citation("C2SP", "tlog-checkpoint")),
            At(6).Extends(At(7), MerklePath.Empty).Why()
        );

    [Fact]
    public void Another_root_at_the_same_size_is_a_fork()
    {
        var forked = MemoryTree.Of([.. Some.Leaves[..6], Some.Leaves[7]]);

        Assert.Equal(
            new Refusal("register.not-consistent", new Citation("RFC 6962", "2.1.2")),
            Checkpoint.Of(Some.Origin, forked.Edge(7)).Extends(At(7), MerklePath.Empty).Why()
        );
    }

    [Fact]
    public void A_proof_between_other_sizes_shows_nothing() =>
        Assert.Equal("register.not-consistent", At(7).Extends(At(5), Some.Tree.Consistency(4, 7).Value()).Verdict());

    [Fact]
    public void Another_register_is_no_continuation() =>
        Assert.Equal(
            "register.checkpoint-origin",
            Checkpoint.Of("xb.example/register", Some.Tree.Edge(7)).Extends(At(7), MerklePath.Empty).Verdict()
        );

    [Fact]
    public void A_register_needs_an_origin_that_fits_its_line()
    {
        Assert.All(
            ["", "a b", "a\nb", new string('a', 256)],
            origin => Assert.Throws<ArgumentException>(() => Checkpoint.Of(origin, TreeEdge.Empty))
        );
        Assert.Equal(255, Checkpoint.Of(new string('a', 255), TreeEdge.Empty).Origin.Length);
    }

    [Fact]
    public void Witnesses_that_have_not_signed_are_not_counted()
    {
        var checkpoint = At(7);
        var note = checkpoint.ToNote().With(Some.Log.Sign(checkpoint.ToString()));

        Assert.Empty(Cosignature.Read(note, [Some.Witness.Verifier]).Value());
        Assert.Equal(
            [new Cosignature("witness.example/w1", Some.Noon)],
            Cosignature.Read(Some.Signed(checkpoint), [Some.Witness.Verifier]).Value()
        );
    }

    [Fact]
    public void A_cosignature_that_does_not_hold_is_refused_by_name()
    {
        var note = At(7).ToNote().With(Some.Witness.Sign(At(8).ToString(), Some.Noon));

        Assert.Equal(
            new Refusal("register.cosignature-wrong", new Citation("C2SP", "tlog-cosignature"), "witness.example/w1"),
            Cosignature.Read(note, [Some.Witness.Verifier]).Why()
        );
    }

    private static Checkpoint At(long size) => Checkpoint.Of(Some.Origin, Some.Tree.Edge(size));
}
