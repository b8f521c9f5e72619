// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using Comity.Evidence;

namespace Comity.Files;

/// <summary>The beginning of a new sealed file: a key and a nonce drawn for it alone, and its header.</summary>
internal sealed class SealBeginning : IDisposable
{
    private readonly byte[] fileKey;
    private readonly byte[] nonce;

    private SealBeginning(byte[] fileKey, byte[] nonce, byte[] header)
    {
        (this.fileKey, this.nonce) = (fileKey, nonce);
        Head = [.. header, .. nonce];
    }

    /// <summary>Header and nonce, as they stand in the file.</summary>
    public byte[] Head { get; }

    /// <summary>The payload's ciphers. One thread uses one.</summary>
    public SealChunks Chunks() => new(fileKey, nonce);

    /// <summary>Draws key and nonce, and writes the header for the recipients.</summary>
    public static Outcome<SealBeginning> Make(IReadOnlyList<Recipient> recipients)
    {
        var fileKey = RandomNumberGenerator.GetBytes(SealHeader.FileKeySize);
        var nonce = RandomNumberGenerator.GetBytes(SealChunks.NonceSize);
        var lots = RandomNumberGenerator.GetBytes(SealHeader.RandomSize(recipients));
        var written = SealHeader.Write(fileKey, recipients, lots);
        CryptographicOperations.ZeroMemory(lots);
        return written.Map(header => new SealBeginning(fileKey, nonce, header));
    }

    /// <inheritdoc/>
    public void Dispose() => CryptographicOperations.ZeroMemory(fileKey);
}
