// SPDX-License-Identifier: EUPL-1.2
using Comity.Files.Register;
using Comity.Register;

namespace Comity.Tests.Files;

/// <summary>A log in a folder, as a node publishes it.</summary>
internal static class PublishedLog
{
    public static readonly LogSigner Key = new("xa.example/register", [.. Enumerable.Repeat((byte)7, 32)]);

    public static Digest Entry(int index) => Digest.Of(BitConverter.GetBytes(index));

    /// <summary>Writes a log whose entries are <see cref="Entry"/>, but for one that may be another.</summary>
    public static async Task WriteAsync(string folder, int size, int? otherAt = null)
    {
        var store = new TileFolder(folder);
        var entries = Enumerable.Range(0, size).Select(i => i == otherAt ? Entry(-1) : Entry(i)).ToArray();
        var tree = MemoryTree.Of([.. entries.Select(TreeHash.OfLeaf)]);
        foreach (var tile in Tile.Grown(0, size))
        {
            var bytes = tile.Level is null
                ? TileBytes.OfEntries(entries.AsSpan((int)tile.First, tile.Width))
                : TileBytes.OfHashes([.. tile.Subtrees().Select(tree.Node)]);
            await store.PlaceAsync(tile.Path, bytes, TestContext.Current.CancellationToken);
        }

        var checkpoint = Checkpoint.Of(Key.Verifier.Name, tree.Edge(size)).ToNote();
        await store.ReplaceAsync(
            "checkpoint",
            checkpoint.With(Key.Sign(checkpoint.Text)).ToBytes(),
            TestContext.Current.CancellationToken
        );
    }

    public static Task<Outcome<VerifiedLog>> VerifyAsync(string folder) =>
        LogVerification.VerifyAsync(
            new TileFolder(folder),
            Key.Verifier,
            Key.Verifier.Name,
            2,
            null,
            TestContext.Current.CancellationToken
        );
}
