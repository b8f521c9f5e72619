// SPDX-License-Identifier: EUPL-1.2
using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Comity.Signatures;

/// <summary>The three ways an act can be signed. There is no fourth, and none is negotiated.</summary>
/// <remarks>Design 5: SHA-256 or stronger; ECDSA on P-256 or P-384, or RSA-PSS with 3072 bits or more.</remarks>
public sealed record SignatureScheme
{
    /// <summary>ECDSA on P-256 with SHA-256 (RFC 5758). What new keys use.</summary>
    public static readonly SignatureScheme P256 = new(
        "ecdsa-p256-sha256",
        HashAlgorithmName.SHA256,
        Oids.P256,
        "1.2.840.10045.4.3.2"
    );

    /// <summary>ECDSA on P-384 with SHA-384 (RFC 5758).</summary>
    public static readonly SignatureScheme P384 = new(
        "ecdsa-p384-sha384",
        HashAlgorithmName.SHA384,
        Oids.P384,
        "1.2.840.10045.4.3.3"
    );

    /// <summary>RSA-PSS with SHA-256, MGF1 with SHA-256 and a salt of 32 bytes (RFC 4056), 3072 to 8192 bits.</summary>
    public static readonly SignatureScheme RsaPss = new("rsa-pss-sha256", HashAlgorithmName.SHA256, null, Oids.RsaPss);

    /// <summary>Smallest RSA modulus, in bits.</summary>
    public const int MinimumRsaBits = 3072;

    /// <summary>Largest RSA modulus, in bits: larger ones only serve to keep a verifier busy.</summary>
    public const int MaximumRsaBits = 8192;

    private readonly string? curve;
    private readonly string algorithm;

    private SignatureScheme(string name, HashAlgorithmName hash, string? curve, string algorithm) =>
        (Name, Hash, this.curve, this.algorithm) = (name, hash, curve, algorithm);

    /// <summary>The scheme's name in reports.</summary>
    public string Name { get; }

    /// <summary>The hash over the content and over the signed attributes.</summary>
    public HashAlgorithmName Hash { get; }

    /// <summary>Whether the signature is a pair of integers on a curve, of which only the low half of s is taken.</summary>
    internal bool IsEllipticCurve => curve is not null;

    /// <summary>Bytes of r and of s.</summary>
    internal int FieldBytes => this == P384 ? 48 : 32;

    internal string HashOid => Hash == HashAlgorithmName.SHA384 ? Oids.Sha384 : Oids.Sha256;

    /// <summary>The scheme a public key is used with, if there is one.</summary>
    /// <param name="key">SubjectPublicKeyInfo, DER.</param>
    internal static SignatureScheme? For(PublicKeyText key) =>
        key.Algorithm switch
        {
            Oids.EcPublicKey when key.Curve == Oids.P256 => P256,
            Oids.EcPublicKey when key.Curve == Oids.P384 => P384,
            // Not a key named RSASSA-PSS (RFC 4055): the framework does not import it, and stock tools name keys thus.
            Oids.Rsa => RsaPss,
            _ => null,
        };

    internal void WriteDigestAlgorithm(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(HashOid);
        }
    }

    internal void WriteSignatureAlgorithm(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(algorithm);
            if (!IsEllipticCurve)
            {
                WritePssParameters(writer);
            }
        }
    }

    private static void WritePssParameters(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Oids.Sha256);
            }

            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 1)))
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier("1.2.840.113549.1.1.8");
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(Oids.Sha256);
                }
            }

            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 2)))
            {
                writer.WriteInteger(32);
            }
        }
    }
}

/// <summary>Object identifiers of the profile.</summary>
internal static class Oids
{
    public const string Data = "1.2.840.113549.1.7.1";
    public const string SignedData = "1.2.840.113549.1.7.2";
    public const string ContentType = "1.2.840.113549.1.9.3";
    public const string MessageDigest = "1.2.840.113549.1.9.4";
    public const string SigningTime = "1.2.840.113549.1.9.5";
    public const string SigningCertificateV2 = "1.2.840.113549.1.9.16.2.47";
    public const string Sha256 = "2.16.840.1.101.3.4.2.1";
    public const string Sha384 = "2.16.840.1.101.3.4.2.2";
    public const string EcPublicKey = "1.2.840.10045.2.1";
    public const string P256 = "1.2.840.10045.3.1.7";
    public const string P384 = "1.3.132.0.34";
    public const string Rsa = "1.2.840.113549.1.1.1";
    public const string RsaPss = "1.2.840.113549.1.1.10";
}
