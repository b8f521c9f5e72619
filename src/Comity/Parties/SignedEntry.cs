// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json;
using Comity.Acts;
using Comity.Signatures;

namespace Comity.Parties;

/// <summary>A directory entry with the bytes its Party's root signed.</summary>
/// <remarks>The signature is the root's own; whether that root is the Party's is for <see cref="PartyDirectory"/>.</remarks>
public sealed class SignedEntry
{
    /// <summary>Largest entry, in bytes of JSON.</summary>
    public const int MaximumBytes = 256 * 1024;

    private static readonly Citation Specification = new("docs/spec/directory.md", "3");

    private SignedEntry(SignedBytes signed, PartyEntry entry) => (Signed, Entry) = (signed, entry);

    /// <summary>The signed bytes.</summary>
    public SignedBytes Signed { get; }

    /// <summary>What they say.</summary>
    public PartyEntry Entry { get; }

    /// <summary>SHA-256 of the signed bytes: what a register names when it says against which entry an act was checked.</summary>
    public Digest Id => Signed.Id;

    /// <summary>SHA-256 of the root certificate: the fingerprint two officers confirm.</summary>
    public Digest Root => Signed.Signer.Id;

    /// <summary>Reads a signed entry and checks that its root signed it.</summary>
    /// <param name="encoded">The whole input.</param>
    /// <returns>
    /// The entry, or a refusal: any of <see cref="SignedBytes.Parse"/>, <c>directory.malformed</c>,
    /// <c>directory.outside-limits</c>, <c>directory.time-differs</c> or <c>directory.signature-wrong</c>.
    /// </returns>
    public static Outcome<SignedEntry> Parse(ReadOnlyMemory<byte> encoded) =>
        SignedBytes.Parse(encoded, MaximumBytes).Then(signed => Read(signed));

    /// <summary>Makes an entry ready for its root.</summary>
    /// <param name="entry">The entry, inside every limit.</param>
    /// <param name="root">The root's certificate.</param>
    public static SigningInput Prepare(PartyEntry entry, CertificateText root) =>
        SigningInput.For(StrictJson.Write(entry, ActJson.Of<PartyEntry>()), root, entry.Issued);

    private static Outcome<SignedEntry> Read(SignedBytes signed)
    {
        if (!StrictJson.IsObject(signed.Content.Span, out var offset))
        {
            return Refuse("directory.malformed", $"byte {offset}");
        }

        PartyEntry entry;
        try
        {
            entry = JsonSerializer.Deserialize(signed.Content.Span, ActJson.Of<PartyEntry>())!;
        }
        catch (JsonException bad)
        {
            return Refuse("directory.malformed", StrictJson.PathOf(bad, ActJson.Of<PartyEntry>()));
        }

        var shape = new Shape("");
        entry.Check(shape);
        if (shape.Outside is { } outside)
        {
            return Refuse("directory.outside-limits", outside);
        }

        if (entry.Issued != signed.SignedAt)
        {
            return Refuse("directory.time-differs", "issued");
        }

        using var key = PinnedKey.TryImport(signed.Signer);
        return key is not null && signed.VerifiesWith(key)
            ? new Outcome<SignedEntry>.Admitted(new SignedEntry(signed, entry))
            : Refuse("directory.signature-wrong", "");
    }

    private static Outcome<SignedEntry> Refuse(string code, string where) =>
        new Outcome<SignedEntry>.Refused(new Refusal(code, Specification, where));
}
