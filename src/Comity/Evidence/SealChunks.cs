// SPDX-License-Identifier: EUPL-1.2
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Comity.Evidence;

/// <summary>Whether more chunks follow a run of them. The last chunk of a file is sealed as such, so cutting shows.</summary>
public enum RunEnd
{
    /// <summary>More chunks follow, so every chunk of the run is full.</summary>
    GoesOn,

    /// <summary>The run's last chunk is the last of the file.</summary>
    EndsFile,
}

/// <summary>How far a run of chunks could be opened.</summary>
/// <param name="Released">Bytes of plaintext that are authentic and may be used. All of the run's when nothing is wrong.</param>
/// <param name="Why">
/// What stopped it: <c>seal.chunk-not-authentic</c>, <c>seal.truncated</c>, <c>seal.bytes-after-end</c> or
/// <c>seal.last-chunk-empty</c>. Null when the whole run is authentic.
/// </param>
public readonly record struct OpenedRun(int Released, Refusal? Why);

/// <summary>The payload of a seal: chunks of 64 KiB, each sealed in its place with ChaCha20-Poly1305.</summary>
/// <remarks>
/// C2SP age, "Payload". Keeps no place of its own, so runs may be sealed in any order; one instance serves one thread at
/// a time.
/// </remarks>
public sealed class SealChunks : IDisposable
{
    /// <summary>Bytes of plaintext in every chunk but the last, which has 1 to as many, or none in an empty file.</summary>
    public const int PlainSize = 64 * 1024;

    /// <summary>Bytes that sealing adds to a chunk.</summary>
    public const int TagSize = 16;

    /// <summary>Bytes of a full chunk when sealed.</summary>
    public const int SealedSize = PlainSize + TagSize;

    /// <summary>Bytes of the nonce between header and first chunk.</summary>
    public const int NonceSize = 16;

    private readonly ChaCha20Poly1305 aead;

    /// <summary>Derives the payload key.</summary>
    /// <param name="fileKey">16 bytes, as <see cref="SealHeader.FileKey"/> returns them.</param>
    /// <param name="nonce">The 16 bytes after the header; random when sealing, and for this file only.</param>
    public SealChunks(ReadOnlySpan<byte> fileKey, ReadOnlySpan<byte> nonce)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(fileKey.Length, SealHeader.FileKeySize, nameof(fileKey));
        ArgumentOutOfRangeException.ThrowIfNotEqual(nonce.Length, NonceSize, nameof(nonce));
        Span<byte> key = stackalloc byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, fileKey, key, nonce, "payload"u8);
        aead = new ChaCha20Poly1305(key);
        CryptographicOperations.ZeroMemory(key);
    }

    /// <summary>Bytes that a run of plaintext takes when sealed. An empty file still has one chunk.</summary>
    public static int SealedLength(int plain) => plain + (Math.Max(1, (plain + PlainSize - 1) / PlainSize) * TagSize);

    /// <summary>Seals a run of chunks.</summary>
    /// <param name="first">Place of the run's first chunk in the file, from zero.</param>
    /// <param name="plain">Whole chunks, unless the run ends the file.</param>
    /// <param name="end">Whether the run ends the file.</param>
    /// <param name="sealedRun">Takes the sealed run.</param>
    /// <returns>Bytes written, which is <see cref="SealedLength"/>.</returns>
    public int Seal(long first, ReadOnlySpan<byte> plain, RunEnd end, Span<byte> sealedRun)
    {
        if (end == RunEnd.GoesOn && (plain.IsEmpty || plain.Length % PlainSize != 0))
        {
            throw new ArgumentException("only the last chunk of a file may be short", nameof(plain));
        }

        var written = 0;
        var place = first;
        Span<byte> nonce = stackalloc byte[12];
        do
        {
            var size = Math.Min(plain.Length, PlainSize);
            var last = end == RunEnd.EndsFile && size == plain.Length;
            SetNonce(nonce, place++, last);
            aead.Encrypt(
                nonce,
                plain[..size],
                sealedRun.Slice(written, size),
                sealedRun.Slice(written + size, TagSize)
            );
            plain = plain[size..];
            written += size + TagSize;
        } while (!plain.IsEmpty);

        return written;
    }

    /// <summary>Opens a run of chunks, stopping at the first that is not what was sealed at its place.</summary>
    /// <param name="first">Place of the run's first chunk in the file, from zero.</param>
    /// <param name="sealedRun">Whole sealed chunks, unless the run ends the file. Hostile.</param>
    /// <param name="end">Whether the file ends where the run does.</param>
    /// <param name="plain">
    /// Takes the plaintext. Beyond <see cref="OpenedRun.Released"/> it holds nothing that came from a chunk refused.
    /// </param>
    public OpenedRun Open(long first, ReadOnlySpan<byte> sealedRun, RunEnd end, Span<byte> plain)
    {
        if (end == RunEnd.GoesOn && (sealedRun.IsEmpty || sealedRun.Length % SealedSize != 0))
        {
            throw new ArgumentException("only the last chunk of a file may be short", nameof(sealedRun));
        }

        var released = 0;
        var place = first;
        do
        {
            var size = Math.Min(sealedRun.Length, SealedSize);
            var last = end == RunEnd.EndsFile && size == sealedRun.Length;
            if (size < TagSize)
            {
                var cut = size == 0 ? SealRefusals.Truncated : SealRefusals.ChunkNotAuthentic;
                return new OpenedRun(released, At(cut, place));
            }

            var chunk = plain.Slice(released, size - TagSize);
            if (!TryOpen(place, sealedRun[..size], last, chunk))
            {
                // Authentic all the same, if it opens with the other mark: what is wrong is where the file ends.
                var isMisplaced = size == SealedSize && TryOpen(place, sealedRun[..size], !last, chunk);
                return !isMisplaced ? new OpenedRun(released, At(SealRefusals.ChunkNotAuthentic, place))
                    : last ? new OpenedRun(released + chunk.Length, At(SealRefusals.Truncated, place + 1))
                    : new OpenedRun(released + chunk.Length, At(SealRefusals.BytesAfterEnd, place + 1));
            }

            if (last && chunk.IsEmpty && place > 0)
            {
                return new OpenedRun(released, At(SealRefusals.LastChunkEmpty, place));
            }

            sealedRun = sealedRun[size..];
            released += chunk.Length;
            place++;
        } while (!sealedRun.IsEmpty);

        return new OpenedRun(released, null);
    }

    /// <summary>Lets go of the payload key.</summary>
    public void Dispose() => aead.Dispose();

    private bool TryOpen(long place, ReadOnlySpan<byte> sealedChunk, bool last, Span<byte> plain)
    {
        Span<byte> nonce = stackalloc byte[12];
        SetNonce(nonce, place, last);
        try
        {
            aead.Decrypt(nonce, sealedChunk[..^TagSize], sealedChunk[^TagSize..], plain);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            // An answer about hostile bytes, for which the framework has only an exception.
            plain.Clear();
            return false;
        }
    }

    private static void SetNonce(Span<byte> nonce, long place, bool last)
    {
        nonce[..3].Clear();
        BinaryPrimitives.WriteInt64BigEndian(nonce[3..], place);
        nonce[11] = last ? (byte)1 : (byte)0;
    }

    private static Refusal At(string code, long place) => new(code, SealRefusals.Age("Payload"), $"chunk[{place}]");
}
