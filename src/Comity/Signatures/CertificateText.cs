// SPDX-License-Identifier: EUPL-1.2
using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Text.Json.Serialization;

namespace Comity.Signatures;

/// <summary>What the profile reads from an X.509 certificate: no more than it needs, and without building a chain.</summary>
/// <remarks>
/// Trust comes from the directory, which pins the whole certificate by its digest (design 15.7). Reading is strict DER;
/// extensions are left to the stock tools, which do build the chain.
/// </remarks>
/// <param name="Encoded">The certificate, DER.</param>
/// <param name="Issuer">The issuer's name, DER.</param>
/// <param name="Serial">The serial number's content bytes.</param>
/// <param name="NotBefore">Start of validity, UTC.</param>
/// <param name="NotAfter">End of validity, UTC, included.</param>
/// <param name="Key">The public key.</param>
[JsonConverter(typeof(TextConverter<CertificateText>))]
public sealed record CertificateText(
    ReadOnlyMemory<byte> Encoded,
    ReadOnlyMemory<byte> Issuer,
    ReadOnlyMemory<byte> Serial,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    PublicKeyText Key
) : IText<CertificateText>
{
    /// <summary>Largest certificate read, in bytes. An RSA certificate with every usual extension is about 2,000.</summary>
    public const int MaximumBytes = 8 * 1024;

    /// <summary>The certificate's SHA-256, by which the directory names it.</summary>
    public Digest Id { get; } = Digest.Of(Encoded.Span);

    /// <inheritdoc/>
    public static string Pattern => "^[A-Za-z0-9+/]+={0,2}$";

    /// <summary>Reads a certificate from its base64, as directory entries carry it: standard alphabet, padded, one line.</summary>
    /// <param name="text">The base64 of the DER.</param>
    /// <param name="value">The certificate, when it is one.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, [MaybeNullWhen(false)] out CertificateText value)
    {
        value =
            text is { Length: <= (MaximumBytes + 2) / 3 * 4 } && StrictText.TryBase64(text, out var der)
                ? TryParse(der)
                : null;
        return value is not null;
    }

    /// <summary>Reads a certificate.</summary>
    /// <param name="encoded">DER, nothing before and nothing after.</param>
    /// <returns>The certificate, or nothing when it is not one or is too large.</returns>
    public static CertificateText? TryParse(ReadOnlyMemory<byte> encoded)
    {
        if (encoded.Length > MaximumBytes)
        {
            return null;
        }

        try
        {
            var reader = new AsnReader(encoded, AsnEncodingRules.DER);
            var certificate = reader.ReadSequence();
            reader.ThrowIfNotEmpty();
            var body = certificate.ReadSequence();
            if (body.PeekTag() == new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true))
            {
                body.ReadEncodedValue();
            }

            var serial = body.ReadIntegerBytes();
            body.ReadEncodedValue(); // signature algorithm: the root's choice, checked by the stock tools
            var issuer = body.ReadEncodedValue();
            var validity = body.ReadSequence();
            var notBefore = ReadTime(validity);
            var notAfter = ReadTime(validity);
            body.ReadEncodedValue(); // subject: the directory says whose it is
            var key = PublicKeyText.Parse(body.ReadEncodedValue());
            return new CertificateText(encoded, issuer, serial, notBefore, notAfter, key);
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    /// <summary>The base64 of the DER.</summary>
    public override string ToString() => Convert.ToBase64String(Encoded.Span);

    /// <inheritdoc/>
    public bool Equals(CertificateText? other) => other is not null && Id == other.Id;

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode();

    private static DateTimeOffset ReadTime(AsnReader reader) =>
        reader.PeekTag() == Asn1Tag.UtcTime ? reader.ReadUtcTime() : reader.ReadGeneralizedTime();
}

/// <summary>A public key as it stands in a certificate.</summary>
/// <param name="Encoded">SubjectPublicKeyInfo, DER.</param>
/// <param name="Algorithm">Object identifier of the algorithm.</param>
/// <param name="Curve">Object identifier of the named curve, or empty.</param>
public sealed record PublicKeyText(ReadOnlyMemory<byte> Encoded, string Algorithm, string Curve)
{
    internal static PublicKeyText Parse(ReadOnlyMemory<byte> encoded)
    {
        var key = new AsnReader(encoded, AsnEncodingRules.DER).ReadSequence();
        var algorithm = key.ReadSequence();
        var oid = algorithm.ReadObjectIdentifier();
        var curve =
            algorithm.HasData && algorithm.PeekTag() == Asn1Tag.ObjectIdentifier
                ? algorithm.ReadObjectIdentifier()
                : "";
        return new PublicKeyText(encoded, oid, curve);
    }
}
