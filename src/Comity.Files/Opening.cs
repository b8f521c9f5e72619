// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using Comity.Evidence;

namespace Comity.Files;

/// <summary>Opens a sealed stream of any size in one pass, and gives out no byte that is not authentic.</summary>
public static class Opening
{
    /// <summary>Opens everything that a stream gives.</summary>
    /// <param name="sealedIn">An <c>age</c> v1 file, armored or not, read to its end, once. Need not be seekable. Hostile.</param>
    /// <param name="plainOut">
    /// Takes the plaintext, chunk by chunk as each is found authentic. Flushed, not closed, and not made durable. After a
    /// refusal it holds a beginning of what was sealed, which the caller must throw away.
    /// </param>
    /// <param name="identities">Tried in order.</param>
    /// <param name="progress">Told the bytes of plaintext opened so far, about every mebibyte, from another thread.</param>
    /// <param name="cancel">Stops the opening.</param>
    /// <returns>
    /// Sizes and digests of both sides, or a refusal with any code of <see cref="SealRefusals"/> that is about reading.
    /// </returns>
    /// <remarks>
    /// Two threads, and memory that does not depend on the size: about 17 MiB of buffers. A passphrase takes what the
    /// file asks for, at most 4 GiB.
    /// </remarks>
    public static async Task<Outcome<SealedExhibit>> OpenAsync(
        Stream sealedIn,
        Stream plainOut,
        IReadOnlyList<Identity> identities,
        IProgress<long>? progress = null,
        CancellationToken cancel = default
    )
    {
        using SealedInput input = new(sealedIn);
        var started = await SealedStart.ReadAsync(input, identities, cancel).ConfigureAwait(false);
        if (started is Outcome<SealedStart>.Refused refused)
        {
            return new Outcome<SealedExhibit>.Refused(refused.Why);
        }

        using var start = ((Outcome<SealedStart>.Admitted)started).Value;
        using var mine = start.Chunks();
        using var theirs = start.Chunks();
        var rest = start.Rest;

        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long done = 0;
        var pass = new TwoThreads()
        {
            Fill = async (block, stop) =>
            {
                // What came with the header goes into the first block; it always fits, being shorter than one.
                rest.CopyTo(block.Sealed);
                var room = block.Sealed.AsMemory(rest.Length);
                block.SealedLength = rest.Length + await input.FillAsync(room, stop).ConfigureAwait(false);
                block.Why = input.Why;
                rest = default;
                return block.SealedLength == block.Sealed.Length;
            },
            Transform = (block, chunks) =>
                (block.PlainLength, block.Why) = chunks.Open(
                    block.First,
                    block.Sealed.AsSpan(0, block.SealedLength),
                    block.End,
                    block.Plain
                ),
            Measure = block => hash.AppendData(block.Plain.AsSpan(0, block.PlainLength)),
            Write = async (block, stop) =>
            {
                await plainOut.WriteAsync(block.Plain.AsMemory(0, block.PlainLength), stop).ConfigureAwait(false);
                done += block.PlainLength;
                progress?.Report(done);
            },
        };
        var why = await pass.RunAsync(mine, theirs, cancel).ConfigureAwait(false);
        await plainOut.FlushAsync(cancel).ConfigureAwait(false);
        return why is null
            ? new Outcome<SealedExhibit>.Admitted(
                new SealedExhibit(new ContentDigest(done, new Digest(hash.GetCurrentHash())), input.Measure())
            )
            : new Outcome<SealedExhibit>.Refused(why);
    }
}
