// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json;
using Comity.Parties;

namespace Comity.Acts;

/// <summary>An act as its JSON stands, the body not yet read.</summary>
internal sealed record ActText(
    string Kind,
    int Version,
    DossierId Dossier,
    ActId? Concerns,
    Office From,
    Office To,
    Visibility Visibility,
    int Number,
    DateTimeOffset Issued,
    IReadOnlyList<ActId> Follows,
    IReadOnlyList<ActId> Approvals,
    JsonElement Body
);

/// <summary>What is approved before an act has a number: all that says what it does, and nothing of when.</summary>
internal sealed record ActContentText(
    string Kind,
    int Version,
    DossierId Dossier,
    ActId? Concerns,
    Office From,
    Office To,
    Visibility Visibility,
    JsonElement Body
);

/// <summary>Reads and writes an act's payload.</summary>
public static class ActEncoding
{
    private static readonly Citation Form = new("docs/spec/act.md", "2");
    private static readonly Citation Limits = new("docs/spec/act.md", "4");

    /// <summary>Reads a payload.</summary>
    /// <param name="utf8">The whole payload.</param>
    /// <returns>
    /// The act, or a refusal: <c>act.too-large</c>, <c>act.malformed</c> (not strict JSON, an unknown, doubled or missing
    /// member, a value that is not of its kind; at the path or offset given) or <c>act.outside-limits</c> (a member too
    /// long, too many or inconsistent; at its path). A body of a kind not understood is no refusal.
    /// </returns>
    public static Outcome<Act> Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > Act.MaximumBytes)
        {
            return Refuse("act.too-large", Limits, "");
        }

        if (!StrictJson.IsObject(utf8, out var offset))
        {
            return Refuse("act.malformed", Form, $"byte {offset}");
        }

        ActText text;
        try
        {
            text = JsonSerializer.Deserialize(utf8, ActJson.Of<ActText>())!;
        }
        catch (JsonException bad)
        {
            return Refuse("act.malformed", Form, StrictJson.PathOf(bad, ActJson.Of<ActText>()));
        }

        return OutsideLimits(text, ActKind.Find(text.Kind, text.Version)) is { } member
            ? Refuse("act.outside-limits", Limits, member)
            : ReadBody(text.Kind, text.Version, text.Body)
                .Map(body => new Act(
                    text.Kind,
                    text.Version,
                    text.Dossier,
                    text.Concerns,
                    text.From,
                    text.To,
                    text.Visibility,
                    text.Number,
                    text.Issued,
                    text.Follows,
                    text.Approvals,
                    body
                ));
    }

    /// <summary>Writes a payload: indented JSON, members in the order of the specification, UTF-8.</summary>
    /// <param name="act">An act that is inside every limit.</param>
    public static byte[] Write(Act act) =>
        StrictJson.Write(
            new ActText(
                act.Kind,
                act.Version,
                act.Dossier,
                act.Concerns,
                act.From,
                act.To,
                act.Visibility,
                act.Number,
                act.Issued,
                act.Follows,
                act.Approvals,
                ToElement(act.Body)
            ),
            ActJson.Of<ActText>()
        );

    /// <summary>Reads a body of a kind, on its own: a draft, a file on disk, the act inside a transcription.</summary>
    /// <param name="kind">The kind's name.</param>
    /// <param name="version">Its version.</param>
    /// <param name="body">The body.</param>
    /// <returns>The body, or <c>act.malformed</c> or <c>act.outside-limits</c> at a path.</returns>
    public static Outcome<ActBody> ReadBody(string kind, int version, JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return new Outcome<ActBody>.Refused(new Refusal("act.malformed", Form, "body"));
        }

        if (ActKind.Find(kind, version) is not { } known)
        {
            return new Outcome<ActBody>.Admitted(new NotUnderstood(body.GetRawText()));
        }

        ActBody read;
        try
        {
            read = (ActBody)body.Deserialize(known.BodyType)!;
        }
        catch (JsonException bad)
        {
            var path = StrictJson.PathOf(bad, known.BodyType);
            return new Outcome<ActBody>.Refused(
                new Refusal("act.malformed", Form, path.Length == 0 ? "body" : $"body.{path}")
            );
        }

        var shape = new Shape();
        read.Check(shape);
        return shape.Outside is { } outside
            ? new Outcome<ActBody>.Refused(new Refusal("act.outside-limits", Limits, outside))
            : new Outcome<ActBody>.Admitted(read);
    }

    /// <summary>Reads a body of a kind from its own bytes: a request file, for example.</summary>
    /// <param name="kind">A kind in <see cref="ActKind.All"/>.</param>
    /// <param name="utf8">One JSON object, at most <see cref="Act.MaximumBytes"/>.</param>
    /// <returns>The body, or <c>act.too-large</c>, <c>act.malformed</c> or <c>act.outside-limits</c>.</returns>
    public static Outcome<ActBody> ReadBody(ActKind kind, ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > Act.MaximumBytes)
        {
            return new Outcome<ActBody>.Refused(new Refusal("act.too-large", Limits));
        }

        if (!StrictJson.IsObject(utf8, out var offset))
        {
            return new Outcome<ActBody>.Refused(new Refusal("act.malformed", Form, $"byte {offset}"));
        }

        JsonElement element;
        try
        {
            element = JsonSerializer.Deserialize(utf8, ActJson.Of<JsonElement>());
        }
        catch (JsonException)
        {
            return new Outcome<ActBody>.Refused(new Refusal("act.malformed", Form, "body"));
        }

        return ReadBody(kind.Name, kind.Version, element);
    }

    /// <summary>Writes a body on its own: indented JSON, UTF-8.</summary>
    /// <param name="body">A body of a kind in <see cref="ActKind.All"/>.</param>
    public static byte[] WriteBody(ActBody body) => StrictJson.Write(ToElement(body), ActJson.Of<JsonElement>());

    internal static JsonElement ToElement(ActBody body) =>
        body is NotUnderstood unknown
            ? JsonElement.Parse(unknown.Text)
            : JsonSerializer.SerializeToElement(body, ActKind.Of(body).BodyType);

    private static string? OutsideLimits(ActText text, ActKind? kind) =>
        text switch
        {
            { Kind.Length: 0 or > 32 } => "kind",
            _ when !text.Kind.All(c => char.IsAsciiLetterLower(c) || c == '-') => "kind",
            { Version: < 1 or > 1_000 } => "version",
            { Number: < 1 } => "number",
            { Follows.Count: > Act.MaximumFollows } => "follows",
            { Approvals.Count: > Act.MaximumApprovals } => "approvals",
            _ when text.Follows.Distinct().Count() != text.Follows.Count => "follows",
            _ when text.Approvals.Distinct().Count() != text.Approvals.Count => "approvals",
            // What is kept at home has an addressee at home, and what is sent has one abroad.
            _ when text.Visibility != Visibility.Shared && text.From.Party != text.To.Party => "visibility",
            _ when text.Visibility == Visibility.Shared && text.From.Party == text.To.Party => "to",
            // An approval, an assessment and a note to the file have no form in which they could be sent (design 17.1).
            _ when text.Visibility == Visibility.Shared && kind?.By == Side.Internal => "visibility",
            _ when text.Concerns is not null && kind?.Body == typeof(Requests.Request) => "concerns",
            _ => null,
        };

    private static Outcome<Act> Refuse(string code, Citation source, string where) =>
        new Outcome<Act>.Refused(new Refusal(code, source, where));
}
