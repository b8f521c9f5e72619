// SPDX-License-Identifier: EUPL-1.2
using System.Formats.Asn1;

namespace Comity.Signatures;

/// <summary>Content with one signature over it, in the one form the profile knows.</summary>
/// <remarks>
/// CMS SignedData (RFC 5652), DER, one signer with its certificate, four signed attributes, no unsigned ones (CAdES baseline
/// B; design 15.2). The content is attached, save where a container holds it as a file of its own. The form is unique: whatever parses is encoded again and must come out to the
/// byte, so that the SHA-256 of the bytes can be the id for ever. The signature itself is checked by <see cref="VerifiesWith"/>.
/// Immutable.
/// </remarks>
public sealed class SignedBytes
{
    private readonly byte[] attributes;
    private readonly ReadOnlyMemory<byte> signature;

    private SignedBytes(
        ReadOnlyMemory<byte> encoded,
        ReadOnlyMemory<byte> content,
        CertificateText signer,
        SignatureScheme scheme,
        DateTimeOffset signedAt,
        byte[] attributes,
        ReadOnlyMemory<byte> signature
    )
    {
        (Encoded, Content, Signer, Scheme, SignedAt) = (encoded, content, signer, scheme, signedAt);
        (this.attributes, this.signature) = (attributes, signature);
        Id = Digest.Of(encoded.Span);
    }

    /// <summary>The exact bytes: what is stored, sent, exported and verified, never rendered again.</summary>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>What was signed.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>The signer's certificate as it travels with the content. Only the directory makes it trusted.</summary>
    public CertificateText Signer { get; }

    /// <summary>How it was signed.</summary>
    public SignatureScheme Scheme { get; }

    /// <summary>The signing time the signer states, UTC. A statement, not a proof.</summary>
    public DateTimeOffset SignedAt { get; }

    /// <summary>SHA-256 of <see cref="Encoded"/>.</summary>
    public Digest Id { get; }

    /// <summary>Reads signed bytes.</summary>
    /// <param name="encoded">The whole input; nothing may follow.</param>
    /// <param name="maximumContent">Largest content taken, in bytes.</param>
    /// <returns>
    /// The signed bytes, or a refusal: <c>signature.too-large</c>, <c>signature.malformed</c> (not CMS, or not this
    /// profile), <c>signature.scheme-unknown</c>, <c>signature.attributes-differ</c> (the content or the certificate is not the one signed, or more than the four attributes are) or
    /// <c>signature.not-canonical</c> (another encoding of the same thing).
    /// </returns>
    public static Outcome<SignedBytes> Parse(ReadOnlyMemory<byte> encoded, int maximumContent)
    {
        const int Envelope = CertificateText.MaximumBytes + 4096;
        if (encoded.Length > maximumContent + Envelope)
        {
            return Refuse("signature.too-large");
        }

        try
        {
            return Read(encoded, maximumContent, null);
        }
        catch (AsnContentException)
        {
            return Refuse("signature.malformed");
        }
    }

    /// <summary>Reads a signature that travels apart from what it is over, as in an ASiC-E container (EN 319 162-1).</summary>
    /// <param name="encoded">The whole input; nothing may follow.</param>
    /// <param name="content">What it should be over.</param>
    /// <returns>
    /// The signature with that content, or a refusal as of <see cref="Parse"/>; <c>signature.attributes-differ</c> when it is
    /// over another content.
    /// </returns>
    public static Outcome<SignedBytes> ParseDetached(ReadOnlyMemory<byte> encoded, ReadOnlyMemory<byte> content)
    {
        if (encoded.Length > CertificateText.MaximumBytes + 4096)
        {
            return Refuse("signature.too-large");
        }

        try
        {
            return Read(encoded, content.Length, content);
        }
        catch (AsnContentException)
        {
            return Refuse("signature.malformed");
        }
    }

    /// <summary>Whether the signature is this key's.</summary>
    /// <param name="key">A key imported from the pinned certificate, of this signature's scheme.</param>
    public bool VerifiesWith(PinnedKey key) => key.Scheme == Scheme && key.Verifies(attributes, signature.Span);

    internal static byte[] Encode(
        ReadOnlySpan<byte> content,
        CertificateText signer,
        SignatureScheme scheme,
        ReadOnlySpan<byte> attributes,
        ReadOnlySpan<byte> signature,
        bool isAttached = true
    )
    {
        var attached = isAttached ? content.Length : 0;
        var writer = new AsnWriter(AsnEncodingRules.DER, attached + signer.Encoded.Length + 1024);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Oids.SignedData);
            using (writer.PushSequence(Tag(0)))
            using (writer.PushSequence())
            {
                writer.WriteInteger(1);
                using (writer.PushSetOf())
                {
                    scheme.WriteDigestAlgorithm(writer);
                }

                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(Oids.Data);
                    if (isAttached)
                    {
                        using (writer.PushSequence(Tag(0)))
                        {
                            writer.WriteOctetString(content);
                        }
                    }
                }

                using (writer.PushSetOf(Tag(0)))
                {
                    writer.WriteEncodedValue(signer.Encoded.Span);
                }

                using (writer.PushSetOf())
                {
                    WriteSigner(writer, signer, scheme, attributes, signature);
                }
            }
        }

        return writer.Encode();
    }

    private static void WriteSigner(
        AsnWriter writer,
        CertificateText signer,
        SignatureScheme scheme,
        ReadOnlySpan<byte> attributes,
        ReadOnlySpan<byte> signature
    )
    {
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            using (writer.PushSequence())
            {
                writer.WriteEncodedValue(signer.Issuer.Span);
                writer.WriteInteger(signer.Serial.Span);
            }

            scheme.WriteDigestAlgorithm(writer);

            // RFC 5652, 5.4: signed over the SET tag, sent under [0]; only the first byte differs.
            Span<byte> implicitly = attributes.ToArray();
            implicitly[0] = 0xA0;
            writer.WriteEncodedValue(implicitly);
            scheme.WriteSignatureAlgorithm(writer);
            writer.WriteOctetString(signature);
        }
    }

    private static Outcome<SignedBytes> Read(
        ReadOnlyMemory<byte> encoded,
        int maximumContent,
        ReadOnlyMemory<byte>? detached
    )
    {
        var outer = new AsnReader(encoded, AsnEncodingRules.DER);
        var info = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        if (info.ReadObjectIdentifier() != Oids.SignedData)
        {
            return Refuse("signature.malformed");
        }

        var data = info.ReadSequence(Tag(0)).ReadSequence();
        data.ReadInteger();
        data.ReadEncodedValue(); // digest algorithms: follow from the certificate's key, compared when encoded again
        var encapsulated = data.ReadSequence();
        encapsulated.ReadObjectIdentifier();
        var content = detached ?? default;
        if (
            detached is null
            && (
                !encapsulated.ReadSequence(Tag(0)).TryReadPrimitiveOctetString(out content)
                || content.Length > maximumContent
            )
        )
        {
            return Refuse(content.Length > maximumContent ? "signature.too-large" : "signature.malformed");
        }

        var certificate = CertificateText.TryParse(
            data.ReadSetOf(skipSortOrderValidation: false, Tag(0)).ReadEncodedValue()
        );
        if (certificate is null)
        {
            return Refuse("signature.malformed", "certificate");
        }

        if (SignatureScheme.For(certificate.Key) is not { } scheme)
        {
            return Refuse("signature.scheme-unknown");
        }

        var signer = data.ReadSetOf().ReadSequence();
        signer.ReadInteger();
        signer.ReadEncodedValue(); // issuer and serial number: the certificate's, compared when encoded again
        signer.ReadEncodedValue(); // digest algorithm, likewise
        var attributes = signer.ReadEncodedValue().ToArray();
        attributes[0] = 0x31;
        signer.ReadEncodedValue(); // signature algorithm, likewise
        if (!signer.TryReadPrimitiveOctetString(out var signature))
        {
            return Refuse("signature.malformed");
        }

        if (ReadSigningTime(attributes) is not { } signedAt)
        {
            return Refuse("signature.malformed", "signing-time");
        }

        if (!attributes.AsSpan().SequenceEqual(SignedAttributes.Encode(scheme, content.Span, certificate, signedAt)))
        {
            return Refuse("signature.attributes-differ");
        }

        var canonical =
            (!scheme.IsEllipticCurve || LowS.IsCanonical(scheme, signature))
            && Encode(content.Span, certificate, scheme, attributes, signature.Span, isAttached: detached is null)
                .AsSpan()
                .SequenceEqual(encoded.Span);
        return canonical
            ? new Outcome<SignedBytes>.Admitted(
                new SignedBytes(encoded, content, certificate, scheme, signedAt, attributes, signature)
            )
            : Refuse("signature.not-canonical");
    }

    private static DateTimeOffset? ReadSigningTime(byte[] attributes)
    {
        var set = new AsnReader(attributes, AsnEncodingRules.DER).ReadSetOf();
        while (set.HasData)
        {
            var attribute = set.ReadSequence();
            if (attribute.ReadObjectIdentifier() == Oids.SigningTime)
            {
                var values = attribute.ReadSetOf();
                return values.PeekTag() == Asn1Tag.UtcTime ? values.ReadUtcTime() : values.ReadGeneralizedTime();
            }
        }

        return null;
    }

    private static Asn1Tag Tag(int number) => new(TagClass.ContextSpecific, number, isConstructed: true);

    private static Outcome<SignedBytes> Refuse(string code, string where = "") =>
        new Outcome<SignedBytes>.Refused(new Refusal(code, new Citation("docs/spec/act.md", "3"), where));
}
