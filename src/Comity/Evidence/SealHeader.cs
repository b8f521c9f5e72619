// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using System.Text;

namespace Comity.Evidence;

/// <summary>The textual head of a seal: the file key wrapped for each recipient, and a MAC over all of it.</summary>
/// <remarks>Immutable. C2SP age, "Header". <see cref="SealHeaderText"/> reads and writes its spelling.</remarks>
public sealed class SealHeader
{
    /// <summary>Bytes of the file key, which every stanza wraps.</summary>
    public const int FileKeySize = StanzaKinds.FileKeySize;

    internal const int MacSize = 32;

    private readonly byte[] authenticated;
    private readonly byte[] mac;

    internal SealHeader(IReadOnlyList<SealStanza> stanzas, byte[] authenticated, byte[] mac, int length)
    {
        Stanzas = stanzas;
        Length = length;
        this.authenticated = authenticated;
        this.mac = mac;
    }

    /// <summary>One to <see cref="SealLimits.MaxStanzas"/> stanzas, in the order of the file.</summary>
    public IReadOnlyList<SealStanza> Stanzas { get; }

    /// <summary>Bytes from the start of the file to the first byte after the header, which is the payload's nonce.</summary>
    public int Length { get; }

    /// <summary>Whether a passphrase, and nothing else, opens this file.</summary>
    public bool NeedsPassphrase => Stanzas[0].Kind == PassphraseStanza.Kind;

    /// <summary>Reads the header at the start of a file.</summary>
    /// <param name="start">
    /// The file, or more than its first <see cref="SealLimits.MaxHeaderBytes"/> bytes. Not armored. Hostile.
    /// </param>
    /// <returns>
    /// The header, not yet authenticated, or a refusal coded <c>seal.not-a-seal</c>, <c>seal.header-malformed</c>,
    /// <c>seal.header-too-large</c>, <c>seal.stanza-malformed</c> or <c>seal.passphrase-not-alone</c>.
    /// </returns>
    public static Outcome<SealHeader> Parse(ReadOnlySpan<byte> start) => new SealHeaderText(start).Read();

    /// <summary>Random bytes that <see cref="Write"/> uses up for these recipients.</summary>
    public static int RandomSize(IReadOnlyList<Recipient> recipients) => recipients.Sum(r => r.RandomSize);

    /// <summary>Writes the header of a new file.</summary>
    /// <param name="fileKey">16 random bytes, for this file only.</param>
    /// <param name="recipients">One to <see cref="SealLimits.MaxStanzas"/> of them, all post-quantum or none.</param>
    /// <param name="random"><see cref="RandomSize"/> random bytes, never used again.</param>
    /// <returns>
    /// The bytes up to the payload's nonce, or a refusal coded <c>seal.no-recipients</c>,
    /// <c>seal.too-many-recipients</c> or <c>seal.recipients-mixed</c>.
    /// </returns>
    public static Outcome<byte[]> Write(
        ReadOnlySpan<byte> fileKey,
        IReadOnlyList<Recipient> recipients,
        ReadOnlySpan<byte> random
    )
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(fileKey.Length, FileKeySize, nameof(fileKey));
        ArgumentOutOfRangeException.ThrowIfNotEqual(random.Length, RandomSize(recipients), nameof(random));
        if (WhyNot(recipients) is { } why)
        {
            return new Outcome<byte[]>.Refused(why);
        }

        List<SealStanza> stanzas = [];
        foreach (var recipient in recipients)
        {
            stanzas.Add(recipient.Wrap(fileKey, random[..recipient.RandomSize]));
            random = random[recipient.RandomSize..];
        }

        var authenticated = Encoding.ASCII.GetBytes(SealHeaderText.Write(stanzas));
        var mac = RawBase64.Encode(Mac(fileKey, authenticated));
        return new Outcome<byte[]>.Admitted([.. authenticated, (byte)' ', .. Encoding.ASCII.GetBytes(mac), (byte)'\n']);
    }

    /// <summary>Unwraps the file key and checks that the header is the one that was sealed with it.</summary>
    /// <param name="identities">Tried in order.</param>
    /// <returns>
    /// 16 bytes, to be cleared after use, or a refusal coded <c>seal.no-matching-key</c>, <c>seal.mac-wrong</c>,
    /// <c>seal.stanza-malformed</c> or <c>seal.work-factor-too-high</c>.
    /// </returns>
    public Outcome<byte[]> FileKey(IReadOnlyList<Identity> identities)
    {
        var fileKey = new byte[FileKeySize];
        foreach (var identity in identities)
        {
            for (var i = 0; i < Stanzas.Count; i++)
            {
                switch (identity.Unwrap(Stanzas[i], fileKey))
                {
                    case Outcome<bool>.Refused refused:
                        return Refuse(refused.Why with { Where = $"stanza[{i}]" });
                    case Outcome<bool>.Admitted { Value: true }:
                        return CryptographicOperations.FixedTimeEquals(Mac(fileKey, authenticated), mac)
                            ? new Outcome<byte[]>.Admitted(fileKey)
                            : Refuse(new Refusal(SealRefusals.MacWrong, SealRefusals.Age("Header MAC")));
                }
            }
        }

        return Refuse(new Refusal(SealRefusals.NoMatchingKey, SealRefusals.Age("Recipient stanza")));
    }

    private static Refusal? WhyNot(IReadOnlyList<Recipient> recipients)
    {
        if (recipients.Count == 0)
        {
            return new Refusal(SealRefusals.NoRecipients, SealRefusals.Age("Header"));
        }

        if (recipients.Count > SealLimits.MaxStanzas)
        {
            return new Refusal(SealRefusals.TooManyRecipients, SealRefusals.Ours("4"));
        }

        // A passphrase stands alone, and one classic recipient would undo what the post-quantum ones are there for.
        var mixed = recipients.Any(r => r.GetType() != recipients[0].GetType());
        var twoPassphrases = recipients.Count > 1 && recipients[0] is Recipient.Passphrase;
        return mixed || twoPassphrases
            ? new Refusal(SealRefusals.RecipientsMixed, SealRefusals.Age("Native recipient types"))
            : null;
    }

    private static byte[] Mac(ReadOnlySpan<byte> fileKey, ReadOnlySpan<byte> authenticated)
    {
        Span<byte> key = stackalloc byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, fileKey, key, [], "header"u8);
        return HMACSHA256.HashData(key, authenticated);
    }

    private static Outcome<byte[]> Refuse(Refusal why) => new Outcome<byte[]>.Refused(why);
}
