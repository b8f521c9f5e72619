// SPDX-License-Identifier: EUPL-1.2
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Comity.Evidence;

/// <summary>The file key wrapped for a post-quantum hybrid key. C2SP age, "mlkem768x25519 recipient stanza".</summary>
/// <remarks>HPKE of RFC 9180 in base mode: KEM 0x647a, KDF HKDF-SHA256, AEAD ChaCha20-Poly1305, no associated data.</remarks>
internal static class HybridStanza
{
    public const string Kind = "mlkem768x25519";

    private static ReadOnlySpan<byte> Purpose => "age-encryption.org/mlkem768x25519"u8;

    // "HPKE", then the identifiers of KEM, KDF and AEAD.
    private static ReadOnlySpan<byte> Suite => [0x48, 0x50, 0x4b, 0x45, 0x64, 0x7a, 0x00, 0x01, 0x00, 0x03];

    public static bool HasItsShape(SealStanza stanza) =>
        stanza.Arguments.Count == 2
        && StanzaKinds.Carries(stanza.Arguments[1], XWing.EncapsulationSize)
        && StanzaKinds.HasWrappedKey(stanza);

    /// <summary>Wraps the file key for one recipient.</summary>
    /// <param name="recipient">1,216 bytes, checked.</param>
    /// <param name="random">64 random bytes, never used again.</param>
    /// <param name="fileKey">16 bytes.</param>
    public static SealStanza Wrap(ReadOnlySpan<byte> recipient, ReadOnlySpan<byte> random, ReadOnlySpan<byte> fileKey)
    {
        (byte[] encapsulation, byte[] secret) = XWing.Encapsulate(recipient, random);
        (byte[] key, byte[] nonce) = Schedule(secret);
        var body = StanzaKinds.Wrap(key, nonce, fileKey);
        CryptographicOperations.ZeroMemory(key);
        return new SealStanza([Kind, RawBase64.Encode(encapsulation)], body);
    }

    /// <summary>Unwraps the file key with a secret key.</summary>
    /// <param name="seed">32 bytes.</param>
    /// <param name="stanza">Of this kind and shape.</param>
    /// <param name="fileKey">Takes 16 bytes.</param>
    /// <returns>Whether it was for this key; refused as <c>seal.stanza-malformed</c> when the share is degenerate.</returns>
    public static Outcome<bool> Unwrap(ReadOnlySpan<byte> seed, SealStanza stanza, Span<byte> fileKey)
    {
        var secret = XWing.Decapsulate(seed, StanzaKinds.Bytes(stanza.Arguments[1]));
        if (secret.Length == 0)
        {
            return new Outcome<bool>.Refused(
                new Refusal(SealRefusals.StanzaMalformed, SealRefusals.Age("mlkem768x25519 recipient stanza"))
            );
        }

        (byte[] key, byte[] nonce) = Schedule(secret);
        var mine = StanzaKinds.Unwrap(key, nonce, stanza.Body, fileKey);
        CryptographicOperations.ZeroMemory(key);
        return new Outcome<bool>.Admitted(mine);
    }

    /// <summary>The key schedule of RFC 9180, section 5.1, in base mode; only the first message is ever sent.</summary>
    private static (byte[] Key, byte[] Nonce) Schedule(byte[] sharedSecret)
    {
        byte[] context = [0, .. Extract([], "psk_id_hash"u8, []), .. Extract([], "info_hash"u8, Purpose)];
        var secret = Extract(sharedSecret, "secret"u8, []);
        var key = Expand(secret, "key"u8, context, 32);
        var nonce = Expand(secret, "base_nonce"u8, context, 12);
        CryptographicOperations.ZeroMemory(sharedSecret);
        CryptographicOperations.ZeroMemory(secret);
        return (key, nonce);
    }

    private static byte[] Extract(byte[] salt, ReadOnlySpan<byte> label, ReadOnlySpan<byte> material) =>
        HKDF.Extract(HashAlgorithmName.SHA256, [.. "HPKE-v1"u8, .. Suite, .. label, .. material], salt);

    private static byte[] Expand(byte[] secret, ReadOnlySpan<byte> label, byte[] context, int length)
    {
        Span<byte> size = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(size, (ushort)length);
        byte[] purpose = [.. size, .. "HPKE-v1"u8, .. Suite, .. label, .. context];
        return HKDF.Expand(HashAlgorithmName.SHA256, secret, length, purpose);
    }
}
