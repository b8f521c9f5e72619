// SPDX-License-Identifier: EUPL-1.2
using System.Formats.Asn1;
using System.Numerics;

namespace Comity.Signatures;

/// <summary>ECDSA signatures with s in the lower half of the group's order, so that a signature has one form.</summary>
/// <remarks>(r, s) and (r, n-s) both verify. Taking only the lower one keeps an act's bytes, and so its id, unchangeable.</remarks>
internal static class LowS
{
    private static readonly BigInteger OrderP256 = Order(
        "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"
    );

    private static readonly BigInteger OrderP384 = Order(
        "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973"
    );

    /// <summary>Whether DER bytes hold a signature in the one form: two integers in range, s low, nothing else.</summary>
    public static bool IsCanonical(SignatureScheme scheme, ReadOnlyMemory<byte> signature)
    {
        try
        {
            var reader = new AsnReader(signature, AsnEncodingRules.DER);
            var pair = reader.ReadSequence();
            reader.ThrowIfNotEmpty();
            var r = pair.ReadInteger();
            var s = pair.ReadInteger();
            pair.ThrowIfNotEmpty();
            var order = OrderOf(scheme);
            return r > 0 && r < order && s > 0 && s <= order / 2;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    /// <summary>Writes r and s as DER, with s brought into the lower half.</summary>
    /// <param name="scheme">The curve.</param>
    /// <param name="fixedLength">r then s, each of the curve's field length, as signers return them (IEEE P1363).</param>
    public static byte[] Encode(SignatureScheme scheme, ReadOnlySpan<byte> fixedLength)
    {
        var half = scheme.FieldBytes;
        if (fixedLength.Length != 2 * half)
        {
            throw new ArgumentException("r and s, each of the field's length", nameof(fixedLength));
        }

        var r = new BigInteger(fixedLength[..half], isUnsigned: true, isBigEndian: true);
        var s = new BigInteger(fixedLength[half..], isUnsigned: true, isBigEndian: true);
        var order = OrderOf(scheme);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(r);
            writer.WriteInteger(s > order / 2 ? order - s : s);
        }

        return writer.Encode();
    }

    private static BigInteger OrderOf(SignatureScheme scheme) => scheme == SignatureScheme.P384 ? OrderP384 : OrderP256;

    private static BigInteger Order(string hex) => new(Convert.FromHexString(hex), isUnsigned: true, isBigEndian: true);
}
