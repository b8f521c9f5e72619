// SPDX-License-Identifier: EUPL-1.2
using Comity.Register;
using CsCheck;

namespace Comity.Tests.Register;

public sealed class MerkleProofTests
{
    private static readonly Gen<(int Index, int Size)> Places = Gen.Int[1, Some.LargestSize]
        .SelectMany(size => Gen.Int[0, size - 1].Select(index => (index, size)));

    private static readonly Gen<(int Older, int Size)> Growths = Gen.Int[0, Some.LargestSize]
        .SelectMany(size => Gen.Int[0, size].Select(older => (older, size)));

    [Fact]
    public void Every_leaf_of_every_register_up_to_65_can_be_proved_included()
    {
        for (var size = 1; size <= 65; size++)
        {
            for (var index = 0; index < size; index++)
                Assert.True(Includes(index, size, Path(index, size)), $"leaf {index} of {size}");
        }
    }

    [Fact]
    public void Every_register_up_to_65_can_be_proved_an_extension_of_every_smaller_one()
    {
        for (var size = 0; size <= 65; size++)
        {
            for (var older = 0; older <= size; older++)
                Assert.True(Extends(older, size, Growth(older, size)), $"{older} to {size}");
        }
    }

    [Fact]
    public void Inclusion_proofs_from_stored_nodes_are_those_of_the_definition() =>
        Places.Sample(
            (index, size) => Assert.Equal(NaiveTree.Inclusion(index, Some.Leaves.AsSpan(..size)), Path(index, size))
        );

    [Fact]
    public void Consistency_proofs_from_stored_nodes_are_those_of_the_definition() =>
        Growths.Sample(
            (older, size) => Assert.Equal(NaiveTree.Consistency(older, Some.Leaves.AsSpan(..size)), Growth(older, size))
        );

    [Fact]
    public void A_proof_can_be_made_for_any_earlier_size_without_looking_past_it() =>
        Places.Sample(
            (index, size) =>
                Assert.All(
                    ProofPlan.Inclusion(index, size).Value().Nodes,
                    node => Assert.True((node.Index + 1) << node.Level <= size)
                )
        );

    [Fact]
    public void One_flipped_bit_anywhere_in_leaf_path_or_root_proves_nothing() =>
        Gen.Select(Places, Gen.Int[0, 255], Gen.Int[0, 100])
            .Sample(
                (place, bit, which) =>
                {
                    var (index, size) = place;
                    var (leaf, path, root) = (Some.Leaves[index], Path(index, size), Some.Tree.Root(size));
                    Assert.False(MerkleProof.Includes(Some.Flip(leaf, bit), index, size, path, root));
                    Assert.False(MerkleProof.Includes(leaf, index, size, path, Some.Flip(root, bit)));
                    if (path.Length == 0)
                        return;
                    path[which % path.Length] = Some.Flip(path[which % path.Length], bit);
                    Assert.False(MerkleProof.Includes(leaf, index, size, path, root));
                }
            );

    [Fact]
    public void One_flipped_bit_in_the_index_proves_nothing() =>
        Gen.Select(Places, Gen.Int[0, 63])
            .Sample(
                (place, bit) =>
                {
                    var (leaf, path, root) = (
                        Some.Leaves[place.Index],
                        Path(place.Index, place.Size),
                        Some.Tree.Root(place.Size)
                    );
                    var index = place.Index ^ 1L << bit;
                    Assert.False(MerkleProof.Includes(leaf, index, place.Size, path, root));
                }
            );

    [Fact]
    public void One_flipped_bit_anywhere_in_a_consistency_proof_or_its_roots_proves_nothing() =>
        Gen.Select(Growths.Where(g => g.Older > 0), Gen.Int[0, 255], Gen.Int[0, 100])
            .Sample(
                (growth, bit, which) =>
                {
                    var (older, size) = growth;
                    var (before, now, path) = (Some.Tree.Root(older), Some.Tree.Root(size), Growth(older, size));
                    Assert.False(MerkleProof.Extends(older, Some.Flip(before, bit), size, now, path));
                    Assert.False(MerkleProof.Extends(older, before, size, Some.Flip(now, bit), path));
                    if (path.Length == 0)
                        return;
                    path[which % path.Length] = Some.Flip(path[which % path.Length], bit);
                    Assert.False(MerkleProof.Extends(older, before, size, now, path));
                }
            );

    [Fact]
    public void A_register_that_rewrote_one_leaf_extends_no_register_that_had_it() =>
        Growths
            .Where(g => g.Older > 0)
            .Sample(
                (older, size) =>
                {
                    var rewritten = Some.Leaves[..size];
                    rewritten[older - 1] = Some.Flip(rewritten[older - 1], 0);
                    var tree = MemoryTree.Of(rewritten);
                    var path = tree.Consistency(older, size).Value();
                    Assert.False(MerkleProof.Extends(older, Some.Tree.Root(older), size, tree.Root(size), path.Hashes));
                }
            );

    [Fact]
    public void A_plan_takes_exactly_the_hashes_it_asked_for()
    {
        var plan = ProofPlan.Inclusion(0, 7).Value();

        Assert.Throws<ArgumentOutOfRangeException>(() => plan.Fold(Some.Leaves.AsSpan(..(plan.Nodes.Length - 1))));
        Assert.Throws<ArgumentOutOfRangeException>(() => plan.Fold(Some.Leaves.AsSpan(..(plan.Nodes.Length + 1))));
    }

    [Fact]
    public void No_proof_is_made_past_the_end_of_the_register()
    {
        var tree = MemoryTree.Of(Some.Leaves.AsSpan(..7));

        Assert.Equal("register.size-out-of-range", tree.Inclusion(0, 8).Verdict());
        Assert.Equal("register.size-out-of-range", tree.Consistency(3, 8).Verdict());
        Assert.Equal("register.index-out-of-range", tree.Inclusion(7, 7).Verdict());
        Assert.Equal("admitted", tree.Inclusion(6, 7).Verdict());
        Assert.Equal("admitted", tree.Consistency(7, 7).Verdict());
    }

    [Fact]
    public void A_path_has_at_most_63_hashes()
    {
        Assert.Equal(63, MerklePath.Of(Some.Leaves.AsSpan(..63)).Hashes.Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => MerklePath.Of(Some.Leaves.AsSpan(..64)));
    }

    [Fact]
    public void A_path_is_written_and_read_the_same_and_equal_by_its_hashes()
    {
        var path = MerklePath.Of(Some.Leaves.AsSpan(..5));

        Assert.Equal(path, MerklePath.Parse(path.ToBase64()).Value());
        Assert.Equal(path.GetHashCode(), MerklePath.Of(Some.Leaves.AsSpan(..5)).GetHashCode());
        Assert.NotEqual(path, MerklePath.Of(Some.Leaves.AsSpan(..4)));
        Assert.NotEqual(path, MerklePath.Of(Some.Leaves.AsSpan(1..6)));
        Assert.Equal("hash 2", MerklePath.Parse([path.ToBase64()[0], "x"]).Why().Where);
    }

    private static TreeHash[] Path(int index, int size) => [.. Some.Tree.Inclusion(index, size).Value().Hashes];

    private static TreeHash[] Growth(int older, int size) => [.. Some.Tree.Consistency(older, size).Value().Hashes];

    private static bool Includes(int index, int size, TreeHash[] path) =>
        MerkleProof.Includes(Some.Leaves[index], index, size, path, Some.Tree.Root(size));

    private static bool Extends(int older, int size, TreeHash[] path) =>
        MerkleProof.Extends(older, Some.Tree.Root(older), size, Some.Tree.Root(size), path);
}
