// SPDX-License-Identifier: EUPL-1.2
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Org.BouncyCastle.Math.EC.Rfc8032;
using static Comity.Outcome<Comity.Register.NoteVerifier>;

namespace Comity.Register;

/// <summary>What a key signs, as the type byte of C2SP signed-note says it.</summary>
public enum NoteKeyType
{
    /// <summary>Ed25519 over the note's text: a log signing its own checkpoints. Byte 0x01.</summary>
    Log = 0x01,

    /// <summary>Ed25519 over a time and the note's text: a witness that has seen the checkpoint. Byte 0x04.</summary>
    Cosigner = 0x04,
}

/// <summary>A public key that a reader trusts for one name and one kind of signature.</summary>
/// <remarks>
/// Written <c>name+id+base64</c>, where the base64 holds the type byte and the 32 bytes of an Ed25519 public key. The
/// id is derived from the other two, so it can be neither chosen nor mistyped. Immutable; equal by value.
/// </remarks>
public sealed record NoteVerifier
{
    private const int MaximumLength = KeyName.MaximumBytes + 1 + 8 + 1 + 44;

    private NoteVerifier(string name, NoteKeyType type, Digest publicKey)
    {
        Name = name;
        Type = type;
        PublicKey = publicKey;
        KeyId = Id(name, type, publicKey);
    }

    /// <summary>The key's name: for a log usually its origin. At most 255 bytes of UTF-8.</summary>
    public string Name { get; }

    /// <summary>What the key signs.</summary>
    public NoteKeyType Type { get; }

    /// <summary>
    /// The first four bytes, big-endian, of SHA-256 over the name, a newline, the type byte and the key.
    /// </summary>
    public uint KeyId { get; }

    // The 32 bytes of the key. Not a hash, but 32 bytes that compare by value.
    private Digest PublicKey { get; }

    /// <summary>A verifier for a public key at hand.</summary>
    /// <param name="name">1 to 255 bytes of UTF-8 without white space, plus or control characters.</param>
    /// <param name="type">What the key signs.</param>
    /// <param name="publicKey">32 bytes (RFC 8032).</param>
    /// <returns>
    /// The verifier, or a refusal coded <c>register.key-malformed</c> or <c>register.key-type-wrong</c>.
    /// </returns>
    public static Outcome<NoteVerifier> Of(string name, NoteKeyType type, ReadOnlySpan<byte> publicKey)
    {
        if (type is not (NoteKeyType.Log or NoteKeyType.Cosigner))
            return new Refused(RegisterRefusals.KeyTypeWrong);
        // A key of small order would let one signature fit many texts; no honest key is one.
        if (!KeyName.IsUsable(name) || publicKey.Length != 32 || !Ed25519.ValidatePublicKeyFull(publicKey))
            return new Refused(RegisterRefusals.KeyMalformed);
        return new Admitted(new NoteVerifier(name, type, new Digest(publicKey)));
    }

    /// <summary>Reads a verifier key.</summary>
    /// <param name="text"><c>name+id+base64</c>: the id 8 lower-case hexadecimal digits, the base64 canonical.</param>
    /// <returns>
    /// The verifier, or a refusal coded <c>register.key-malformed</c>, <c>register.key-type-wrong</c> or, when the id
    /// is not the one of this name and key, <c>register.key-id-wrong</c>.
    /// </returns>
    public static Outcome<NoteVerifier> Parse(string text)
    {
        // The base64 may hold a plus itself, so only the first two part the fields.
        var parts = text.Length > MaximumLength ? [] : text.Split('+', 3);
        if (parts.Length != 3 || !StrictText.TryBase64(parts[2], out var blob))
            return new Refused(RegisterRefusals.KeyMalformed);
        if (parts[1].Length != 8 || !StrictText.IsLowerHex(parts[1]))
            return new Refused(RegisterRefusals.KeyMalformed);
        var id = uint.Parse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return Of(parts[0], (NoteKeyType)blob[0], blob.AsSpan(1))
            .Then(key =>
                key.KeyId == id ? (Outcome<NoteVerifier>)new Admitted(key) : new Refused(RegisterRefusals.KeyIdWrong)
            );
    }

    /// <summary>The 32 bytes of the key (RFC 8032).</summary>
    public byte[] ToPublicKey() => PublicKey.ToArray();

    /// <summary>Whether a signature line says to be by this key: same name and same id.</summary>
    public bool IsNamedBy(NoteSignature signature) => signature.KeyId == KeyId && signature.Name == Name;

    /// <summary>Whether a signature line is by this key and holds for this text.</summary>
    /// <param name="text">A note's text, with its last newline.</param>
    /// <param name="signature">A line of that note.</param>
    public bool Verifies(string text, NoteSignature signature)
    {
        if (!IsNamedBy(signature))
            return false;
        var bytes = signature.Signature();
        if (Type == NoteKeyType.Log)
            return Holds(bytes, Encoding.UTF8.GetBytes(text));
        return Cosignature.TryTime(bytes, out var at) && Holds(bytes.AsSpan(8), Cosignature.Message(text, at));
    }

    /// <summary>The verifier key: <c>name+id+base64</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}+{KeyId:x8}+{Convert.ToBase64String(TypeAndKey())}");

    private static uint Id(string name, NoteKeyType type, Digest publicKey)
    {
        byte[] input = [.. Encoding.UTF8.GetBytes(name), (byte)'\n', (byte)type, .. publicKey.ToArray()];
        return BinaryPrimitives.ReadUInt32BigEndian(Digest.Of(input).ToArray());
    }

    private byte[] TypeAndKey() => [(byte)Type, .. PublicKey.ToArray()];

    private bool Holds(ReadOnlySpan<byte> signature, ReadOnlySpan<byte> message) =>
        signature.Length == Ed25519.SignatureSize && Ed25519.Verify(signature, PublicKey.ToArray(), message);
}
