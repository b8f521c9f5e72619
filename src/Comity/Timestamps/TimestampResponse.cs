// SPDX-License-Identifier: EUPL-1.2
using System.Formats.Asn1;
using System.Globalization;
using static Comity.Outcome<Comity.Timestamps.TimestampToken>;

namespace Comity.Timestamps;

/// <summary>What a timestamp authority answers (RFC 3161 TimeStampResp): a token, or that it gives none.</summary>
public static class TimestampResponse
{
    /// <summary>Largest answer that is read, in bytes: a token and the status before it.</summary>
    public const int MaximumBytes = TimestampToken.MaximumBytes + 1024;

    private const int Granted = 0;
    private const int GrantedWithChanges = 1;
    private const int Rejection = 2;

    /// <summary>Reads an answer, without asking yet what it answers: that is for <see cref="TimestampToken.Answers"/>.</summary>
    /// <param name="encoded">Bytes from outside: DER, nothing before and nothing after.</param>
    /// <returns>
    /// The token, or a refusal: <c>timestamp.too-large</c>, <c>timestamp.malformed</c> at <c>response</c>,
    /// <c>timestamp.not-granted</c> (where: the status and, when it says why, the number of the failure, for example
    /// <c>status 2 failure 5</c>), or one of <see cref="TimestampToken.Parse"/>.
    /// </returns>
    public static Outcome<TimestampToken> Parse(ReadOnlyMemory<byte> encoded)
    {
        if (encoded.Length > MaximumBytes)
        {
            return new Refused(TimestampRefusals.TooLarge);
        }

        ReadOnlyMemory<byte> token;
        try
        {
            var outer = new AsnReader(encoded, AsnEncodingRules.DER);
            var response = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            var info = response.ReadSequence();
            if (!info.TryReadInt32(out var status))
            {
                return new Refused(TimestampRefusals.Malformed.In("response"));
            }

            if (status is not (Granted or GrantedWithChanges))
            {
                return new Refused(TimestampRefusals.NotGranted.In(WhyNot(status, info)));
            }

            token = response.ReadEncodedValue();
            response.ThrowIfNotEmpty();
        }
        catch (AsnContentException)
        {
            return new Refused(TimestampRefusals.Malformed.In("response"));
        }

        return TimestampToken.Parse(token);
    }

    /// <summary>An answer with a token.</summary>
    /// <param name="token">The token, DER.</param>
    public static byte[] Grant(ReadOnlySpan<byte> token)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteInteger(Granted);
            }

            writer.WriteEncodedValue(token);
        }

        return writer.Encode();
    }

    /// <summary>An answer without one.</summary>
    /// <param name="failure">Why.</param>
    public static byte[] Reject(TimestampFailure failure)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteInteger(Rejection);
            var bit = (int)failure;
            var bits = new byte[(bit / 8) + 1];
            bits[^1] = (byte)(0x80 >> (bit % 8));
            writer.WriteBitString(bits, unusedBitCount: 7 - (bit % 8));
        }

        return writer.Encode();
    }

    // The texts that may stand between are an authority's own words and are not repeated: a refusal never holds content.
    private static string WhyNot(int status, AsnReader info)
    {
        var why = string.Create(CultureInfo.InvariantCulture, $"status {status}");
        if (TimestampRequest.IsNext(info, new Asn1Tag(UniversalTagNumber.Sequence, isConstructed: true)))
        {
            info.ReadEncodedValue();
        }

        if (!info.HasData)
        {
            return why;
        }

        var bits = info.ReadBitString(out _);
        for (var bit = 0; bit < Math.Min(bits.Length, 4) * 8; bit++)
        {
            if ((bits[bit / 8] & (0x80 >> (bit % 8))) != 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{why} failure {bit}");
            }
        }

        return why;
    }
}

/// <summary>Why an authority gives no token: the bit's number in PKIFailureInfo (RFC 3161 2.4.2).</summary>
public enum TimestampFailure
{
    /// <summary>The hash is none that the authority knows.</summary>
    AlgorithmUnknown = 0,

    /// <summary>The request cannot be read.</summary>
    DataMalformed = 5,

    /// <summary>The authority's clock cannot be relied on.</summary>
    TimeNotAvailable = 14,

    /// <summary>The authority does not have that policy.</summary>
    PolicyUnknown = 15,

    /// <summary>The request has extensions.</summary>
    ExtensionUnknown = 16,
}
