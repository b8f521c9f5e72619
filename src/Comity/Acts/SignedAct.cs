// SPDX-License-Identifier: EUPL-1.2
using Comity.Signatures;

namespace Comity.Acts;

/// <summary>An act with the exact bytes that were signed.</summary>
/// <remarks>Well formed; not yet authentic. Immutable.</remarks>
/// <param name="Signed">The signed bytes: what is stored, sent, exported and verified.</param>
/// <param name="Act">What they say.</param>
public sealed record SignedAct(SignedBytes Signed, Act Act)
{
    /// <summary>Largest signed act, in bytes.</summary>
    public const int MaximumBytes = Act.MaximumBytes + CertificateText.MaximumBytes + 4096;

    /// <summary>SHA-256 of the signed bytes.</summary>
    public ActId Id { get; } = new(Signed.Id);

    /// <summary>Reads a signed act.</summary>
    /// <param name="encoded">The whole file or message part.</param>
    /// <returns>
    /// The act, or a refusal: any of <see cref="SignedBytes.Parse"/>, any of <see cref="ActEncoding.Parse"/>, or
    /// <c>act.time-differs</c> when the signature states another time than the act.
    /// </returns>
    public static Outcome<SignedAct> Parse(ReadOnlyMemory<byte> encoded) =>
        SignedBytes
            .Parse(encoded, Act.MaximumBytes)
            .Then(signed =>
                ActEncoding
                    .Parse(signed.Content.Span)
                    .Then(act =>
                        act.Issued == signed.SignedAt
                            ? (Outcome<SignedAct>)new Outcome<SignedAct>.Admitted(new SignedAct(signed, act))
                            : new Outcome<SignedAct>.Refused(
                                new Refusal("act.time-differs", new Citation("docs/spec/act.md", "3"), "issued")
                            )
                    )
            );

    /// <summary>Makes an act ready for its signer.</summary>
    /// <param name="act">The act.</param>
    /// <param name="certificate">The certificate of the key that will sign.</param>
    public static SigningInput Prepare(Act act, CertificateText certificate) =>
        SigningInput.For(ActEncoding.Write(act), certificate, act.Issued);
}
