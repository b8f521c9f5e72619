// SPDX-License-Identifier: EUPL-1.2
using Comity.Register;
using CsCheck;

namespace Comity.Tests.Register;

/// <summary>The files of a published log, as C2SP tlog-tiles names and fills them.</summary>
public sealed class TileTests
{
    private static readonly Gen<Tile> Any = Gen.Select(
        Gen.Int[-1, Tile.MaximumLevel],
        Gen.OneOf(Gen.Long[0, 2_000_000], Gen.Long[0, long.MaxValue / Tile.FullWidth]),
        Gen.OneOf(Gen.Const(Tile.FullWidth), Gen.Int[1, Tile.FullWidth]),
        (level, index, width) => level < 0 ? Tile.OfEntries(index, width) : Tile.OfHashes(level, index, width)
    );

    [Theory]
    [InlineData(0, 1234067, 256, "tile/0/x001/x234/067")]
    [InlineData(0, 0, 256, "tile/0/000")]
    [InlineData(1, 0, 17, "tile/1/000.p/17")]
    [InlineData(0, 273, 112, "tile/0/273.p/112")]
    [InlineData(7, 999, 1, "tile/7/999.p/1")]
    [InlineData(0, 1000, 255, "tile/0/x001/000.p/255")]
    public void A_tile_is_where_the_specification_says(int level, long index, int width, string path) =>
        Assert.Equal(path, Tile.OfHashes(level, index, width).Path);

    [Fact]
    public void Entries_lie_beside_the_hashes() =>
        Assert.Equal("tile/entries/x001/x234/067.p/5", Tile.OfEntries(1234067, 5).Path);

    [Fact]
    public void A_path_is_read_as_the_tile_it_names() =>
        Any.Sample(tile => Tile.TryParse(tile.Path, out var read) && read == tile);

    [Theory]
    [InlineData("checkpoint")]
    [InlineData("tile/0")]
    [InlineData("tile/0/")]
    [InlineData("tile/0/0")]
    [InlineData("tile/0/0000")]
    [InlineData("tile/00/000")]
    [InlineData("tile/8/000")]
    [InlineData("tile/0/x000/001")]
    [InlineData("tile/0/001/000")]
    [InlineData("tile/0/x001")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/000.p/01")]
    [InlineData("tile/0/000.p")]
    [InlineData("tile/0/000/../../../node.db")]
    [InlineData("tile/entries/../../keys/register.key")]
    [InlineData("tile/-1/000")]
    [InlineData("TILE/0/000")]
    [InlineData("tile/0/x999/x999/x999/x999/x999/999")]
    public void Every_other_spelling_is_none(string path) => Assert.False(Tile.TryParse(path, out _));

    [Fact]
    public void A_log_of_seventy_thousand_has_the_tiles_of_the_specifications_example()
    {
        var tiles = Tile.Grown(0, 70_000).Where(t => t.Level is not null).ToList();

        Assert.Equal(273 + 1 + 1 + 1 + 1, tiles.Count);
        Assert.Equal(
            ["tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1"],
            tiles[273..].Select(t => t.Path)
        );
    }

    [Fact]
    public void However_a_log_grows_no_tile_of_its_size_is_left_out() =>
        Gen.Select(Gen.Long[0, 70_000], Gen.Long[0, 70_000])
            .Sample(
                (a, b) =>
                {
                    var (from, to) = (Math.Min(a, b), Math.Max(a, b));
                    var had = Tile.Grown(0, from).ToHashSet();
                    Assert.Equal(Tile.Grown(0, to).Where(t => !had.Contains(t)), Tile.Grown(from, to));
                },
                iter: 200
            );

    [Fact]
    public void Tiles_add_up_to_the_tree_they_are_made_of()
    {
        var leaves = Enumerable.Range(0, 700).Select(i => Digest.Of(BitConverter.GetBytes(i))).ToArray();
        var tree = MemoryTree.Of([.. leaves.Select(TreeHash.OfLeaf)]);
        foreach (var tile in Tile.Grown(0, 700).Where(t => t.Level == 0))
        {
            var bytes = TileBytes.OfHashes([.. tile.Subtrees().Select(tree.Node)]);
            var entries = TileBytes.OfEntries(leaves.AsSpan((int)tile.First, tile.Width));
            var entriesTile = Tile.OfEntries(tile.Index, tile.Width);

            Assert.Equal(TileBytes.Length(tile), bytes.Length);
            Assert.Equal(TileBytes.Length(entriesTile), entries.Length);
            Assert.Equal(bytes, TileBytes.LeafHashes(entriesTile, entries).Value());
            if (tile.IsFull)
            {
                Assert.Equal(tree.Node(new Subtree(Tile.Height, tile.Index)), TileBytes.Root(bytes));
            }
        }
    }

    [Fact]
    public void An_entry_of_another_length_is_refused_where_it_stands()
    {
        var tile = Tile.OfEntries(0, 3);
        var bytes = TileBytes.OfEntries([default, default, default]);
        bytes[2 * TileBytes.EntrySize + 1] = 31;

        Assert.Equal(
            new Refusal("register.tile-malformed", new Citation("C2SP", "tlog-tiles"), "tile/entries/000.p/3 entry 3"),
            TileBytes.LeafHashes(tile, bytes).Why()
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(95)]
    [InlineData(97)]
    public void A_file_of_another_length_is_refused(int length) =>
        Assert.Equal(
            new Refusal("register.tile-malformed", new Citation("C2SP", "tlog-tiles"), "tile/0/000.p/3"),
            TileBytes.Of(Tile.OfHashes(0, 0, 3), new byte[length]).Why()
        );
}
