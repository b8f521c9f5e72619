// SPDX-License-Identifier: EUPL-1.2
using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using Comity.Signatures;

namespace Comity.Timestamps;

/// <summary>The signed envelope of a token (RFC 5652 SignedData with one signer).</summary>
/// <remarks>
/// Others write these, so what varies between them is let pass: how the certificates are ordered, how the signer is named,
/// further signed attributes, unsigned ones (which prove nothing and are not read), revocation lists (not used).
/// </remarks>
internal sealed class TokenSignature
{
    private const int MaximumCertificates = 16;
    private const int MaximumAttributes = 32;

    private byte[] attributes = [];
    private ReadOnlyMemory<byte> messageDigest;
    private readonly List<CertificateName> names = [];
    private SignerName signer = null!;
    private string digestAlgorithm = "";
    private AlgorithmName algorithm = null!;
    private ReadOnlyMemory<byte> value;

    private TokenSignature() { }

    /// <summary>The signed statement, DER.</summary>
    public ReadOnlyMemory<byte> Statement { get; private set; }

    public IReadOnlyList<IssuedCertificate> Certificates { get; private set; } = [];

    /// <summary>Reads an envelope; throws <see cref="AsnContentException"/> when it is none.</summary>
    /// <param name="encoded">All of it.</param>
    /// <param name="part">Set to the part that is being read.</param>
    public static TokenSignature Read(ReadOnlyMemory<byte> encoded, ref string part)
    {
        var outer = new AsnReader(encoded, AsnEncodingRules.DER);
        var info = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        Need(info.ReadObjectIdentifier() == Oids.SignedData);
        var holder = info.ReadSequence(Tag(0));
        info.ThrowIfNotEmpty();
        var data = holder.ReadSequence();
        holder.ThrowIfNotEmpty();
        Need(data.TryReadInt32(out var version) && version is >= 3 and <= 5); // RFC 5652 5.1: as the content is no plain data
        var digests = ReadDigests(data.ReadSetOf(skipSortOrderValidation: true));
        var token = new TokenSignature();
        var content = data.ReadSequence();
        Need(content.ReadObjectIdentifier() == TimestampOids.Statement);
        var octets = content.ReadSequence(Tag(0));
        token.Statement = octets.ReadOctetString();
        octets.ThrowIfNotEmpty();
        content.ThrowIfNotEmpty();

        part = "certificates";
        token.Certificates = TimestampRequest.IsNext(data, Tag(0))
            ? ReadCertificates(data.ReadSetOf(skipSortOrderValidation: true, Tag(0)))
            : [];
        part = "token";
        if (TimestampRequest.IsNext(data, Tag(1)))
        {
            data.ReadEncodedValue();
        }

        var signers = data.ReadSetOf();
        data.ThrowIfNotEmpty();
        token.ReadSigner(signers.ReadSequence());
        signers.ThrowIfNotEmpty();
        Need(digests.Contains(token.digestAlgorithm));
        return token;
    }

    /// <summary>Finds the certificate that signed and checks everything but its path.</summary>
    /// <param name="others">Certificates at hand beside those that travel with the token.</param>
    /// <returns>The signer's certificate, or why there is none.</returns>
    public (IssuedCertificate? Signer, Refusal? Why) Check(IReadOnlyList<IssuedCertificate> others)
    {
        var named = Certificates.Concat(others).Where(signer.Names).ToList();
        if (named.Count == 0)
        {
            return (null, TimestampRefusals.CertificateMissing);
        }

        var certificate = named.Find(c => names.TrueForAll(n => n.IsOf(c)));
        if (certificate is null)
        {
            return (null, TimestampRefusals.CertificateDiffers);
        }

        if (!certificate.IsForTimestamps)
        {
            return (null, TimestampRefusals.PurposeWrong);
        }

        using var key = CertificateKey.TryImport(certificate.Text.Key);
        if (
            key is null
            || SigningAlgorithm.Of(algorithm, digestAlgorithm) is not { } signing
            || SigningAlgorithm.HashOf(digestAlgorithm) is not { } hash
        )
        {
            return (null, TimestampRefusals.AlgorithmUnknown.In("signature"));
        }

        var holds =
            messageDigest.Span.SequenceEqual(CryptographicOperations.HashData(hash, Statement.Span))
            && key.Verifies(signing, attributes, value.Span);
        return holds ? (certificate, null) : (null, TimestampRefusals.SignatureWrong);
    }

    private static List<string> ReadDigests(AsnReader set)
    {
        var digests = new List<string>();
        while (set.HasData)
        {
            Need(digests.Count < MaximumAttributes);
            digests.Add(AlgorithmName.Read(set).Oid);
        }

        return digests;
    }

    private static List<IssuedCertificate> ReadCertificates(AsnReader set)
    {
        var certificates = new List<IssuedCertificate>();
        while (set.HasData)
        {
            Need(certificates.Count < MaximumCertificates);
            certificates.Add(IssuedCertificate.TryParse(set.ReadEncodedValue()) ?? throw new AsnContentException());
        }

        return certificates;
    }

    private void ReadSigner(AsnReader info)
    {
        Need(info.TryReadInt32(out var version));
        signer = SignerName.Read(info);
        Need(version == (signer.Issuer.IsEmpty ? 3 : 1)); // RFC 5652 5.3
        var digest = AlgorithmName.Read(info);
        Need(!digest.HasParameters);
        digestAlgorithm = digest.Oid;
        Need(TimestampRequest.IsNext(info, Tag(0)));
        attributes = info.ReadEncodedValue().ToArray();
        attributes[0] = 0x31; // RFC 5652 5.4: signed over the SET tag, sent under [0]
        algorithm = AlgorithmName.Read(info);
        Need(info.TryReadPrimitiveOctetString(out value));
        if (TimestampRequest.IsNext(info, Tag(1)))
        {
            info.ReadEncodedValue();
        }

        info.ThrowIfNotEmpty();
        ReadAttributes();
    }

    private void ReadAttributes()
    {
        var set = new AsnReader(attributes, AsnEncodingRules.DER).ReadSetOf();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (set.HasData)
        {
            var attribute = set.ReadSequence();
            var oid = attribute.ReadObjectIdentifier();
            Need(seen.Add(oid) && seen.Count <= MaximumAttributes); // RFC 5652 5.3: none of them twice
            var values = attribute.ReadSetOf();
            attribute.ThrowIfNotEmpty();
            switch (oid)
            {
                case Oids.ContentType:
                    Need(values.ReadObjectIdentifier() == TimestampOids.Statement);
                    values.ThrowIfNotEmpty();
                    break;
                case Oids.MessageDigest:
                    messageDigest = values.ReadOctetString();
                    values.ThrowIfNotEmpty();
                    break;
                case TimestampOids.SigningCertificate or Oids.SigningCertificateV2:
                    names.Add(CertificateName.Read(values.ReadSequence(), oid == TimestampOids.SigningCertificate));
                    values.ThrowIfNotEmpty();
                    break;
            }
        }

        Need(seen.Contains(Oids.ContentType) && seen.Contains(Oids.MessageDigest) && names.Count > 0);
    }

    private static void Need(bool holds)
    {
        if (!holds)
        {
            throw new AsnContentException();
        }
    }

    private static Asn1Tag Tag(int number) => new(TagClass.ContextSpecific, number, isConstructed: true);
}

/// <summary>How a CMS signer names its certificate: by issuer and serial number, or by key identifier (RFC 5652 5.3).</summary>
internal sealed record SignerName(ReadOnlyMemory<byte> Issuer, BigInteger Serial, ReadOnlyMemory<byte> KeyIdentifier)
{
    private static readonly Asn1Tag Identifier = new(TagClass.ContextSpecific, 0);

    public bool Names(IssuedCertificate certificate) =>
        Issuer.IsEmpty
            ? KeyIdentifier.Span.SequenceEqual(certificate.KeyIdentifier.Span)
            : Issuer.Span.SequenceEqual(certificate.Text.Issuer.Span)
                && Serial == new BigInteger(certificate.Text.Serial.Span, isUnsigned: false, isBigEndian: true);

    public static SignerName Read(AsnReader info)
    {
        if (TimestampRequest.IsNext(info, Identifier))
        {
            var identifier = info.ReadOctetString(Identifier);
            return identifier.Length > 0 ? new SignerName(default, 0, identifier) : throw new AsnContentException();
        }

        var name = info.ReadSequence();
        var issuer = name.ReadEncodedValue();
        var serial = name.ReadInteger();
        name.ThrowIfNotEmpty();
        return new SignerName(issuer, serial, default);
    }
}

/// <summary>The signed name of the signer's certificate: its hash (ESSCertID, RFC 2634 5.4; ESSCertIDv2, RFC 5035 4).</summary>
/// <param name="Algorithm">The hash, or nothing for SHA-1, which the first form has.</param>
/// <param name="Hash">Of the whole certificate.</param>
internal sealed record CertificateName(string? Algorithm, ReadOnlyMemory<byte> Hash)
{
    public bool IsOf(IssuedCertificate certificate)
    {
        var encoded = certificate.Text.Encoded.Span;
        if (Algorithm is null)
        {
            // Many authorities send only the form of 1999. To swap the certificate takes a second pre-image, and the path from
            // it to a trusted root is checked besides: RFC 5816 keeps it, so it is taken.
#pragma warning disable CA5350
            return Hash.Span.SequenceEqual(SHA1.HashData(encoded));
#pragma warning restore CA5350
        }

        return SigningAlgorithm.HashOf(Algorithm) is { } hash
            && Hash.Span.SequenceEqual(CryptographicOperations.HashData(hash, encoded));
    }

    // The first name is the signer's; those of the authorities above may follow, and so may issuer and serial number, which
    // say less than the hash does.
    public static CertificateName Read(AsnReader attribute, bool isFirstForm)
    {
        var first = attribute.ReadSequence().ReadSequence();
        string? algorithm = isFirstForm ? null : Oids.Sha256;
        if (!isFirstForm && first.PeekTag() == new Asn1Tag(UniversalTagNumber.Sequence, isConstructed: true))
        {
            algorithm = AlgorithmName.Read(first).Oid;
        }

        return new CertificateName(algorithm, first.ReadOctetString());
    }
}
