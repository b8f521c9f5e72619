// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using System.Text;

namespace Comity.Evidence;

/// <summary>What opens a seal: a secret key, or a passphrase.</summary>
/// <remarks>
/// Immutable; equal when the secrets are. Its text form is reached only through <see cref="Reveal"/>, so that it does
/// not slip into a log. The nested cases are the only ones.
/// </remarks>
public abstract record Identity
{
    /// <summary>Bytes of a secret key, of either kind.</summary>
    public const int SecretSize = 32;

    private const string ClassicPrefix = "age-secret-key-";
    private const string HybridPrefix = "age-secret-key-pq-";

    private readonly byte[] secret;

    private Identity(byte[] secret) => this.secret = secret;

    /// <summary>The recipient whose seals this opens.</summary>
    public abstract Recipient Recipient { get; }

    /// <summary>Reads an identity as a key file holds it.</summary>
    /// <param name="text">
    /// <c>AGE-SECRET-KEY-1...</c> or <c>AGE-SECRET-KEY-PQ-1...</c>, upper case, without white space. Hostile.
    /// </param>
    /// <returns>The identity, or a refusal as <c>seal.identity-malformed</c>.</returns>
    public static Outcome<Identity> Parse(string text)
    {
        if (!text.Any(char.IsAsciiLetterLower))
        {
            if (Bech32.Decode(text, ClassicPrefix, SecretSize) is { Length: > 0 } secret)
            {
                return new Outcome<Identity>.Admitted(new X25519(secret));
            }

            if (Bech32.Decode(text, HybridPrefix, SecretSize) is { Length: > 0 } seed)
            {
                return new Outcome<Identity>.Admitted(new Hybrid(seed));
            }
        }

        return new Outcome<Identity>.Refused(
            new Refusal(SealRefusals.IdentityMalformed, SealRefusals.Age("Native recipient types"))
        );
    }

    /// <summary>The secret itself, as a key file holds it. For writing that file and nothing else.</summary>
    public abstract string Reveal();

    /// <summary>Tries this identity on one stanza.</summary>
    /// <param name="stanza">Shape already checked.</param>
    /// <param name="fileKey">Takes 16 bytes when the answer is true.</param>
    /// <returns>Whether the stanza was for this identity, or why no honest sealer can have written it.</returns>
    internal abstract Outcome<bool> Unwrap(SealStanza stanza, Span<byte> fileKey);

    /// <summary>Whether both are the same secret.</summary>
    public virtual bool Equals(Identity? other) =>
        other is not null
        && EqualityContract == other.EqualityContract
        && CryptographicOperations.FixedTimeEquals(secret, other.secret);

    /// <inheritdoc/>
    public override int GetHashCode() => Recipient.GetHashCode();

    /// <summary>The kind of secret, never the secret.</summary>
    public sealed override string ToString() => $"{EqualityContract.Name} identity";

    internal static byte[] PassphraseBytes(string passphrase)
    {
        var bytes = Encoding.UTF8.GetBytes(passphrase);
        ArgumentOutOfRangeException.ThrowIfZero(bytes.Length, nameof(passphrase));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, SealLimits.MaxPassphraseBytes, nameof(passphrase));
        return bytes;
    }

    private static Outcome<bool> NotMine => new Outcome<bool>.Admitted(false);

    /// <summary>A Curve25519 secret key.</summary>
    public sealed record X25519 : Identity
    {
        /// <summary>Takes a new secret key.</summary>
        /// <param name="secret">32 random bytes.</param>
        public X25519(ReadOnlySpan<byte> secret)
            : base(secret.ToArray()) => Recipient = new Recipient.X25519(X25519Stanza.PublicKey(secret));

        /// <inheritdoc/>
        public override Recipient Recipient { get; }

        /// <inheritdoc/>
        public override string Reveal() => Bech32.Encode(ClassicPrefix, secret).ToUpperInvariant();

        internal override Outcome<bool> Unwrap(SealStanza stanza, Span<byte> fileKey) =>
            stanza.Kind == X25519Stanza.Kind ? X25519Stanza.Unwrap(secret, stanza, fileKey) : NotMine;
    }

    /// <summary>The seed of an ML-KEM-768 and a Curve25519 key.</summary>
    public sealed record Hybrid : Identity
    {
        /// <summary>Takes a new seed.</summary>
        /// <param name="seed">32 random bytes.</param>
        public Hybrid(ReadOnlySpan<byte> seed)
            : base(seed.ToArray()) => Recipient = new Recipient.Hybrid(XWing.PublicKey(seed));

        /// <inheritdoc/>
        public override Recipient Recipient { get; }

        /// <inheritdoc/>
        public override string Reveal() => Bech32.Encode(HybridPrefix, secret).ToUpperInvariant();

        internal override Outcome<bool> Unwrap(SealStanza stanza, Span<byte> fileKey) =>
            stanza.Kind == HybridStanza.Kind ? HybridStanza.Unwrap(secret, stanza, fileKey) : NotMine;
    }

    /// <summary>A passphrase, as it was typed.</summary>
    public sealed record Passphrase : Identity
    {
        /// <summary>Takes a passphrase.</summary>
        /// <param name="passphrase">Not empty; at most <see cref="SealLimits.MaxPassphraseBytes"/> in UTF-8.</param>
        public Passphrase(string passphrase)
            : base(PassphraseBytes(passphrase)) => Recipient = new Recipient.Passphrase(passphrase);

        /// <inheritdoc/>
        public override Recipient Recipient { get; }

        /// <inheritdoc/>
        public override string Reveal() => Encoding.UTF8.GetString(secret);

        internal override Outcome<bool> Unwrap(SealStanza stanza, Span<byte> fileKey) =>
            stanza.Kind == PassphraseStanza.Kind ? PassphraseStanza.Unwrap(secret, stanza, fileKey) : NotMine;
    }
}
