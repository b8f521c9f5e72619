// SPDX-License-Identifier: EUPL-1.2
using System.Collections.Immutable;

namespace Comity.Register;

/// <summary>A whole register's hashes in memory, for checking an exported log and for tests.</summary>
/// <remarks>
/// Holds every complete subtree: about 64 bytes a leaf. A node does not use it: it keeps the same rows in its database
/// and follows the same two steps. Immutable.
/// </remarks>
public sealed class MemoryTree
{
    private readonly ImmutableArray<ImmutableArray<TreeHash>> levels;

    private MemoryTree(ImmutableArray<ImmutableArray<TreeHash>> levels) => this.levels = levels;

    /// <summary>Number of leaves.</summary>
    public long Size => levels.IsEmpty ? 0 : levels[0].Length;

    /// <summary>Builds the tree over leaf hashes (not entries), in order.</summary>
    public static MemoryTree Of(ReadOnlySpan<TreeHash> leaves)
    {
        var levels = new List<ImmutableArray<TreeHash>.Builder>();
        foreach (var (at, hash) in TreeEdge.Empty.Append(leaves).Completed)
        {
            if (at.Level == levels.Count)
                levels.Add(ImmutableArray.CreateBuilder<TreeHash>());
            levels[at.Level].Add(hash);
        }
        return new MemoryTree([.. levels.Select(level => level.ToImmutable())]);
    }

    /// <summary>The hash of a complete subtree. Throws for one that is not complete.</summary>
    public TreeHash Node(Subtree at) => levels[at.Level][checked((int)at.Index)];

    /// <summary>The edge, and so the root, as it was at a size.</summary>
    /// <param name="size">0 to <see cref="Size"/>. Throws beyond.</param>
    public TreeEdge Edge(long size) => TreeEdge.Of(size, Read(TreeEdge.Subtrees(size)));

    /// <summary>The root as it was at a size.</summary>
    /// <param name="size">0 to <see cref="Size"/>. Throws beyond.</param>
    public TreeHash Root(long size) => Edge(size).Root();

    /// <summary>The proof that a leaf stands in the register as it was at a size.</summary>
    /// <returns>
    /// The proof, or a refusal coded <c>register.index-out-of-range</c> or, past the end,
    /// <c>register.size-out-of-range</c>.
    /// </returns>
    public Outcome<MerklePath> Inclusion(long index, long size) => Make(size, ProofPlan.Inclusion(index, size));

    /// <summary>The proof that the register only grew between two sizes.</summary>
    /// <returns>The proof, or a refusal coded <c>register.size-out-of-range</c>.</returns>
    public Outcome<MerklePath> Consistency(long olderSize, long size) =>
        Make(size, ProofPlan.Consistency(olderSize, size));

    private Outcome<MerklePath> Make(long size, Outcome<ProofPlan> plan) =>
        size > Size
            ? new Outcome<MerklePath>.Refused(RegisterRefusals.SizeOutOfRange)
            : plan.Map(p => p.Fold(Read(p.Nodes)));

    private TreeHash[] Read(ImmutableArray<Subtree> nodes) => [.. nodes.Select(Node)];
}
