// SPDX-License-Identifier: EUPL-1.2
using System.Collections.Immutable;
using System.Numerics;

namespace Comity.Register;

/// <summary>The place of a complete subtree: 2^<paramref name="Level"/> leaves that all exist.</summary>
/// <remarks>
/// Its hash never changes once its last leaf is in, whatever is appended later, so it can be stored once and cached for
/// ever. Leaves are level 0; subtree <c>(l, i)</c> is made of <c>(l-1, 2i)</c> and <c>(l-1, 2i+1)</c>.
/// </remarks>
/// <param name="Level">Height, 0 to 62.</param>
/// <param name="Index">Position within the level, from 0.</param>
public readonly record struct Subtree(int Level, long Index)
{
    /// <summary>The complete subtrees that side by side cover a stretch of leaves, largest first.</summary>
    /// <remarks>
    /// Holds for the stretches that RFC 6962 splits a tree into: the first leaf is a multiple of a power of two not
    /// smaller than the length. Folding their hashes from the right gives the hash of the stretch.
    /// </remarks>
    internal static void AddCover(long firstLeaf, long length, ImmutableArray<Subtree>.Builder cover)
    {
        while (length > 0)
        {
            var level = BitOperations.Log2((ulong)length);
            cover.Add(new Subtree(level, firstLeaf >> level));
            firstLeaf += 1L << level;
            length -= 1L << level;
        }
    }

    /// <summary>Folds the hashes of a cover, largest subtree first, into the hash of the stretch it covers.</summary>
    internal static TreeHash Fold(ReadOnlySpan<TreeHash> cover)
    {
        var hash = cover[^1];
        for (var i = cover.Length - 2; i >= 0; i--)
            hash = TreeHash.OfNode(cover[i], hash);
        return hash;
    }
}

/// <summary>A complete subtree and its hash: one row of a register's storage.</summary>
/// <param name="At">Which subtree.</param>
/// <param name="Hash">Its hash, final.</param>
public readonly record struct StoredNode(Subtree At, TreeHash Hash);
