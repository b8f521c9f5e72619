// SPDX-License-Identifier: EUPL-1.2
using System.Threading.Channels;
using Comity.Evidence;

namespace Comity.Files;

/// <summary>
/// One pass over a file by two threads: the first reads and hashes what comes in, the second hashes what goes out while
/// the system writes it. Whichever of them is ahead does the enciphering in between.
/// </summary>
/// <remarks>
/// Both hashes are chains, so neither can be shared out; they are the floor. The ciphers are not, which is what evens the
/// two sides out. Memory is at most <see cref="Blocks"/> blocks, whatever the size of the file. Serves one run.
/// </remarks>
internal sealed class TwoThreads
{
    private const int Blocks = 8;

    /// <summary>Blocks waiting at which the first thread takes the enciphering over from the second.</summary>
    private const int Behind = 2;

    private int made;
    private Refusal? refused;

    /// <summary>Fills a block from the input and returns whether it is full; a block that is not full is the last.</summary>
    public required Func<Block, CancellationToken, ValueTask<bool>> Fill { get; init; }

    /// <summary>Seals or opens a block.</summary>
    public required Action<Block, SealChunks> Transform { get; init; }

    /// <summary>Hashes what will be written of a block, while the block before it is still being written.</summary>
    public required Action<Block> Measure { get; init; }

    /// <summary>Writes a block to the output. Called in the order of the file, one at a time.</summary>
    public required Func<Block, CancellationToken, Task> Write { get; init; }

    /// <summary>Runs until the input ends or a block is refused.</summary>
    /// <param name="mine">The ciphers of the first thread.</param>
    /// <param name="theirs">The same ciphers again, for the second thread: they cannot be shared.</param>
    /// <param name="cancel">Stops both.</param>
    /// <returns>What was wrong with a block, or null.</returns>
    public async Task<Refusal?> RunAsync(SealChunks mine, SealChunks theirs, CancellationToken cancel)
    {
        var free = Channel.CreateBounded<Block>(Blocks);
        var full = Channel.CreateBounded<Block>(Blocks);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var first = Task.Run(() => StopBothOnFailure(FillAllAsync(free.Reader, full, mine, stop.Token), stop), cancel);
        var second = Task.Run(
            () => StopBothOnFailure(DrainAllAsync(full.Reader, free.Writer, theirs, stop), stop),
            cancel
        );
        try
        {
            await Task.WhenAll(first, second).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (refused is not null)
        {
            // The second thread found a block it refuses and called the first one off: the refusal is the answer.
            return refused;
        }

        return refused;
    }

    private async Task FillAllAsync(
        ChannelReader<Block> free,
        Channel<Block> full,
        SealChunks chunks,
        CancellationToken stop
    )
    {
        // One block is held back until it is known whether another follows: the last chunk is sealed as the last.
        Block? held = null;
        for (long place = 0; ; place += Block.Chunks)
        {
            var block = await TakeAsync(free, stop).ConfigureAwait(false);
            block.Begin(place);
            var isFull = await Fill(block, stop).ConfigureAwait(false);
            if (block.Why is not null && held is not null)
            {
                // Whether the block held back was the last can no longer be known, so nothing of it is given out.
                held.Why = block.Why;
                isFull = false;
                block = held;
            }
            else if (held is not null && block.IsEmpty)
            {
                block = held;
            }
            else if (held is not null)
            {
                held.End = RunEnd.GoesOn;
                await HandOverAsync(held, full, chunks, stop).ConfigureAwait(false);
            }

            held = block;
            if (!isFull)
            {
                break;
            }
        }

        held.End = RunEnd.EndsFile;
        await HandOverAsync(held, full, chunks, stop).ConfigureAwait(false);
        full.Writer.Complete();
    }

    /// <summary>A used block if there is one, a new one as long as there may be more, or else the next that is freed.</summary>
    private async ValueTask<Block> TakeAsync(ChannelReader<Block> free, CancellationToken stop)
    {
        if (free.TryRead(out var used))
        {
            return used;
        }

        if (made < Blocks)
        {
            made++;
            return new Block();
        }

        return await free.ReadAsync(stop).ConfigureAwait(false);
    }

    private async ValueTask HandOverAsync(Block block, Channel<Block> full, SealChunks chunks, CancellationToken stop)
    {
        if (full.Reader.Count >= Behind)
        {
            Do(block, chunks);
        }

        await full.Writer.WriteAsync(block, stop).ConfigureAwait(false);
    }

    private async Task DrainAllAsync(
        ChannelReader<Block> full,
        ChannelWriter<Block> free,
        SealChunks chunks,
        CancellationTokenSource stop
    )
    {
        Block? last = null;
        var writing = Task.CompletedTask;
        try
        {
            await foreach (var block in full.ReadAllAsync(stop.Token).ConfigureAwait(false))
            {
                Do(block, chunks);
                Measure(block);
                await writing.ConfigureAwait(false);
                if (last is not null)
                {
                    await free.WriteAsync(last, stop.Token).ConfigureAwait(false);
                }

                writing = Write(block, stop.Token);
                last = block;
                refused = block.Why;
                if (refused is not null)
                {
                    break;
                }
            }
        }
        finally
        {
            await writing.ConfigureAwait(false);
        }

        if (refused is not null)
        {
            await stop.CancelAsync().ConfigureAwait(false);
        }
    }

    private void Do(Block block, SealChunks chunks)
    {
        if (!block.IsDone && block.Why is null)
        {
            Transform(block, chunks);
        }

        block.IsDone = true;
    }

    private static async Task StopBothOnFailure(Task work, CancellationTokenSource stop)
    {
        try
        {
            await work.ConfigureAwait(false);
        }
        catch (Exception)
        {
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }
}
