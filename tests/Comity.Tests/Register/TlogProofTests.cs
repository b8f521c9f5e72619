// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Register;
using CsCheck;

namespace Comity.Tests.Register;

public sealed class TlogProofTests
{
    private static readonly SignedNote Note = Some.Receipt().Checkpoint;

    [Fact]
    public void A_proof_file_is_written_and_read_the_same() =>
        Gen.Select(Gen.Byte.Array[0, 100], Gen.Long[0, long.MaxValue], Gen.Int[0, 63])
            .Sample(
                (extra, index, length) =>
                {
                    var proof = new TlogProof(extra, index, MerklePath.Of(Some.Leaves.AsSpan(..length)), Note);
                    var read = TlogProof.Parse(proof.ToBytes()).Value();
                    Assert.Equal(extra, read.Extra);
                    Assert.Equal((index, proof.Path, Note), (read.Index, read.Path, read.Checkpoint));
                    Assert.Equal(proof.ToString(), read.ToString());
                }
            );

    [Fact]
    public void The_lines_stand_in_the_order_of_the_specification()
    {
        var proof = new TlogProof("ab"u8, 4, MerklePath.Of(Some.Leaves.AsSpan(..2)), Note);

        Assert.Equal(
            $"c2sp.org/tlog-proof@v1\nextra YWI=\nindex 4\n{Some.Leaves[0]}\n{Some.Leaves[1]}\n\n{Note}",
            proof.ToString()
        );
        Assert.Equal(
            $"c2sp.org/tlog-proof@v1\nindex 0\n\n{Note}",
            new TlogProof([], 0, MerklePath.Empty, Note).ToString()
        );
    }

    [Fact]
    public void The_largest_proof_file_is_read_and_a_byte_more_is_not()
    {
        // The head cannot be that large with a note that can be read, so the limit shows as two different refusals.
        var padding = new string('a', TlogProof.MaximumBytes);

        Assert.Equal("register.tlog-proof-malformed", Parse(padding).Verdict());
        Assert.Equal("register.tlog-proof-too-large", Parse(padding + "a").Verdict());
    }

    [Fact]
    public void The_largest_of_everything_fits_a_proof_file()
    {
        var line = Some.Log.Sign("A\n").ToString();
        var text = new string('a', SignedNote.MaximumBytes - 2 - Encoding.UTF8.GetByteCount(line)) + "\n";
        var note = SignedNote.Parse(Encoding.UTF8.GetBytes($"{text}\n{line}")).Value();
        var extra = new byte[TlogProof.MaximumExtraBytes];
        var proof = new TlogProof(extra, long.MaxValue, MerklePath.Of(Some.Leaves.AsSpan(..63)), note);

        Assert.Equal("admitted", TlogProof.Parse(proof.ToBytes()).Verdict());
        Assert.Throws<ArgumentOutOfRangeException>(() => new TlogProof([.. extra, 0], 0, MerklePath.Empty, note));
    }

    [Fact]
    public void A_malformed_proof_file_says_in_which_line()
    {
        Assert.Equal("line 1", Parse("c2sp.org/tlog-proof@v2\nindex 0\n\n").Why().Where);
        Assert.Equal("line 2", Parse("c2sp.org/tlog-proof@v1\nextra \nindex 0\n\n").Why().Where);
        Assert.Equal("line 2", Parse("c2sp.org/tlog-proof@v1\nindex 00\n\n").Why().Where);
        Assert.Equal("line 3", Parse("c2sp.org/tlog-proof@v1\nextra YWI=\nindex\n\n").Why().Where);
        Assert.Equal("line 2", Parse("c2sp.org/tlog-proof@v1\n\nindex 0\n").Why().Where);
        Assert.Equal("proof hash 1", Parse($"c2sp.org/tlog-proof@v1\nindex 0\nx\n\n{Note}").Why().Where);
        Assert.Equal("checkpoint line 3", Parse("c2sp.org/tlog-proof@v1\nindex 0\n\nA\n\nx\n").Why().Where);
    }

    private static Outcome<TlogProof> Parse(string file) => TlogProof.Parse(Encoding.UTF8.GetBytes(file));
}
