// SPDX-License-Identifier: EUPL-1.2
using Comity.Evidence;
using Comity.Files;
using CsCheck;

namespace Comity.Tests.Evidence;

/// <summary>The seal as a whole: streams in, streams out.</summary>
public sealed class SealTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private const int Chunk = SealChunks.PlainSize;
    private const int Block = 16 * Chunk;

    private static readonly Identity[] Classic = [Seals.Anna, Seals.Boris];
    private static readonly Identity[] PostQuantum = [Seals.Quentin, Seals.Rosa];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Chunk - 1)]
    [InlineData(Chunk)]
    [InlineData(Chunk + 1)]
    [InlineData(Block - 1)]
    [InlineData(Block)]
    [InlineData(Block + 1)]
    [InlineData(12 * Block)]
    [InlineData((12 * Block) + 1)]
    public async Task What_is_sealed_opens_to_the_same_bytes_on_either_side_of_every_boundary(int length)
    {
        var plain = Seals.Bytes(30, length);
        var sealedFile = await Seals.SealAsync(plain, SealForm.Binary, Seals.Anna.Recipient);
        var (outcome, released) = await Seals.OpenAsync(sealedFile, Seals.Anna);
        Assert.Equal(new SealedExhibit(Seals.Measure(plain), Seals.Measure(sealedFile)), outcome.Value());
        Assert.Equal(plain, released);
    }

    [Fact]
    public Task Any_recipient_of_any_file_opens_it() =>
        Gen.Select(Gen.Int[0, 200_000], Gen.Bool, Gen.Int[1, 5], Gen.Enum<SealForm>())
            .SampleAsync(
                async (length, isPostQuantum, count, form) =>
                {
                    var group = isPostQuantum ? PostQuantum : Classic;
                    Recipient[] recipients = [.. Enumerable.Range(0, count).Select(i => group[i % 2].Recipient)];
                    var plain = Seals.Bytes(length, length);
                    var sealedFile = await Seals.SealAsync(plain, form, recipients);
                    var (_, released) = await Seals.OpenAsync(sealedFile, group[(count - 1) % 2]);
                    Assert.Equal(plain, released);
                },
                iter: 40
            );

    [Fact]
    public async Task A_change_of_any_byte_of_a_small_file_is_refused_and_nothing_is_given_out()
    {
        var sealedFile = await Seals.SealAsync(Seals.Bytes(31, 100), SealForm.Binary, Seals.Anna.Recipient);
        for (var at = 0; at < sealedFile.Length; at++)
        {
            sealedFile[at] ^= 0x01;
            var (outcome, released) = await Seals.OpenAsync(sealedFile, Seals.Anna);
            Assert.Equal(
                (at, "refused", 0),
                (at, outcome.Code() == "admitted" ? "opened" : "refused", released.Length)
            );
            sealedFile[at] ^= 0x01;
        }
    }

    [Fact]
    public async Task A_change_anywhere_in_a_large_file_is_refused_and_no_byte_of_the_changed_chunk_is_given_out()
    {
        var plain = Seals.Bytes(32, (3 * Block) + 1000);
        var sealedFile = await Seals.SealAsync(plain, SealForm.Binary, Seals.Quentin.Recipient);
        var start = sealedFile.Length - SealChunks.SealedLength(plain.Length);
        await Gen.Select(Gen.Int[0, sealedFile.Length - 1], Gen.Int[1, 255])
            .SampleAsync(
                async (at, change) =>
                {
                    var changed = sealedFile.ToArray();
                    changed[at] ^= (byte)change;
                    var (outcome, released) = await Seals.OpenAsync(changed, Seals.Quentin);
                    var place = (at - start) / SealChunks.SealedSize;
                    Assert.Equal(at < start ? 0 : place * Chunk, outcome.Code() == "admitted" ? -1 : released.Length);
                    Assert.Equal(plain[..released.Length], released);
                },
                iter: 40
            );
    }

    [Fact]
    public async Task A_file_cut_anywhere_is_refused()
    {
        var sealedFile = await Seals.SealAsync(Seals.Bytes(33, Chunk + 500), SealForm.Binary, Seals.Anna.Recipient);
        await Gen.Int[0, sealedFile.Length - 1]
            .SampleAsync(
                async length =>
                    Assert.NotEqual(
                        "admitted",
                        (await Seals.OpenAsync(sealedFile[..length], Seals.Anna)).Outcome.Code()
                    ),
                iter: 200
            );
    }

    [Fact]
    public async Task A_stream_that_gives_a_few_bytes_at_a_time_makes_no_difference()
    {
        var plain = Seals.Bytes(34, (2 * Block) + 3);
        using MemoryStream output = new();
        var sealing = await Sealing.SealAsync(
            new TricklingStream(plain),
            output,
            [Seals.Anna.Recipient],
            cancel: Token
        );
        Assert.Equal(Seals.Measure(plain), sealing.Value().Plain);
        using MemoryStream again = new();
        var opening = await Opening.OpenAsync(
            new TricklingStream(output.ToArray()),
            again,
            [Seals.Anna],
            cancel: Token
        );
        Assert.Equal(sealing, opening);
        Assert.Equal(plain, again.ToArray());
    }

    [Fact]
    public async Task Whoever_cannot_be_sealed_to_gets_nothing_written()
    {
        using MemoryStream output = new();
        var outcome = await Sealing.SealAsync(
            new MemoryStream([1, 2, 3]),
            output,
            [Seals.Anna.Recipient, Seals.Quentin.Recipient],
            cancel: Token
        );
        Assert.Equal(SealRefusals.RecipientsMixed, outcome.Code());
        Assert.Equal(0, output.Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5_000_000)]
    [InlineData(30_000_000)]
    public async Task A_disk_that_fails_stops_both_threads_and_says_so(int after)
    {
        var plain = Seals.Bytes(35, 40_000_000);
        await Assert.ThrowsAsync<IOException>(() =>
            Sealing.SealAsync(new MemoryStream(plain), new FailingStream(after), [Seals.Anna.Recipient], cancel: Token)
        );
        await Assert.ThrowsAsync<IOException>(() =>
            Sealing.SealAsync(new FailingStream(after), Stream.Null, [Seals.Anna.Recipient], cancel: Token)
        );
    }

    [Fact]
    public async Task Sealing_that_is_called_off_ends()
    {
        using CancellationTokenSource cancel = new();
        using MemoryStream plain = new(Seals.Bytes(36, 40_000_000));
        Progress calledOff = new(_ => cancel.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Sealing.SealAsync(plain, Stream.Null, [Seals.Anna.Recipient], progress: calledOff, cancel: cancel.Token)
        );
    }

    [Fact]
    public async Task Progress_counts_every_byte_of_plaintext()
    {
        List<long> told = [];
        using MemoryStream plain = new(Seals.Bytes(37, (2 * Block) + 5));
        _ = await Sealing.SealAsync(
            plain,
            Stream.Null,
            [Seals.Anna.Recipient],
            progress: new Progress(told.Add),
            cancel: Token
        );
        Assert.Equal([Block, 2 * Block, (2 * Block) + 5], told);
    }

    private sealed class Progress(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }

    /// <summary>Gives an odd number of bytes at a time, as a network does.</summary>
    private sealed class TricklingStream(byte[] content) : MemoryStream(content)
    {
        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            await Task.Yield();
            return await base.ReadAsync(buffer[..Math.Min(buffer.Length, 4099)], cancellationToken);
        }
    }

    /// <summary>Works for so many bytes and then fails, as a full or broken disk does.</summary>
    private sealed class FailingStream(int after) : MemoryStream
    {
        private int done;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            (done += buffer.Length) > after
                ? throw new IOException("broken disk")
                : ValueTask.FromResult(buffer.Length);

        public override ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer,
            CancellationToken cancellationToken = default
        ) => (done += buffer.Length) > after ? throw new IOException("full disk") : ValueTask.CompletedTask;
    }
}
