// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Comity.Evidence;

/// <summary>The manifest of one exhibit as a file of its own, beside the sealed file, until an act carries it.</summary>
/// <remarks>
/// Not signed: it says what was sealed, and only the act that supplies the exhibit says who stands for it. Specification:
/// <c>docs/spec/seal.md</c>, comity-manifest@v1.
/// </remarks>
/// <param name="Format">Always <see cref="Version"/>.</param>
/// <param name="Manifest">What the exhibit is.</param>
/// <param name="SealedTo">The recipients in the <c>age</c> form, or the one word <c>passphrase</c>.</param>
public sealed record ManifestDocument(string Format, ExhibitManifest Manifest, IReadOnlyList<string> SealedTo)
{
    /// <summary>What the file calls itself.</summary>
    public const string Version = "comity-manifest@v1";

    /// <summary>Longest file read, in bytes. Holds <see cref="SealLimits.MaxStanzas"/> hybrid recipients.</summary>
    public const int MaxLength = 512 * 1024;

    /// <summary>The bytes are not JSON of this shape, or have a member too many, twice or too few.</summary>
    public const string Malformed = "manifest.malformed";

    /// <summary>A member is outside its limits.</summary>
    public const string OutsideLimits = "manifest.outside-limits";

    private static readonly Citation Specification = new("docs/spec/seal.md", "6");

    /// <summary>Reads a manifest file.</summary>
    /// <param name="utf8">The whole file. Hostile.</param>
    /// <returns>
    /// The document, or a refusal coded <c>manifest.malformed</c> or <c>manifest.outside-limits</c> with the member's path.
    /// </returns>
    public static Outcome<ManifestDocument> Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxLength)
        {
            return Refuse(Malformed, $"byte {MaxLength}");
        }

        if (!StrictJson.IsObject(utf8, out var offset))
        {
            return Refuse(Malformed, $"byte {offset}");
        }

        ManifestDocument document;
        try
        {
            document = JsonSerializer.Deserialize(utf8, ManifestJson.Document)!;
        }
        catch (JsonException bad)
        {
            return Refuse(Malformed, StrictJson.PathOf(bad, ManifestJson.Document));
        }

        return document.Outside() is { } outside
            ? Refuse(OutsideLimits, outside)
            : new Outcome<ManifestDocument>.Admitted(document);
    }

    /// <summary>Describes what has just been sealed.</summary>
    /// <param name="name">The exhibit's name for people.</param>
    /// <param name="mediaType">Its media type, where known.</param>
    /// <param name="exhibit">As measured while sealing.</param>
    /// <param name="recipients">Whom it was sealed to.</param>
    /// <returns>The document, or a refusal coded <c>manifest.outside-limits</c>.</returns>
    public static Outcome<ManifestDocument> Of(
        string name,
        string? mediaType,
        SealedExhibit exhibit,
        IEnumerable<Recipient> recipients
    )
    {
        var (plain, sealedFile) = exhibit;
        ExhibitManifest manifest = new(
            name,
            mediaType,
            plain.Size,
            plain.Sha256,
            sealedFile.Size,
            sealedFile.Sha256,
            Acquired: null
        );
        ManifestDocument document = new(Version, manifest, [.. recipients.Select(r => r.ToString())]);
        return document.Outside() is { } outside
            ? Refuse(OutsideLimits, outside)
            : new Outcome<ManifestDocument>.Admitted(document);
    }

    /// <summary>The file: indented JSON, UTF-8, with a line feed at its end.</summary>
    public byte[] Write() => [.. StrictJson.Write(this, ManifestJson.Document), (byte)'\n'];

    /// <summary>Whether both say the same.</summary>
    public bool Equals(ManifestDocument? other) =>
        other is not null
        && Format == other.Format
        && Manifest == other.Manifest
        && SealedTo.SequenceEqual(other.SealedTo, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => Manifest.GetHashCode();

    private string? Outside()
    {
        var shape = new Shape("");
        shape
            .That(Format == Version, "format")
            .Within(Manifest, "manifest", m => m.Check(shape))
            .List(SealedTo, "sealedTo", r => shape.That(IsRecipient(r), ""), 1, SealLimits.MaxStanzas)
            // Sealing only ever adds, so a manifest that says otherwise describes two different things.
            .That(Manifest.SealedSize > Manifest.Size, "manifest.sealedSize");
        return shape.Outside?.TrimStart('.');
    }

    private static bool IsRecipient(string text) =>
        text == Recipient.Passphrase.Word || Recipient.Parse(text) is Outcome<Recipient>.Admitted;

    private static Outcome<ManifestDocument> Refuse(string code, string where) =>
        new Outcome<ManifestDocument>.Refused(new Refusal(code, Specification, where));
}

/// <summary>How a manifest file stands in JSON: like an act, one way only.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    MaxDepth = StrictJson.MaximumDepth,
    Converters = [typeof(InstantConverter)]
)]
[JsonSerializable(typeof(ManifestDocument))]
internal sealed partial class ManifestJson : JsonSerializerContext
{
    /// <summary>How the document is read and written.</summary>
    public static JsonTypeInfo<ManifestDocument> Document =>
        (JsonTypeInfo<ManifestDocument>)Strict.Options.GetTypeInfo(typeof(ManifestDocument));

    // In a class of its own, as the order in which the parts of this one are initialised is not ours to say.
    private static class Strict
    {
        public static readonly JsonSerializerOptions Options = StrictJson.RequireAll(Default);
    }
}
