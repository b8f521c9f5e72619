// SPDX-License-Identifier: EUPL-1.2
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Comity.Files;

/// <summary>
/// A capture of the traffic between the hospital and the control server: the classic pcap format, microseconds, Ethernet.
/// </summary>
internal static class SampleCapture
{
    private const int Sessions = 24;
    private static readonly byte[] Hospital = [192, 0, 2, 44];
    private static readonly byte[] Server = [198, 51, 100, 23];

    public static void Write(Stream stream, ulong seed)
    {
        var draw = new SampleDraw(seed);
        WriteHeader(stream);
        for (var i = 0; i < Sessions; i++)
        {
            var at = SampleEvidence.Night.AddMinutes(15 + (i * 17)).AddTicks(draw.Below(10_000_000));
            Session(stream, draw, at, (ushort)(49152 + (i * 7) + draw.Below(7)));
        }
    }

    private static void WriteHeader(Stream stream)
    {
        Span<byte> header = stackalloc byte[24];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0xA1B2C3D4);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], 4);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], 65535);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], 1);
        stream.Write(header);
    }

    /// <summary>One connection: opened, a question, orders, closed.</summary>
    private static void Session(Stream stream, SampleDraw draw, DateTimeOffset at, ushort port)
    {
        var ask = Ascii(
            string.Create(
                CultureInfo.InvariantCulture,
                $"POST /gate HTTP/1.1\r\nHost: orders.example\r\nContent-Length: 32\r\n\r\n{draw.Next():x16}{draw.Next():x16}"
            )
        );
        var orders = draw.Bytes(48 + draw.Below(400));
        var answer = Ascii(
            string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Length: {orders.Length}\r\n\r\n")
        );
        var client = new SampleEndpoint(Hospital, port, (uint)(draw.Next() >> 32));
        var server = new SampleEndpoint(Server, 80, (uint)(draw.Next() >> 32));
        (SampleEndpoint From, SampleEndpoint To, TcpFlags Flags, byte[] Data)[] exchange =
        [
            (client, server, TcpFlags.Syn, []),
            (server, client, TcpFlags.Syn | TcpFlags.Ack, []),
            (client, server, TcpFlags.Ack, []),
            (client, server, TcpFlags.Push | TcpFlags.Ack, ask),
            (server, client, TcpFlags.Push | TcpFlags.Ack, [.. answer, .. orders]),
            (client, server, TcpFlags.Fin | TcpFlags.Ack, []),
            (server, client, TcpFlags.Fin | TcpFlags.Ack, []),
            (client, server, TcpFlags.Ack, []),
        ];
        foreach (var (from, to, flags, data) in exchange)
        {
            at = at.AddTicks(10 * (800 + draw.Below(20_000)));
            WritePacket(stream, at, SampleFrame.Of(from, to, flags, data, (ushort)(draw.Next() >> 48)));
        }
    }

    private static void WritePacket(Stream stream, DateTimeOffset at, byte[] frame)
    {
        Span<byte> header = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(header, (uint)at.ToUnixTimeSeconds());
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], (uint)(at.Ticks % TimeSpan.TicksPerSecond / 10));
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], (uint)frame.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[12..], (uint)frame.Length);
        stream.Write(header);
        stream.Write(frame);
    }

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}
