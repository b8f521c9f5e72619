// SPDX-License-Identifier: EUPL-1.2
using System.Collections.Immutable;
using System.Numerics;
using static Comity.Outcome<Comity.Register.ProofPlan>;

namespace Comity.Register;

/// <summary>What a proof is made of: which stored nodes to read, and how to fold them into the proof.</summary>
/// <remarks>
/// Two steps, because storage is asynchronous and this code is not: read the hashes of <see cref="Nodes"/>, in that
/// order, from wherever they are kept, then hand them to <see cref="Fold"/>. All nodes of a plan exist in any register
/// of the given size or larger, so the read needs no lock. At most 125 nodes. Immutable.
/// </remarks>
public sealed class ProofPlan
{
    // How many nodes go into each hash of the proof. More than one only where the proof passes the right edge.
    private readonly ImmutableArray<int> widths;

    private ProofPlan(ImmutableArray<Subtree> nodes, ImmutableArray<int> widths)
    {
        Nodes = nodes;
        this.widths = widths;
    }

    /// <summary>The stored nodes to read, in the order <see cref="Fold"/> wants their hashes.</summary>
    public ImmutableArray<Subtree> Nodes { get; }

    /// <summary>Plans the proof that a leaf stands in the register (RFC 6962 section 2.1.1).</summary>
    /// <param name="index">The leaf, from 0.</param>
    /// <param name="size">The size the proof is for: that of a checkpoint, not larger than the register.</param>
    /// <returns>The plan, or a refusal coded <c>register.index-out-of-range</c>.</returns>
    public static Outcome<ProofPlan> Inclusion(long index, long size)
    {
        if (index < 0 || index >= size)
            return new Refused(RegisterRefusals.IndexOutOfRange);
        var siblings = new Siblings();
        var (first, length) = (0L, size);
        while (length > 1)
        {
            var half = LeftHalf(length);
            if (index - first < half)
            {
                siblings.Push(first + half, length - half);
                length = half;
            }
            else
            {
                siblings.Push(first, half);
                (first, length) = (first + half, length - half);
            }
        }
        return new Admitted(siblings.ToPlan());
    }

    /// <summary>Plans the proof that a register only grew (RFC 6962 section 2.1.2).</summary>
    /// <param name="olderSize">The size before. From 0, the proof is empty.</param>
    /// <param name="size">The size now. Equal to the older one, the proof is empty.</param>
    /// <returns>The plan, or a refusal coded <c>register.size-out-of-range</c>.</returns>
    public static Outcome<ProofPlan> Consistency(long olderSize, long size)
    {
        if (olderSize < 0 || olderSize > size)
            return new Refused(RegisterRefusals.SizeOutOfRange);
        var siblings = new Siblings();
        if (olderSize == 0)
            return new Admitted(siblings.ToPlan());
        var (first, length) = (0L, size);
        while (first + length != olderSize)
        {
            var half = LeftHalf(length);
            if (olderSize - first <= half)
            {
                siblings.Push(first + half, length - half);
                length = half;
            }
            else
            {
                siblings.Push(first, half);
                (first, length) = (first + half, length - half);
            }
        }
        // Starting at leaf 0, what is left is the older register itself, whose root the reader has.
        if (first != 0)
            siblings.Push(first, length);
        return new Admitted(siblings.ToPlan());
    }

    /// <summary>Makes the proof.</summary>
    /// <param name="hashes">The hashes of <see cref="Nodes"/>, in that order. Another number of them throws.</param>
    public MerklePath Fold(ReadOnlySpan<TreeHash> hashes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(hashes.Length, Nodes.Length, nameof(hashes));
        Span<TreeHash> path = stackalloc TreeHash[widths.Length];
        for (var i = 0; i < widths.Length; i++)
        {
            path[i] = Subtree.Fold(hashes[..widths[i]]);
            hashes = hashes[widths[i]..];
        }
        return MerklePath.Of(path);
    }

    /// <summary>The largest power of two smaller than a length of at least 2: where RFC 6962 splits.</summary>
    private static long LeftHalf(long length) => 1L << BitOperations.Log2((ulong)(length - 1));

    /// <summary>The stretches of leaves beside the way down; a proof lists them on the way up.</summary>
    private readonly struct Siblings()
    {
        private readonly Stack<(long First, long Length)> stretches = new();

        public void Push(long first, long length) => stretches.Push((first, length));

        public ProofPlan ToPlan()
        {
            var nodes = ImmutableArray.CreateBuilder<Subtree>();
            var widths = ImmutableArray.CreateBuilder<int>(stretches.Count);
            foreach (var (first, length) in stretches)
            {
                var before = nodes.Count;
                Subtree.AddCover(first, length, nodes);
                widths.Add(nodes.Count - before);
            }
            return new ProofPlan(nodes.ToImmutable(), widths.MoveToImmutable());
        }
    }
}
