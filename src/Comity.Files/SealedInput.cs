// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using Comity.Evidence;

namespace Comity.Files;

/// <summary>Where sealed bytes come from: hashed as they are read, and out of their armor if they wear one.</summary>
internal sealed class SealedInput(Stream stream) : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly SealArmorReader armor = new();
    private byte[] text = [];
    private byte[] bare = [];
    private int given;
    private int held;
    private long total;
    private bool isArmored;

    /// <summary>What is wrong with the armor, if anything. Once set, no more bytes come.</summary>
    public Refusal? Why { get; private set; }

    /// <summary>Reads the first bytes, and finds out whether the file is armored.</summary>
    /// <param name="bytes">Filled unless the input ends; longer than the white space that may precede the armor.</param>
    /// <param name="cancel">Stops the reading.</param>
    public async ValueTask<int> FillFirstAsync(Memory<byte> bytes, CancellationToken cancel)
    {
        var read = await TakeAsync(bytes, cancel).ConfigureAwait(false);
        isArmored = SealArmor.IsArmored(bytes.Span[..read]);
        if (!isArmored)
        {
            return read;
        }

        text = bytes[..read].ToArray();
        bare = new byte[text.Length + SealArmor.BytesPerLine];
        Unwrap(read);
        return await FillAsync(bytes, cancel).ConfigureAwait(false);
    }

    /// <summary>Reads on.</summary>
    /// <param name="bytes">Filled unless the input ends or the armor is refused.</param>
    /// <param name="cancel">Stops the reading.</param>
    public async ValueTask<int> FillAsync(Memory<byte> bytes, CancellationToken cancel)
    {
        if (!isArmored)
        {
            return await TakeAsync(bytes, cancel).ConfigureAwait(false);
        }

        var filled = 0;
        while (filled < bytes.Length && Why is null)
        {
            if (given == held)
            {
                var read = await TakeAsync(text, cancel).ConfigureAwait(false);
                if (read == 0)
                {
                    Why = armor.Finish();
                    break;
                }

                Unwrap(read);
            }

            var size = Math.Min(bytes.Length - filled, held - given);
            bare.AsMemory(given, size).CopyTo(bytes[filled..]);
            given += size;
            filled += size;
        }

        return filled;
    }

    /// <summary>What was read: the file as it travelled, armor included.</summary>
    public ContentDigest Measure() => new ContentDigest(total, new Digest(hash.GetCurrentHash()));

    /// <inheritdoc/>
    public void Dispose() => hash.Dispose();

    private void Unwrap(int length)
    {
        given = 0;
        Why = armor.Push(text.AsSpan(0, length), bare, out held);
    }

    private async ValueTask<int> TakeAsync(Memory<byte> bytes, CancellationToken cancel)
    {
        var read = await stream.ReadWholeAsync(bytes, cancel).ConfigureAwait(false);
        hash.AppendData(bytes.Span[..read]);
        total += read;
        return read;
    }
}
