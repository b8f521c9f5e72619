// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using System.Text;

namespace Comity.Node.Keys;

/// <summary>Encrypts what lies in the database, so that a copy of it, a backup included, tells nothing of a case.</summary>
/// <remarks>
/// AES-256-GCM with a random nonce; a key encrypts one dossier's acts, a few thousand at the most, far below the 2^32 at
/// which random nonces begin to matter (NIST SP 800-38D, 8.3). The row a value belongs to is bound in, so values cannot be
/// exchanged between rows. Destroying a dossier's key erases its acts; leaf, receipt and outcome stay (design 17.3).
/// Any number of threads may use one, and the node's own is used by all.
/// </remarks>
internal sealed class AtRest : IDisposable
{
    public const int KeyBytes = 32;

    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly AesGcm cipher;

    // The framework's cipher keeps the nonce it is at in itself. Two threads in it at once do not open what is whole, or write
    // what nobody can ever open.
    private readonly Lock turn = new();

    public AtRest(ReadOnlySpan<byte> key) => cipher = new AesGcm(key, TagBytes);

    /// <summary>Nonce, ciphertext and tag in one value.</summary>
    /// <param name="plain">What to encrypt.</param>
    /// <param name="row">The row it belongs to, for example <c>act/…</c>.</param>
    public byte[] Encrypt(ReadOnlySpan<byte> plain, string row)
    {
        var sealedValue = new byte[NonceBytes + plain.Length + TagBytes];
        var nonce = sealedValue.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        lock (turn)
        {
            cipher.Encrypt(
                nonce,
                plain,
                sealedValue.AsSpan(NonceBytes, plain.Length),
                sealedValue.AsSpan(NonceBytes + plain.Length),
                Encoding.UTF8.GetBytes(row)
            );
        }

        return sealedValue;
    }

    /// <summary>The plain value.</summary>
    /// <param name="value">What <see cref="Encrypt"/> gave.</param>
    /// <param name="row">The same row.</param>
    /// <exception cref="CryptographicException">The value was changed, belongs to another row, or the key is not its.</exception>
    public byte[] Decrypt(ReadOnlySpan<byte> value, string row)
    {
        if (value.Length < NonceBytes + TagBytes)
        {
            throw new CryptographicException("a value at rest was cut short");
        }

        var plain = new byte[value.Length - NonceBytes - TagBytes];
        lock (turn)
        {
            cipher.Decrypt(
                value[..NonceBytes],
                value[NonceBytes..^TagBytes],
                value[^TagBytes..],
                plain,
                Encoding.UTF8.GetBytes(row)
            );
        }

        return plain;
    }

    public void Dispose() => cipher.Dispose();
}
