// SPDX-License-Identifier: EUPL-1.2
using Comity.Register;

namespace Comity.Tests.Register;

public sealed class TreeHashTests
{
    [Fact]
    public void A_leaf_hash_does_not_depend_on_where_the_entry_is_kept() =>
        Assert.All(
            [0, 1, 32, 510, 511, 512, 513, 65535],
            length =>
            {
                var entry = new byte[length];
                entry.AsSpan().Fill(0xA5);
                Assert.Equal(Digest.Of([0, .. entry]), TreeHash.OfLeaf(entry).Digest);
            }
        );

    [Fact]
    public void A_digest_as_an_entry_hashes_as_its_bytes() =>
        Assert.Equal(TreeHash.OfLeaf(Some.Named("x").ToArray()), TreeHash.OfLeaf(Some.Named("x")));
}
