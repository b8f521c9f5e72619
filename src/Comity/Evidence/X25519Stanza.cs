// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc7748;

namespace Comity.Evidence;

/// <summary>The file key wrapped for a Curve25519 key. C2SP age, "X25519 recipient stanza"; RFC 7748.</summary>
internal static class X25519Stanza
{
    public const string Kind = "X25519";
    public const int KeySize = 32;

    private static ReadOnlySpan<byte> Label => "age-encryption.org/v1/X25519"u8;

    public static bool HasItsShape(SealStanza stanza) =>
        stanza.Arguments.Count == 2
        && StanzaKinds.Carries(stanza.Arguments[1], KeySize)
        && StanzaKinds.HasWrappedKey(stanza);

    /// <summary>The public half of a secret key.</summary>
    public static byte[] PublicKey(ReadOnlySpan<byte> secret)
    {
        var key = new byte[KeySize];
        X25519.ScalarMultBase(secret, key);
        return key;
    }

    /// <summary>Wraps the file key for one recipient.</summary>
    /// <param name="recipient">32 bytes.</param>
    /// <param name="ephemeral">32 random bytes, never used again.</param>
    /// <param name="fileKey">16 bytes.</param>
    public static SealStanza Wrap(
        ReadOnlySpan<byte> recipient,
        ReadOnlySpan<byte> ephemeral,
        ReadOnlySpan<byte> fileKey
    )
    {
        var share = PublicKey(ephemeral);
        Span<byte> key = stackalloc byte[32];
        // The recipient was checked when it was read, so this cannot be the all-zero secret.
        _ = TryDerive(ephemeral, recipient, share, recipient, key);
        byte[] body = StanzaKinds.Wrap(key, stackalloc byte[12], fileKey);
        CryptographicOperations.ZeroMemory(key);
        return new SealStanza([Kind, RawBase64.Encode(share)], body);
    }

    /// <summary>Unwraps the file key with a secret key.</summary>
    /// <param name="secret">32 bytes.</param>
    /// <param name="stanza">Of this kind and shape.</param>
    /// <param name="fileKey">Takes 16 bytes.</param>
    /// <returns>Whether it was for this key; refused as <c>seal.stanza-malformed</c> when the share is degenerate.</returns>
    public static Outcome<bool> Unwrap(ReadOnlySpan<byte> secret, SealStanza stanza, Span<byte> fileKey)
    {
        var share = StanzaKinds.Bytes(stanza.Arguments[1]);
        Span<byte> key = stackalloc byte[32];
        if (!TryDerive(secret, share, share, PublicKey(secret), key))
        {
            return new Outcome<bool>.Refused(
                new Refusal(SealRefusals.StanzaMalformed, SealRefusals.Age("X25519 recipient stanza"))
            );
        }

        bool mine = StanzaKinds.Unwrap(key, stackalloc byte[12], stanza.Body, fileKey);
        CryptographicOperations.ZeroMemory(key);
        return new Outcome<bool>.Admitted(mine);
    }

    /// <summary>Whether a public key is of low order: with it every secret gives the same all-zero result.</summary>
    public static bool IsDegenerate(ReadOnlySpan<byte> publicKey)
    {
        Span<byte> anySecret = stackalloc byte[KeySize];
        anySecret.Fill(0x42);
        Span<byte> shared = stackalloc byte[KeySize];
        return !X25519.CalculateAgreement(anySecret, publicKey, shared);
    }

    private static bool TryDerive(
        ReadOnlySpan<byte> secret,
        ReadOnlySpan<byte> other,
        ReadOnlySpan<byte> share,
        ReadOnlySpan<byte> recipient,
        Span<byte> key
    )
    {
        Span<byte> shared = stackalloc byte[KeySize];
        if (!X25519.CalculateAgreement(secret, other, shared))
        {
            return false;
        }

        Span<byte> salt = stackalloc byte[2 * KeySize];
        share.CopyTo(salt);
        recipient.CopyTo(salt[KeySize..]);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, key, salt, Label);
        CryptographicOperations.ZeroMemory(shared);
        return true;
    }
}
