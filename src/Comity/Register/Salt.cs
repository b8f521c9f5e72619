// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Register;

/// <summary>32 random bytes that keep an entry of the public log from being guessed.</summary>
/// <remarks>
/// Everything else in a leaf can be guessed by whoever knows an act, as its addressee does. So two public logs cannot
/// be laid side by side, and destroying the salt with the act leaves nothing to recognise. The salt travels in receipts
/// and bundles only; it is not printed. Equal by value.
/// </remarks>
public readonly record struct Salt
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 32;

    private readonly Digest bytes;

    private Salt(Digest bytes) => this.bytes = bytes;

    /// <summary>Takes salt drawn or stored elsewhere.</summary>
    /// <param name="bytes">
    /// Exactly 32 bytes from a source of randomness, a new one for each leaf; throws for another length.
    /// </param>
    public Salt(ReadOnlySpan<byte> bytes) => this.bytes = new Digest(bytes);

    /// <summary>Reads 64 lower-case hexadecimal digits and nothing else.</summary>
    public static bool TryParseHex(ReadOnlySpan<char> text, out Salt salt)
    {
        var read = Digest.TryParseHex(text, out var bytes);
        salt = new Salt(bytes);
        return read;
    }

    /// <summary>Writes the 32 bytes.</summary>
    /// <param name="destination">At least 32 bytes long, or it throws.</param>
    public void CopyTo(Span<byte> destination) => bytes.CopyTo(destination);

    /// <summary>64 lower-case hexadecimal digits, for a receipt.</summary>
    public string ToHex() => bytes.ToHex();

    /// <summary>The word, not the bytes: a salt in a log file would undo what it is for.</summary>
    public override string ToString() => "salt";
}
