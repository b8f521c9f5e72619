// SPDX-License-Identifier: EUPL-1.2
using System.Buffers.Binary;

namespace Comity.Files;

/// <summary>An Ethernet frame that holds one TCP segment over IPv4, with checksums that hold (RFC 791, RFC 9293).</summary>
internal static class SampleFrame
{
    private const int Ethernet = 14;
    private const int Internet = 20;
    private const int Transport = 20;

    /// <summary>The next segment one end sends; both ends' counters go on by what it carries.</summary>
    public static byte[] Of(SampleEndpoint from, SampleEndpoint to, TcpFlags flags, byte[] data, ushort identification)
    {
        var frame = new byte[Ethernet + Internet + Transport + data.Length];
        to.Hardware.CopyTo(frame, 0);
        from.Hardware.CopyTo(frame, 6);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12), 0x0800);

        var tcp = frame.AsSpan(Ethernet + Internet);
        BinaryPrimitives.WriteUInt16BigEndian(tcp, from.Port);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[2..], to.Port);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[4..], from.Sequence);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[8..], flags.HasFlag(TcpFlags.Ack) ? to.Sequence : 0);
        tcp[12] = (Transport / 4) << 4;
        tcp[13] = (byte)flags;
        BinaryPrimitives.WriteUInt16BigEndian(tcp[14..], 64240);
        data.CopyTo(tcp[Transport..]);

        var ip = frame.AsSpan(Ethernet, Internet);
        ip[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)(frame.Length - Ethernet));
        BinaryPrimitives.WriteUInt16BigEndian(ip[4..], identification);
        BinaryPrimitives.WriteUInt16BigEndian(ip[6..], 0x4000); // not to be fragmented
        ip[8] = 64;
        ip[9] = 6;
        from.Address.CopyTo(ip[12..]);
        to.Address.CopyTo(ip[16..]);
        BinaryPrimitives.WriteUInt16BigEndian(ip[10..], Checksum(ip, 0));

        // The pseudo header: both addresses, the protocol and the segment's length.
        var pseudo = Sum(ip[12..20], (uint)(6 + tcp.Length));
        BinaryPrimitives.WriteUInt16BigEndian(tcp[16..], Checksum(tcp, pseudo));

        from.Sent((uint)data.Length + (flags.HasFlag(TcpFlags.Syn) || flags.HasFlag(TcpFlags.Fin) ? 1u : 0u));
        return frame;
    }

    private static ushort Checksum(ReadOnlySpan<byte> bytes, uint start)
    {
        var sum = Sum(bytes, start);
        while (sum > 0xFFFF)
        {
            sum = (sum & 0xFFFF) + (sum >> 16);
        }

        return (ushort)(~sum & 0xFFFF);
    }

    private static uint Sum(ReadOnlySpan<byte> bytes, uint start)
    {
        var sum = start;
        for (var i = 0; i + 1 < bytes.Length; i += 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes[i..]);
        }

        return bytes.Length % 2 == 0 ? sum : sum + ((uint)bytes[^1] << 8);
    }
}

/// <summary>One end of a connection.</summary>
/// <param name="address">Four bytes.</param>
/// <param name="port">Its port.</param>
/// <param name="sequence">The number of the next byte it sends.</param>
internal sealed class SampleEndpoint(byte[] address, ushort port, uint sequence)
{
    public byte[] Address { get; } = address;

    public ushort Port { get; } = port;

    public uint Sequence { get; private set; } = sequence;

    /// <summary>A hardware address that nobody's card has: locally administered, from the Internet address.</summary>
    public byte[] Hardware { get; } = [2, 0, .. address];

    public void Sent(uint length) => Sequence = unchecked(Sequence + length);
}

/// <summary>Control bits of a TCP segment (RFC 9293, 3.1).</summary>
[Flags]
internal enum TcpFlags : byte
{
    None = 0,
    Fin = 1,
    Syn = 2,
    Push = 8,
    Ack = 16,
}
