// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Acts;
using Comity.Evidence;
using Comity.Exchange;
using Comity.Files;
using Comity.Files.Bundles;
using Comity.Files.CaseUco;
using Comity.Parties;
using Comity.Register;
using Comity.Tests.Files;
using CsCheck;

namespace Comity.Tests;

/// <summary>Whatever reads bytes from outside reads them or refuses them: changed, cut, doubled or swapped, nothing faults.</summary>
/// <remarks>A short run here; <c>COMITY_FUZZ=1000000 eng/fuzz.sh</c> for a long one.</remarks>
public sealed class HostileBytesTests
{
    private static readonly ExportedCase Case = new();

    [Fact]
    public void Acts_and_entries() =>
        Try(
            [.. Vectors("acts", ".p7m"), .. Vectors("directory", ".p7m")],
            bytes =>
            {
                SignedAct.Parse(bytes);
                SignedEntry.Parse(bytes);
            },
            share: 4
        );

    [Fact]
    public void What_acts_say() =>
        Try([.. Case.Acts.Select(a => a.Signed.Content.ToArray())], bytes => ActEncoding.Parse(bytes));

    [Fact]
    public void Notes_and_checkpoints_and_what_a_witness_is_given()
    {
        var note = Case.CheckpointOfA();
        Try(
            [note.ToBytes(), new Submission(0, MerklePath.Empty, note).ToBytes()],
            bytes =>
            {
                SignedNote.Parse(bytes).Then(Checkpoint.Parse);
                Submission.Parse(bytes);
            }
        );
    }

    [Fact]
    public void Receipts_and_proofs()
    {
        var receipts = Case.Export().Acts.SelectMany(a => a.Receipts).Select(r => r.Receipt).ToList();
        Try(
            [.. receipts.Select(r => r.ToJson()), .. receipts.Select(r => r.ToTlogProof().ToBytes())],
            bytes =>
            {
                Receipt.Parse(bytes);
                TlogProof.Parse(bytes).Then(Receipt.Of);
            }
        );
    }

    [Fact]
    public void Tiles_and_their_names()
    {
        var tile = Tile.OfEntries(0, 5);
        Try(
            [TileBytes.OfEntries([default, default, default, default, default]), Encoding.UTF8.GetBytes(tile.Path)],
            bytes =>
            {
                TileBytes.Of(tile, bytes).Then(b => TileBytes.LeafHashes(tile, b));
                var name = Encoding.Latin1.GetString(bytes);
                Assert.True(!Tile.TryParse(name, out var named) || named.Path == name);
            }
        );
    }

    [Fact]
    public void Sealed_files_whole_from_header_to_last_chunk()
    {
        var identity = new Identity.X25519(new byte[Identity.SecretSize]);
        Try(
            [Case.Sealed, Sealed(identity, 70_000)],
            bytes =>
            {
                SealHeader.Parse(bytes);
                using MemoryStream input = new(bytes);
                Opening.OpenAsync(input, Stream.Null, [identity]).GetAwaiter().GetResult();
            },
            share: 20
        );
    }

    [Fact]
    public async Task Bundles_whole()
    {
        var described = CaseWriter.Write(CaseOfDossier.Describe(Case.Export().Acts)!);
        var bundle = await ExportedCase.BundleAsync(Case.Content() with { Case = described });
        Try(
            [bundle],
            bytes => BundleVerification.Verify(BundleBytes.Of(bytes), ExportedCase.Roots, default),
            share: 100
        );
    }

    [Fact]
    public void Manifests_of_exhibits_custody_and_archives() =>
        Try(
            [
                .. Case.Acts.Select(a => a.Signed.Content.ToArray()),
                "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>"u8.ToArray(),
            ],
            bytes =>
            {
                ManifestDocument.Parse(bytes);
                CustodyEntry.Parse(bytes);
                ArchiveManifest.Parse(bytes);
            }
        );

    [Fact]
    public void What_nodes_tell_each_other() =>
        Try(
            [
                ExchangeEncoding.Write(
                    new Standing(
                        3,
                        Case.CheckpointOfA().ToString(),
                        "",
                        [
                            ["AAAA"],
                        ]
                    )
                ),
                ExchangeEncoding.Write(new PushAnswer(1, [new ActAnswer(default, ActVerdict.Parked, null)])),
            ],
            bytes =>
            {
                ExchangeEncoding.Read<Push>(bytes);
                ExchangeEncoding.Read<PushAnswer>(bytes);
                ExchangeEncoding.Read<Standing>(bytes);
                ExchangeEncoding.Read<BagManifest>(bytes);
                ExchangeEncoding.Read<BagLetter>(bytes);
            }
        );

    // A reader that is a hundred times slower than another is given a hundredth of the changes.
    private static void Try(IReadOnlyList<byte[]> seeds, Action<byte[]> read, int share = 1) =>
        Mutations.Of(seeds).Sample(read, iter: Mutations.Iterations / share);

    private static IEnumerable<byte[]> Vectors(string folder, string ending) =>
        Repository.Files($"vectors/{folder}", ending).Select(f => File.ReadAllBytes(Repository.PathOf(f)));

    private static byte[] Sealed(Identity identity, int size)
    {
        using MemoryStream input = new(new byte[size]);
        using MemoryStream output = new();
        Sealing.SealAsync(input, output, [identity.Recipient]).GetAwaiter().GetResult();
        return output.ToArray();
    }
}
