// SPDX-License-Identifier: EUPL-1.2
using Comity.Parties;

namespace Comity.Exchange;

/// <summary>What a diplomatic bag says of itself: from whom, to whom, and every file in it by its digest.</summary>
/// <remarks>
/// Signed with the key of the sender's connection and sealed to the addressee's key for bags. What is not listed here is
/// not part of the bag. Specification: <c>docs/spec/bag.md</c>, comity-bag@v1.
/// </remarks>
/// <param name="Format">Always <see cref="Version"/>.</param>
/// <param name="From">The Party that packed it.</param>
/// <param name="To">The Party it is for.</param>
/// <param name="Made">When it was packed. A statement: a bag may travel for weeks, and nothing is measured by it.</param>
/// <param name="Entry">The sender's own newest directory entry, signed, base64: the bag takes the place of the line here too.</param>
/// <param name="Cursor">The largest index of the addressee's register that the sender has answered for; -1 for none.</param>
/// <param name="Checkpoint">The sender's newest checkpoint, a C2SP signed note.</param>
/// <param name="Settled">
/// An index of the sender's register: of everything for the addressee up to and including it, the sender holds the answer.
/// -1 for none. Answers up to it need not be carried again.
/// </param>
/// <param name="Letters">The letters, in the order in which they are taken in, as they lie sealed in the bag.</param>
/// <param name="Exhibits">The sealed exhibits, each under the digest of its bytes.</param>
public sealed record BagManifest(
    string Format,
    PartyId From,
    PartyId To,
    DateTimeOffset Made,
    string Entry,
    long Cursor,
    string Checkpoint,
    long Settled,
    IReadOnlyList<BagFile> Letters,
    IReadOnlyList<BagFile> Exhibits
)
{
    /// <summary>The name of the format.</summary>
    public const string Version = "comity-bag@v1";

    /// <summary>Largest manifest, in bytes of JSON. The most letters and exhibits fit.</summary>
    public const int MaximumBytes = 16 * 1024 * 1024;

    /// <summary>Most letters in a bag: half a million acts.</summary>
    public const int MaximumLetters = 4_096;

    /// <summary>Most exhibits in a bag.</summary>
    public const int MaximumExhibits = 65_536;

    internal string? Outside() =>
        Format != Version ? "format"
        : Cursor < -1 ? "cursor"
        : Settled < -1 ? "settled"
        : Letters.Count > MaximumLetters || Letters.Any(f => f.Size is < 1 or > BagLetter.MaximumSealedBytes)
            ? "letters"
        : Exhibits.Count > MaximumExhibits || Exhibits.Any(f => f.Size < 1) ? "exhibits"
        : Exhibits.DistinctBy(f => f.Sha256).Count() < Exhibits.Count ? "exhibits"
        : null;
}

/// <summary>A file in a bag.</summary>
/// <param name="Sha256">SHA-256 of its bytes as they lie in the bag.</param>
/// <param name="Size">How many there are.</param>
public sealed record BagFile(Digest Sha256, long Size);

/// <summary>A letter in a bag: acts for the addressee, and answers to acts of the addressee, as they would go by wire.</summary>
/// <param name="Acts">Acts in the order of the sender's register, each with its receipt: at most 128.</param>
/// <param name="Answers">What became of acts of the addressee: at most 128. Never of one that is parked.</param>
public sealed record BagLetter(IReadOnlyList<PushedAct> Acts, IReadOnlyList<ActAnswer> Answers)
{
    /// <summary>Largest letter, in bytes of JSON: as large as what may be pushed by wire.</summary>
    public const int MaximumBytes = Push.MaximumBytes;

    /// <summary>Largest letter as it lies sealed in the bag: its header and tags added.</summary>
    public const int MaximumSealedBytes = MaximumBytes + 64 * 1024;
}
