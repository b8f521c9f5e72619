// SPDX-License-Identifier: EUPL-1.2
using System.IO.Compression;
using Comity.Files.Bundles;
using static Comity.Tests.Bundles.RawZip;

namespace Comity.Tests.Bundles;

/// <summary>Zips that somebody made to be read as something else than they are.</summary>
public sealed class HostileZipTests
{
    private static readonly Item A = new("a", [1, 2, 3]);

    [Fact]
    public void The_zip_these_are_made_from_is_read() =>
        Assert.Equal(["mimetype", "a"], Read(new RawZip().Write(MimeType, A)).Admitted().Entries.Select(e => e.Name));

    [Theory]
    [InlineData("../a")]
    [InlineData("a/../../b")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("./a")]
    [InlineData(".hidden")]
    [InlineData("a\\b")]
    [InlineData("C:a")]
    [InlineData("a\nb")]
    [InlineData("a\u00E9")]
    [InlineData("a b")]
    [InlineData("a.")]
    [InlineData("")]
    public void A_name_that_leads_out_or_differs_from_system_to_system_is_refused(string name) =>
        Assert.Equal(
            BundleRefusals.At(BundleRefusals.EntryName, 1),
            Read(new RawZip().Write(MimeType, A with { Name = name })).Refused()
        );

    [Fact]
    public void A_name_is_as_long_as_a_name_may_be_and_no_longer()
    {
        var longest = new string('a', ZipEntry.LongestName);

        Assert.Equal(longest, Read(new RawZip().Write(MimeType, A with { Name = longest })).Admitted().Entries[1].Name);
        Assert.Equal(
            BundleRefusals.At(BundleRefusals.EntryName, 1),
            Read(new RawZip().Write(MimeType, A with { Name = longest + "a" })).Refused()
        );
    }

    [Fact]
    public void Two_files_of_one_name_on_any_system_are_refused()
    {
        Assert.Equal(
            BundleRefusals.At(BundleRefusals.EntryDoubled, 2),
            Read(new RawZip().Write(MimeType, A, A with { Content = [4] })).Refused()
        );
        Assert.Equal(
            BundleRefusals.At(BundleRefusals.EntryDoubled, 2),
            Read(new RawZip().Write(MimeType, A with { Name = "A" }, A)).Refused()
        );
        Assert.Equal(
            BundleRefusals.At(BundleRefusals.EntryDoubled, 2),
            Read(new RawZip().Write(MimeType, A, A with { Name = "a/b" })).Refused()
        );
    }

    [Fact]
    public void Another_order_is_refused()
    {
        Assert.Equal(BundleRefusals.At(BundleRefusals.EntryOrder, 1), Read(new RawZip().Write(A, MimeType)).Refused());
        Assert.Equal(
            BundleRefusals.At(BundleRefusals.EntryOrder, 2),
            Read(new RawZip().Write(MimeType, A with { Name = "b" }, A)).Refused()
        );
    }

    [Fact]
    public void What_is_compressed_or_enciphered_or_sized_afterwards_is_refused()
    {
        var form = BundleRefusals.At(BundleRefusals.EntryForm, 1);

        Assert.Equal(form, Read(new RawZip().Write(MimeType, A with { Method = 8 })).Refused());
        Assert.Equal(form, Read(new RawZip().Write(MimeType, A with { Flags = 1 })).Refused());
        Assert.Equal(form, Read(new RawZip().Write(MimeType, A with { Flags = 8 })).Refused());
    }

    [Fact]
    public void A_bomb_is_never_inflated()
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var bomb = archive.CreateEntry("mimetype", CompressionLevel.Optimal).Open();
            bomb.Write(new byte[64 * 1024 * 1024]);
        }

        Assert.Equal(BundleRefusals.At(BundleRefusals.EntryForm, 0), Read(zip.ToArray()).Refused());
    }

    [Theory]
    [InlineData(0xFFFF_FFFEu)]
    [InlineData(0x7FFF_FFFFu)]
    [InlineData(4u)]
    [InlineData(2u)]
    public void A_size_that_the_file_has_no_room_for_or_that_leaves_some_over_is_refused(uint size) =>
        Assert.IsType<Outcome<StoredZipReader>.Refused>(Read(new RawZip().Write(MimeType, A with { Size = size })));

    [Fact]
    public void A_size_of_the_large_form_that_is_not_there_or_is_not_so_large_is_refused()
    {
        byte[] extra = [1, 0, 16, 0, 3, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0];

        foreach (var central in new[] { [], extra, [.. extra[..4], .. Enumerable.Repeat((byte)0xFF, 16)] })
        {
            var item = A with { Size = uint.MaxValue, CentralExtra = central, LocalExtra = central };
            Assert.Equal(
                BundleRefusals.At(BundleRefusals.NotCanonical, 1),
                Read(new RawZip().Write(MimeType, item)).Refused()
            );
        }
    }

    [Fact]
    public void Files_that_overlap_or_leave_room_between_them_are_refused()
    {
        var wrong = BundleRefusals.At(BundleRefusals.NotCanonical, 1);

        Assert.Equal(wrong, Read(new RawZip().Write(MimeType, A with { Offset = 0 })).Refused());
        Assert.Equal(wrong, Read(new RawZip().Write(MimeType, A with { Gap = [0] })).Refused());
        Assert.Equal(
            BundleRefusals.Of(BundleRefusals.NotCanonical, "directory"),
            Read(new RawZip().Write(MimeType, A with { After = [0] })).Refused()
        );
        Assert.Equal(
            BundleRefusals.Of(BundleRefusals.NotCanonical, "directory"),
            Read(new RawZip().Write(MimeType, A, A with { Name = "b", IsHidden = true })).Refused()
        );
        Assert.Equal(
            BundleRefusals.At(BundleRefusals.NotCanonical, 0),
            Read(new RawZip { Before = [0x4D, 0x5A] }.Write(MimeType, A)).Refused()
        );
    }

    [Fact]
    public void Extra_fields_and_comments_are_refused()
    {
        var wrong = BundleRefusals.At(BundleRefusals.NotCanonical, 1);

        Assert.Equal(wrong, Read(new RawZip().Write(MimeType, A with { CentralExtra = [9, 9, 0, 0] })).Refused());
        Assert.Equal(wrong, Read(new RawZip().Write(MimeType, A with { Comment = "x" })).Refused());
        Assert.Equal(
            BundleRefusals.Of(BundleRefusals.NoEnd),
            Read(new RawZip { Comment = "signed by nobody" }.Write(MimeType, A)).Refused()
        );
    }

    [Fact]
    public void A_directory_that_has_more_than_its_entries_is_refused()
    {
        foreach (var tail in new byte[][] { [0], new byte[46], [.. new RawZip().Write(MimeType)[..40]] })
        {
            Assert.Equal(
                BundleRefusals.Of(BundleRefusals.NotCanonical, "directory"),
                Read(new RawZip { Tail = tail }.Write(MimeType, A)).Refused()
            );
        }
    }

    [Fact]
    public void A_local_header_that_says_something_else_is_found_when_the_file_is_read()
    {
        foreach (var item in new[] { A with { LocalName = "b" }, A with { LocalExtra = [9, 9, 0, 0] } })
        {
            var zip = new RawZip().Write(MimeType, item);
            if (Read(zip) is Outcome<StoredZipReader>.Admitted read)
            {
                var entry = read.Value.Entries[1];
                Assert.Equal(
                    BundleRefusals.At(BundleRefusals.NotCanonical, 1),
                    read.Value.Hash(entry, TestContext.Current.CancellationToken).Refused()
                );
                Assert.Equal(BundleRefusals.At(BundleRefusals.NotCanonical, 1), read.Value.Content(entry).Refused());
            }
        }
    }

    [Fact]
    public void A_checksum_that_is_not_the_files_is_found_when_the_file_is_read()
    {
        var read = Read(new RawZip().Write(MimeType, A with { Crc = 7 })).Admitted();

        Assert.Equal(BundleRefusals.At(BundleRefusals.ContentDiffers, 1), read.Content(read.Entries[1]).Refused());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(60_000)]
    public void A_count_that_is_not_the_count_is_refused(int off) =>
        Assert.IsType<Outcome<StoredZipReader>.Refused>(Read(new RawZip { CountOff = off }.Write(MimeType, A)));

    [Fact]
    public void A_count_beyond_any_bundle_is_refused_before_anything_is_made_for_it()
    {
        foreach (var count in new[] { StoredZip.MaximumEntries + 1L, int.MaxValue, long.MaxValue, -1 })
        {
            var end = StoredZip.End(65_535, 0, 0);
            BitConverter.GetBytes(count).CopyTo(end, 24);
            BitConverter.GetBytes(count).CopyTo(end, 32);
            Assert.Equal(count < 0 ? BundleRefusals.NoEnd : BundleRefusals.TooManyEntries, Read(end).Refused().Code);
        }
    }

    [Fact]
    public void Sizes_and_places_beyond_any_file_are_refused()
    {
        foreach (var field in new[] { 40, 48 })
        {
            foreach (var value in new[] { long.MaxValue, long.MaxValue - 100, uint.MaxValue, -1L })
            {
                var end = StoredZip.End(65_535, 0, 0);
                BitConverter.GetBytes(value).CopyTo(end, field);
                Assert.IsType<Outcome<StoredZipReader>.Refused>(Read(end));
            }
        }
    }

    [Fact]
    public void Nothing_and_anything_else_is_no_container()
    {
        Assert.Equal(BundleRefusals.Of(BundleRefusals.NoEnd), Read([]).Refused());
        Assert.Equal(BundleRefusals.Of(BundleRefusals.NoEnd), Read(new byte[21]).Refused());
        Assert.Equal(BundleRefusals.Of(BundleRefusals.NoEnd), Read(new byte[1000]).Refused());
        Assert.Equal(BundleRefusals.Of(BundleRefusals.TooManyEntries), Read(StoredZip.End(0, 0, 0)).Refused());
    }

    private static Outcome<StoredZipReader> Read(byte[] zip) => StoredZipReader.Read(BundleBytes.Of(zip));
}
