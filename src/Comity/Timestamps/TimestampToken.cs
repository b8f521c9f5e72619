// SPDX-License-Identifier: EUPL-1.2
using System.Formats.Asn1;
using static Comity.Outcome<Comity.Timestamps.TimestampToken>;

namespace Comity.Timestamps;

/// <summary>A time-stamp token (RFC 3161): an authority's signed word that it had seen a hash at an instant.</summary>
/// <remarks>
/// What parses is well formed. What it is worth is asked in steps, so that a report can say which of them hold:
/// <see cref="Covers"/> for the bytes, <see cref="Answers"/> for one's own request, <see cref="SignedUnder"/> for the
/// authority. Kept, exported and checked as the same bytes for ever. Immutable. Specification: <c>docs/spec/timestamp.md</c>.
/// </remarks>
public sealed class TimestampToken
{
    /// <summary>Largest token that is read, in bytes. Those of public authorities have 2,000 to 8,000.</summary>
    public const int MaximumBytes = 32 * 1024;

    private readonly TokenSignature signature;

    private TimestampToken(ReadOnlyMemory<byte> encoded, TimestampStatement statement, TokenSignature signature) =>
        (Encoded, Statement, this.signature, Id) = (encoded, statement, signature, Digest.Of(encoded.Span));

    /// <summary>The exact bytes, DER: what stands in a <c>.tst</c> file.</summary>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>SHA-256 of <see cref="Encoded"/>.</summary>
    public Digest Id { get; }

    /// <summary>What the authority says.</summary>
    public TimestampStatement Statement { get; }

    /// <summary>The certificates that travel with it, at most 16: none of them is trusted for that.</summary>
    public IReadOnlyList<IssuedCertificate> Certificates => signature.Certificates;

    /// <summary>Reads a token.</summary>
    /// <param name="encoded">Bytes from outside: DER, nothing before and nothing after.</param>
    /// <returns>
    /// The token, not verified, or a refusal: <c>timestamp.too-large</c>, <c>timestamp.malformed</c> (where:
    /// <c>token</c>, <c>statement</c> or <c>certificates</c>) or <c>timestamp.algorithm-unknown</c> (where: <c>imprint</c>).
    /// </returns>
    public static Outcome<TimestampToken> Parse(ReadOnlyMemory<byte> encoded)
    {
        if (encoded.Length > MaximumBytes)
        {
            return new Refused(TimestampRefusals.TooLarge);
        }

        var part = "token";
        try
        {
            var signature = TokenSignature.Read(encoded, ref part);
            part = "statement";
            var statement = TimestampStatement.Read(signature.Statement);
            return statement.Imprint.IsKnown
                ? new Admitted(new TimestampToken(encoded, statement, signature))
                : new Refused(TimestampRefusals.AlgorithmUnknown.In("imprint"));
        }
        catch (AsnContentException)
        {
            return new Refused(TimestampRefusals.Malformed.In(part));
        }
    }

    /// <summary>Checks that these bytes are what was stamped.</summary>
    /// <param name="content">All of it: for a checkpoint, the text of the note with its last newline, in UTF-8.</param>
    /// <returns>This token, or <c>timestamp.other-content</c>.</returns>
    public Outcome<TimestampToken> Covers(ReadOnlySpan<byte> content) =>
        Statement.Imprint.Covers(content) ? new Admitted(this) : new Refused(TimestampRefusals.OtherContent);

    /// <summary>Checks that it answers a request, and that its time is one at which it can have been asked.</summary>
    /// <remarks>
    /// The time between is that of the node's own clock, with <see cref="Instants.Tolerance"/> either way: whoever is further
    /// off is wrong, and a wrong time must not be kept as proof.
    /// </remarks>
    /// <param name="request">The request.</param>
    /// <param name="asked">When it was sent.</param>
    /// <param name="answered">When the answer was whole.</param>
    /// <returns>
    /// This token, or a refusal: <c>timestamp.other-content</c>, <c>timestamp.nonce-differs</c>,
    /// <c>timestamp.policy-differs</c> or <c>timestamp.time-wrong</c>, in that order.
    /// </returns>
    public Outcome<TimestampToken> Answers(TimestampRequest request, DateTimeOffset asked, DateTimeOffset answered)
    {
        if (Statement.Imprint != request.Imprint)
        {
            return new Refused(TimestampRefusals.OtherContent);
        }

        if (Statement.Nonce != request.Nonce)
        {
            return new Refused(TimestampRefusals.NonceDiffers);
        }

        if (request.Policy is not null && Statement.Policy != request.Policy)
        {
            return new Refused(TimestampRefusals.PolicyDiffers);
        }

        return Statement.At >= asked - Instants.Tolerance && Statement.At <= answered + Instants.Tolerance
            ? new Admitted(this)
            : new Refused(TimestampRefusals.TimeWrong);
    }

    /// <summary>Checks the signature, the signer's certificate and its path to what is trusted, all as of the token's time.</summary>
    /// <param name="trust">What is trusted.</param>
    /// <returns>
    /// This token, or a refusal: <c>timestamp.certificate-missing</c>, <c>timestamp.certificate-differs</c>,
    /// <c>timestamp.purpose-wrong</c>, <c>timestamp.algorithm-unknown</c> (where: <c>signature</c>),
    /// <c>timestamp.signature-wrong</c>, <c>timestamp.certificate-expired</c> or <c>timestamp.untrusted</c>, in that order.
    /// </returns>
    public Outcome<TimestampToken> SignedUnder(TimestampTrust trust) =>
        signature.Check(trust.Certificates) switch
        {
            (null, { } refusal) => new Refused(refusal),
            ({ } signer, _) => trust.PathFrom(signer, Certificates, Statement.At) is { } refusal
                ? new Refused(refusal)
                : new Admitted(this),
            _ => throw new InvalidOperationException("a check gives a signer or a refusal"),
        };
}
