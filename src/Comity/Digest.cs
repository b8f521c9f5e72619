// SPDX-License-Identifier: EUPL-1.2
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace Comity;

/// <summary>The SHA-256 of some bytes: 32 bytes, compared by value.</summary>
/// <remarks>
/// Written as 64 lower-case hexadecimal digits, as <c>sha256sum</c> prints it, or as 44 characters of base64, as C2SP
/// log formats do. The default value is 32 zero bytes, which no content is known to hash to.
/// </remarks>
[JsonConverter(typeof(TextConverter<Digest>))]
public readonly record struct Digest : IText<Digest>
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 32;

    private readonly ulong first;
    private readonly ulong second;
    private readonly ulong third;
    private readonly ulong fourth;

    /// <summary>Takes a digest that was computed or stored elsewhere.</summary>
    /// <param name="bytes">Exactly 32 bytes. Any other length is a broken program, so it throws.</param>
    public Digest(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, Size, nameof(bytes));
        first = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        second = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        third = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        fourth = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <inheritdoc/>
    public static string Pattern => "^[0-9a-f]{64}$";

    /// <summary>Hashes content with SHA-256.</summary>
    public static Digest Of(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[Size];
        SHA256.HashData(content, hash);
        return new Digest(hash);
    }

    /// <inheritdoc/>
    public static bool TryParse(string? text, out Digest value) => TryParseHex(text, out value);

    /// <summary>Reads 64 lower-case hexadecimal digits and nothing else.</summary>
    /// <returns>False for another length, an upper-case digit or any other character.</returns>
    public static bool TryParseHex(ReadOnlySpan<char> text, out Digest digest)
    {
        digest = default;
        if (text.Length != 2 * Size || !StrictText.IsLowerHex(text))
            return false;
        Span<byte> bytes = stackalloc byte[Size];
        Convert.FromHexString(text, bytes, out _, out _);
        digest = new Digest(bytes);
        return true;
    }

    /// <summary>Reads 44 characters of canonical, padded base64 (RFC 4648 section 4).</summary>
    /// <returns>False for another length, white space, another alphabet, or bits set in the padding.</returns>
    public static bool TryParseBase64(ReadOnlySpan<char> text, out Digest digest)
    {
        digest = default;
        if (text.Length != 44 || !StrictText.TryBase64(text, out var bytes) || bytes.Length != Size)
            return false;
        digest = new Digest(bytes);
        return true;
    }

    /// <summary>Writes the 32 bytes.</summary>
    /// <param name="destination">At least 32 bytes long, or it throws.</param>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, first);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], second);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], third);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], fourth);
    }

    /// <summary>The 32 bytes, in a new array.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public string ToHex()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>44 characters of padded base64.</summary>
    public string ToBase64()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return Convert.ToBase64String(bytes);
    }

    /// <inheritdoc cref="ToHex"/>
    public override string ToString() => ToHex();
}
