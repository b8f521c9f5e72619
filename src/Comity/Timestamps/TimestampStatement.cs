// SPDX-License-Identifier: EUPL-1.2
using System.Formats.Asn1;
using System.Numerics;

namespace Comity.Timestamps;

/// <summary>What an authority says in a token (RFC 3161 TSTInfo).</summary>
/// <param name="Imprint">What it saw.</param>
/// <param name="Policy">Object identifier of the policy under which it says so.</param>
/// <param name="Serial">Its number for the token, at most 20 bytes; unique for each authority.</param>
/// <param name="At">When, UTC, to the fraction of a second that the authority gives, cut at 100 nanoseconds.</param>
/// <param name="Accuracy">How far it may be off either way, or nothing when it does not say.</param>
/// <param name="Nonce">The request's nonce, when it had one.</param>
public sealed record TimestampStatement(
    Imprint Imprint,
    string Policy,
    BigInteger Serial,
    DateTimeOffset At,
    TimeSpan? Accuracy,
    BigInteger? Nonce
)
{
    /// <summary>
    /// The policy of the authority for demonstrations that this software runs: what is stamped under it is proof of nothing.
    /// </summary>
    public const string DemonstrationPolicy = "2.25.126341181607040766806574617245406898181";

    private const int MaximumSerial = 20;

    private static readonly Asn1Tag Sequence = new(UniversalTagNumber.Sequence, isConstructed: true);
    private static readonly Asn1Tag Name = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag Extensions = new(TagClass.ContextSpecific, 1, isConstructed: true);

    /// <summary>Reads a statement; throws <see cref="AsnContentException"/> when it is none.</summary>
    internal static TimestampStatement Read(ReadOnlyMemory<byte> encoded)
    {
        var outer = new AsnReader(encoded, AsnEncodingRules.DER);
        var info = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        Need(info.ReadInteger() == 1);
        var policy = info.ReadObjectIdentifier();
        var imprint = Imprint.Read(info);
        var serial = info.ReadIntegerBytes();
        Need(serial.Length <= MaximumSerial);
        var at = info.ReadGeneralizedTime().ToUniversalTime();
        TimeSpan? accuracy = TimestampRequest.IsNext(info, Sequence) ? ReadAccuracy(info.ReadSequence()) : null;
        if (TimestampRequest.IsNext(info, Asn1Tag.Boolean))
        {
            info.ReadBoolean(); // whether tokens of this authority can be put in order without their accuracy: not used
        }

        BigInteger? nonce = TimestampRequest.IsNext(info, Asn1Tag.Integer) ? TimestampRequest.ReadNonce(info) : null;
        if (TimestampRequest.IsNext(info, Name))
        {
            info.ReadEncodedValue(); // the authority's name: a hint, the certificate says whose it is
        }

        if (TimestampRequest.IsNext(info, Extensions))
        {
            NoneCritical(info.ReadSequence(Extensions));
        }

        info.ThrowIfNotEmpty();
        return new TimestampStatement(
            imprint,
            policy,
            new BigInteger(serial.Span, isUnsigned: false, isBigEndian: true),
            at,
            accuracy,
            nonce
        );
    }

    internal byte[] Write()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            writer.WriteObjectIdentifier(Policy);
            writer.WriteEncodedValue(Imprint.Encoded.Span);
            writer.WriteInteger(Serial);
            writer.WriteGeneralizedTime(At);
            if (Accuracy is { } accuracy)
            {
                using (writer.PushSequence())
                {
                    writer.WriteInteger((int)accuracy.TotalSeconds);
                }
            }

            if (Nonce is { } nonce)
            {
                writer.WriteInteger(nonce);
            }
        }

        return writer.Encode();
    }

    // Seconds, then [0] thousandths and [1] millionths of one, each 1 to 999, all of them optional.
    private static TimeSpan ReadAccuracy(AsnReader accuracy)
    {
        var sum = TimeSpan.Zero;
        if (TimestampRequest.IsNext(accuracy, Asn1Tag.Integer))
        {
            Need(accuracy.TryReadInt32(out var seconds) && seconds >= 0);
            sum += TimeSpan.FromSeconds(seconds);
        }

        foreach (var (number, unit) in new[] { (0, TimeSpan.TicksPerMillisecond), (1, TimeSpan.TicksPerMicrosecond) })
        {
            var tag = new Asn1Tag(TagClass.ContextSpecific, number);
            if (TimestampRequest.IsNext(accuracy, tag))
            {
                Need(accuracy.TryReadInt32(out var parts, tag) && parts is >= 1 and <= 999);
                sum += TimeSpan.FromTicks(parts * unit);
            }
        }

        accuracy.ThrowIfNotEmpty();
        return sum;
    }

    // RFC 3161 2.4.2: a critical extension that is not understood makes the token unusable; we understand none.
    private static void NoneCritical(AsnReader extensions)
    {
        while (extensions.HasData)
        {
            var extension = extensions.ReadSequence();
            extension.ReadObjectIdentifier();
            Need(!TimestampRequest.IsNext(extension, Asn1Tag.Boolean) || !extension.ReadBoolean());
            extension.ReadOctetString();
            extension.ThrowIfNotEmpty();
        }
    }

    private static void Need(bool holds)
    {
        if (!holds)
        {
            throw new AsnContentException();
        }
    }
}
