// SPDX-License-Identifier: EUPL-1.2
using System.IO.Compression;
using System.Text;
using Comity.Files.Bundles;

namespace Comity.Tests.Bundles;

public sealed class StoredZipTests
{
    private static readonly (string Name, byte[] Bytes)[] Files =
    [
        ("mimetype", RawZip.MimeType.Content),
        ("META-INF/ASiCManifest001.xml", "<a/>"u8.ToArray()),
        ("data/acts/001-request.p7m", Enumerable.Range(0, 3000).Select(i => (byte)(i * 7 % 251)).ToArray()),
        ("data/empty", []),
    ];

    [Fact]
    public async Task What_was_written_is_read_again_and_its_length_was_known_before()
    {
        var (zip, length) = await WriteAsync(Files);
        var read = StoredZipReader.Read(BundleBytes.Of(zip)).Admitted();

        Assert.Equal(length, zip.Length);
        Assert.Equal(Files.Select(f => f.Name), read.Entries.Select(e => e.Name));
        Assert.Equal(Files.Select(f => f.Bytes), read.Entries.Select(e => read.Content(e).Admitted()));
        Assert.Equal(
            Files.Select(f => Digest.Of(f.Bytes)),
            read.Entries.Select(e => read.Hash(e, TestContext.Current.CancellationToken).Admitted())
        );
    }

    [Fact]
    public async Task A_zip_made_by_hand_from_the_same_files_is_the_same_to_the_byte() =>
        Assert.Equal(
            new RawZip().Write([.. Files.Select(f => new RawZip.Item(f.Name, f.Bytes))]),
            (await WriteAsync(Files)).Zip
        );

    [Fact]
    public async Task The_first_bytes_say_what_the_file_is()
    {
        var (zip, _) = await WriteAsync(Files);

        Assert.Equal("mimetypeapplication/vnd.etsi.asic-e+zip", Encoding.ASCII.GetString(zip, 30, 39));
    }

    [Fact]
    public async Task Every_byte_counts_and_so_does_every_byte_more_or_less()
    {
        var (zip, _) = await WriteAsync(Files);
        var passed = new List<int>();
        for (var i = 0; i < zip.Length; i++)
        {
            foreach (var flip in new byte[] { 0x01, 0x80, 0xFF })
            {
                zip[i] ^= flip;
                if (IsWhole(zip))
                {
                    passed.Add(i);
                }

                zip[i] ^= flip;
            }

            if (IsWhole(zip.AsMemory(0, i)) || IsWhole(zip.AsMemory(i + 1)))
            {
                passed.Add(-i);
            }
        }

        Assert.Empty(passed);
        Assert.True(IsWhole(zip));
        Assert.False(IsWhole(zip.Append((byte)0).ToArray()));
        Assert.False(IsWhole(zip.Prepend((byte)0).ToArray()));
        Assert.False(IsWhole(zip.Concat(zip).ToArray()));
    }

    [Fact]
    public async Task A_large_file_is_hashed_in_pieces_and_each_piece_counts()
    {
        var large = new byte[3 * 1024 * 1024 + 1];
        new Random(7).NextBytes(large);
        var (zip, _) = await WriteAsync([Files[0], ("large", large)]);
        var entry = StoredZipReader.Read(BundleBytes.Of(zip)).Admitted();

        Assert.Equal(Digest.Of(large), entry.Hash(entry.Entries[1], TestContext.Current.CancellationToken).Admitted());
        zip[zip.Length / 2] ^= 4;
        Assert.Equal(
            BundleRefusals.At(BundleRefusals.ContentDiffers, 1),
            entry.Hash(entry.Entries[1], TestContext.Current.CancellationToken).Refused()
        );
    }

    [Fact]
    public async Task More_entries_than_a_short_end_can_count_are_counted_in_the_long_one()
    {
        var files = Enumerable.Range(0, 65_535).Select(i => ($"f{i:D6}", Array.Empty<byte>())).Prepend(Files[0]);
        var (zip, _) = await WriteAsync([.. files]);

        Assert.Equal(65_536, StoredZipReader.Read(BundleBytes.Of(zip)).Admitted().Entries.Count);
        using var other = new ZipArchive(new MemoryStream(zip));
        Assert.Equal(65_536, other.Entries.Count);
        foreach (var place in Enumerable.Range(zip.Length - StoredZip.LongEnd, StoredZip.LongEnd))
        {
            zip[place] ^= 1;
            Assert.IsType<Outcome<StoredZipReader>.Refused>(StoredZipReader.Read(BundleBytes.Of(zip)));
            zip[place] ^= 1;
        }
    }

    // Too large to write in a test: the headers are compared with what APPNOTE 4.5.3 says of them, field by field.
    [Fact]
    public void A_file_of_four_gibibytes_has_its_sizes_in_the_local_header_too()
    {
        var entry = new ZipEntry("big", 0x1_0000_0001, 0xAABBCCDD, 0x2_0000_0002);

        Assert.Equal(
            "504B03042D000000000000002100DDCCBBAAFFFFFFFFFFFFFFFF03001400626967"
                + "0100100001000000010000000100000001000000",
            Convert.ToHexString(StoredZip.LocalHeader(entry))
        );
        Assert.Equal(
            "504B01022D032D000000000000002100DDCCBBAAFFFFFFFFFFFFFFFF03001C00000000000000"
                + "0000A481FFFFFFFF626967010018000100000001000000010000000100000002000000"
                + "02000000",
            Convert.ToHexString(StoredZip.CentralHeader(entry))
        );
        Assert.Equal(33, StoredZip.LocalHeader(entry with { Size = uint.MaxValue - 1L }).Length);
    }

    [Theory]
    [InlineData("unzip", "-o -q -d out zip.asice")]
    [InlineData("bsdtar", "-C out -xf zip.asice")]
    [InlineData("bsdtar", "-C out -xf -")]
    [InlineData("python3", "-m zipfile -e zip.asice out")]
    public async Task Stock_tools_read_it_also_from_a_pipe(string tool, string arguments)
    {
        using ScratchFolder scratch = new();
        Directory.CreateDirectory(scratch.File("out"));
        var zip = (await WriteAsync(Files)).Zip;
        scratch.Write("zip.asice", zip);
        var program = ChildProcess.Find(tool);

        var told = await ChildProcess.RunAsync(
            program,
            [.. arguments.Split(' ').Select(a => a is "out" or "zip.asice" ? scratch.File(a) : a)],
            arguments.EndsWith('-') ? zip : null
        );

        Assert.Equal((0, ""), (told.Exit, told.Error));
        Assert.All(Files, f => Assert.Equal(f.Bytes, File.ReadAllBytes(scratch.File($"out/{f.Name}"))));
    }

    [Fact]
    public async Task A_file_that_changes_while_it_is_written_stops_the_writing()
    {
        var good = ZipInput.Of("mimetype", RawZip.MimeType.Content);
        foreach (var other in new byte[][] { [1, 2], [1, 2, 3, 4], [1, 2, 4] })
        {
            var changed = ZipInput.Of("x", new byte[] { 1, 2, 3 }) with
            {
                OpenAsync = _ => Task.FromResult<Stream>(new MemoryStream(other)),
            };

            await Assert.ThrowsAsync<IOException>(() =>
                new StoredZipWriter([good, changed]).WriteAsync(
                    Stream.Null,
                    null,
                    TestContext.Current.CancellationToken
                )
            );
        }
    }

    // Longer by a byte that comes only once all that was announced has come.
    [Fact]
    public async Task A_file_that_has_grown_by_a_byte_stops_the_writing()
    {
        var announced = new byte[1 << 20];
        var grown = ZipInput.Of("x", announced) with
        {
            OpenAsync = _ => Task.FromResult<Stream>(new MemoryStream([.. announced, 1])),
        };

        await Assert.ThrowsAsync<IOException>(() =>
            new StoredZipWriter([ZipInput.Of("mimetype", RawZip.MimeType.Content), grown]).WriteAsync(
                Stream.Null,
                null,
                TestContext.Current.CancellationToken
            )
        );
    }

    private static bool IsWhole(ReadOnlyMemory<byte> zip) =>
        StoredZipReader.Read(BundleBytes.Of(zip)) is Outcome<StoredZipReader>.Admitted read
        && read.Value.Entries.All(e => read.Value.Hash(e, default) is Outcome<Digest>.Admitted);

    private static async Task<(byte[] Zip, long Length)> WriteAsync((string Name, byte[] Bytes)[] files)
    {
        var writer = new StoredZipWriter(files.Reverse().Select(f => ZipInput.Of(f.Name, f.Bytes)));
        using var zip = new MemoryStream();
        await writer.WriteAsync(zip, null, TestContext.Current.CancellationToken);
        return (zip.ToArray(), writer.Length);
    }
}
