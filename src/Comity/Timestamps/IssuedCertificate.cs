// SPDX-License-Identifier: EUPL-1.2
using System.Formats.Asn1;
using Comity.Signatures;

namespace Comity.Timestamps;

/// <summary>An X.509 certificate with what a path to a root needs: who issued it, for what, and the issuer's signature.</summary>
/// <remarks>
/// Acts need none of this, as the directory pins their certificates. A timestamp authority's certificate changes as its owner
/// likes, under a root that stays: so here the path is checked, by plain signature checks and without any store or network.
/// Revocation is not looked at. Immutable.
/// </remarks>
public sealed class IssuedCertificate
{
    private const int DigitalSignature = 1 << 0;
    private const int NonRepudiation = 1 << 1;
    private const int KeyCertSign = 1 << 5;

    private readonly ReadOnlyMemory<byte> body;
    private readonly ReadOnlyMemory<byte> signature;
    private readonly AlgorithmName algorithm;
    private readonly CertificateUses uses;

    private IssuedCertificate(
        CertificateText text,
        ReadOnlyMemory<byte> subject,
        ReadOnlyMemory<byte> body,
        AlgorithmName algorithm,
        ReadOnlyMemory<byte> signature,
        CertificateUses uses
    )
    {
        (Text, Subject) = (text, subject);
        (this.body, this.algorithm, this.signature, this.uses) = (body, algorithm, signature, uses);
    }

    /// <summary>The certificate as the directory reads it.</summary>
    public CertificateText Text { get; }

    /// <summary>The subject's name, DER.</summary>
    public ReadOnlyMemory<byte> Subject { get; }

    /// <summary>The key identifier it gives itself; empty when it gives none.</summary>
    internal ReadOnlyMemory<byte> KeyIdentifier => uses.KeyIdentifier;

    /// <summary>Whether it may sign tokens and nothing else (RFC 3161 2.3): timeStamping alone, critical.</summary>
    internal bool IsForTimestamps =>
        uses is { UnknownCritical: false, IsExtendedCritical: true, Extended: [TimestampOids.TimestampingPurpose] }
        && uses.KeyUsage is null or (> 0 and <= (DigitalSignature | NonRepudiation));

    /// <summary>Reads a certificate.</summary>
    /// <param name="encoded">DER, nothing before and nothing after.</param>
    /// <returns>The certificate, or nothing when it is not one or is larger than <see cref="CertificateText.MaximumBytes"/>.</returns>
    public static IssuedCertificate? TryParse(ReadOnlyMemory<byte> encoded)
    {
        if (CertificateText.TryParse(encoded) is not { } text)
        {
            return null;
        }

        try
        {
            var certificate = new AsnReader(encoded, AsnEncodingRules.DER).ReadSequence();
            var body = certificate.PeekEncodedValue();
            var parts = certificate.ReadSequence();
            var algorithm = AlgorithmName.Read(certificate);
            if (!certificate.TryReadPrimitiveBitString(out var unused, out var signature) || unused != 0)
            {
                return null;
            }

            certificate.ThrowIfNotEmpty();
            if (parts.PeekTag() == new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true))
            {
                parts.ReadEncodedValue();
            }

            parts.ReadEncodedValue(); // serial number: read above
            if (AlgorithmName.Read(parts) is var inner && !IsSame(inner, algorithm))
            {
                return null; // RFC 5280 4.1.1.2: said twice, once under the signature, and both must say the same
            }

            parts.ReadEncodedValue(); // issuer: read above
            parts.ReadEncodedValue(); // validity: read above
            var subject = parts.ReadEncodedValue();
            parts.ReadEncodedValue(); // key: read above
            return new IssuedCertificate(text, subject, body, algorithm, signature, CertificateUses.Read(parts));
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    /// <summary>Whether it may have issued another: a certification authority's, with the other's issuer for its subject.</summary>
    /// <param name="other">The certificate in question.</param>
    /// <param name="below">How many authorities stand between the two; 0 when it is the direct issuer of the last.</param>
    internal bool MayHaveIssued(IssuedCertificate other, int below) =>
        Subject.Span.SequenceEqual(other.Text.Issuer.Span)
        && uses is { UnknownCritical: false, IsAuthority: true }
        && (uses.PathLength is null || below <= uses.PathLength)
        && (uses.KeyUsage is null || (uses.KeyUsage & KeyCertSign) != 0)
        && (
            uses.Extended.Count == 0
            || uses.Extended.Contains(TimestampOids.TimestampingPurpose)
            || uses.Extended.Contains(TimestampOids.AnyPurpose)
        );

    /// <summary>Whether the signature on another is this one's key's.</summary>
    internal bool Signed(IssuedCertificate other)
    {
        using var key = CertificateKey.TryImport(Text.Key);
        return key is not null
            && SigningAlgorithm.Of(other.algorithm, digest: null) is { } signing
            && key.Verifies(signing, other.body.Span, other.signature.Span);
    }

    /// <summary>Whether it was valid at an instant, both ends included.</summary>
    internal bool IsValidAt(DateTimeOffset instant) => instant >= Text.NotBefore && instant <= Text.NotAfter;

    private static bool IsSame(AlgorithmName one, AlgorithmName other) =>
        one.Oid == other.Oid && one.Parameters.Span.SequenceEqual(other.Parameters.Span);
}
