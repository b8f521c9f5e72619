// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using Comity.Evidence;

namespace Comity.Files;

/// <summary>Opens a sealed stream and seals it again to others, in one pass, with no plaintext anywhere but in memory.</summary>
public static class Resealing
{
    /// <summary>Seals what a sealed stream holds to other recipients.</summary>
    /// <param name="sealedIn">An <c>age</c> v1 file, armored or not, read to its end, once. Need not be seekable. Hostile.</param>
    /// <param name="sealedOut">
    /// Takes an <c>age</c> v1 file. Flushed, not closed, and not made durable. After a refusal it holds a beginning that opens
    /// as cut off, which the caller must throw away.
    /// </param>
    /// <param name="identities">Tried in order on what comes in.</param>
    /// <param name="recipients">Who can open what goes out: one passphrase, or keys that are all post-quantum or none.</param>
    /// <param name="form">Bytes or text.</param>
    /// <param name="progress">Told the bytes of plaintext sealed again so far, about every mebibyte, from another thread.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>
    /// Sizes and digests of the content and of both seals, once every byte of the first was found authentic to its end; or any
    /// refusal of <see cref="Opening"/> or of <see cref="Sealing"/>.
    /// </returns>
    /// <remarks>
    /// The file key and the nonce are new: whoever holds a key of the old seal cannot open the new one with it. Two threads, the
    /// first reads and opens, the second hashes and writes, and whichever is ahead seals; about 20 MiB of buffers, whatever the
    /// size.
    /// </remarks>
    public static async Task<Outcome<Resealed>> ResealAsync(
        Stream sealedIn,
        Stream sealedOut,
        IReadOnlyList<Identity> identities,
        IReadOnlyList<Recipient> recipients,
        SealForm form = SealForm.Binary,
        IProgress<long>? progress = null,
        CancellationToken cancel = default
    )
    {
        using SealedInput input = new(sealedIn);
        var started = await SealedStart.ReadAsync(input, identities, cancel).ConfigureAwait(false);
        if (started is Outcome<SealedStart>.Refused unopened)
        {
            return new Outcome<Resealed>.Refused(unopened.Why);
        }

        using var start = ((Outcome<SealedStart>.Admitted)started).Value;
        var begun = SealBeginning.Make(recipients);
        if (begun is Outcome<SealBeginning>.Refused refused)
        {
            return new Outcome<Resealed>.Refused(refused.Why);
        }

        using var beginning = ((Outcome<SealBeginning>.Admitted)begun).Value;
        using var reading = new Reading(input, start);
        using var mine = beginning.Chunks();
        using var theirs = beginning.Chunks();
        using SealedOutput output = new(sealedOut, form);
        output.Measure(beginning.Head);
        await output.WriteAsync(beginning.Head, cancel).ConfigureAwait(false);

        long done = 0;
        var pass = new TwoThreads()
        {
            Fill = reading.FillAsync,
            Transform = (block, chunks) =>
                block.SealedLength = chunks.Seal(
                    block.First,
                    block.Plain.AsSpan(0, block.PlainLength),
                    block.End,
                    block.Sealed
                ),
            Measure = block => output.Measure(block.Sealed.AsSpan(0, block.SealedLength)),
            Write = async (block, stop) =>
            {
                await output.WriteAsync(block.Sealed.AsMemory(0, block.SealedLength), stop).ConfigureAwait(false);
                done += block.PlainLength;
                progress?.Report(done);
            },
        };
        var why = await pass.RunAsync(mine, theirs, cancel).ConfigureAwait(false);
        if (why is not null)
        {
            return new Outcome<Resealed>.Refused(why);
        }

        var written = await output.FinishAsync(cancel).ConfigureAwait(false);
        return new Outcome<Resealed>.Admitted(new Resealed(reading.Measure(), input.Measure(), written));
    }

    /// <summary>Reads and opens a block at a time, one block ahead, as only the end tells which chunk is the last.</summary>
    private sealed class Reading(SealedInput input, SealedStart start) : IDisposable
    {
        private readonly SealChunks chunks = start.Chunks();
        private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private byte[] now = new byte[Block.Chunks * SealChunks.SealedSize];
        private byte[] next = new byte[Block.Chunks * SealChunks.SealedSize];
        private int length = -1;
        private long size;

        public async ValueTask<bool> FillAsync(Block block, CancellationToken stop)
        {
            if (length < 0)
            {
                start.Rest.CopyTo(now);
                var room = now.AsMemory(start.Rest.Length);
                length = start.Rest.Length + await input.FillAsync(room, stop).ConfigureAwait(false);
            }

            var following =
                length == now.Length && input.Why is null ? await input.FillAsync(next, stop).ConfigureAwait(false) : 0;
            if (input.Why is not null)
            {
                block.Why = input.Why;
                return false;
            }

            var end = following == 0 ? RunEnd.EndsFile : RunEnd.GoesOn;
            (block.PlainLength, block.Why) = chunks.Open(block.First, now.AsSpan(0, length), end, block.Plain);
            hash.AppendData(block.Plain, 0, block.PlainLength);
            size += block.PlainLength;
            (now, next, length) = (next, now, following);
            return following > 0 && block.Why is null;
        }

        public ContentDigest Measure() => new(size, new Digest(hash.GetCurrentHash()));

        public void Dispose()
        {
            chunks.Dispose();
            hash.Dispose();
        }
    }
}

/// <summary>What was sealed again.</summary>
/// <param name="Plain">The content.</param>
/// <param name="From">The sealed file that was opened.</param>
/// <param name="To">The sealed file that was made.</param>
public sealed record Resealed(ContentDigest Plain, ContentDigest From, ContentDigest To);
