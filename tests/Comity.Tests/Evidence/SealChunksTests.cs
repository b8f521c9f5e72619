// SPDX-License-Identifier: EUPL-1.2
using Comity.Evidence;
using CsCheck;

namespace Comity.Tests.Evidence;

public sealed class SealChunksTests
{
    private const int Full = SealChunks.PlainSize;

    private static readonly byte[] FileKey = Seals.Bytes(9, SealHeader.FileKeySize);
    private static readonly byte[] Nonce = Seals.Bytes(10, SealChunks.NonceSize);
    private static readonly Citation Payload = new("C2SP age", "Payload");

    [Theory]
    [InlineData(0, 16)]
    [InlineData(1, 17)]
    [InlineData(Full - 1, Full + 15)]
    [InlineData(Full, Full + 16)]
    [InlineData(Full + 1, Full + 33)]
    public void Every_chunk_grows_by_sixteen_bytes_and_an_empty_file_has_one(int plain, int expected) =>
        Assert.Equal(expected, SealChunks.SealedLength(plain));

    [Fact]
    public void A_file_may_be_sealed_and_opened_in_runs_of_any_length()
    {
        var plain = Seals.Bytes(12, (5 * Full) + 77);
        var whole = Seal(plain);
        Gen.Int[1, 5]
            .Sample(
                chunksPerRun =>
                {
                    using SealChunks chunks = new(FileKey, Nonce);
                    var opened = new byte[plain.Length];
                    for (var place = 0; place * Full < plain.Length; place += chunksPerRun)
                    {
                        var from = place * SealChunks.SealedSize;
                        var to = Math.Min(whole.Length, from + (chunksPerRun * SealChunks.SealedSize));
                        var end = to == whole.Length ? RunEnd.EndsFile : RunEnd.GoesOn;
                        var run = chunks.Open(place, whole.AsSpan(from..to), end, opened.AsSpan(place * Full));
                        Assert.Null(run.Why);
                    }

                    Assert.Equal(plain, opened);
                },
                iter: 20
            );
    }

    [Fact]
    public void A_file_cut_after_a_chunk_is_told_from_a_changed_one()
    {
        var whole = Seal(Seals.Bytes(12, 3 * Full));
        AssertOpens(whole[..(2 * SealChunks.SealedSize)], 2 * Full, SealRefusals.Truncated, "chunk[2]");
        AssertOpens([], 0, SealRefusals.Truncated, "chunk[0]");
    }

    [Fact]
    public void A_file_cut_inside_a_chunk_loses_that_chunk_only() =>
        AssertOpens(Seal(Seals.Bytes(12, 3 * Full))[..^1], 2 * Full, SealRefusals.ChunkNotAuthentic, "chunk[2]");

    [Fact]
    public void Something_after_the_last_chunk_is_noticed() =>
        AssertOpens([.. Seal(Seals.Bytes(12, 2 * Full)), 0], 2 * Full, SealRefusals.BytesAfterEnd, "chunk[2]");

    [Fact]
    public void Two_chunks_that_change_places_are_noticed()
    {
        var whole = Seal(Seals.Bytes(12, 3 * Full));
        byte[] swapped =
        [
            .. whole[SealChunks.SealedSize..(2 * SealChunks.SealedSize)],
            .. whole[..SealChunks.SealedSize],
            .. whole[(2 * SealChunks.SealedSize)..],
        ];
        AssertOpens(swapped, 0, SealRefusals.ChunkNotAuthentic, "chunk[0]");
    }

    [Fact]
    public void An_empty_chunk_after_others_is_a_second_spelling_and_refused()
    {
        using SealChunks chunks = new(FileKey, Nonce);
        var sealedFile = new byte[SealChunks.SealedSize + SealChunks.TagSize];
        _ = chunks.Seal(0, Seals.Bytes(12, Full), RunEnd.GoesOn, sealedFile);
        _ = chunks.Seal(1, [], RunEnd.EndsFile, sealedFile.AsSpan(SealChunks.SealedSize));
        AssertOpens(sealedFile, Full, SealRefusals.LastChunkEmpty, "chunk[1]");
    }

    [Fact]
    public void Nothing_of_a_changed_chunk_reaches_the_caller()
    {
        var plain = Enumerable.Repeat((byte)0xAA, 3 * Full).ToArray();
        var sealedFile = Seal(plain);
        Gen.Select(Gen.Int[0, sealedFile.Length - 1], Gen.Int[0, 7])
            .Sample(
                (at, bit) =>
                {
                    var changed = sealedFile.ToArray();
                    changed[at] ^= (byte)(1 << bit);
                    var opened = new byte[plain.Length];
                    using SealChunks chunks = new(FileKey, Nonce);
                    var run = chunks.Open(0, changed, RunEnd.EndsFile, opened);
                    var place = at / SealChunks.SealedSize;
                    Assert.Equal(
                        new OpenedRun(place * Full, Refused(SealRefusals.ChunkNotAuthentic, $"chunk[{place}]")),
                        run
                    );
                    Assert.All(opened.Chunk(Full).Skip(place), chunk => Assert.DoesNotContain((byte)0xAA, chunk));
                },
                iter: 200
            );
    }

    [Fact]
    public void A_run_that_goes_on_has_whole_chunks_only()
    {
        using SealChunks chunks = new(FileKey, Nonce);
        Assert.Throws<ArgumentException>(() => chunks.Seal(0, new byte[Full - 1], RunEnd.GoesOn, new byte[Full + 16]));
        Assert.Throws<ArgumentException>(() => chunks.Open(0, new byte[Full], RunEnd.GoesOn, new byte[Full]));
    }

    private static byte[] Seal(byte[] plain)
    {
        using SealChunks chunks = new(FileKey, Nonce);
        var sealedFile = new byte[SealChunks.SealedLength(plain.Length)];
        Assert.Equal(sealedFile.Length, chunks.Seal(0, plain, RunEnd.EndsFile, sealedFile));
        return sealedFile;
    }

    private static void AssertOpens(byte[] sealedFile, int released, string code, string where)
    {
        using SealChunks chunks = new(FileKey, Nonce);
        var run = chunks.Open(0, sealedFile, RunEnd.EndsFile, new byte[sealedFile.Length]);
        Assert.Equal(new OpenedRun(released, Refused(code, where)), run);
    }

    private static Refusal Refused(string code, string where) => new(code, Payload, where);
}
