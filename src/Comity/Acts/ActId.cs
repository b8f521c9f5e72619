// SPDX-License-Identifier: EUPL-1.2
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Comity.Acts;

/// <summary>An act's id: the SHA-256 of its signed bytes, 64 lower-case hexadecimal digits.</summary>
/// <remarks>Anyone who holds the bytes can compute it (<c>sha256sum act.p7m</c>), and no two acts share one.</remarks>
/// <param name="Digest">The digest.</param>
[JsonConverter(typeof(TextConverter<ActId>))]
public sealed record ActId(Digest Digest) : IText<ActId>
{
    /// <inheritdoc/>
    public static string Pattern => Digest.Pattern;

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? text, [MaybeNullWhen(false)] out ActId value)
    {
        value = Digest.TryParse(text, out var digest) ? new ActId(digest) : null;
        return value is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Digest.ToString();
}

/// <summary>A dossier's id: 128 bits drawn at random by the Party that opens it, 32 lower-case hexadecimal digits.</summary>
/// <remarks>Random, so that an id says neither when, nor who, nor how many. People use the reference in the request.</remarks>
[JsonConverter(typeof(TextConverter<DossierId>))]
public sealed record DossierId : IText<DossierId>
{
    private readonly string hex;

    private DossierId(string hex) => this.hex = hex;

    /// <inheritdoc/>
    public static string Pattern => "^[0-9a-f]{32}$";

    /// <summary>An id from random bits.</summary>
    /// <param name="random">Exactly 16 bytes from a cryptographic source.</param>
    public static DossierId From(ReadOnlySpan<byte> random) =>
        random.Length == 16
            ? new(Convert.ToHexStringLower(random))
            : throw new ArgumentException("a dossier's id is 16 bytes", nameof(random));

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? text, [MaybeNullWhen(false)] out DossierId value)
    {
        value = text is { Length: 32 } && StrictText.IsLowerHex(text) ? new DossierId(text) : null;
        return value is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => hex;
}
