// SPDX-License-Identifier: EUPL-1.2
using Comity.Register;

namespace Comity.Tests.Register;

/// <summary>RFC 6962 section 2.1 as it reads: recursive, and hashing everything anew each time.</summary>
internal static class NaiveTree
{
    public static TreeHash Root(ReadOnlySpan<TreeHash> leaves) =>
        leaves.Length switch
        {
            0 => TreeHash.EmptyTree,
            1 => leaves[0],
            _ => TreeHash.OfNode(Root(leaves[..Split(leaves)]), Root(leaves[Split(leaves)..])),
        };

    public static List<TreeHash> Inclusion(int index, ReadOnlySpan<TreeHash> leaves)
    {
        if (leaves.Length == 1)
            return [];
        var k = Split(leaves);
        return index < k
            ? [.. Inclusion(index, leaves[..k]), Root(leaves[k..])]
            : [.. Inclusion(index - k, leaves[k..]), Root(leaves[..k])];
    }

    public static List<TreeHash> Consistency(int older, ReadOnlySpan<TreeHash> leaves) =>
        older == 0 ? [] : Subproof(older, leaves, whole: true);

    private static List<TreeHash> Subproof(int older, ReadOnlySpan<TreeHash> leaves, bool whole)
    {
        if (older == leaves.Length)
            return whole ? [] : [Root(leaves)];
        var k = Split(leaves);
        return older <= k
            ? [.. Subproof(older, leaves[..k], whole), Root(leaves[k..])]
            : [.. Subproof(older - k, leaves[k..], whole: false), Root(leaves[..k])];
    }

    private static int Split(ReadOnlySpan<TreeHash> leaves)
    {
        var k = 1;
        while (2 * k < leaves.Length)
            k *= 2;
        return k;
    }
}
