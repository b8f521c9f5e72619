// SPDX-License-Identifier: EUPL-1.2
using System.Formats.Asn1;

namespace Comity.Timestamps;

/// <summary>What a certificate's extensions let it be used for (RFC 5280 4.2.1).</summary>
/// <param name="IsAuthority">Whether it may issue certificates.</param>
/// <param name="PathLength">How many authorities may stand below it; nothing when it does not say.</param>
/// <param name="KeyUsage">The bits of its key usage, the first as 1; nothing when it has none.</param>
/// <param name="Extended">Its purposes; none when it has no such extension.</param>
/// <param name="IsExtendedCritical">Whether the purposes bind.</param>
/// <param name="KeyIdentifier">The identifier it gives its key.</param>
/// <param name="UnknownCritical">Whether it has a critical extension that we do not know: then it is used for nothing.</param>
internal sealed record CertificateUses(
    bool IsAuthority,
    int? PathLength,
    int? KeyUsage,
    IReadOnlyList<string> Extended,
    bool IsExtendedCritical,
    ReadOnlyMemory<byte> KeyIdentifier,
    bool UnknownCritical
)
{
    private static readonly CertificateUses None = new(false, null, null, [], false, default, false);

    /// <summary>Reads what follows the key in a certificate; throws <see cref="AsnContentException"/> when it is malformed.</summary>
    public static CertificateUses Read(AsnReader parts)
    {
        // Identifiers of issuer and subject, from version 2, which nobody uses, stand between.
        var extensions = new Asn1Tag(TagClass.ContextSpecific, 3, isConstructed: true);
        while (parts.HasData && parts.PeekTag() != extensions)
        {
            parts.ReadEncodedValue();
        }

        if (!parts.HasData)
        {
            return None;
        }

        var holder = parts.ReadSequence(extensions);
        parts.ThrowIfNotEmpty();
        var list = holder.ReadSequence();
        holder.ThrowIfNotEmpty();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var uses = None;
        while (list.HasData)
        {
            var extension = list.ReadSequence();
            var oid = extension.ReadObjectIdentifier();
            var critical = TimestampRequest.IsNext(extension, Asn1Tag.Boolean) && extension.ReadBoolean();
            if (!extension.TryReadPrimitiveOctetString(out var value) || !seen.Add(oid))
            {
                throw new AsnContentException();
            }

            extension.ThrowIfNotEmpty();
            uses = uses.With(oid, critical, new AsnReader(value, AsnEncodingRules.DER));
        }

        return uses;
    }

    private CertificateUses With(string oid, bool critical, AsnReader value)
    {
        switch (oid)
        {
            case TimestampOids.BasicConstraints:
                var basic = value.ReadSequence();
                var isAuthority = TimestampRequest.IsNext(basic, Asn1Tag.Boolean) && basic.ReadBoolean();
                int? length = null;
                if (basic.HasData)
                {
                    length = basic.TryReadInt32(out var most) && most >= 0 ? most : throw new AsnContentException();
                }

                return this with
                {
                    IsAuthority = isAuthority,
                    PathLength = length,
                };
            case TimestampOids.KeyUsage:
                var bits = value.ReadBitString(out _);
                var usage = 0;
                for (var bit = 0; bit < Math.Min(bits.Length, 2) * 8; bit++)
                {
                    usage |= (bits[bit / 8] & (0x80 >> (bit % 8))) != 0 ? 1 << bit : 0;
                }

                return this with
                {
                    KeyUsage = usage,
                };
            case TimestampOids.ExtendedKeyUsage:
                var purposes = value.ReadSequence();
                var extended = new List<string>();
                while (purposes.HasData)
                {
                    extended.Add(purposes.ReadObjectIdentifier());
                }

                return this with
                {
                    Extended = extended,
                    IsExtendedCritical = critical,
                };
            case TimestampOids.SubjectKeyIdentifier:
                return this with { KeyIdentifier = value.ReadOctetString() };
            case TimestampOids.Policies:
                return this; // any policy is taken, so nothing it says can shut the path
            default:
                return critical ? this with { UnknownCritical = true } : this;
        }
    }
}
