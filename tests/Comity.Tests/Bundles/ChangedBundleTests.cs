// SPDX-License-Identifier: EUPL-1.2
using System.IO.Hashing;
using Comity.Files.Bundles;
using Comity.Files.Dossiers;
using Comity.Tests.Files;

namespace Comity.Tests.Bundles;

/// <summary>Whatever is changed in a bundle, <c>comity verify</c> says so.</summary>
public sealed class ChangedBundleTests
{
    private static readonly ExportedCase Case = new();
    private static readonly TrustRoots Roots = ExportedCase.Roots;

    // The lowest bit, which turns one digit or letter into the next, and all of them, which turns text into none.
    [Theory]
    [InlineData(0x01)]
    [InlineData(0xFF)]
    public async Task Every_changed_byte_is_found(byte flip)
    {
        var bundle = await ExportedCase.BundleAsync(Case.Content());
        var passed = OfAll(
            bundle.Length,
            i =>
            {
                var changed = bundle.ToArray();
                changed[i] ^= flip;
                return Holds(changed);
            }
        );

        Assert.True(Holds(bundle));
        Assert.Empty(passed);
    }

    [Fact]
    public async Task Every_truncation_is_found()
    {
        var bundle = await ExportedCase.BundleAsync(Case.Content());

        Assert.Empty(OfAll(bundle.Length, i => Holds(bundle.AsMemory(0, i))));
    }

    [Fact]
    public async Task Every_beginning_cut_off_and_every_byte_taken_out_is_found()
    {
        var bundle = await ExportedCase.BundleAsync(Case.Content());
        var sample = Enumerable.Range(0, bundle.Length).Where(i => i % 31 == 0).ToArray();

        Assert.Empty(OfAll(sample.Length, i => Holds(bundle.AsMemory(sample[i] + 1))));
        Assert.Empty(OfAll(sample.Length, i => Holds((byte[])[.. bundle[..sample[i]], .. bundle[(sample[i] + 1)..]])));
    }

    [Fact]
    public async Task Whatever_is_put_behind_or_before_is_found()
    {
        var bundle = await ExportedCase.BundleAsync(Case.Content());
        var added = new byte[][] { [0], [0x50], "PK\u0005\u0006"u8.ToArray(), new byte[22], bundle };

        Assert.All(added, a => Assert.False(Holds((byte[])[.. bundle, .. a])));
        Assert.All(added, a => Assert.False(Holds((byte[])[.. a, .. bundle])));
    }

    // Who changes a file can mend its checksum, and the container is then whole again.
    [Fact]
    public async Task A_changed_byte_whose_checksum_was_mended_is_found_by_the_manifests()
    {
        var bundle = await ExportedCase.BundleAsync(Case.Content());
        var entries = StoredZipReader.Read(BundleBytes.Of(bundle)).Admitted().Entries;
        var places = entries.SelectMany(e => Places(e).Select(p => (Entry: e, Place: p))).ToArray();
        var passed = OfAll(places.Length, i => Holds(Mended(bundle, places[i].Entry, places[i].Place)));

        Assert.True(places.Length > 1000);
        Assert.Empty(passed);
    }

    [Fact]
    public async Task A_changed_file_is_named()
    {
        var bundle = await ExportedCase.BundleAsync(Case.Content());
        var entries = StoredZipReader.Read(BundleBytes.Of(bundle)).Admitted().Entries;
        var act = entries.Single(e => e.Name == "data/acts/002-grant.p7m");

        var torn = BundleTests.Verify(Changed(bundle, (int)act.Start + 700));
        var mended = BundleTests.Verify(Mended(bundle, act, (int)act.Start + 700));

        Assert.Equal(
            [
                new(
                    "data/acts/002-grant.p7m",
                    "is whole in the container",
                    VerificationResult.DoesNotHold,
                    BundleRefusals.ContentDiffers
                ),
            ],
            torn.Lines
        );
        Assert.Contains(
            new VerificationLine(
                "data/acts/002-grant.p7m",
                "is as it was exported",
                VerificationResult.DoesNotHold,
                "verify.file-differs"
            ),
            mended.Lines
        );
    }

    // A place in each 37 bytes of a file, its first and its last: another one in each file.
    private static IEnumerable<int> Places(ZipEntry entry) =>
        Enumerable
            .Range(0, (int)entry.Size)
            .Where(i => i % 37 == entry.Name.Length % 37 || i == entry.Size - 1)
            .Select(i => (int)entry.Start + i);

    private static byte[] Changed(byte[] bundle, int place)
    {
        var changed = bundle.ToArray();
        changed[place] ^= 1;
        return changed;
    }

    private static byte[] Mended(byte[] bundle, ZipEntry entry, int place)
    {
        var changed = Changed(bundle, place);
        var crc = Crc32.HashToUInt32(changed.AsSpan((int)entry.Start, (int)entry.Size));
        var local = StoredZip.LocalHeader(entry with { Crc = crc });
        var central = StoredZip.CentralHeader(entry);
        local.CopyTo(changed, (int)entry.Offset);
        StoredZip.CentralHeader(entry with { Crc = crc }).CopyTo(changed, changed.AsSpan().LastIndexOf(central));
        return changed;
    }

    private static bool Holds(ReadOnlyMemory<byte> bundle) =>
        BundleVerification.Verify(BundleBytes.Of(bundle), Roots, default).Holds;

    private static List<int> OfAll(int count, Func<int, bool> holds) =>
        [.. Enumerable.Range(0, count).AsParallel().Where(holds)];
}
