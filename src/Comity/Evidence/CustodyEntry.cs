// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json;
using System.Text.Json.Serialization;
using Comity.Acts;
using Comity.Parties;

namespace Comity.Evidence;

/// <summary>What befell an exhibit.</summary>
[JsonConverter(typeof(NameConverter<CustodyEvent>))]
public enum CustodyEvent
{
    /// <summary>Somebody secured the data.</summary>
    Collected,

    /// <summary>It was sealed to those who may open it.</summary>
    Sealed,

    /// <summary>An act supplied it.</summary>
    Sent,

    /// <summary>It arrived, every byte as the act says.</summary>
    Received,

    /// <summary>Its seal was opened.</summary>
    Opened,

    /// <summary>Somebody got the sealed file: a reading, whoever it was.</summary>
    Copied,

    /// <summary>It was given back to whoever it came from.</summary>
    Returned,

    /// <summary>Its bytes were deleted.</summary>
    Destroyed,
}

/// <summary>One link of an exhibit's chain of custody.</summary>
/// <remarks>
/// A link is its exact bytes: the next one names their SHA-256, so that none can be changed, taken out or put in between
/// unnoticed. Specification: <c>docs/spec/custody.md</c>, comity-custody@v1.
/// </remarks>
/// <param name="Exhibit">The exhibit, by the SHA-256 of the sealed file.</param>
/// <param name="Place">Its place in the chain, from 1.</param>
/// <param name="What">What happened.</param>
/// <param name="At">When, UTC, on a whole second: when this node took note of it, or, for what an act says, the act's legal time.</param>
/// <param name="Party">Whose deed it was.</param>
/// <param name="Role">In what role: 1 to 200 characters. Always said.</param>
/// <param name="Officer">The officer of this node by their short name, when it was one.</param>
/// <param name="Act">The act that says it, when one does.</param>
/// <param name="Note">Anything more: 1 to 1,000 characters.</param>
/// <param name="Previous">SHA-256 of the link before; absent on the first.</param>
/// <param name="Salt">32 hexadecimal digits, random: what is erased cannot be guessed from its digest.</param>
public sealed record CustodyEntry(
    Digest Exhibit,
    int Place,
    CustodyEvent What,
    DateTimeOffset At,
    PartyId Party,
    string Role,
    string? Officer,
    ActId? Act,
    string? Note,
    Digest? Previous,
    string Salt
)
{
    /// <summary>Bytes of random salt.</summary>
    public const int SaltBytes = 16;

    /// <summary>Largest link, in bytes.</summary>
    public const int MaximumBytes = 8 * 1024;

    private static readonly Citation Specification = new("docs/spec/custody.md", "2");

    /// <summary>The link's bytes: JSON, UTF-8.</summary>
    public byte[] Write() => StrictJson.Write(this, ActJson.Of<CustodyEntry>());

    /// <summary>Reads a link.</summary>
    /// <param name="utf8">What <see cref="Write"/> gave.</param>
    /// <returns>The link, or <c>custody.malformed</c> or <c>custody.outside-limits</c>.</returns>
    public static Outcome<CustodyEntry> Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaximumBytes || !StrictJson.IsObject(utf8, out _))
        {
            return Refuse("custody.malformed", "");
        }

        try
        {
            var entry = JsonSerializer.Deserialize(utf8, ActJson.Of<CustodyEntry>())!;
            var shape = new Shape("");
            entry.Check(shape);
            return shape.Outside is { } where
                ? Refuse("custody.outside-limits", where)
                : new Outcome<CustodyEntry>.Admitted(entry);
        }
        catch (JsonException bad)
        {
            return Refuse("custody.malformed", StrictJson.PathOf(bad, ActJson.Of<CustodyEntry>()));
        }
    }

    private void Check(Shape shape) =>
        shape
            .Range(Place, 1, int.MaxValue, "place")
            .Text(Role, "role")
            .OptionalText(Officer, "officer")
            .OptionalText(Note, "note", 1_000)
            .That((Place == 1) == (Previous is null), "previous")
            .That(Salt.Length == 2 * SaltBytes && Salt.All(char.IsAsciiHexDigitLower), "salt");

    private static Outcome<CustodyEntry> Refuse(string code, string where) =>
        new Outcome<CustodyEntry>.Refused(new Refusal(code, Specification, where));
}
