// SPDX-License-Identifier: EUPL-1.2
using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;

namespace Comity.Files.Bundles;

/// <summary>Reads a container that is, byte for byte, the one that <see cref="StoredZipWriter"/> writes for its files.</summary>
/// <remarks>
/// Whoever made it may have meant harm. Nothing is inflated, nothing is believed of a size before it fits into the file, and
/// a header is compared with the one that belongs there rather than interpreted. Thread-safe once read.
/// </remarks>
internal sealed class StoredZipReader
{
    // Entries up to this size are read in one go with their header.
    private const int InOneGo = 256 * 1024;

    private readonly BundleBytes bytes;

    private StoredZipReader(BundleBytes bytes, IReadOnlyList<ZipEntry> entries) =>
        (this.bytes, Entries) = (bytes, entries);

    /// <summary>The files, in their order.</summary>
    public IReadOnlyList<ZipEntry> Entries { get; }

    /// <summary>Reads the directory at the end and checks everything but what lies in and before each file.</summary>
    /// <returns>
    /// The files, or a refusal coded <c>bundle.no-end</c>, <c>bundle.too-many-entries</c>, <c>bundle.entry-name</c>,
    /// <c>bundle.entry-doubled</c>, <c>bundle.entry-order</c>, <c>bundle.entry-form</c> or <c>bundle.not-canonical</c>.
    /// </returns>
    public static Outcome<StoredZipReader> Read(BundleBytes bytes)
    {
        if (ReadEnd(bytes) is not var (count, size, offset))
        {
            return Refuse(BundleRefusals.Of(BundleRefusals.NoEnd));
        }

        if (count is < 1 or > StoredZip.MaximumEntries)
        {
            return Refuse(BundleRefusals.Of(BundleRefusals.TooManyEntries));
        }

        var longest = count * (StoredZip.CentralFixed + ZipEntry.LongestName + StoredZip.LongestExtra);
        if (size > longest || offset > bytes.Length)
        {
            return Refuse(BundleRefusals.Of(BundleRefusals.NotCanonical, "end"));
        }

        var end = StoredZip.End(count, size, offset);
        if (offset + size + end.Length != bytes.Length)
        {
            return Refuse(BundleRefusals.Of(BundleRefusals.NotCanonical, "end"));
        }

        var tail = new byte[size + end.Length];
        bytes.Read(offset, tail);
        if (!tail.AsSpan((int)size).SequenceEqual(end))
        {
            return Refuse(BundleRefusals.Of(BundleRefusals.NotCanonical, "end"));
        }

        return ReadDirectory(tail.AsSpan(0, (int)size), (int)count, offset, out var entries) is { } why ? Refuse(why)
            : ZipNames.WhyNot([.. entries.Select(e => e.Name)]) is { } names ? Refuse(names)
            : new Outcome<StoredZipReader>.Admitted(new StoredZipReader(bytes, entries));
    }

    /// <summary>Reads a whole file, its header and its checksum checked.</summary>
    /// <param name="entry">One of <see cref="Entries"/>, of a size that is read into memory.</param>
    /// <returns>Its bytes, or a refusal coded <c>bundle.not-canonical</c> or <c>bundle.content-differs</c>.</returns>
    public Outcome<byte[]> Content(ZipEntry entry)
    {
        var header = StoredZip.LocalHeader(entry);
        var all = new byte[header.Length + (int)entry.Size];
        bytes.Read(entry.Offset, all);
        return !all.AsSpan(0, header.Length).SequenceEqual(header)
                ? new Outcome<byte[]>.Refused(At(BundleRefusals.NotCanonical, entry))
            : Crc32.HashToUInt32(all.AsSpan(header.Length)) != entry.Crc
                ? new Outcome<byte[]>.Refused(At(BundleRefusals.ContentDiffers, entry))
            : new Outcome<byte[]>.Admitted(all[header.Length..]);
    }

    /// <summary>Reads a file of any size once, its header and its checksum checked, a piece in memory at a time.</summary>
    /// <param name="entry">One of <see cref="Entries"/>.</param>
    /// <param name="stop">Stops the reading.</param>
    /// <returns>Its SHA-256, or a refusal coded <c>bundle.not-canonical</c> or <c>bundle.content-differs</c>.</returns>
    public Outcome<Digest> Hash(ZipEntry entry, CancellationToken stop)
    {
        var header = StoredZip.LocalHeader(entry);
        var length = header.Length + (entry.Size <= InOneGo ? (int)entry.Size : 0);
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(length, (int)Math.Min(entry.Size, 1 << 20)));
        try
        {
            bytes.Read(entry.Offset, buffer.AsSpan(0, length));
            if (!buffer.AsSpan(0, header.Length).SequenceEqual(header))
            {
                return new Outcome<Digest>.Refused(At(BundleRefusals.NotCanonical, entry));
            }

            var (digest, crc) =
                entry.Size <= InOneGo
                    ? (Digest.Of(Inside(buffer, header, length)), Crc32.HashToUInt32(Inside(buffer, header, length)))
                    : HashInPieces(entry, buffer, stop);
            return crc == entry.Crc
                ? new Outcome<Digest>.Admitted(digest)
                : new Outcome<Digest>.Refused(At(BundleRefusals.ContentDiffers, entry));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private (Digest Digest, uint Crc) HashInPieces(ZipEntry entry, byte[] buffer, CancellationToken stop)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var crc = new Crc32();
        for (var at = entry.Start; at < entry.End; )
        {
            stop.ThrowIfCancellationRequested();
            var piece = buffer.AsSpan(0, (int)Math.Min(buffer.Length, entry.End - at));
            bytes.Read(at, piece);
            hash.AppendData(piece);
            crc.Append(piece);
            at += piece.Length;
        }

        return (new Digest(hash.GetHashAndReset()), crc.GetCurrentHashAsUInt32());
    }

    private static ReadOnlySpan<byte> Inside(byte[] buffer, byte[] header, int length) =>
        buffer.AsSpan(header.Length, length - header.Length);

    // What the last bytes state. Whether they state it in the one form is compared afterwards.
    private static (long Count, long Size, long Offset)? ReadEnd(BundleBytes bytes)
    {
        if (bytes.Length < StoredZip.ShortEnd)
        {
            return null;
        }

        Span<byte> end = stackalloc byte[StoredZip.LongEnd];
        var length = (int)Math.Min(bytes.Length, StoredZip.LongEnd);
        end = end[..length];
        bytes.Read(bytes.Length - length, end);
        var last = end[^StoredZip.ShortEnd..];
        if (BinaryPrimitives.ReadUInt32LittleEndian(last) != 0x0605_4b50)
        {
            return null;
        }

        long count = BinaryPrimitives.ReadUInt16LittleEndian(last[10..]);
        long size = BinaryPrimitives.ReadUInt32LittleEndian(last[12..]);
        long offset = BinaryPrimitives.ReadUInt32LittleEndian(last[16..]);
        if (count < ushort.MaxValue && size < uint.MaxValue && offset < uint.MaxValue)
        {
            return (count, size, offset);
        }

        if (length < StoredZip.LongEnd)
        {
            return null;
        }

        count = BinaryPrimitives.ReadInt64LittleEndian(end[32..]);
        size = BinaryPrimitives.ReadInt64LittleEndian(end[40..]);
        offset = BinaryPrimitives.ReadInt64LittleEndian(end[48..]);
        return count >= 0 && size >= 0 && offset >= 0 ? (count, size, offset) : null;
    }

    private static Refusal? ReadDirectory(ReadOnlySpan<byte> directory, int count, long end, out List<ZipEntry> entries)
    {
        entries = new List<ZipEntry>(count);
        var at = 0L;
        for (var i = 0; i < count; i++)
        {
            if (ReadHeader(directory, at, end, out var entry) is { } code)
            {
                return BundleRefusals.At(code, i);
            }

            var header = StoredZip.CentralHeader(entry!);
            if (!directory.StartsWith(header))
            {
                return BundleRefusals.At(BundleRefusals.NotCanonical, i);
            }

            entries.Add(entry!);
            directory = directory[header.Length..];
            at = entry!.End;
        }

        return directory.IsEmpty && at == end ? null : BundleRefusals.Of(BundleRefusals.NotCanonical, "directory");
    }

    // Takes name, size and checksum from a header; the rest follows from them and is compared by the caller.
    private static string? ReadHeader(ReadOnlySpan<byte> header, long at, long end, out ZipEntry? entry)
    {
        entry = null;
        if (header.Length < StoredZip.CentralFixed)
        {
            return BundleRefusals.NotCanonical;
        }

        int name = BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
        int extra = BinaryPrimitives.ReadUInt16LittleEndian(header[30..]);
        if (name > ZipEntry.LongestName || header.Length < StoredZip.CentralFixed + name + extra)
        {
            return name > ZipEntry.LongestName ? BundleRefusals.EntryName : BundleRefusals.NotCanonical;
        }

        // Flags say enciphered or sized afterwards; a method says compressed; either comes with a name of its own.
        if (BinaryPrimitives.ReadUInt32LittleEndian(header[8..]) != 0)
        {
            return BundleRefusals.EntryForm;
        }

        var text = Encoding.Latin1.GetString(header.Slice(StoredZip.CentralFixed, name));
        if (!ZipEntry.IsName(text))
        {
            return BundleRefusals.EntryName;
        }

        long size = BinaryPrimitives.ReadUInt32LittleEndian(header[24..]);
        if (size == uint.MaxValue)
        {
            if (extra < 12)
            {
                return BundleRefusals.NotCanonical;
            }

            size = BinaryPrimitives.ReadInt64LittleEndian(header[(StoredZip.CentralFixed + name + 4)..]);
        }

        if (size < 0 || size > end - at)
        {
            return BundleRefusals.NotCanonical;
        }

        entry = new ZipEntry(text, size, BinaryPrimitives.ReadUInt32LittleEndian(header[16..]), at);
        return entry.End <= end ? null : BundleRefusals.NotCanonical;
    }

    private Refusal At(string code, ZipEntry entry) =>
        BundleRefusals.At(code, ((List<ZipEntry>)Entries).IndexOf(entry));

    private static Outcome<StoredZipReader> Refuse(Refusal why) => new Outcome<StoredZipReader>.Refused(why);
}
