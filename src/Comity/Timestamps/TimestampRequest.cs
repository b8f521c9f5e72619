// SPDX-License-Identifier: EUPL-1.2
using System.Formats.Asn1;
using System.Numerics;
using static Comity.Outcome<Comity.Timestamps.TimestampRequest>;

namespace Comity.Timestamps;

/// <summary>What a timestamp authority is asked (RFC 3161 TimeStampReq): to say when it saw a hash.</summary>
/// <remarks>Immutable. What is sent is the hash, a number drawn by lot and, where one is wanted, a policy: nothing else.</remarks>
public sealed record TimestampRequest
{
    /// <summary>Largest request that is read, in bytes. One with a SHA-512 and a long nonce has about 150.</summary>
    public const int MaximumBytes = 1024;

    /// <summary>Fewest bytes of a nonce that we send.</summary>
    public const int MinimumNonce = 8;

    /// <summary>Most bytes of a nonce, ours or another's.</summary>
    public const int MaximumNonce = 32;

    private TimestampRequest(Imprint imprint, string? policy, BigInteger? nonce, bool wantsCertificates) =>
        (Imprint, Policy, Nonce, WantsCertificates) = (imprint, policy, nonce, wantsCertificates);

    /// <summary>What is to be stamped.</summary>
    public Imprint Imprint { get; }

    /// <summary>Object identifier of the policy under which it should be, when one is asked for.</summary>
    public string? Policy { get; }

    /// <summary>The number the answer must repeat, so that an old answer is none.</summary>
    public BigInteger? Nonce { get; }

    /// <summary>Whether the answer is to hold the authority's certificates, as stock tools need it to.</summary>
    public bool WantsCertificates { get; }

    /// <summary>A request for a token over content.</summary>
    /// <param name="content">The content's SHA-256.</param>
    /// <param name="nonce">8 to 32 bytes that nobody can foresee, each used once. Any other length throws.</param>
    /// <param name="policy">Object identifier of the policy wanted, or nothing.</param>
    public static TimestampRequest For(Digest content, ReadOnlySpan<byte> nonce, string? policy = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(nonce.Length, MinimumNonce, nameof(nonce));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(nonce.Length, MaximumNonce, nameof(nonce));
        return new TimestampRequest(
            Imprint.Of(content),
            policy,
            new BigInteger(nonce, isUnsigned: true, isBigEndian: true),
            wantsCertificates: true
        );
    }

    /// <summary>Reads a request, as an authority does.</summary>
    /// <param name="encoded">Bytes from outside: DER, nothing before and nothing after.</param>
    /// <returns>
    /// The request, or a refusal: <c>timestamp.request-malformed</c> (placed at <c>extensions</c> when it has any, as we know
    /// none), or <c>timestamp.algorithm-unknown</c> when the hash is none of SHA-256, SHA-384 and SHA-512.
    /// </returns>
    public static Outcome<TimestampRequest> Parse(ReadOnlyMemory<byte> encoded)
    {
        if (encoded.Length > MaximumBytes)
        {
            return new Refused(TimestampRefusals.RequestMalformed);
        }

        try
        {
            var outer = new AsnReader(encoded, AsnEncodingRules.DER);
            var request = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            if (request.ReadInteger() != 1)
            {
                return new Refused(TimestampRefusals.RequestMalformed.In("version"));
            }

            var imprint = Imprint.Read(request);
            var policy = IsNext(request, Asn1Tag.ObjectIdentifier) ? request.ReadObjectIdentifier() : null;
            BigInteger? nonce = IsNext(request, Asn1Tag.Integer) ? ReadNonce(request) : null;
            var certificates = IsNext(request, Asn1Tag.Boolean) && request.ReadBoolean();
            if (request.HasData)
            {
                return new Refused(TimestampRefusals.RequestMalformed.In("extensions"));
            }

            return imprint.IsKnown
                ? new Admitted(new TimestampRequest(imprint, policy, nonce, certificates))
                : new Refused(TimestampRefusals.AlgorithmUnknown.In("imprint"));
        }
        catch (AsnContentException)
        {
            return new Refused(TimestampRefusals.RequestMalformed);
        }
    }

    /// <summary>The request in DER: the body of a POST with <c>application/timestamp-query</c> (RFC 3161 3.4).</summary>
    public byte[] Encode()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            writer.WriteEncodedValue(Imprint.Encoded.Span);
            if (Policy is not null)
            {
                writer.WriteObjectIdentifier(Policy);
            }

            if (Nonce is { } nonce)
            {
                writer.WriteInteger(nonce);
            }

            if (WantsCertificates)
            {
                writer.WriteBoolean(true);
            }
        }

        return writer.Encode();
    }

    internal static bool IsNext(AsnReader reader, Asn1Tag tag) => reader.HasData && reader.PeekTag() == tag;

    internal static BigInteger ReadNonce(AsnReader reader)
    {
        var bytes = reader.ReadIntegerBytes();
        return bytes.Length <= MaximumNonce + 1
            ? new BigInteger(bytes.Span, isUnsigned: false, isBigEndian: true)
            : throw new AsnContentException();
    }
}
