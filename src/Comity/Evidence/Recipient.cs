// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;

namespace Comity.Evidence;

/// <summary>Somebody a file is sealed to: an authority's key, or whoever knows a passphrase.</summary>
/// <remarks>Immutable; equal when the keys are. The nested cases are the only ones.</remarks>
public abstract record Recipient
{
    private const string ClassicPrefix = "age";
    private const string HybridPrefix = "age1pq";

    private readonly byte[] key;

    private Recipient(byte[] key) => this.key = key;

    /// <summary>Random bytes that one wrapping uses up.</summary>
    public abstract int RandomSize { get; }

    /// <summary>Reads a recipient as it is published.</summary>
    /// <param name="text"><c>age1...</c> or <c>age1pq1...</c>, lower case, without white space. Hostile.</param>
    /// <returns>
    /// The recipient, or a refusal as <c>seal.recipient-malformed</c>, also for a key with which nothing can be kept
    /// secret.
    /// </returns>
    public static Outcome<Recipient> Parse(string text)
    {
        if (!text.Any(char.IsAsciiLetterUpper))
        {
            if (
                Bech32.Decode(text, ClassicPrefix, X25519Stanza.KeySize) is { Length: > 0 } key
                && !X25519Stanza.IsDegenerate(key)
            )
            {
                return new Outcome<Recipient>.Admitted(new X25519(key));
            }

            if (
                Bech32.Decode(text, HybridPrefix, XWing.PublicKeySize) is { Length: > 0 } both
                && XWing.IsPublicKey(both)
            )
            {
                return new Outcome<Recipient>.Admitted(new Hybrid(both));
            }
        }

        return new Outcome<Recipient>.Refused(
            new Refusal(SealRefusals.RecipientMalformed, SealRefusals.Age("Native recipient types"))
        );
    }

    /// <summary>Wraps a file key for this recipient.</summary>
    /// <param name="fileKey">16 random bytes, the same for every recipient of one file and for no other file.</param>
    /// <param name="random"><see cref="RandomSize"/> random bytes, never used again.</param>
    internal abstract SealStanza Wrap(ReadOnlySpan<byte> fileKey, ReadOnlySpan<byte> random);

    /// <summary>Whether both are the same key.</summary>
    public virtual bool Equals(Recipient? other) =>
        other is not null
        && EqualityContract == other.EqualityContract
        && CryptographicOperations.FixedTimeEquals(key, other.key);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(EqualityContract, key.Length, key[0], key[^1]);

    /// <summary>A Curve25519 key, which Debian's <c>age</c> can open too.</summary>
    public sealed record X25519 : Recipient
    {
        internal X25519(byte[] key)
            : base(key) { }

        /// <inheritdoc/>
        public override int RandomSize => X25519Stanza.KeySize;

        /// <summary><c>age1...</c>, as published.</summary>
        public override string ToString() => Bech32.Encode(ClassicPrefix, key);

        internal override SealStanza Wrap(ReadOnlySpan<byte> fileKey, ReadOnlySpan<byte> random) =>
            X25519Stanza.Wrap(key, random, fileKey);
    }

    /// <summary>An ML-KEM-768 and Curve25519 key together, against a later quantum computer. Needs <c>age</c> 1.3.</summary>
    public sealed record Hybrid : Recipient
    {
        internal Hybrid(byte[] key)
            : base(key) { }

        /// <inheritdoc/>
        public override int RandomSize => XWing.RandomSize;

        /// <summary><c>age1pq1...</c>, as published.</summary>
        public override string ToString() => Bech32.Encode(HybridPrefix, key);

        internal override SealStanza Wrap(ReadOnlySpan<byte> fileKey, ReadOnlySpan<byte> random) =>
            HybridStanza.Wrap(key, random, fileKey);
    }

    /// <summary>Whoever knows the passphrase. The only recipient of its file.</summary>
    public sealed record Passphrase : Recipient
    {
        internal const string Word = "passphrase";

        /// <summary>Takes a passphrase as it was typed.</summary>
        /// <param name="passphrase">Not empty; at most <see cref="SealLimits.MaxPassphraseBytes"/> in UTF-8.</param>
        /// <param name="workFactor">
        /// Logarithm to base two of the scrypt cost, 1 to <see cref="SealLimits.MaxWorkFactor"/>;
        /// <see cref="SealLimits.WorkFactor"/> unless a test is in a hurry.
        /// </param>
        public Passphrase(string passphrase, int workFactor = SealLimits.WorkFactor)
            : base(Identity.PassphraseBytes(passphrase))
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(workFactor, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(workFactor, SealLimits.MaxWorkFactor);
            WorkFactor = workFactor;
        }

        /// <summary>Logarithm to base two of the scrypt cost.</summary>
        public int WorkFactor { get; }

        /// <inheritdoc/>
        public override int RandomSize => PassphraseStanza.SaltSize;

        /// <summary>Only that it is one.</summary>
        public override string ToString() => Word;

        internal override SealStanza Wrap(ReadOnlySpan<byte> fileKey, ReadOnlySpan<byte> random) =>
            PassphraseStanza.Wrap(key, WorkFactor, random, fileKey);
    }
}
