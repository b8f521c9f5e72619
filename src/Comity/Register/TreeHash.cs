// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Register;

/// <summary>The hash of a leaf, of a node, or of a whole register, by the rules of RFC 6962 section 2.1.</summary>
/// <remarks>
/// A type of its own, because a register's <em>entry</em> is 32 bytes too: putting an entry where its leaf hash belongs
/// would give a proof of something else, and the compiler refuses it.
/// </remarks>
/// <param name="Digest">The 32 bytes.</param>
public readonly record struct TreeHash(Digest Digest)
{
    // Entries of this register are 32 bytes; other logs' entries are up to 65,535. Above this a hash allocates once.
    private const int OnStack = 512;

    /// <summary>The hash of a register without entries: the SHA-256 of nothing.</summary>
    public static TreeHash EmptyTree { get; } = new(Digest.Of([]));

    /// <summary>SHA-256 of the byte 0x00 and the entry.</summary>
    public static TreeHash OfLeaf(ReadOnlySpan<byte> entry)
    {
        var input = entry.Length < OnStack ? stackalloc byte[OnStack] : new byte[entry.Length + 1];
        input[0] = 0x00;
        entry.CopyTo(input[1..]);
        return new TreeHash(Digest.Of(input[..(entry.Length + 1)]));
    }

    /// <summary>The leaf hash of an entry that is a digest, as every entry of this register is.</summary>
    public static TreeHash OfLeaf(Digest entry)
    {
        Span<byte> input = stackalloc byte[1 + Digest.Size];
        input[0] = 0x00;
        entry.CopyTo(input[1..]);
        return new TreeHash(Digest.Of(input));
    }

    /// <summary>SHA-256 of the byte 0x01, the hash of the left half and the hash of the right half.</summary>
    public static TreeHash OfNode(TreeHash left, TreeHash right)
    {
        Span<byte> input = stackalloc byte[1 + 2 * Digest.Size];
        input[0] = 0x01;
        left.Digest.CopyTo(input[1..]);
        right.Digest.CopyTo(input[(1 + Digest.Size)..]);
        return new TreeHash(Digest.Of(input));
    }

    /// <inheritdoc cref="Digest.TryParseBase64"/>
    public static bool TryParseBase64(ReadOnlySpan<char> text, out TreeHash hash)
    {
        var read = Digest.TryParseBase64(text, out var digest);
        hash = new TreeHash(digest);
        return read;
    }

    /// <inheritdoc cref="Digest.ToBase64"/>
    public override string ToString() => Digest.ToBase64();
}
