// SPDX-License-Identifier: EUPL-1.2
using System.IO.Hashing;
using System.Text;

namespace Comity.Tests.Bundles;

/// <summary>A zip written field by field, so that any of them can lie. Shares no code with the product.</summary>
internal sealed class RawZip
{
    /// <summary>An entry and what its headers claim.</summary>
    public sealed record Item(string Name, byte[] Content)
    {
        public ushort Flags { get; init; }
        public ushort Method { get; init; }
        public uint? Size { get; init; }
        public uint? Crc { get; init; }
        public uint? Offset { get; init; }
        public byte[] LocalExtra { get; init; } = [];
        public byte[] CentralExtra { get; init; } = [];
        public string Comment { get; init; } = "";
        public string? LocalName { get; init; }
        public byte[] Gap { get; init; } = [];
        public byte[] After { get; init; } = [];
        public bool IsHidden { get; init; }
    }

    public static readonly Item MimeType = new("mimetype", "application/vnd.etsi.asic-e+zip"u8.ToArray());

    public string Comment { get; init; } = "";

    public int CountOff { get; init; }

    public byte[] Before { get; init; } = [];

    /// <summary>Bytes at the end of the directory, counted in its size.</summary>
    public byte[] Tail { get; init; } = [];

    public byte[] Write(params Item[] items)
    {
        using var zip = new MemoryStream();
        using var central = new MemoryStream();
        zip.Write(Before);
        foreach (var item in items)
        {
            zip.Write(item.Gap);
            var offset = item.Offset ?? (uint)zip.Length;
            var local = Encoding.Latin1.GetBytes(item.LocalName ?? item.Name);
            zip.Write([0x50, 0x4B, 3, 4, 10, 0]);
            Shared(zip, item, local.Length, item.LocalExtra.Length);
            zip.Write(local);
            zip.Write(item.LocalExtra);
            zip.Write(item.Content);
            zip.Write(item.After);
            if (item.IsHidden)
            {
                continue;
            }

            var name = Encoding.Latin1.GetBytes(item.Name);
            central.Write([0x50, 0x4B, 1, 2, 10, 3, 10, 0]);
            Shared(central, item, name.Length, item.CentralExtra.Length);
            central.Write(BitConverter.GetBytes((ushort)item.Comment.Length));
            central.Write([0, 0, 0, 0, 0, 0, 0xA4, 0x81]);
            central.Write(BitConverter.GetBytes(offset));
            central.Write(name);
            central.Write(item.CentralExtra);
            central.Write(Encoding.ASCII.GetBytes(item.Comment));
        }

        central.Write(Tail);
        var (start, count) = ((uint)zip.Length, (ushort)(items.Count(i => !i.IsHidden) + CountOff));
        zip.Write(central.ToArray());
        zip.Write([0x50, 0x4B, 5, 6, 0, 0, 0, 0]);
        zip.Write(BitConverter.GetBytes(count));
        zip.Write(BitConverter.GetBytes(count));
        zip.Write(BitConverter.GetBytes((uint)central.Length));
        zip.Write(BitConverter.GetBytes(start));
        zip.Write(BitConverter.GetBytes((ushort)Comment.Length));
        zip.Write(Encoding.ASCII.GetBytes(Comment));
        return zip.ToArray();
    }

    private static void Shared(MemoryStream to, Item item, int name, int extra)
    {
        var size = item.Size ?? (uint)item.Content.Length;
        to.Write(BitConverter.GetBytes(item.Flags));
        to.Write(BitConverter.GetBytes(item.Method));
        to.Write([0, 0, 0x21, 0]);
        to.Write(BitConverter.GetBytes(item.Crc ?? Crc32.HashToUInt32(item.Content)));
        to.Write(BitConverter.GetBytes(size));
        to.Write(BitConverter.GetBytes(size));
        to.Write(BitConverter.GetBytes((ushort)name));
        to.Write(BitConverter.GetBytes((ushort)extra));
    }
}
