// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Register;

namespace Comity.Tests.Register;

/// <summary>Made-up registers, keys, leaves and receipts.</summary>
internal static class Some
{
    public const string Origin = "xa.example/register";
    public const int LargestSize = 300;

    public static LogSigner Log { get; } = new(Origin, Seed("log"));

    public static LogSigner OtherLog { get; } = new("xb.example/register", Seed("other log"));

    public static Cosigner Witness { get; } = new("witness.example/w1", Seed("witness"));

    public static DateTimeOffset Noon { get; } = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Leaf hashes of 300 numbered entries.</summary>
    public static TreeHash[] Leaves { get; } =
    [.. Enumerable.Range(0, LargestSize).Select(i => TreeHash.OfLeaf(Named($"entry {i}")))];

    public static MemoryTree Tree { get; } = MemoryTree.Of(Leaves);

    public static Leaf Leaf { get; } = new(Named("an act"), new LeafEntry.Admitted(), Noon, Named("a directory entry"));

    public static Salt Salt { get; } = new(Seed("salt"));

    public static Digest Named(string name) => Digest.Of(Encoding.UTF8.GetBytes(name));

    public static byte[] Seed(string name) => Named($"seed of {name}").ToArray();

    /// <summary>A receipt for <see cref="Leaf"/> in a register that has it among numbered entries.</summary>
    public static Receipt Receipt(int index = 4, int size = 7)
    {
        var leaves = Leaves[..size];
        leaves[index] = TreeHash.OfLeaf(Leaf.Entry(Salt));
        var tree = MemoryTree.Of(leaves);
        var path = tree.Inclusion(index, size).Value();
        return new Receipt(Leaf, Salt, index, path, Signed(Checkpoint.Of(Origin, tree.Edge(size))));
    }

    public static SignedNote Signed(Checkpoint checkpoint) =>
        checkpoint.ToNote().With(Log.Sign(checkpoint.ToString())).With(Witness.Sign(checkpoint.ToString(), Noon));

    public static TreeHash Flip(TreeHash hash, int bit)
    {
        var bytes = hash.Digest.ToArray();
        bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        return new TreeHash(new Digest(bytes));
    }
}
