// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Timestamps;

/// <summary>Every refusal of a timestamp, in one place, so that a code has one meaning and one source.</summary>
internal static class TimestampRefusals
{
    private static readonly Citation Request = new("RFC 3161", "2.4.1");
    private static readonly Citation Response = new("RFC 3161", "2.4.2");
    private static readonly Citation Purpose = new("RFC 3161", "2.3");
    private static readonly Citation Attribute = new("RFC 5816", "2.2.1");
    private static readonly Citation Path = new("RFC 5280", "6.1");
    private static readonly Citation Form = new("docs/spec/timestamp.md", "2");
    private static readonly Citation Algorithms = new("docs/spec/timestamp.md", "3");
    private static readonly Citation Clock = new("docs/spec/timestamp.md", "4");

    internal static Refusal TooLarge { get; } = new("timestamp.too-large", Form);
    internal static Refusal RequestMalformed { get; } = new("timestamp.request-malformed", Request);
    internal static Refusal Malformed { get; } = new("timestamp.malformed", Form);
    internal static Refusal NotGranted { get; } = new("timestamp.not-granted", Response);
    internal static Refusal OtherContent { get; } = new("timestamp.other-content", Response);
    internal static Refusal NonceDiffers { get; } = new("timestamp.nonce-differs", Response);
    internal static Refusal PolicyDiffers { get; } = new("timestamp.policy-differs", Response);
    internal static Refusal TimeWrong { get; } = new("timestamp.time-wrong", Clock);
    internal static Refusal AlgorithmUnknown { get; } = new("timestamp.algorithm-unknown", Algorithms);
    internal static Refusal CertificateMissing { get; } = new("timestamp.certificate-missing", Response);
    internal static Refusal CertificateDiffers { get; } = new("timestamp.certificate-differs", Attribute);
    internal static Refusal PurposeWrong { get; } = new("timestamp.purpose-wrong", Purpose);
    internal static Refusal SignatureWrong { get; } = new("timestamp.signature-wrong", Response);
    internal static Refusal CertificateExpired { get; } = new("timestamp.certificate-expired", Path);
    internal static Refusal Untrusted { get; } = new("timestamp.untrusted", Path);

    internal static Refusal In(this Refusal refusal, string where) => refusal with { Where = where };
}
