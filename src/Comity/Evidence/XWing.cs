// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Kems;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math.EC.Rfc7748;

namespace Comity.Evidence;

/// <summary>
/// The key agreement of the hybrid recipient: ML-KEM-768 and X25519 together, so that it holds while either of them does.
/// </summary>
/// <remarks>
/// draft-connolly-cfrg-xwing-kem, which is MLKEM768-X25519 of draft-ietf-hpke-pq. SHA-3 and SHAKE are BouncyCastle's
/// because the framework has none on macOS.
/// </remarks>
internal static class XWing
{
    public const int SeedSize = 32;
    public const int PublicKeySize = KemPublicKeySize + X25519Stanza.KeySize;
    public const int EncapsulationSize = KemCiphertextSize + X25519Stanza.KeySize;

    /// <summary>Random bytes for one encapsulation: the message of ML-KEM, then the ephemeral secret of X25519.</summary>
    public const int RandomSize = 64;

    private const int KemPublicKeySize = 1184;
    private const int KemCiphertextSize = 1088;
    private const int KemSeedSize = 64;

    private static ReadOnlySpan<byte> Label => @"\.//^\"u8;

    /// <summary>The public key of a seed.</summary>
    public static byte[] PublicKey(ReadOnlySpan<byte> seed)
    {
        (MLKemPrivateKeyParameters kem, byte[] curve) = Expand(seed);
        return [.. kem.GetPublicKeyEncoded(), .. X25519Stanza.PublicKey(curve)];
    }

    /// <summary>Whether some seed can have this public key.</summary>
    /// <param name="publicKey">1,216 bytes. Hostile.</param>
    public static bool IsPublicKey(ReadOnlySpan<byte> publicKey) =>
        HasReducedCoefficients(publicKey[..KemPublicKeySize])
        && !X25519Stanza.IsDegenerate(publicKey[KemPublicKeySize..]);

    /// <summary>Agrees on a secret with the holder of a public key.</summary>
    /// <param name="publicKey">1,216 bytes, checked.</param>
    /// <param name="random">64 random bytes, never used again.</param>
    /// <returns>The bytes to send, 1,120 of them, and the 32-byte secret.</returns>
    public static (byte[] Encapsulation, byte[] Secret) Encapsulate(
        ReadOnlySpan<byte> publicKey,
        ReadOnlySpan<byte> random
    )
    {
        var kem = new MLKemEncapsulator(MLKemParameters.ml_kem_768);
        kem.Init(
            new ParametersWithRandom(
                MLKemPublicKeyParameters.FromEncoding(
                    MLKemParameters.ml_kem_768,
                    publicKey[..KemPublicKeySize].ToArray()
                ),
                new GivenBytes(random[..32].ToArray())
            )
        );
        var encapsulation = new byte[EncapsulationSize];
        var kemSecret = new byte[32];
        kem.Encapsulate(encapsulation.AsSpan(0, KemCiphertextSize), kemSecret);

        var curveKey = publicKey[KemPublicKeySize..];
        var ephemeral = random[32..];
        var share = encapsulation.AsSpan(KemCiphertextSize);
        X25519.ScalarMultBase(ephemeral, share);
        var curveSecret = new byte[X25519Stanza.KeySize];
        // The public key was checked when it was read, so this is not the all-zero secret.
        _ = X25519.CalculateAgreement(ephemeral, curveKey, curveSecret);
        return (encapsulation, Combine(kemSecret, curveSecret, share, curveKey));
    }

    /// <summary>Agrees on the secret again, from what was sent.</summary>
    /// <param name="seed">32 bytes.</param>
    /// <param name="encapsulation">1,120 bytes. Hostile.</param>
    /// <returns>The 32-byte secret, some other one if the bytes were not for this seed; empty if the share is degenerate.</returns>
    public static byte[] Decapsulate(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> encapsulation)
    {
        (MLKemPrivateKeyParameters key, byte[] curve) = Expand(seed);
        var share = encapsulation[KemCiphertextSize..];
        var curveSecret = new byte[X25519Stanza.KeySize];
        if (!X25519.CalculateAgreement(curve, share, curveSecret))
        {
            return [];
        }

        var kem = new MLKemDecapsulator(MLKemParameters.ml_kem_768);
        kem.Init(key);
        var kemSecret = new byte[32];
        kem.Decapsulate(encapsulation[..KemCiphertextSize], kemSecret);
        return Combine(kemSecret, curveSecret, share, X25519Stanza.PublicKey(curve));
    }

    private static (MLKemPrivateKeyParameters Kem, byte[] Curve) Expand(ReadOnlySpan<byte> seed)
    {
        var expanded = new byte[KemSeedSize + X25519Stanza.KeySize];
        var shake = new ShakeDigest(256);
        shake.BlockUpdate(seed);
        shake.OutputFinal(expanded);
        return (
            MLKemPrivateKeyParameters.FromSeed(MLKemParameters.ml_kem_768, expanded[..KemSeedSize]),
            expanded[KemSeedSize..]
        );
    }

    private static byte[] Combine(
        byte[] kemSecret,
        byte[] curveSecret,
        ReadOnlySpan<byte> share,
        ReadOnlySpan<byte> curveKey
    )
    {
        var secret = new byte[32];
        var sha3 = new Sha3Digest(256);
        sha3.BlockUpdate(kemSecret);
        sha3.BlockUpdate(curveSecret);
        sha3.BlockUpdate(share);
        sha3.BlockUpdate(curveKey);
        sha3.BlockUpdate(Label);
        sha3.DoFinal(secret);
        CryptographicOperations.ZeroMemory(kemSecret);
        CryptographicOperations.ZeroMemory(curveSecret);
        return secret;
    }

    /// <summary>The modulus check of FIPS 203, section 7.2: each 12-bit coefficient is below 3,329.</summary>
    private static bool HasReducedCoefficients(ReadOnlySpan<byte> publicKey)
    {
        for (var i = 0; i + 2 < KemPublicKeySize - 32; i += 3)
        {
            var first = publicKey[i] | ((publicKey[i + 1] & 0x0f) << 8);
            var second = (publicKey[i + 1] >> 4) | (publicKey[i + 2] << 4);
            if (first >= 3329 || second >= 3329)
            {
                return false;
            }
        }

        return true;
    }

#pragma warning disable RS0030 // BouncyCastle takes the message of ML-KEM only as a source of random bytes; this one draws no lots.
    private sealed class GivenBytes(byte[] bytes)
        : Org.BouncyCastle.Security.SecureRandom((Org.BouncyCastle.Crypto.Prng.IRandomGenerator?)null)
    {
        private int given;

        public override void NextBytes(Span<byte> buffer)
        {
            bytes.AsSpan(given, buffer.Length).CopyTo(buffer);
            given += buffer.Length;
        }

        public override void NextBytes(byte[] buf) => NextBytes(buf.AsSpan());

        public override void NextBytes(byte[] buf, int off, int len) => NextBytes(buf.AsSpan(off, len));
    }
#pragma warning restore RS0030
}
