// SPDX-License-Identifier: EUPL-1.2
using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Comity.Files;

namespace Comity.Tests.Files;

public sealed partial class SampleEvidenceTests
{
    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        Assert.All(SampleEvidence.All, file => Assert.Equal(Bytes(file, 7), Bytes(file, 7)));
        Assert.All(SampleEvidence.All, file => Assert.NotEqual(Bytes(file, 7), Bytes(file, 8)));
    }

    [Fact]
    public void The_demos_evidence_is_the_same_on_every_machine_and_in_every_year() =>
        Assert.Equal(
            [
                "pay-desk.mbox fb7bb97262e8dd1ed22a37008b30a2b748db3f527a81297fa28e281ee67302a0",
                "access.log c7e74b13be5955f734f7ad9522c7cb8b68af7aa39c97667123a7af2f462e0ee3",
                "control-server.pcap 3e2b603d903d8af780e89451539eb1c34d3462c8b892e041733734e466e6100e",
            ],
            SampleEvidence.All.Select(f => $"{f.Name} {Digest.Of(Bytes(f, SampleEvidence.DemoSeed))}")
        );

    [Fact]
    public void Every_file_is_written_into_a_folder_over_an_earlier_one()
    {
        var folder = Directory.CreateTempSubdirectory("comity-sample-");
        try
        {
            SampleEvidence.WriteTo(Path.Combine(folder.FullName, "evidence"), 8);
            var paths = SampleEvidence.WriteTo(Path.Combine(folder.FullName, "evidence"));
            Assert.Equal(SampleEvidence.All.Select(f => f.Name), paths.Select(Path.GetFileName));
            Assert.All(
                SampleEvidence.All.Zip(paths),
                pair => Assert.Equal(Bytes(pair.First, SampleEvidence.DemoSeed), File.ReadAllBytes(pair.Second))
            );
            Assert.All(paths, OtherToolsRead);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_mailbox_holds_messages_that_mail_programs_can_tell_apart()
    {
        var text = Encoding.ASCII.GetString(Bytes(SampleEvidence.All[0], SampleEvidence.DemoSeed));
        Assert.InRange(text.Length, 200_000, 600_000);
        var messages = Regex.Split(text, "(?m)^(?=From )").Skip(1).ToList();
        Assert.Equal(425, messages.Count);
        Assert.All(messages, m => Assert.Matches(FirstLine(), m.Split('\n')[0]));
        Assert.All(
            messages,
            m =>
            {
                var names = m.Split("\n\n")[0].Split('\n').Skip(1).Select(h => h.Split(':')[0]).ToList();
                Assert.Equal(["From", "To", "Subject", "Date", "Message-ID", "MIME-Version"], names.Take(6));
                Assert.StartsWith("Content-Type", names[6], StringComparison.Ordinal);
                Assert.EndsWith("\n\n", m, StringComparison.Ordinal);
            }
        );
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 78, line));
        Assert.Contains("\n>From ", text, StringComparison.Ordinal);
        Assert.Equal(425, MessageId().Matches(text).Select(m => m.Value).Distinct().Count());
    }

    [Fact]
    public void The_mailbox_tells_of_the_invoice_and_of_the_demand()
    {
        var text = Encoding.ASCII.GetString(Bytes(SampleEvidence.All[0], SampleEvidence.DemoSeed));
        var invoice = text[text.IndexOf("Subject: Invoice 2231", StringComparison.Ordinal)..];
        Assert.StartsWith(
            "Subject: Invoice 2231\nDate: Sat, 31 Oct 2026 21:58:00 +0000\n",
            invoice,
            StringComparison.Ordinal
        );
        var base64 = invoice.Split("filename=\"invoice-2231.bin\"\n\n")[1].Split("--part-")[0];
        Assert.Equal(48 * 1024, Convert.FromBase64String(base64.Replace("\n", "", StringComparison.Ordinal)).Length);
        Assert.Contains("Date: Sun, 01 Nov 2026 05:00:00 +0000", text, StringComparison.Ordinal);
        Assert.Contains("To: accounts@saint-example.example\nSubject: Your files\n", text, StringComparison.Ordinal);
        Assert.Contains("40 units buy the key", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_web_servers_log_is_in_the_combined_format_in_the_order_of_time()
    {
        var lines = Encoding
            .ASCII.GetString(Bytes(SampleEvidence.All[1], SampleEvidence.DemoSeed))
            .TrimEnd('\n')
            .Split('\n');
        Assert.InRange(lines.Length, 1_600, 1_800);
        Assert.All(lines, line => Assert.Matches(CombinedLine(), line));
        var times = lines.Select(l => CombinedLine().Match(l).Groups["at"].Value).ToList();
        Assert.Equal(times.OrderBy(t => t[..2] == "01" ? 1 : 0).ThenBy(t => t, StringComparer.Ordinal), times);
        Assert.InRange(
            lines.Count(l =>
                l.StartsWith("192.0.2.44 ", StringComparison.Ordinal)
                && l.Contains("POST /gate", StringComparison.Ordinal)
            ),
            80,
            130
        );
        Assert.Equal(
            40,
            lines.Count(l =>
                l.StartsWith("192.0.2.201 ", StringComparison.Ordinal)
                && l.Contains("/panel/", StringComparison.Ordinal)
            )
        );
    }

    [Fact]
    public void The_capture_is_a_classic_pcap_of_whole_Ethernet_frames()
    {
        var bytes = Bytes(SampleEvidence.All[2], SampleEvidence.DemoSeed);
        Assert.Equal("D4C3B2A1020004000000000000000000FFFF000001000000", Convert.ToHexString(bytes.AsSpan(0, 24)));
        Assert.Equal(24 * 8, Packets(bytes).Count);
    }

    [Fact]
    public void Every_packet_has_checksums_that_hold_and_addresses_kept_for_documentation() =>
        Assert.All(
            Packets(Bytes(SampleEvidence.All[2], SampleEvidence.DemoSeed)),
            packet =>
            {
                var ip = packet.Frame.AsSpan(14, 20);
                var tcp = packet.Frame.AsSpan(34);
                Assert.Equal(0x0800, BinaryPrimitives.ReadUInt16BigEndian(packet.Frame.AsSpan(12)));
                Assert.Equal((0x45, 6), (ip[0], ip[9]));
                Assert.Equal(packet.Frame.Length - 14, BinaryPrimitives.ReadUInt16BigEndian(ip[2..]));
                Assert.Equal(0xFFFF, Sum(ip.ToArray()));
                byte[] pseudo = [.. ip[12..20], 0, 6, (byte)(tcp.Length >> 8), (byte)(tcp.Length & 0xFF)];
                Assert.Equal(0xFFFF, Sum([.. pseudo, .. tcp]));
                string[] ends = [string.Join('.', ip[12..16].ToArray()), string.Join('.', ip[16..20].ToArray())];
                Assert.Equal(["192.0.2.44", "198.51.100.23"], ends.Order(StringComparer.Ordinal));
            }
        );

    [Fact]
    public void Each_connection_is_opened_answered_and_closed_with_numbers_that_go_on()
    {
        var packets = Packets(Bytes(SampleEvidence.All[2], SampleEvidence.DemoSeed));
        Assert.Equal(packets.Select(p => p.At), packets.Select(p => p.At).Order());
        Assert.All(
            packets.Chunk(8),
            session =>
            {
                Assert.Equal([2, 18, 16, 24, 24, 17, 17, 16], session.Select(p => (int)p.Frame[47]));
                var next = new Dictionary<ushort, uint>();
                foreach (var tcp in session.Select(p => p.Frame[34..]))
                {
                    var from = BinaryPrimitives.ReadUInt16BigEndian(tcp);
                    var to = BinaryPrimitives.ReadUInt16BigEndian(tcp.AsSpan(2));
                    var sequence = BinaryPrimitives.ReadUInt32BigEndian(tcp.AsSpan(4));
                    var acknowledged = BinaryPrimitives.ReadUInt32BigEndian(tcp.AsSpan(8));
                    Assert.Equal(next.GetValueOrDefault(from, sequence), sequence);
                    Assert.Equal((tcp[13] & 16) == 0 ? 0 : next[to], acknowledged);
                    next[from] = unchecked(sequence + (uint)(tcp.Length - 20) + ((tcp[13] & 3) == 0 ? 0u : 1u));
                }
            }
        );
    }

    private static List<(DateTimeOffset At, byte[] Frame)> Packets(byte[] bytes)
    {
        List<(DateTimeOffset, byte[])> packets = [];
        for (var at = 24; at < bytes.Length; )
        {
            var seconds = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
            var micros = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 4));
            var length = (int)BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 8));
            Assert.Equal((uint)length, BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 12)));
            Assert.InRange(micros, 0u, 999_999u);
            packets.Add(
                (
                    DateTimeOffset.FromUnixTimeSeconds(seconds).AddMicroseconds(micros),
                    bytes[(at + 16)..(at + 16 + length)]
                )
            );
            at += 16 + length;
        }

        return packets;
    }

    /// <summary>The ones' complement sum; all ones where a checksum within holds.</summary>
    private static int Sum(byte[] bytes)
    {
        var sum = 0;
        for (var i = 0; i < bytes.Length; i += 2)
        {
            sum += (bytes[i] << 8) | (i + 1 < bytes.Length ? bytes[i + 1] : 0);
        }

        while (sum > 0xFFFF)
        {
            sum = (sum & 0xFFFF) + (sum >> 16);
        }

        return sum;
    }

    private static void OtherToolsRead(string path)
    {
        if (path.EndsWith(".pcap", StringComparison.Ordinal) && File.Exists("/usr/bin/file"))
        {
            Assert.Contains("pcap capture file", Run("/usr/bin/file", path), StringComparison.Ordinal);
        }

        if (path.EndsWith(".pcap", StringComparison.Ordinal) && File.Exists("/usr/bin/tcpdump"))
        {
            var read = Run("/usr/bin/tcpdump", "-n", "-v", "-r", path);
            Assert.Contains("192.0.2.44", read, StringComparison.Ordinal);
            Assert.DoesNotContain("bad cksum", read, StringComparison.Ordinal);
            Assert.DoesNotContain("incorrect", read, StringComparison.Ordinal);
        }
    }

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    private static byte[] Bytes(SampleFile file, ulong seed)
    {
        using var stream = new MemoryStream();
        file.Write(stream, seed);
        return stream.ToArray();
    }

    [GeneratedRegex(
        @"^From pay-desk@post\.example (Mon|Tue|Wed|Thu|Fri|Sat|Sun) (Oct|Nov) [ 123]\d \d\d:\d\d:\d\d 2026$"
    )]
    private static partial Regex FirstLine();

    [GeneratedRegex(@"(?m)^Message-ID: <.+@post\.example>$")]
    private static partial Regex MessageId();

    [GeneratedRegex(
        @"^(192\.0\.2|198\.51\.100)\.\d{1,3} - - \[(?<at>\d\d/(Oct|Nov)/2026:\d\d:\d\d:\d\d) \+0000\] ""(GET|POST) /\S* HTTP/1\.1"" \d{3} \d+ ""-"" ""[^""]+""$"
    )]
    private static partial Regex CombinedLine();
}
