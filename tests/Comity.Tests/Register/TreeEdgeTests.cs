// SPDX-License-Identifier: EUPL-1.2
using Comity.Register;
using CsCheck;

namespace Comity.Tests.Register;

public sealed class TreeEdgeTests
{
    private static readonly Gen<int[]> Batches = Gen.Int[0, 40].Array[0, 12];

    [Fact]
    public void However_a_run_of_leaves_is_cut_into_batches_the_same_nodes_are_stored_in_the_same_order() =>
        Batches.Sample(batches =>
        {
            var leaves = Some.Leaves[..Math.Min(batches.Sum(), Some.LargestSize)];
            var (edge, stored) = (TreeEdge.Empty, new List<StoredNode>());
            foreach (var batch in batches)
            {
                var next = (int)Math.Min(batch, leaves.Length - edge.Size);
                var growth = edge.Append(leaves.AsSpan((int)edge.Size, next));
                stored.AddRange(growth.Completed);
                edge = growth.After;
            }
            var atOnce = TreeEdge.Empty.Append(leaves);
            Assert.Equal(atOnce.Completed, stored);
            Assert.Equal(atOnce.After, edge);
            Assert.Equal(NaiveTree.Root(leaves), edge.Root());
        });

    [Fact]
    public void A_batch_can_go_on_from_stored_nodes_alone() =>
        Gen.Select(Gen.Int[0, 299], Gen.Int[0, 299])
            .Sample(
                (a, b) =>
                {
                    var (older, newer) = (Math.Min(a, b), Math.Max(a, b));
                    TreeHash[] hashes = [.. TreeEdge.Subtrees(older).Select(Some.Tree.Node)];
                    var growth = TreeEdge.Of(older, hashes).Append(Some.Leaves.AsSpan(older..newer));
                    Assert.Equal(Some.Tree.Edge(newer), growth.After);
                }
            );

    [Fact]
    public void Every_stored_node_is_the_root_over_its_own_leaves() =>
        Assert.All(
            TreeEdge.Empty.Append(Some.Leaves).Completed,
            node =>
            {
                var first = (int)(node.At.Index << node.At.Level);
                Assert.Equal(NaiveTree.Root(Some.Leaves.AsSpan(first, 1 << node.At.Level)), node.Hash);
            }
        );

    [Fact]
    public void A_register_of_seven_has_three_nodes_on_its_edge() =>
        Assert.Equal([new Subtree(2, 0), new Subtree(1, 2), new Subtree(0, 6)], TreeEdge.Subtrees(7));

    [Fact]
    public void The_edge_of_the_largest_register_has_63_nodes()
    {
        var nodes = TreeEdge.Subtrees(long.MaxValue);

        Assert.Equal(63, nodes.Length);
        Assert.Equal((new Subtree(62, 0), new Subtree(0, long.MaxValue - 1)), (nodes[0], nodes[^1]));
    }

    [Fact]
    public void The_largest_register_can_be_reached_and_not_passed()
    {
        var almost = TreeEdge.Of(long.MaxValue - 1, Some.Leaves.AsSpan(0, 62));
        var full = almost.Append(Some.Leaves.AsSpan(0, 1));

        Assert.Equal(long.MaxValue, full.After.Size);
        Assert.Equal([new StoredNode(new Subtree(0, long.MaxValue - 1), Some.Leaves[0])], full.Completed);
        Assert.Throws<OverflowException>(() => full.After.Append(Some.Leaves.AsSpan(0, 1)));
    }

    [Fact]
    public void Appending_nothing_changes_nothing()
    {
        var growth = Some.Tree.Edge(7).Append([]);

        Assert.Equal(Some.Tree.Edge(7), growth.After);
        Assert.Empty(growth.Completed);
    }

    [Fact]
    public void Edges_of_other_sizes_or_hashes_are_not_equal()
    {
        Assert.NotEqual(Some.Tree.Edge(4), Some.Tree.Edge(8));
        Assert.NotEqual(TreeEdge.Of(1, [Some.Leaves[0]]), TreeEdge.Of(1, [Some.Leaves[1]]));
        Assert.NotEqual(TreeEdge.Of(1, [Some.Leaves[0]]), TreeEdge.Of(2, [Some.Leaves[0]]));
        Assert.Equal(TreeEdge.Of(1, [Some.Leaves[0]]).GetHashCode(), Some.Tree.Edge(1).GetHashCode());
    }

    [Fact]
    public void An_edge_needs_exactly_its_nodes_and_a_size()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => TreeEdge.Of(7, Some.Leaves.AsSpan(0, 2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => TreeEdge.Of(7, Some.Leaves.AsSpan(0, 4)));
        Assert.Throws<ArgumentOutOfRangeException>(() => TreeEdge.Of(-1, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => TreeEdge.Subtrees(-1));
    }
}
