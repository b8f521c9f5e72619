// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;
using System.Text;

namespace Comity.Register;

/// <summary>Names one static file of a published log: 1 to 256 hashes of one level, or the entries under them.</summary>
/// <remarks>
/// Source: C2SP tlog-tiles. A full tile never changes. A partial one stands at the right edge; it is named by its width
/// too, so it never changes either and gives way to the full one. Equal by value.
/// </remarks>
public readonly record struct Tile
{
    /// <summary>Hashes or entries in a full tile.</summary>
    public const int FullWidth = 256;

    /// <summary>Levels of the tree from one level of tiles to the next.</summary>
    public const int Height = 8;

    /// <summary>The highest level of tiles that a log of 2^63-1 entries has.</summary>
    public const int MaximumLevel = 7;

    private const string Folder = "tile/";

    private Tile(int? level, long index, int width) => (Level, Index, Width) = (level, index, width);

    /// <summary>The level of the hashes, 0 for leaf hashes; nothing for a tile of entries.</summary>
    public int? Level { get; }

    /// <summary>Position within the level, from 0.</summary>
    public long Index { get; }

    /// <summary>How many hashes or entries are in it, 1 to 256.</summary>
    public int Width { get; }

    /// <summary>Whether nothing can be added to it.</summary>
    public bool IsFull => Width == FullWidth;

    /// <summary>The index, in its level of the tree, of the first hash or entry.</summary>
    public long First => Index * FullWidth;

    /// <summary>The full tile in the same place.</summary>
    public Tile Full => new(Level, Index, FullWidth);

    /// <summary>Where it is below the log's address: <c>tile/0/x001/x234/067</c>, <c>tile/entries/000.p/17</c>.</summary>
    public string Path
    {
        get
        {
            var path = new StringBuilder(Folder, 48);
            path.Append(Level is { } level ? level.ToString(CultureInfo.InvariantCulture) : "entries");
            var digits = Index.ToString("D3", CultureInfo.InvariantCulture);
            digits = digits.PadLeft((digits.Length + 2) / 3 * 3, '0');
            for (var i = 0; i < digits.Length; i += 3)
            {
                path.Append(i + 3 < digits.Length ? "/x" : "/").Append(digits, i, 3);
            }

            return IsFull
                ? path.ToString()
                : path.Append(".p/").Append(Width.ToString(CultureInfo.InvariantCulture)).ToString();
        }
    }

    /// <summary>A tile of hashes. Anything out of range throws.</summary>
    /// <param name="level">0 to <see cref="MaximumLevel"/>.</param>
    /// <param name="index">From 0.</param>
    /// <param name="width">1 to <see cref="FullWidth"/>.</param>
    public static Tile OfHashes(int level, long index, int width)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)level, (uint)MaximumLevel, nameof(level));
        return Checked(level, index, width);
    }

    /// <summary>A tile of entries. Anything out of range throws.</summary>
    /// <param name="index">From 0.</param>
    /// <param name="width">1 to <see cref="FullWidth"/>.</param>
    public static Tile OfEntries(long index, int width) => Checked(null, index, width);

    /// <summary>Reads a path, in the one spelling it has.</summary>
    /// <returns>False for anything that <see cref="Path"/> never gives, from outside or not.</returns>
    public static bool TryParse(string path, out Tile tile)
    {
        tile = default;
        if (path.Length > 48 || !path.StartsWith(Folder, StringComparison.Ordinal))
        {
            return false;
        }

        var parts = path[Folder.Length..].Split('/');
        var width = FullWidth;
        if (parts.Length >= 3 && parts[^2].EndsWith(".p", StringComparison.Ordinal))
        {
            if (!StrictText.TryDecimal(parts[^1], out var partial) || partial is 0 or >= FullWidth)
            {
                return false;
            }

            width = (int)partial;
            parts[^2] = parts[^2][..^2];
            parts = parts[..^1];
        }

        int? level = null;
        if (parts[0] != "entries")
        {
            if (!StrictText.TryDecimal(parts[0], out var number) || number > MaximumLevel)
            {
                return false;
            }

            level = (int)number;
        }

        if (!TryIndex(parts[1..], out var index))
        {
            return false;
        }

        tile = new Tile(level, index, width);
        return tile.Path == path;
    }

    /// <summary>
    /// The tiles that a log has at one size and had not at an earlier one, in the order in which they can be made: entries
    /// first, then the hashes level by level.
    /// </summary>
    /// <param name="from">The size before, 0 for a log that was not published yet.</param>
    /// <param name="to">The size now, not smaller.</param>
    public static IEnumerable<Tile> Grown(long from, long to)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        foreach (var (index, width) in Ranges(from, to))
        {
            yield return new Tile(null, index, width);
        }

        for (var level = 0; to > 0; level++)
        {
            foreach (var (index, width) in Ranges(from, to))
            {
                yield return new Tile(level, index, width);
            }

            (from, to) = (from / FullWidth, to / FullWidth);
        }
    }

    /// <summary>The subtrees whose hashes a tile holds, in order. Throws for a tile of entries.</summary>
    public IEnumerable<Subtree> Subtrees()
    {
        var (level, first) = (
            (Level ?? throw new InvalidOperationException("a tile of entries holds no hash")) * Height,
            First
        );
        return Enumerable.Range(0, Width).Select(i => new Subtree(level, first + i));
    }

    /// <inheritdoc cref="Path"/>
    public override string ToString() => Path;

    private static IEnumerable<(long Index, int Width)> Ranges(long from, long to)
    {
        for (var index = from / FullWidth; index * FullWidth < to; index++)
        {
            var width = (int)Math.Min(FullWidth, to - index * FullWidth);
            if (index * FullWidth + width > from)
            {
                yield return (index, width);
            }
        }
    }

    private static Tile Checked(int? level, long index, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, long.MaxValue / FullWidth, nameof(index));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, FullWidth);
        return new Tile(level, index, width);
    }

    private static bool TryIndex(string[] parts, out long index)
    {
        index = 0;
        if (parts.Length is 0 or > 6)
        {
            return false;
        }

        for (var i = 0; i < parts.Length; i++)
        {
            var digits = i < parts.Length - 1 && parts[i].StartsWith('x') ? parts[i][1..] : parts[i];
            if (digits.Length != 3 || !digits.All(char.IsAsciiDigit))
            {
                return false;
            }

            index = index * 1000 + int.Parse(digits, CultureInfo.InvariantCulture);
        }

        return index <= long.MaxValue / FullWidth;
    }
}
