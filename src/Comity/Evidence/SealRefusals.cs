// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Evidence;

/// <summary>Every reason for which a seal is not opened or not made. Codes are never renamed and never reused.</summary>
public static class SealRefusals
{
    /// <summary>The bytes do not begin as a seal does, or begin with a version other than v1.</summary>
    public const string NotASeal = "seal.not-a-seal";

    /// <summary>The header is not spelt as the format asks, or ends too early.</summary>
    public const string HeaderMalformed = "seal.header-malformed";

    /// <summary>The header passes a limit of <see cref="SealLimits"/>.</summary>
    public const string HeaderTooLarge = "seal.header-too-large";

    /// <summary>A stanza of a kind we know has not the shape of that kind, or carries a degenerate public key.</summary>
    public const string StanzaMalformed = "seal.stanza-malformed";

    /// <summary>A passphrase stanza stands beside another stanza.</summary>
    public const string PassphraseNotAlone = "seal.passphrase-not-alone";

    /// <summary>A passphrase stanza asks for more work than <see cref="SealLimits.MaxWorkFactor"/>.</summary>
    public const string WorkFactorTooHigh = "seal.work-factor-too-high";

    /// <summary>No identity at hand, and no passphrase given, opens any stanza.</summary>
    public const string NoMatchingKey = "seal.no-matching-key";

    /// <summary>The key fits, and the header is not the one that was sealed.</summary>
    public const string MacWrong = "seal.mac-wrong";

    /// <summary>A chunk is not the one that was sealed at this place: changed, moved, cut or from another file.</summary>
    public const string ChunkNotAuthentic = "seal.chunk-not-authentic";

    /// <summary>The file ends on a chunk boundary before its last chunk, or inside the nonce.</summary>
    public const string Truncated = "seal.truncated";

    /// <summary>Bytes follow the last chunk.</summary>
    public const string BytesAfterEnd = "seal.bytes-after-end";

    /// <summary>The last chunk is empty although others precede it: a second spelling of the same content.</summary>
    public const string LastChunkEmpty = "seal.last-chunk-empty";

    /// <summary>The ASCII armor is not strict.</summary>
    public const string ArmorMalformed = "seal.armor-malformed";

    /// <summary>The text is no recipient: neither <c>age1...</c> nor <c>age1pq1...</c>.</summary>
    public const string RecipientMalformed = "seal.recipient-malformed";

    /// <summary>The text is no identity: neither <c>AGE-SECRET-KEY-1...</c> nor <c>AGE-SECRET-KEY-PQ-1...</c>.</summary>
    public const string IdentityMalformed = "seal.identity-malformed";

    /// <summary>There is nobody to seal to.</summary>
    public const string NoRecipients = "seal.no-recipients";

    /// <summary>More recipients than <see cref="SealLimits.MaxStanzas"/>.</summary>
    public const string TooManyRecipients = "seal.too-many-recipients";

    /// <summary>
    /// Post-quantum recipients stand beside others, which would make the file as weak as the weakest of them; or a
    /// passphrase stands beside any.
    /// </summary>
    public const string RecipientsMixed = "seal.recipients-mixed";

    internal static Citation Age(string section) => new("C2SP age", section);

    internal static Citation Ours(string section) => new("docs/spec/seal.md", section);
}
