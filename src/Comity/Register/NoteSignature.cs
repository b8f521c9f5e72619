// SPDX-License-Identifier: EUPL-1.2
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Comity.Register;

/// <summary>One signature line of a note: who says to have signed, with which key, and the signature.</summary>
/// <remarks>Not verified by being here. Immutable; equal when the lines are.</remarks>
public sealed record NoteSignature
{
    private const string Dash = "\u2014 ";

    // The four bytes of the key id, then the signature: kept as text, because the line has to come out as it went in.
    private readonly string base64;

    private NoteSignature(string name, uint keyId, string base64)
    {
        Name = name;
        KeyId = keyId;
        this.base64 = base64;
    }

    /// <summary>The name of the key, as it stands on the line.</summary>
    public string Name { get; }

    /// <summary>
    /// The first four bytes of a hash over name, type and key, big-endian. Finds a key; proves nothing.
    /// </summary>
    public uint KeyId { get; }

    /// <summary>Makes the line for a signature that was computed elsewhere, as in a hardware module.</summary>
    /// <param name="key">The key that signed.</param>
    /// <param name="signature">
    /// For a log key the 64 bytes of Ed25519 over the note's text; for a cosigner's key the time and signature that
    /// C2SP tlog-cosignature lays down. At least one byte.
    /// </param>
    public static NoteSignature By(NoteVerifier key, ReadOnlySpan<byte> signature)
    {
        ArgumentOutOfRangeException.ThrowIfZero(signature.Length, nameof(signature));
        var blob = new byte[4 + signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(blob, key.KeyId);
        signature.CopyTo(blob.AsSpan(4));
        return new NoteSignature(key.Name, key.KeyId, Convert.ToBase64String(blob));
    }

    /// <summary>The bytes after the key id.</summary>
    public byte[] Signature() => Convert.FromBase64String(base64)[4..];

    /// <summary>The line as it stands in the note, with its newline.</summary>
    public override string ToString() => $"{Dash}{Name} {base64}\n";

    /// <summary>Reads a line, given without its newline.</summary>
    internal static bool TryParse(ReadOnlySpan<char> line, [NotNullWhen(true)] out NoteSignature? signature)
    {
        signature = null;
        if (!line.StartsWith(Dash))
            return false;
        line = line[Dash.Length..];
        var space = line.IndexOf(' ');
        if (space < 0 || !KeyName.IsWellFormed(line[..space]))
            return false;
        var name = line[..space].ToString();
        var base64 = line[(space + 1)..];
        if (!StrictText.TryBase64(base64, out var blob) || blob.Length < 5)
            return false;
        signature = new NoteSignature(name, BinaryPrimitives.ReadUInt32BigEndian(blob), base64.ToString());
        return true;
    }
}
