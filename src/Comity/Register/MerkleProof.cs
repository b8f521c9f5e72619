// SPDX-License-Identifier: EUPL-1.2
using System.Numerics;

namespace Comity.Register;

/// <summary>Tells whether a path proves what it is said to prove.</summary>
/// <remarks>
/// Source: RFC 6962 section 2.1, with the checks written out in RFC 9162 sections 2.1.3.2 and 2.1.4.2. At most 63
/// rounds, whatever comes in. A size and its root belong together: take both from one verified checkpoint, because a
/// path alone fits several sizes.
/// </remarks>
public static class MerkleProof
{
    /// <summary>Whether a leaf stands at an index of the register that has this size and root.</summary>
    /// <param name="leaf">The leaf hash (not the entry).</param>
    /// <param name="index">From 0. Anything outside the register is simply not included.</param>
    /// <param name="size">Number of leaves under <paramref name="root"/>.</param>
    /// <param name="path">The inclusion proof, whole: a hash too many or too few proves nothing.</param>
    /// <param name="root">The root from the same checkpoint as <paramref name="size"/>.</param>
    public static bool Includes(TreeHash leaf, long index, long size, ReadOnlySpan<TreeHash> path, TreeHash root)
    {
        if (index < 0 || index >= size)
            return false;
        var climb = new Climb(index, size - 1);
        var hash = leaf;
        foreach (var sibling in path)
        {
            if (climb.IsAtRoot)
                return false;
            hash = climb.SiblingIsLeft() ? TreeHash.OfNode(sibling, hash) : TreeHash.OfNode(hash, sibling);
            climb.Up();
        }
        return climb.IsAtRoot && hash == root;
    }

    /// <summary>Whether the register with the newer size and root only appended to the older one.</summary>
    /// <remarks>
    /// Equal sizes need equal roots and an empty path. The empty register precedes every other, with an empty path, and
    /// its root must be the one of the empty register (C2SP tlog-witness asks for the former; the latter is ours).
    /// </remarks>
    /// <param name="olderSize">Number of leaves before.</param>
    /// <param name="olderRoot">The root that was stated before.</param>
    /// <param name="size">Number of leaves now.</param>
    /// <param name="root">The root that is stated now.</param>
    /// <param name="path">The consistency proof, whole.</param>
    public static bool Extends(
        long olderSize,
        TreeHash olderRoot,
        long size,
        TreeHash root,
        ReadOnlySpan<TreeHash> path
    )
    {
        if (olderSize < 0 || size < olderSize)
            return false;
        if (olderSize == 0 && olderRoot != TreeHash.EmptyTree)
            return false;
        if (olderSize == size)
            return path.IsEmpty && olderRoot == root;
        if (olderSize == 0)
            return path.IsEmpty;

        // The path starts at the last subtree of the older register. When that is the whole of it, its hash is known.
        var start = olderRoot;
        if (!BitOperations.IsPow2(olderSize))
        {
            if (path.IsEmpty)
                return false;
            start = path[0];
            path = path[1..];
        }
        var climb = new Climb(olderSize - 1, size - 1);
        climb.SkipRightTurns();
        var (older, newer) = (start, start);
        foreach (var sibling in path)
        {
            if (climb.IsAtRoot)
                return false;
            if (climb.SiblingIsLeft())
            {
                older = TreeHash.OfNode(sibling, older);
                newer = TreeHash.OfNode(sibling, newer);
            }
            else
            {
                newer = TreeHash.OfNode(newer, sibling);
            }
            climb.Up();
        }
        return climb.IsAtRoot && older == olderRoot && newer == root;
    }

    /// <summary>The way from a node to the root: its index and the index of the last node, level by level.</summary>
    private ref struct Climb(long node, long last)
    {
        private long node = node;
        private long last = last;

        public readonly bool IsAtRoot => last == 0;

        public void Up()
        {
            node >>= 1;
            last >>= 1;
        }

        public void SkipRightTurns()
        {
            while ((node & 1) == 1)
                Up();
        }

        /// <summary>Where the next sibling stands. A last node without one is carried up to where it has one.</summary>
        public bool SiblingIsLeft()
        {
            if ((node & 1) == 0 && node != last)
                return false;
            while ((node & 1) == 0 && node != 0)
                Up();
            return true;
        }
    }
}
