// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json;
using Comity.Parties;

namespace Comity.Acts;

/// <summary>What an act will do, before it has a number and a time: the thing officers approve.</summary>
/// <remarks>
/// Its digest is what an <see cref="Approve"/> names. The sealed act adds number, time, what it follows and the approvals,
/// and changes nothing else, so anyone who holds the sealed act can compute the digest again. Immutable.
/// </remarks>
/// <param name="Dossier">The dossier.</param>
/// <param name="Concerns">The request it is about.</param>
/// <param name="From">The authority that will speak.</param>
/// <param name="To">The authority addressed.</param>
/// <param name="Visibility">Who may ever see it.</param>
/// <param name="Body">What it says.</param>
public sealed record ActContent(
    DossierId Dossier,
    ActId? Concerns,
    Office From,
    Office To,
    Visibility Visibility,
    ActBody Body
)
{
    /// <summary>The content's kind.</summary>
    public ActKind Kind => ActKind.Of(Body);

    /// <summary>The content in the canonical form of RFC 8785: what is kept while it waits for signatures.</summary>
    public byte[] Write()
    {
        var text = new ActContentText(
            Kind.Name,
            Kind.Version,
            Dossier,
            Concerns,
            From,
            To,
            Visibility,
            ActEncoding.ToElement(Body)
        );
        return CanonicalJson.Write(JsonSerializer.SerializeToElement(text, ActJson.Of<ActContentText>()));
    }

    /// <summary>The digest officers sign: SHA-256 of <see cref="Write"/>.</summary>
    public Digest Digest() => Comity.Digest.Of(Write());

    /// <summary>Reads content that was kept.</summary>
    /// <param name="utf8">What <see cref="Write"/> gave.</param>
    /// <returns>The content, or <c>act.malformed</c> or <c>act.outside-limits</c> at a path.</returns>
    public static Outcome<ActContent> Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var text = JsonSerializer.Deserialize(utf8, ActJson.Of<ActContentText>())!;
            return ActEncoding
                .ReadBody(text.Kind, text.Version, text.Body)
                .Map(body => new ActContent(text.Dossier, text.Concerns, text.From, text.To, text.Visibility, body));
        }
        catch (JsonException)
        {
            return new Outcome<ActContent>.Refused(new Refusal("act.malformed", new Citation("docs/spec/act.md", "6")));
        }
    }

    /// <summary>The content of an act that was sealed.</summary>
    /// <param name="act">An act of a kind that is understood.</param>
    public static ActContent Of(Act act) => new(act.Dossier, act.Concerns, act.From, act.To, act.Visibility, act.Body);

    /// <summary>The act this content becomes.</summary>
    /// <param name="number">Its number in the dossier, 1 or more.</param>
    /// <param name="issued">When, UTC and on a whole second.</param>
    /// <param name="follows">Acts seen, at most <see cref="Act.MaximumFollows"/>.</param>
    /// <param name="approvals">Approvals kept at home, at most <see cref="Act.MaximumApprovals"/>.</param>
    public Act Seal(int number, DateTimeOffset issued, IReadOnlyList<ActId> follows, IReadOnlyList<ActId> approvals) =>
        new(Kind.Name, Kind.Version, Dossier, Concerns, From, To, Visibility, number, issued, follows, approvals, Body);
}
