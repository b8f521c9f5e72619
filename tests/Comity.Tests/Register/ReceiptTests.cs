// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Register;
using CsCheck;

namespace Comity.Tests.Register;

public sealed class ReceiptTests
{
    private static readonly NoteVerifier Key = Some.Log.Verifier;

    [Fact]
    public void A_receipt_is_written_read_and_verified_wherever_its_leaf_stands() =>
        Gen.Int[1, Some.LargestSize]
            .SelectMany(size => Gen.Int[0, size - 1].Select(index => (index, size)))
            .Sample(
                (index, size) =>
                {
                    var receipt = Some.Receipt(index, size);
                    Assert.Equal(receipt, Receipt.Parse(receipt.ToJson()).Value());
                    Assert.Equal(receipt, Receipt.Of(TlogProof.Parse(receipt.ToTlogProof().ToBytes()).Value()).Value());
                    Assert.Equal(
                        new Outcome<Receipt>.Admitted(receipt),
                        receipt.VerifyFor(Some.Leaf.Act, Key, Some.Origin)
                    );
                },
                iter: 50
            );

    [Fact]
    public void The_json_of_a_receipt_can_be_read_by_eye_and_by_stock_tools()
    {
        var json = Encoding.UTF8.GetString(Some.Receipt(0, 1).ToJson());

        Assert.StartsWith(
            "{\"version\":\"comity-register@v1\",\"leaf\":\"{\\\"act\\\":\\\"",
            json,
            StringComparison.Ordinal
        );
        Assert.Contains($"\"salt\":\"{Some.Salt.ToHex()}\",\"index\":0,\"proof\":[],", json, StringComparison.Ordinal);
        Assert.Contains($"\\n\\n— {Some.Origin} ", json, StringComparison.Ordinal);
    }

    [Fact]
    public void No_flipped_bit_leaves_a_receipt_that_says_something_else()
    {
        var receipt = Some.Receipt();
        var json = receipt.ToJson();

        Gen.Select(Gen.Int[0, json.Length - 1], Gen.Int[0, 7])
            .Sample(
                (at, bit) =>
                {
                    var changed = json.ToArray();
                    changed[at] ^= (byte)(1 << bit);
                    AssertRefusedOrSays(receipt, Receipt.Parse(changed));
                },
                iter: 2_000
            );
    }

    [Fact]
    public void No_changed_byte_leaves_a_proof_file_that_says_something_else()
    {
        var receipt = Some.Receipt();
        var file = receipt.ToTlogProof().ToBytes();

        Gen.Select(Gen.Int[0, file.Length - 1], Gen.Byte[1, 255])
            .Sample(
                (at, change) =>
                {
                    var changed = file.ToArray();
                    changed[at] ^= change;
                    AssertRefusedOrSays(receipt, TlogProof.Parse(changed).Then(Receipt.Of));
                },
                iter: 2_000
            );
    }

    [Fact]
    public void However_a_receipt_is_mangled_the_readers_answer_and_do_not_throw()
    {
        var receipt = Some.Receipt();
        byte[][] sources = [receipt.ToJson(), receipt.ToTlogProof().ToBytes()];
        string[] signs =
        [
            "",
            "\"",
            "\\",
            "\n",
            "\n\n",
            "{",
            "}",
            "[",
            "]",
            ",",
            "null",
            "\\ud800",
            "— ",
            "99999999",
            "=",
        ];
        var pieces = Gen.OneOf(
            Gen.Byte.Array[0, 4],
            Gen.Int[0, signs.Length - 1].Select(which => Encoding.UTF8.GetBytes(signs[which]))
        );

        Gen.Select(Gen.Int[0, 1].Select(which => sources[which]), Gen.Double[0, 1], Gen.Int[0, 60], pieces)
            .Sample(
                (source, at, removed, piece) =>
                {
                    var start = (int)(at * source.Length);
                    var end = Math.Min(source.Length, start + removed);
                    byte[] mangled = [.. source[..start], .. piece, .. source[end..]];
                    AssertRefusedOrSays(receipt, Receipt.Parse(mangled));
                    AssertRefusedOrSays(receipt, TlogProof.Parse(mangled).Then(Receipt.Of));
                },
                iter: 2_000
            );
    }

    [Fact]
    public void Every_cut_of_a_receipt_or_of_a_proof_file_is_refused()
    {
        var receipt = Some.Receipt();
        var (json, file) = (receipt.ToJson(), receipt.ToTlogProof().ToBytes());
        for (var length = 0; length < json.Length; length++)
            Assert.IsType<Outcome<Receipt>.Refused>(Receipt.Parse(json.AsSpan(..length)));
        // A cut after a whole signature line leaves a shorter note, and the register's own line stands first.
        for (var length = 0; length < file.Length; length++)
            AssertRefusedOrSays(receipt, TlogProof.Parse(file.AsSpan(..length)).Then(Receipt.Of));
    }

    [Fact]
    public void A_receipt_for_one_act_does_not_do_for_another() =>
        Assert.Equal(
            new Refusal("register.receipt-other-act", new Citation("docs/spec/register.md", "5")),
            Some.Receipt().VerifyFor(Some.Named("another act"), Key, Some.Origin).Why()
        );

    [Fact]
    public void A_refusal_says_which_member_is_at_fault()
    {
        string Where(string member, string value) =>
            Receipt
                .Parse(
                    Encoding.UTF8.GetBytes(
                        Encoding
                            .UTF8.GetString(Some.Receipt().ToJson())
                            .Replace(member, value, StringComparison.Ordinal)
                    )
                )
                .Why()
                .Where;

        Assert.Equal("version", Where("register@v1", "register@v2"));
        Assert.Equal("leaf byte 83", Where("admitted", "Admitted"));
        Assert.Equal("salt", Where(Some.Salt.ToHex(), Some.Salt.ToHex().ToUpperInvariant()));
        Assert.Equal("index", Where("\"index\":4", "\"index\":-4"));
        Assert.Equal("proof hash 1", Where("\"proof\":[\"", "\"proof\":[\"x"));
        Assert.Equal("checkpoint line 5", Where("— xa.", "- xa."));
        Assert.Equal("", Where("\"index\":4", "\"index\":null"));
    }

    [Fact]
    public void Stripped_of_witnesses_a_receipt_still_stands()
    {
        var receipt = Some.Receipt();
        var note = SignedNote.Unsigned(receipt.Checkpoint.Text).With(receipt.Checkpoint.Signatures[0]);
        var stripped = new Receipt(receipt.Leaf, receipt.Salt, receipt.Index, receipt.Path, note);

        Assert.Equal("admitted", stripped.Verify(Key, Some.Origin).Verdict());
    }

    [Fact]
    public void A_receipt_with_more_signatures_than_anybody_reads_is_not_written()
    {
        var receipt = Some.Receipt();
        var note = receipt.Checkpoint;
        for (byte i = 0; i < 3; i++)
            note = note.With(NoteSignature.By(Some.OtherLog.Verifier, [i, .. new byte[4_000]]));
        var larger = new Receipt(receipt.Leaf, receipt.Salt, receipt.Index, receipt.Path, note);

        Assert.Throws<InvalidOperationException>(larger.ToJson);
        Assert.Equal("admitted", Receipt.Of(TlogProof.Parse(larger.ToTlogProof().ToBytes()).Value()).Verdict());
    }

    [Fact]
    public void A_receipt_has_an_index_and_a_signed_checkpoint()
    {
        var (path, note) = (MerklePath.Empty, Some.Receipt().Checkpoint);

        Assert.Throws<ArgumentOutOfRangeException>(() => new Receipt(Some.Leaf, Some.Salt, -1, path, note));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TlogProof([], -1, path, note));
        var unsigned = SignedNote.Unsigned("A\n");
        Assert.Throws<ArgumentOutOfRangeException>(() => new Receipt(Some.Leaf, Some.Salt, 0, path, unsigned));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TlogProof([], 0, path, unsigned));
    }

    private static void AssertRefusedOrSays(Receipt expected, Outcome<Receipt> outcome)
    {
        if (outcome.Then(read => read.Verify(Key, Some.Origin)) is not Outcome<Receipt>.Admitted(var receipt))
            return;
        Assert.Equal(
            (expected.Leaf, expected.Salt, expected.Index, expected.Path, expected.Checkpoint.Text),
            (receipt.Leaf, receipt.Salt, receipt.Index, receipt.Path, receipt.Checkpoint.Text)
        );
    }
}
