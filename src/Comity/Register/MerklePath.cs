// SPDX-License-Identifier: EUPL-1.2
using System.Collections.Immutable;
using static Comity.Outcome<Comity.Register.MerklePath>;

namespace Comity.Register;

/// <summary>The hashes of an inclusion proof or of a consistency proof, in the order of RFC 6962 section 2.1.</summary>
/// <remarks>
/// Never more than 63 of them, so checking one is bounded. Says nothing by itself: <see cref="MerkleProof"/> tells
/// whether it proves something. Equal when the hashes are.
/// </remarks>
public sealed record MerklePath
{
    /// <summary>
    /// The longest path, in hashes: a register has at most 2^63-1 leaves. C2SP tlog-witness has the same limit.
    /// </summary>
    public const int MaximumLength = 63;

    private readonly ImmutableArray<TreeHash> hashes;

    private MerklePath(ImmutableArray<TreeHash> hashes) => this.hashes = hashes;

    /// <summary>The path of the only leaf, and between equal sizes.</summary>
    public static MerklePath Empty { get; } = new([]);

    /// <summary>The hashes, from the leaf up.</summary>
    public ReadOnlySpan<TreeHash> Hashes => hashes.AsSpan();

    /// <summary>A path computed here.</summary>
    /// <param name="hashes">At most 63. More is a broken program, so it throws.</param>
    public static MerklePath Of(ReadOnlySpan<TreeHash> hashes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hashes.Length, MaximumLength, nameof(hashes));
        return hashes.IsEmpty ? Empty : new MerklePath([.. hashes]);
    }

    /// <summary>Reads a path that came from outside.</summary>
    /// <param name="hashes">Each 44 characters of canonical base64.</param>
    /// <returns>
    /// The path, or a refusal coded <c>register.proof-malformed</c> whose place is <c>hash n</c>, counted from 1.
    /// </returns>
    public static Outcome<MerklePath> Parse(IReadOnlyList<string> hashes)
    {
        if (hashes.Count > MaximumLength)
            return new Refused(RegisterRefusals.ProofMalformed.In("hash", MaximumLength + 1));
        var path = ImmutableArray.CreateBuilder<TreeHash>(hashes.Count);
        foreach (var text in hashes)
        {
            if (!TreeHash.TryParseBase64(text, out var hash))
                return new Refused(RegisterRefusals.ProofMalformed.In("hash", path.Count + 1));
            path.Add(hash);
        }
        return new Admitted(new MerklePath(path.MoveToImmutable()));
    }

    /// <summary>The hashes in base64, from the leaf up.</summary>
    public ImmutableArray<string> ToBase64() => [.. hashes.Select(hash => hash.ToString())];

    /// <inheritdoc/>
    public bool Equals(MerklePath? other) => other is not null && Hashes.SequenceEqual(other.Hashes);

    /// <inheritdoc/>
    public override int GetHashCode() => hashes.IsEmpty ? 0 : HashCode.Combine(hashes.Length, hashes[0]);
}
