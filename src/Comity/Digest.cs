// SPDX-License-Identifier: EUPL-1.2
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace Comity;

/// <summary>A SHA-256 digest, spelled as <c>sha256sum</c> prints it: 64 lower-case hexadecimal digits.</summary>
[JsonConverter(typeof(TextConverter<Digest>))]
public sealed record Digest : IText<Digest>
{
    private readonly string hex;

    private Digest(string hex) => this.hex = hex;

    /// <inheritdoc/>
    public static string Pattern => "^[0-9a-f]{64}$";

    /// <summary>The digest of these bytes.</summary>
    /// <param name="bytes">Any bytes, none included.</param>
    public static Digest Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return new(Convert.ToHexStringLower(hash));
    }

    /// <summary>A digest that was computed elsewhere.</summary>
    /// <param name="hash">Exactly 32 bytes.</param>
    public static Digest From(ReadOnlySpan<byte> hash) =>
        hash.Length == SHA256.HashSizeInBytes
            ? new(Convert.ToHexStringLower(hash))
            : throw new ArgumentException("a SHA-256 digest is 32 bytes", nameof(hash));

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Digest? value)
    {
        value = Hex.IsLower(text, 2 * SHA256.HashSizeInBytes) ? new Digest(text) : null;
        return value is not null;
    }

    /// <summary>The 32 bytes.</summary>
    public byte[] ToBytes() => Convert.FromHexString(hex);

    /// <inheritdoc/>
    public override string ToString() => hex;
}

/// <summary>Hexadecimal in its one spelling.</summary>
internal static class Hex
{
    public static bool IsLower([NotNullWhen(true)] string? text, int length)
    {
        if (text is null || text.Length != length)
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigitLower(c))
            {
                return false;
            }
        }

        return true;
    }
}
