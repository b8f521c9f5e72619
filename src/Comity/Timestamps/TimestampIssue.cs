// SPDX-License-Identifier: EUPL-1.2
using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using Comity.Signatures;

namespace Comity.Timestamps;

/// <summary>A token made ready for an authority's key: what the key must sign, and how the result becomes the token.</summary>
/// <remarks>For the authority of demonstrations and tests. Two steps, as the key is elsewhere and the core draws no nonce.</remarks>
public sealed class TimestampIssue
{
    private readonly byte[] statement;
    private readonly byte[] attributes;
    private readonly CertificateText certificate;
    private readonly bool withCertificate;

    private TimestampIssue(
        byte[] statement,
        byte[] attributes,
        CertificateText certificate,
        SignatureScheme scheme,
        bool withCertificate
    )
    {
        (this.statement, this.attributes, this.certificate, Scheme) = (statement, attributes, certificate, scheme);
        this.withCertificate = withCertificate;
    }

    /// <summary>How the certificate's key signs.</summary>
    public SignatureScheme Scheme { get; }

    /// <summary>The bytes to sign, hashed with the scheme's hash: the signed attributes as a DER SET (RFC 5652, 5.4).</summary>
    public ReadOnlyMemory<byte> ToBeSigned => attributes;

    /// <summary>Prepares an answer.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="policy">Object identifier of the authority's policy.</param>
    /// <param name="serial">A number that this authority has used for no other token, positive.</param>
    /// <param name="at">The authority's time, UTC.</param>
    /// <param name="accuracy">How far that may be off, in whole seconds, 1 or more.</param>
    /// <param name="certificate">The authority's certificate.</param>
    /// <exception cref="ArgumentException">The certificate's key has no scheme in the profile.</exception>
    public static TimestampIssue For(
        TimestampRequest request,
        string policy,
        BigInteger serial,
        DateTimeOffset at,
        TimeSpan accuracy,
        CertificateText certificate
    )
    {
        var scheme =
            SignatureScheme.For(certificate.Key)
            ?? throw new ArgumentException("the profile has no scheme for this key", nameof(certificate));
        var statement = new TimestampStatement(request.Imprint, policy, serial, at, accuracy, request.Nonce).Write();
        return new TimestampIssue(
            statement,
            Attributes(scheme, statement, certificate),
            certificate,
            scheme,
            request.WantsCertificates
        );
    }

    /// <summary>Puts the signature in place.</summary>
    /// <param name="signature">For a curve r then s at fixed length (IEEE P1363); for RSA the value.</param>
    /// <returns>The token, DER.</returns>
    public byte[] Complete(ReadOnlySpan<byte> signature)
    {
        var value = Scheme.IsEllipticCurve ? LowS.Encode(Scheme, signature) : signature.ToArray();
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Oids.SignedData);
            using (writer.PushSequence(Tag(0)))
            using (writer.PushSequence())
            {
                writer.WriteInteger(3); // RFC 5652 5.1: as the content is no plain data
                using (writer.PushSetOf())
                {
                    Scheme.WriteDigestAlgorithm(writer);
                }

                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(TimestampOids.Statement);
                    using (writer.PushSequence(Tag(0)))
                    {
                        writer.WriteOctetString(statement);
                    }
                }

                if (withCertificate)
                {
                    using (writer.PushSetOf(Tag(0)))
                    {
                        writer.WriteEncodedValue(certificate.Encoded.Span);
                    }
                }

                using (writer.PushSetOf())
                {
                    WriteSigner(writer, value);
                }
            }
        }

        return writer.Encode();
    }

    private void WriteSigner(AsnWriter writer, byte[] value)
    {
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            using (writer.PushSequence())
            {
                writer.WriteEncodedValue(certificate.Issuer.Span);
                writer.WriteInteger(certificate.Serial.Span);
            }

            Scheme.WriteDigestAlgorithm(writer);
            Span<byte> implicitly = attributes.ToArray();
            implicitly[0] = 0xA0; // RFC 5652 5.4: signed over the SET tag, sent under [0]
            writer.WriteEncodedValue(implicitly);
            Scheme.WriteSignatureAlgorithm(writer);
            writer.WriteOctetString(value);
        }
    }

    private static byte[] Attributes(SignatureScheme scheme, byte[] statement, CertificateText certificate)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSetOf())
        {
            Attribute(writer, Oids.ContentType, w => w.WriteObjectIdentifier(TimestampOids.Statement));
            Attribute(
                writer,
                Oids.MessageDigest,
                w => w.WriteOctetString(CryptographicOperations.HashData(scheme.Hash, statement))
            );
            Attribute(
                writer,
                Oids.SigningCertificateV2,
                w =>
                {
                    using (w.PushSequence())
                    using (w.PushSequence())
                    using (w.PushSequence())
                    {
                        w.WriteOctetString(certificate.Id.ToArray()); // SHA-256, the hash that goes without saying
                    }
                }
            );
        }

        return writer.Encode();
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

    private static Asn1Tag Tag(int number) => new(TagClass.ContextSpecific, number, isConstructed: true);
}
