// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Comity.Register;

/// <summary>A log's private key in memory. Signs checkpoints; the same text gives the same signature.</summary>
/// <remarks>
/// Holds the key, so it has no value equality and prints only its name. A key in a hardware module needs none of this:
/// sign the UTF-8 of <see cref="SignedNote.Text"/> there and use <see cref="NoteSignature.By"/>.
/// </remarks>
public sealed class LogSigner
{
    private readonly Ed25519Key key;

    /// <summary>Makes the key pair of 32 secret bytes.</summary>
    /// <param name="name">
    /// 1 to 255 bytes of UTF-8 without white space, plus or control characters; throws otherwise.
    /// </param>
    /// <param name="seed">32 bytes from a source of randomness (RFC 8032); throws for another length.</param>
    public LogSigner(string name, ReadOnlySpan<byte> seed) => key = new Ed25519Key(name, NoteKeyType.Log, seed);

    /// <summary>The public half, to give to readers.</summary>
    public NoteVerifier Verifier => key.Verifier;

    /// <summary>Signs a note's text, given with its last newline.</summary>
    public NoteSignature Sign(string text) => NoteSignature.By(Verifier, key.Sign(Encoding.UTF8.GetBytes(text)));

    /// <inheritdoc/>
    public override string ToString() => Verifier.Name;
}

/// <summary>A witness's private key in memory. Cosigns the checkpoints of others.</summary>
/// <remarks>
/// Use a key of its own: a cosignature does not name its witness, so one key under two names would count twice. Whether
/// the checkpoint only grew is checked before, by <see cref="Checkpoint.Extends"/>.
/// </remarks>
public sealed class Cosigner
{
    private readonly Ed25519Key key;

    /// <inheritdoc cref="LogSigner(string, ReadOnlySpan{byte})"/>
    public Cosigner(string name, ReadOnlySpan<byte> seed) => key = new Ed25519Key(name, NoteKeyType.Cosigner, seed);

    /// <summary>The public half, to give to readers.</summary>
    public NoteVerifier Verifier => key.Verifier;

    /// <summary>Cosigns a checkpoint.</summary>
    /// <param name="text">The checkpoint's text, with its last newline.</param>
    /// <param name="at">When, UTC, whole seconds, from 1970; throws otherwise.</param>
    public NoteSignature Sign(string text, DateTimeOffset at) =>
        NoteSignature.By(Verifier, Cosignature.Join(at, key.Sign(Cosignature.Message(text, at))));

    /// <inheritdoc/>
    public override string ToString() => Verifier.Name;
}

/// <summary>An Ed25519 key pair under a name.</summary>
internal sealed class Ed25519Key
{
    private readonly Ed25519PrivateKeyParameters key;

    internal Ed25519Key(string name, NoteKeyType type, ReadOnlySpan<byte> seed)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(seed.Length, Ed25519.SecretKeySize, nameof(seed));
        key = new Ed25519PrivateKeyParameters(seed);
        Verifier = NoteVerifier.Of(name, type, key.GeneratePublicKey().GetEncoded()) switch
        {
            Outcome<NoteVerifier>.Admitted verifier => verifier.Value,
            _ => throw new ArgumentException(
                "the name of a key has no white space, plus or control character",
                nameof(name)
            ),
        };
    }

    internal NoteVerifier Verifier { get; }

    internal byte[] Sign(ReadOnlySpan<byte> message)
    {
        var signature = new byte[Ed25519.SignatureSize];
        key.Sign(Ed25519.Algorithm.Ed25519, null, message, signature);
        return signature;
    }
}
