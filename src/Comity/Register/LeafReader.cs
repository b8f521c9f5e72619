// SPDX-License-Identifier: EUPL-1.2
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Comity.Register;

/// <summary>Reads the canonical text of a leaf, byte by expected byte.</summary>
/// <remarks>
/// Not a JSON reader on purpose: a JSON reader takes many spellings of one leaf, and a leaf that was read from another
/// spelling would hash to something else than what was read.
/// </remarks>
internal ref struct LeafReader(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> text = text;

    /// <summary>
    /// The byte, from 0, where reading stands: after a failure, where the text departs from the form.
    /// </summary>
    internal int At { get; private set; }

    internal bool TryRead([NotNullWhen(true)] out Leaf? leaf)
    {
        leaf = null;
        if (!Skip("{\"act\":\""u8) || !TryDigest(out var act))
            return false;
        if (!Skip("\",\"entry\":\""u8) || !TryEntry(out var recorded))
            return false;
        if (!Skip("\",\"instant\":\""u8) || !TryInstant(out var entered))
            return false;
        if (!Skip("\",\"directory\":\""u8) || !TryDigest(out var directory))
            return false;
        if (!Skip("\"}"u8) || At != text.Length)
            return false;
        leaf = new Leaf(act, recorded, entered, directory);
        return true;
    }

    private bool TryEntry([NotNullWhen(true)] out LeafEntry? recorded)
    {
        recorded = null;
        if (Skip("issued"u8))
            recorded = new LeafEntry.Issued();
        else if (Skip("admitted"u8))
            recorded = new LeafEntry.Admitted();
        else if (Skip("not-admitted\",\"code\":\""u8) && TryCode(out var code))
            recorded = new LeafEntry.NotAdmitted(code);
        return recorded is not null;
    }

    private bool TryCode([NotNullWhen(true)] out string? code)
    {
        code = null;
        var length = text[At..].IndexOf((byte)'"');
        if (length < 0 || length > LeafEntry.NotAdmitted.MaximumCodeLength)
            return false;
        var word = Encoding.Latin1.GetString(text.Slice(At, length));
        if (!LeafEntry.NotAdmitted.IsCode(word))
            return false;
        code = word;
        At += length;
        return true;
    }

    private bool TryDigest(out Digest digest)
    {
        digest = default;
        Span<char> hex = stackalloc char[2 * Digest.Size];
        if (!Peek(hex) || !Digest.TryParseHex(hex, out digest))
            return false;
        At += hex.Length;
        return true;
    }

    private bool TryInstant(out DateTimeOffset instant)
    {
        instant = default;
        Span<char> text = stackalloc char[Instants.Length];
        if (!Peek(text) || !Instants.TryParse(text, out instant))
            return false;
        At += text.Length;
        return true;
    }

    private bool Skip(ReadOnlySpan<byte> expected)
    {
        if (!text[At..].StartsWith(expected))
            return false;
        At += expected.Length;
        return true;
    }

    // Latin-1 keeps every byte apart, so what is not ASCII fails where the characters are checked.
    private readonly bool Peek(Span<char> characters)
    {
        if (text.Length - At < characters.Length)
            return false;
        Encoding.Latin1.GetChars(text.Slice(At, characters.Length), characters);
        return true;
    }
}
