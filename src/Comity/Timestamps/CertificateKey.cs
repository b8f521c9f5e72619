// SPDX-License-Identifier: EUPL-1.2
using System.Formats.Asn1;
using System.Security.Cryptography;
using Comity.Signatures;

namespace Comity.Timestamps;

/// <summary>A public key of a timestamp authority or of one above it.</summary>
/// <remarks>
/// Others choose these keys, so more kinds are taken than for acts (docs/spec/timestamp.md, 3): P-521, and RSA from 2048 bits
/// with PKCS #1 v1.5, which most authorities use. SHA-1 is not.
/// </remarks>
internal sealed class CertificateKey : IDisposable
{
    private const int MinimumRsaBits = 2048;

    private readonly ECDsa? curve;
    private readonly RSA? rsa;

    private CertificateKey(ECDsa? curve, RSA? rsa) => (this.curve, this.rsa) = (curve, rsa);

    /// <summary>Imports a key, or gives nothing when it is of no kind that is taken.</summary>
    public static CertificateKey? TryImport(PublicKeyText key)
    {
        try
        {
            if (key.Algorithm == Oids.EcPublicKey && key.Curve is Oids.P256 or Oids.P384 or TimestampOids.P521)
            {
                var curve = ECDsa.Create();
                curve.ImportSubjectPublicKeyInfo(key.Encoded.Span, out _);
                return new CertificateKey(curve, null);
            }

            if (key.Algorithm != Oids.Rsa)
            {
                return null;
            }

            var rsa = RSA.Create();
            rsa.ImportSubjectPublicKeyInfo(key.Encoded.Span, out _);
            if (rsa.KeySize is >= MinimumRsaBits and <= SignatureScheme.MaximumRsaBits)
            {
                return new CertificateKey(null, rsa);
            }

            rsa.Dispose();
            return null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public bool Verifies(SigningAlgorithm algorithm, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        try
        {
            return algorithm.Padding is { } padding
                ? rsa?.VerifyData(signed, signature, algorithm.Hash, padding) == true
                : curve?.VerifyData(signed, signature, algorithm.Hash, DSASignatureFormat.Rfc3279DerSequence) == true;
        }
        catch (CryptographicException)
        {
            return false; // the library's way to say that the signature's bytes are none at all
        }
    }

    public void Dispose()
    {
        curve?.Dispose();
        rsa?.Dispose();
    }
}

/// <summary>How something is signed: a hash and, for RSA, a padding.</summary>
/// <param name="Hash">SHA-256, SHA-384 or SHA-512.</param>
/// <param name="Padding">The padding; nothing for a curve.</param>
internal sealed record SigningAlgorithm(HashAlgorithmName Hash, RSASignaturePadding? Padding)
{
    /// <summary>Reads how, or gives nothing when it is no way that is taken.</summary>
    /// <param name="name">The signature's algorithm.</param>
    /// <param name="digest">The hash named beside it, which CMS signers with RSA may leave it to.</param>
    public static SigningAlgorithm? Of(AlgorithmName name, string? digest) =>
        name.Oid switch
        {
            TimestampOids.EcdsaSha256 => new(HashAlgorithmName.SHA256, null),
            TimestampOids.EcdsaSha384 => new(HashAlgorithmName.SHA384, null),
            TimestampOids.EcdsaSha512 => new(HashAlgorithmName.SHA512, null),
            TimestampOids.RsaSha256 => new(HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            TimestampOids.RsaSha384 => new(HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1),
            TimestampOids.RsaSha512 => new(HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
            Oids.Rsa when digest is not null && HashOf(digest) is { } hash => new(hash, RSASignaturePadding.Pkcs1),
            Oids.RsaPss => OfPss(name.Parameters),
            _ => null,
        };

    public static HashAlgorithmName? HashOf(string oid) =>
        oid switch
        {
            Oids.Sha256 => HashAlgorithmName.SHA256,
            Oids.Sha384 => HashAlgorithmName.SHA384,
            TimestampOids.Sha512 => HashAlgorithmName.SHA512,
            _ => null,
        };

    // RFC 4055 3.1: hash [0], mask [1] with the same hash, salt [2] as long as the hash. Every default is SHA-1's.
    private static SigningAlgorithm? OfPss(ReadOnlyMemory<byte> parameters)
    {
        try
        {
            return ReadPss(parameters);
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static SigningAlgorithm? ReadPss(ReadOnlyMemory<byte> parameters)
    {
        var reader = new AsnReader(parameters, AsnEncodingRules.DER);
        var pss = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        if (!TimestampRequest.IsNext(pss, Tag(0)))
        {
            return null;
        }

        var hash = AlgorithmName.Read(pss.ReadSequence(Tag(0)));
        if (!TimestampRequest.IsNext(pss, Tag(1)))
        {
            return null;
        }

        var mask = AlgorithmName.Read(pss.ReadSequence(Tag(1)));
        var masked = AlgorithmName.Read(new AsnReader(mask.Parameters, AsnEncodingRules.DER));
        var salt = 0;
        var hasSalt =
            TimestampRequest.IsNext(pss, Tag(2))
            && pss.ReadSequence(Tag(2)) is var value
            && value.TryReadInt32(out salt);
        return
            hasSalt
            && !pss.HasData
            && mask.Oid == TimestampOids.Mgf1
            && masked.Oid == hash.Oid
            && HashOf(hash.Oid) is { } known
            && salt == LengthOf(known)
            ? new(known, RSASignaturePadding.Pss)
            : null;
    }

    public static int LengthOf(HashAlgorithmName hash) =>
        hash == HashAlgorithmName.SHA256 ? SHA256.HashSizeInBytes
        : hash == HashAlgorithmName.SHA384 ? SHA384.HashSizeInBytes
        : SHA512.HashSizeInBytes;

    private static Asn1Tag Tag(int number) => new(TagClass.ContextSpecific, number, isConstructed: true);
}
