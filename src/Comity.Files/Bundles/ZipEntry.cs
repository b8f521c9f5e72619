// SPDX-License-Identifier: EUPL-1.2
using System.Buffers;

namespace Comity.Files.Bundles;

/// <summary>A file in a container: what its headers say, and where it stands.</summary>
/// <param name="Name">A name that <see cref="IsName"/> admits.</param>
/// <param name="Size">Bytes, known before the first is written.</param>
/// <param name="Crc">CRC-32 of them (ISO 3309), likewise.</param>
/// <param name="Offset">Where its local header begins.</param>
internal sealed record ZipEntry(string Name, long Size, uint Crc, long Offset)
{
    /// <summary>Longest name, in characters.</summary>
    public const int LongestName = 200;

    /// <summary>The entry that stands first, so that the bytes of the file say what it is (EN 319 162-1, A.1).</summary>
    public const string First = "mimetype";

    private static readonly SearchValues<char> Characters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_/"
    );

    /// <summary>Where its first byte stands.</summary>
    public long Start => Offset + StoredZip.LocalHeaderSize(Name, Size);

    /// <summary>Where what follows it begins.</summary>
    public long End => Start + Size;

    /// <summary>
    /// Whether a name is a path below a folder and nothing else, on any system: letters, digits, dot, hyphen and underscore
    /// in ASCII, parted by slashes, no part beginning with a dot or ending with one.
    /// </summary>
    public static bool IsName(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > LongestName || name.ContainsAnyExcept(Characters))
        {
            return false;
        }

        foreach (var range in name.Split('/'))
        {
            var part = name[range];
            if (part.IsEmpty || part[0] == '.' || part[^1] == '.')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>In which order entries stand: the first, then by the bytes of their names.</summary>
    public static int Compare(string a, string b) =>
        (a == First, b == First) switch
        {
            (true, true) => 0,
            (true, false) => -1,
            (false, true) => 1,
            _ => string.CompareOrdinal(a, b),
        };
}
