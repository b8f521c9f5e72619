// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json;
using Comity.Acts;
using Comity.Requests;

namespace Comity.Profiles;

/// <summary>Reads and writes Party profiles.</summary>
public static class ProfileEncoding
{
    /// <summary>The format this build reads and writes.</summary>
    public const string Format = "comity-profile@v1";

    /// <summary>Largest profile, in bytes of JSON.</summary>
    public const int MaximumBytes = 1024 * 1024;

    private static readonly Citation Form = new("docs/spec/profile.md", "2");
    private static readonly Citation Limits = new("docs/spec/profile.md", "3");
    private static readonly Citation Vocabulary = new("docs/spec/concepts.md", "1");

    /// <summary>Reads a profile.</summary>
    /// <param name="utf8">The whole file.</param>
    /// <returns>
    /// The profile, or a refusal: <c>profile.too-large</c>, <c>profile.malformed</c> (not strict JSON, an unknown, doubled or
    /// missing member, a value not of its kind; at the path or offset given), <c>profile.outside-limits</c> (a member too
    /// long, too many or inconsistent, another format among them; at its path) or <c>profile.concept-unknown</c> (a concept
    /// that no request can name, so that its provision could never match).
    /// </returns>
    public static Outcome<PartyProfile> Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaximumBytes)
        {
            return Refuse("profile.too-large", Limits, "");
        }

        if (!StrictJson.IsObject(utf8, out var offset))
        {
            return Refuse("profile.malformed", Form, $"byte {offset}");
        }

        PartyProfile profile;
        try
        {
            profile = JsonSerializer.Deserialize(utf8, ActJson.Of<PartyProfile>())!;
        }
        catch (JsonException bad)
        {
            return Refuse("profile.malformed", Form, bad.Path is { Length: > 2 } path ? path[2..] : "");
        }

        var shape = new Shape("profile");
        profile.Check(shape);
        return shape.Outside is { } outside ? Refuse("profile.outside-limits", Limits, outside)
            : FirstUnknown(profile) is { } unknown ? Refuse("profile.concept-unknown", Vocabulary, unknown)
            : new Outcome<PartyProfile>.Admitted(profile);
    }

    /// <summary>Writes a profile: indented JSON, members in the order of the specification, UTF-8.</summary>
    /// <param name="profile">A profile inside every limit.</param>
    public static byte[] Write(PartyProfile profile) => StrictJson.Write(profile, ActJson.Of<PartyProfile>());

    private static string? FirstUnknown(PartyProfile profile)
    {
        for (var p = 0; p < profile.Provisions.Count; p++)
        {
            var provision = profile.Provisions[p];
            for (var e = 0; e < provision.Elements.Count; e++)
            {
                var element = provision.Elements[e];
                if (element.Accepts.Any(c => Concepts.Find(element.Element, c) is null))
                {
                    return $"profile.provisions[{p}].elements[{e}].accepts";
                }
            }

            if ((provision.Excuses ?? []).Any(x => Concepts.Find(ElementKind.Circumstance, x) is null))
            {
                return $"profile.provisions[{p}].excuses";
            }
        }

        return null;
    }

    private static Outcome<PartyProfile> Refuse(string code, Citation source, string where) =>
        new Outcome<PartyProfile>.Refused(new Refusal(code, source, where));
}
