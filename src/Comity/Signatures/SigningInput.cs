// SPDX-License-Identifier: EUPL-1.2
using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Comity.Signatures;

/// <summary>Content made ready for signing: what the key must sign, and how the result becomes the signed bytes.</summary>
/// <remarks>
/// Two steps, because the key is elsewhere (a file, a PKCS#11 token) and the core draws no nonce. Pure: the same content,
/// certificate and instant give the same <see cref="ToBeSigned"/>.
/// </remarks>
public sealed class SigningInput
{
    private readonly ReadOnlyMemory<byte> content;
    private readonly CertificateText certificate;
    private readonly byte[] attributes;

    private SigningInput(
        ReadOnlyMemory<byte> content,
        CertificateText certificate,
        SignatureScheme scheme,
        byte[] attributes
    ) => (this.content, this.certificate, Scheme, this.attributes) = (content, certificate, scheme, attributes);

    /// <summary>How the certificate's key signs.</summary>
    public SignatureScheme Scheme { get; }

    /// <summary>The bytes to sign, hashed with the scheme's hash: the signed attributes as a DER SET (RFC 5652, 5.4).</summary>
    public ReadOnlyMemory<byte> ToBeSigned => attributes;

    /// <summary>Prepares content for a signer.</summary>
    /// <param name="content">The exact bytes to sign.</param>
    /// <param name="certificate">The signer's certificate, which travels with the signature and is bound by it.</param>
    /// <param name="signedAt">The signing time to state: UTC, whole second.</param>
    /// <exception cref="ArgumentException">The certificate's key has no scheme in the profile.</exception>
    public static SigningInput For(ReadOnlyMemory<byte> content, CertificateText certificate, DateTimeOffset signedAt)
    {
        var scheme =
            SignatureScheme.For(certificate.Key)
            ?? throw new ArgumentException("the profile has no scheme for this key", nameof(certificate));
        return new SigningInput(
            content,
            certificate,
            scheme,
            SignedAttributes.Encode(scheme, content.Span, certificate, signedAt)
        );
    }

    /// <summary>Puts the signature in place.</summary>
    /// <param name="signature">For a curve r then s at fixed length (IEEE P1363), either half of s; for RSA the value.</param>
    /// <returns>The signed bytes: CMS SignedData, DER, in the profile's one form.</returns>
    public byte[] Complete(ReadOnlySpan<byte> signature) => Encode(signature, isAttached: true);

    /// <summary>Puts the signature in place and leaves the content out: it travels as a file of its own.</summary>
    /// <param name="signature">As for <see cref="Complete"/>.</param>
    /// <returns>CMS SignedData, DER, without the content, in the profile's one form.</returns>
    public byte[] CompleteDetached(ReadOnlySpan<byte> signature) => Encode(signature, isAttached: false);

    private byte[] Encode(ReadOnlySpan<byte> signature, bool isAttached) =>
        SignedBytes.Encode(
            content.Span,
            certificate,
            Scheme,
            attributes,
            Scheme.IsEllipticCurve ? LowS.Encode(Scheme, signature) : signature,
            isAttached
        );
}

/// <summary>The four signed attributes of the profile, in their one encoding.</summary>
internal static class SignedAttributes
{
    /// <summary>Content type, message digest, signing time and signing certificate (CAdES baseline B, EN 319 122-1).</summary>
    public static byte[] Encode(
        SignatureScheme scheme,
        ReadOnlySpan<byte> content,
        CertificateText certificate,
        DateTimeOffset signedAt
    )
    {
        var digest = scheme.Hash == HashAlgorithmName.SHA384 ? SHA384.HashData(content) : SHA256.HashData(content);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSetOf())
        {
            Attribute(writer, Oids.ContentType, w => w.WriteObjectIdentifier(Oids.Data));
            Attribute(writer, Oids.MessageDigest, w => w.WriteOctetString(digest));
            Attribute(writer, Oids.SigningTime, w => WriteTime(w, signedAt));
            Attribute(writer, Oids.SigningCertificateV2, w => WriteCertificateId(w, certificate));
        }

        return writer.Encode();
    }

    // RFC 5652, 11.3: UTCTime through 2049, GeneralizedTime from 2050.
    private static void WriteTime(AsnWriter writer, DateTimeOffset at)
    {
        if (at.Year < 2050)
        {
            writer.WriteUtcTime(at);
        }
        else
        {
            writer.WriteGeneralizedTime(at, omitFractionalSeconds: true);
        }
    }

    // RFC 5035: SigningCertificateV2 with one ESSCertIDv2; the hash algorithm is absent because SHA-256 is its default.
    private static void WriteCertificateId(AsnWriter writer, CertificateText certificate)
    {
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteOctetString(certificate.Id.ToArray());
        }
    }

    private static void Attribute(AsnWriter writer, string oid, Action<AsnWriter> value)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            using (writer.PushSetOf())
            {
                value(writer);
            }
        }
    }
}
