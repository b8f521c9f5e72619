// SPDX-License-Identifier: EUPL-1.2
using System.Buffers.Binary;
using System.Text;

namespace Comity.Files.Bundles;

/// <summary>The one zip that some entries have: every byte of it that is not a file's (docs/spec/bundle.md, 2).</summary>
/// <remarks>
/// Stored, sizes and checksums in the local headers, ZIP64 there and in the directory where a number needs it and nowhere
/// else, one instant for all, no comments, no other extra fields. The reader writes these bytes again and compares, so
/// nothing hides between the files. Source: PKWARE APPNOTE 6.3, sections 4.3.7, 4.3.12, 4.3.14 to 4.3.16 and 4.5.3.
/// </remarks>
internal static class StoredZip
{
    /// <summary>Most entries: four files for each of more acts than any dossier holds, and its exhibits.</summary>
    public const int MaximumEntries = 200_000;

    /// <summary>Length of what ends a container that needs no ZIP64.</summary>
    public const int ShortEnd = 22;

    /// <summary>Length of what ends a container that does.</summary>
    public const int LongEnd = 56 + 20 + ShortEnd;

    /// <summary>Length of a central header without name and extra field.</summary>
    public const int CentralFixed = 46;

    /// <summary>Longest extra field of a central header: three numbers of eight bytes.</summary>
    public const int LongestExtra = 4 + (3 * 8);

    private const int LocalFixed = 30;
    private const uint Saturated = uint.MaxValue;
    private const ushort Plain = 10;
    private const ushort Zip64 = 45;
    private const ushort Unix = 3 << 8;
    private const ushort FirstOfJanuary1980 = 0x0021;
    private const uint RegularFileReadByAll = 0x81A4_0000; // 0100644, where Unix tools look for it

    /// <summary>Length of a local header.</summary>
    public static int LocalHeaderSize(string name, long size) =>
        LocalFixed + name.Length + (size >= Saturated ? 20 : 0);

    /// <summary>The local header of an entry.</summary>
    public static byte[] LocalHeader(ZipEntry entry)
    {
        var isLarge = entry.Size >= Saturated;
        var header = new byte[LocalHeaderSize(entry.Name, entry.Size)];
        var writer = new FieldWriter(header);
        writer.Add(0x0403_4b50u);
        writer.Add(isLarge ? Zip64 : Plain);
        AddShared(ref writer, entry);
        writer.Add(isLarge ? (ushort)20 : (ushort)0);
        writer.Add(entry.Name);
        if (isLarge)
        {
            writer.Add((ushort)1);
            writer.Add((ushort)16);
            writer.Add(entry.Size);
            writer.Add(entry.Size);
        }

        return header;
    }

    /// <summary>The entry's header in the directory at the end.</summary>
    public static byte[] CentralHeader(ZipEntry entry)
    {
        var (isLarge, isFar) = (entry.Size >= Saturated, entry.Offset >= Saturated);
        var numbers = (isLarge ? 16 : 0) + (isFar ? 8 : 0);
        var extra = numbers == 0 ? 0 : 4 + numbers;
        var version = numbers == 0 ? Plain : Zip64;
        var header = new byte[CentralFixed + entry.Name.Length + extra];
        var writer = new FieldWriter(header);
        writer.Add(0x0201_4b50u);
        writer.Add((ushort)(Unix | version));
        writer.Add(version);
        AddShared(ref writer, entry);
        writer.Add((ushort)extra);
        writer.Add((ushort)0); // comment
        writer.Add((ushort)0); // disk
        writer.Add((ushort)0); // internal attributes
        writer.Add(RegularFileReadByAll);
        writer.Add(isFar ? Saturated : (uint)entry.Offset);
        writer.Add(entry.Name);
        if (extra > 0)
        {
            writer.Add((ushort)1);
            writer.Add((ushort)numbers);
            if (isLarge)
            {
                writer.Add(entry.Size);
                writer.Add(entry.Size);
            }

            if (isFar)
            {
                writer.Add(entry.Offset);
            }
        }

        return header;
    }

    /// <summary>What ends a container.</summary>
    /// <param name="count">Entries.</param>
    /// <param name="size">Bytes of the directory.</param>
    /// <param name="offset">Where the directory begins.</param>
    public static byte[] End(long count, long size, long offset)
    {
        var isLong = count >= ushort.MaxValue || size >= Saturated || offset >= Saturated;
        var end = new byte[isLong ? LongEnd : ShortEnd];
        var writer = new FieldWriter(end);
        if (isLong)
        {
            writer.Add(0x0606_4b50u);
            writer.Add(44L);
            writer.Add((ushort)(Unix | Zip64));
            writer.Add(Zip64);
            writer.Add(0L); // two numbers of disks
            writer.Add(count);
            writer.Add(count);
            writer.Add(size);
            writer.Add(offset);
            writer.Add(0x0706_4b50u);
            writer.Add(0u);
            writer.Add(offset + size);
            writer.Add(1u);
        }

        writer.Add(0x0605_4b50u);
        writer.Add(0u); // two numbers of disks
        writer.Add((ushort)Math.Min(count, ushort.MaxValue));
        writer.Add((ushort)Math.Min(count, ushort.MaxValue));
        writer.Add((uint)Math.Min(size, Saturated));
        writer.Add((uint)Math.Min(offset, Saturated));
        writer.Add((ushort)0); // comment
        return end;
    }

    private static void AddShared(ref FieldWriter writer, ZipEntry entry)
    {
        var size = (uint)Math.Min(entry.Size, Saturated);
        writer.Add((ushort)0); // flags: no data descriptor, names in ASCII
        writer.Add((ushort)0); // stored
        writer.Add((ushort)0); // midnight
        writer.Add(FirstOfJanuary1980);
        writer.Add(entry.Crc);
        writer.Add(size);
        writer.Add(size);
        writer.Add((ushort)entry.Name.Length);
    }

    private ref struct FieldWriter(Span<byte> rest)
    {
        private Span<byte> rest = rest;

        public void Add(ushort value)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(rest, value);
            rest = rest[2..];
        }

        public void Add(uint value)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(rest, value);
            rest = rest[4..];
        }

        public void Add(long value)
        {
            BinaryPrimitives.WriteInt64LittleEndian(rest, value);
            rest = rest[8..];
        }

        public void Add(string ascii) => rest = rest[Encoding.ASCII.GetBytes(ascii, rest)..];
    }
}
