// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using Comity.Evidence;

namespace Comity.Files;

/// <summary>Seals a stream of any size in one pass: hashed, enciphered to its recipients, hashed again, written.</summary>
public static class Sealing
{
    /// <summary>Seals everything that a stream gives.</summary>
    /// <param name="plain">Read to its end, once, from where it stands. Need not be seekable.</param>
    /// <param name="sealedOut">Takes an <c>age</c> v1 file. Flushed, not closed, and not made durable.</param>
    /// <param name="recipients">Who can open it: one passphrase, or keys that are all post-quantum or none.</param>
    /// <param name="form">Bytes or text.</param>
    /// <param name="progress">Told the bytes of plaintext sealed so far, about every mebibyte, from another thread.</param>
    /// <param name="cancel">Stops the sealing; what was written by then opens as cut off.</param>
    /// <returns>
    /// Sizes and digests of both sides, or a refusal coded <c>seal.no-recipients</c>, <c>seal.too-many-recipients</c> or
    /// <c>seal.recipients-mixed</c>, in which case nothing was written.
    /// </returns>
    /// <remarks>
    /// Two threads, and memory that does not depend on the size: about 17 MiB of buffers. A passphrase takes 256 MiB more
    /// for a moment, before the first byte is read.
    /// </remarks>
    public static async Task<Outcome<SealedExhibit>> SealAsync(
        Stream plain,
        Stream sealedOut,
        IReadOnlyList<Recipient> recipients,
        SealForm form = SealForm.Binary,
        IProgress<long>? progress = null,
        CancellationToken cancel = default
    )
    {
        var begun = SealBeginning.Make(recipients);
        if (begun is Outcome<SealBeginning>.Refused refused)
        {
            return new Outcome<SealedExhibit>.Refused(refused.Why);
        }

        using var beginning = ((Outcome<SealBeginning>.Admitted)begun).Value;
        using var mine = beginning.Chunks();
        using var theirs = beginning.Chunks();
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using SealedOutput output = new(sealedOut, form);
        output.Measure(beginning.Head);
        await output.WriteAsync(beginning.Head, cancel).ConfigureAwait(false);

        long read = 0;
        long done = 0;
        var pass = new TwoThreads()
        {
            Fill = async (block, stop) =>
            {
                block.PlainLength = await plain.ReadWholeAsync(block.Plain, stop).ConfigureAwait(false);
                hash.AppendData(block.Plain.AsSpan(0, block.PlainLength));
                read += block.PlainLength;
                return block.PlainLength == block.Plain.Length;
            },
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
        await pass.RunAsync(mine, theirs, cancel).ConfigureAwait(false);
        var sealedDigest = await output.FinishAsync(cancel).ConfigureAwait(false);
        var plainDigest = new ContentDigest(read, new Digest(hash.GetCurrentHash()));
        return new Outcome<SealedExhibit>.Admitted(new SealedExhibit(plainDigest, sealedDigest));
    }
}
