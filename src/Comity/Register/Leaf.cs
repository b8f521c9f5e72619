// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using static Comity.Outcome<Comity.Register.Leaf>;

namespace Comity.Register;

/// <summary>
/// What one entry of the register says: this act, this outcome, at this instant, checked against this entry.
/// </summary>
/// <remarks>
/// The log holds only <see cref="Entry"/>, a salted hash; the leaf itself goes into receipts. There is one canonical
/// text per leaf (docs/spec/register.md, 1), so a leaf can be hashed again by anyone who has its salt. Immutable; equal
/// by value.
/// </remarks>
public sealed record Leaf
{
    /// <summary>Longest canonical text, in bytes.</summary>
    public const int MaximumBytes = 283;

    /// <summary>States a leaf.</summary>
    /// <param name="act">The act's id: the SHA-256 of its signed bytes.</param>
    /// <param name="recorded">What the register records about it.</param>
    /// <param name="entered">
    /// The legal instant: when the register entered the act. UTC, whole seconds; throws otherwise.
    /// </param>
    /// <param name="directory">The SHA-256 of the signed directory entry the act was checked against.</param>
    public Leaf(Digest act, LeafEntry recorded, DateTimeOffset entered, Digest directory)
    {
        if (!Instants.IsWhole(entered))
            throw new ArgumentOutOfRangeException(
                nameof(entered),
                "a leaf's instant is UTC in whole seconds, from 1970"
            );
        Act = act;
        Recorded = recorded;
        Entered = entered;
        Directory = directory;
    }

    /// <summary>The act's id: the SHA-256 of its signed bytes.</summary>
    public Digest Act { get; }

    /// <summary>What the register records about the act.</summary>
    public LeafEntry Recorded { get; }

    /// <summary>
    /// When the register entered the act, UTC, whole seconds. Clocks run from it, not from what the act says.
    /// </summary>
    public DateTimeOffset Entered { get; }

    /// <summary>
    /// The SHA-256 of the signed directory entry the act was checked against, so that a key's later expiry or
    /// revocation changes nothing.
    /// </summary>
    public Digest Directory { get; }

    /// <summary>Reads a leaf's canonical text.</summary>
    /// <param name="canonical">The text and nothing around it.</param>
    /// <returns>
    /// The leaf, whose <see cref="Canonical"/> is byte for byte what was read; or a refusal coded
    /// <c>register.leaf-not-canonical</c>, placed at the byte where it departs.
    /// </returns>
    public static Outcome<Leaf> Parse(ReadOnlySpan<byte> canonical)
    {
        var reader = new LeafReader(canonical);
        return reader.TryRead(out var leaf)
            ? new Admitted(leaf)
            : new Refused(RegisterRefusals.LeafNotCanonical.In("byte", reader.At));
    }

    /// <summary>The canonical text: compact JSON in ASCII, members in a fixed order.</summary>
    public byte[] Canonical()
    {
        Span<byte> text = stackalloc byte[MaximumBytes];
        return text[..Write(text)].ToArray();
    }

    /// <summary>The register's entry: SHA-256 over the salt and the canonical text.</summary>
    /// <param name="salt">New for this leaf.</param>
    public Digest Entry(Salt salt)
    {
        Span<byte> input = stackalloc byte[Salt.Size + MaximumBytes];
        salt.CopyTo(input);
        var length = Write(input[Salt.Size..]);
        return Digest.Of(input[..(Salt.Size + length)]);
    }

    /// <summary>The canonical text.</summary>
    public override string ToString() => Encoding.ASCII.GetString(Canonical());

    private int Write(Span<byte> destination)
    {
        var rest = Put(destination, "{\"act\":\""u8);
        rest = Put(rest, Act.ToHex());
        rest = Put(rest, "\",\"entry\":\""u8);
        rest = Put(rest, Recorded.Word);
        if (Recorded is LeafEntry.NotAdmitted refused)
        {
            rest = Put(rest, "\",\"code\":\""u8);
            rest = Put(rest, refused.Code);
        }
        rest = Put(rest, "\",\"instant\":\""u8);
        rest = Put(rest, Instants.Format(Entered));
        rest = Put(rest, "\",\"directory\":\""u8);
        rest = Put(rest, Directory.ToHex());
        rest = Put(rest, "\"}"u8);
        return destination.Length - rest.Length;
    }

    private static Span<byte> Put(Span<byte> destination, ReadOnlySpan<byte> text)
    {
        text.CopyTo(destination);
        return destination[text.Length..];
    }

    // Every value in a leaf is ASCII by construction.
    private static Span<byte> Put(Span<byte> destination, string ascii) =>
        destination[Encoding.ASCII.GetBytes(ascii, destination)..];
}
