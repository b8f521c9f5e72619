// SPDX-License-Identifier: EUPL-1.2
using System.Collections.Immutable;
using System.Numerics;

namespace Comity.Register;

/// <summary>
/// The right edge of a register: all that has to be known of it to append to it and to state its root.
/// </summary>
/// <remarks>
/// At most 63 hashes, those of the complete subtrees that cover the register. Immutable: appending gives a new edge, so
/// a batch whose transaction fails is simply dropped. Storage is the caller's: ask <see cref="Subtrees"/> what to read,
/// read it, and hand the hashes to <see cref="Of"/>. Two edges are equal when size and hashes are.
/// </remarks>
public sealed record TreeEdge
{
    private readonly ImmutableArray<TreeHash> hashes;

    private TreeEdge(long size, ImmutableArray<TreeHash> hashes)
    {
        Size = size;
        this.hashes = hashes;
    }

    /// <summary>The edge of a register without entries.</summary>
    public static TreeEdge Empty { get; } = new(0, []);

    /// <summary>Number of leaves, 0 to 2^63-1.</summary>
    public long Size { get; }

    /// <summary>
    /// Which stored nodes make up the edge of a register of this size, in the order <see cref="Of"/> wants.
    /// </summary>
    /// <param name="size">Number of leaves. Negative is a broken program, so it throws.</param>
    public static ImmutableArray<Subtree> Subtrees(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        var cover = ImmutableArray.CreateBuilder<Subtree>(BitOperations.PopCount((ulong)size));
        Subtree.AddCover(0, size, cover);
        return cover.MoveToImmutable();
    }

    /// <summary>The edge made of stored nodes.</summary>
    /// <param name="size">Number of leaves.</param>
    /// <param name="hashes">The hashes of <see cref="Subtrees"/>, in that order. Another number of them throws.</param>
    public static TreeEdge Of(long size, ReadOnlySpan<TreeHash> hashes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfNotEqual(hashes.Length, BitOperations.PopCount((ulong)size), nameof(hashes));
        return new TreeEdge(size, [.. hashes]);
    }

    /// <summary>The root hash at this size.</summary>
    public TreeHash Root() => Size == 0 ? TreeHash.EmptyTree : Subtree.Fold(hashes.AsSpan());

    /// <summary>Appends leaves and says which subtrees they complete.</summary>
    /// <remarks>
    /// However a run of leaves is cut into batches, the same nodes come out in the same order, so a register that was
    /// restored and fed again stores the same rows.
    /// </remarks>
    /// <param name="leaves">Leaf hashes (not entries), in order. May be empty.</param>
    public TreeGrowth Append(ReadOnlySpan<TreeHash> leaves)
    {
        Span<TreeHash> edge = stackalloc TreeHash[64];
        hashes.CopyTo(edge);
        var depth = hashes.Length;
        var size = Size;
        var completed = ImmutableArray.CreateBuilder<StoredNode>(NodesAt(size + leaves.Length) - NodesAt(size));
        foreach (var leaf in leaves)
        {
            var hash = leaf;
            var level = 0;
            completed.Add(new StoredNode(new Subtree(0, size), hash));
            // Each one-bit at the low end of the old size is a left sibling that was waiting for this subtree.
            for (; (size >> level & 1) == 1; level++)
            {
                hash = TreeHash.OfNode(edge[--depth], hash);
                completed.Add(new StoredNode(new Subtree(level + 1, size >> (level + 1)), hash));
            }
            edge[depth++] = hash;
            size++;
        }
        return new TreeGrowth(new TreeEdge(size, [.. edge[..depth]]), completed.MoveToImmutable());
    }

    /// <inheritdoc/>
    public bool Equals(TreeEdge? other) =>
        other is not null && Size == other.Size && hashes.AsSpan().SequenceEqual(other.hashes.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Size, Root());

    // A register of n leaves has 2n - popcount(n) complete subtrees. Taken as a difference, so wrapping does no harm.
    private static int NodesAt(long size) => unchecked((int)(2 * size) - BitOperations.PopCount((ulong)size));
}

/// <summary>What appending to a register leads to.</summary>
/// <param name="after">The edge with the new leaves.</param>
/// <param name="completed">The nodes to store, in the order they came into being.</param>
public sealed class TreeGrowth(TreeEdge after, ImmutableArray<StoredNode> completed)
{
    /// <summary>The edge with the new leaves: root, size, and where the next batch goes on.</summary>
    public TreeEdge After { get; } = after;

    /// <summary>
    /// The nodes to store: every new leaf, and each subtree it completes directly after the leaf that completes it.
    /// </summary>
    public ImmutableArray<StoredNode> Completed { get; } = completed;
}
