// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using Comity.Evidence;

namespace Comity.Files;

/// <summary>The beginning of a sealed file once a key has opened it: what makes its ciphers, and what came with the header.</summary>
internal sealed class SealedStart : IDisposable
{
    private readonly byte[] fileKey;
    private readonly byte[] nonce;

    private SealedStart(byte[] fileKey, byte[] nonce, ReadOnlyMemory<byte> rest) =>
        (this.fileKey, this.nonce, Rest) = (fileKey, nonce, rest);

    /// <summary>Bytes of the payload that were read with the header: fewer than a block.</summary>
    public ReadOnlyMemory<byte> Rest { get; }

    /// <summary>The payload's ciphers. One thread uses one.</summary>
    public SealChunks Chunks() => new(fileKey, nonce);

    /// <summary>Reads the header and the nonce.</summary>
    /// <param name="input">The sealed file, from its first byte.</param>
    /// <param name="identities">Tried in order.</param>
    /// <param name="cancel">Stops the reading.</param>
    public static async Task<Outcome<SealedStart>> ReadAsync(
        SealedInput input,
        IReadOnlyList<Identity> identities,
        CancellationToken cancel
    )
    {
        var start = new byte[Block.Chunks * SealChunks.SealedSize];
        var length = await input.FillFirstAsync(start, cancel).ConfigureAwait(false);
        if (input.Why is not null)
        {
            return new Outcome<SealedStart>.Refused(input.Why);
        }

        return SealHeader
            .Parse(start.AsSpan(0, length))
            .Then(header => header.FileKey(identities).Map(key => (header, key)))
            .Then(opened =>
            {
                var rest = start.AsMemory(opened.header.Length, length - opened.header.Length);
                return rest.Length < SealChunks.NonceSize
                    ? new Outcome<SealedStart>.Refused(
                        new Refusal(SealRefusals.Truncated, new Citation("C2SP age", "Payload"), $"byte {length}")
                    )
                    : (Outcome<SealedStart>)
                        new Outcome<SealedStart>.Admitted(
                            new SealedStart(
                                opened.key,
                                rest.Span[..SealChunks.NonceSize].ToArray(),
                                rest[SealChunks.NonceSize..]
                            )
                        );
            });
    }

    /// <inheritdoc/>
    public void Dispose() => CryptographicOperations.ZeroMemory(fileKey);
}
