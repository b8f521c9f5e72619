// SPDX-License-Identifier: EUPL-1.2
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Comity.Register;

/// <summary>The bytes of the files that <see cref="Tile"/> names.</summary>
/// <remarks>
/// Source: C2SP tlog-tiles. A tile of hashes is the hashes one after the other. A tile of entries has two bytes of length
/// before each entry; entries of this register are 32 bytes (docs/spec/register.md, 2), so any other length is refused.
/// </remarks>
public static class TileBytes
{
    /// <summary>Bytes of an entry in a tile, with its length.</summary>
    public const int EntrySize = 2 + Digest.Size;

    /// <summary>The largest file a log of this kind has, in bytes: 256 entries.</summary>
    public const int MaximumBytes = Tile.FullWidth * EntrySize;

    private const int HashSize = Digest.Size;

    /// <summary>How long a tile's file is.</summary>
    /// <param name="tile">Which.</param>
    public static int Length(Tile tile) => tile.Width * (tile.Level is null ? EntrySize : HashSize);

    /// <summary>The bytes of a tile's file when they are as many as they have to be.</summary>
    /// <param name="tile">Which.</param>
    /// <param name="bytes">A file from outside.</param>
    /// <returns>The bytes, or a refusal coded <c>register.tile-malformed</c>, placed at the tile's path.</returns>
    public static Outcome<byte[]> Of(Tile tile, byte[] bytes) =>
        bytes.Length == Length(tile)
            ? new Outcome<byte[]>.Admitted(bytes)
            : new Outcome<byte[]>.Refused(RegisterRefusals.TileMalformed with { Where = tile.Path });

    /// <summary>Puts hashes together.</summary>
    /// <param name="hashes">1 to 256.</param>
    public static byte[] OfHashes(ReadOnlySpan<TreeHash> hashes)
    {
        var bytes = new byte[hashes.Length * HashSize];
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i].Digest.CopyTo(bytes.AsSpan(i * HashSize));
        }

        return bytes;
    }

    /// <summary>Puts entries together.</summary>
    /// <param name="entries">1 to 256.</param>
    public static byte[] OfEntries(ReadOnlySpan<Digest> entries)
    {
        var bytes = new byte[entries.Length * EntrySize];
        for (var i = 0; i < entries.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(i * EntrySize), HashSize);
            entries[i].CopyTo(bytes.AsSpan(i * EntrySize + 2));
        }

        return bytes;
    }

    /// <summary>The leaf hashes of a tile of entries: the bytes of the tile of level 0 that stands over it.</summary>
    /// <param name="tile">Which tile of entries.</param>
    /// <param name="entries">Its bytes, in its length; another length throws.</param>
    /// <returns>
    /// 32 bytes for each entry; or a refusal coded <c>register.tile-malformed</c>, placed at the tile's path and the entry, when
    /// an entry is not 32 bytes.
    /// </returns>
    public static Outcome<byte[]> LeafHashes(Tile tile, ReadOnlySpan<byte> entries)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(entries.Length, Length(tile), nameof(entries));
        var count = entries.Length / EntrySize;
        var hashes = new byte[count * HashSize];
        Span<byte> leaf = stackalloc byte[1 + HashSize];
        leaf[0] = 0x00;
        for (var i = 0; i < count; i++)
        {
            var at = entries[(i * EntrySize)..];
            if (BinaryPrimitives.ReadUInt16BigEndian(at) != HashSize)
            {
                return new Outcome<byte[]>.Refused(RegisterRefusals.TileMalformed.In("entry", i + 1).Within(tile.Path));
            }

            at.Slice(2, HashSize).CopyTo(leaf[1..]);
            SHA256.HashData(leaf, hashes.AsSpan(i * HashSize));
        }

        return new Outcome<byte[]>.Admitted(hashes);
    }

    /// <summary>The hashes in a tile of hashes.</summary>
    /// <param name="tile">1 to 256 times 32 bytes; anything else throws: the length was checked when it was read.</param>
    public static TreeHash[] Hashes(ReadOnlySpan<byte> tile)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(tile.Length % HashSize, 0, nameof(tile));
        var hashes = new TreeHash[tile.Length / HashSize];
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i] = new TreeHash(new Digest(tile.Slice(i * HashSize, HashSize)));
        }

        return hashes;
    }

    /// <summary>The hash of the subtree that a full tile of hashes is the lowest row of.</summary>
    /// <param name="tile">256 times 32 bytes; another length throws.</param>
    public static TreeHash Root(ReadOnlySpan<byte> tile)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(tile.Length, Tile.FullWidth * HashSize, nameof(tile));
        Span<byte> row = stackalloc byte[Tile.FullWidth / 2 * HashSize];
        Span<byte> node = stackalloc byte[1 + 2 * HashSize];
        node[0] = 0x01;
        scoped var below = tile;
        for (var count = Tile.FullWidth / 2; count > 0; count /= 2)
        {
            for (var i = 0; i < count; i++)
            {
                // The row is made over itself: what is still to be read lies behind what is written.
                below.Slice(i * 2 * HashSize, 2 * HashSize).CopyTo(node[1..]);
                SHA256.HashData(node, row[(i * HashSize)..]);
            }

            below = row;
        }

        return new TreeHash(new Digest(row[..HashSize]));
    }
}
