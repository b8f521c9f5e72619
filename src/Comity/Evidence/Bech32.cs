// SPDX-License-Identifier: EUPL-1.2
using System.Text;

namespace Comity.Evidence;

/// <summary>The text form of recipients and identities: a prefix, a <c>1</c>, and data with a six-character checksum.</summary>
/// <remarks>BIP 173 without its length limit, as the age specification asks; the limit here is our own.</remarks>
internal static class Bech32
{
    /// <summary>Longest text read, in characters. A hybrid recipient, the longest there is, has 1,959.</summary>
    public const int MaxLength = 2048;

    private const string Alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private const int ChecksumLength = 6;

    /// <summary>Writes lower-case text.</summary>
    /// <param name="prefix">Lower case; printable ASCII.</param>
    /// <param name="data">The bytes to carry.</param>
    public static string Encode(string prefix, ReadOnlySpan<byte> data)
    {
        List<byte> values = [];
        uint held = 0;
        var bits = 0;
        foreach (var b in data)
        {
            held = ((held << 8) | b) & 0xfff;
            for (bits += 8; bits >= 5; bits -= 5)
            {
                values.Add((byte)((held >> (bits - 5)) & 31));
            }
        }

        if (bits > 0)
        {
            values.Add((byte)((held << (5 - bits)) & 31));
        }

        var checksum = Polymod(prefix, [.. values, 0, 0, 0, 0, 0, 0]) ^ 1;
        for (var i = 0; i < ChecksumLength; i++)
        {
            values.Add((byte)((checksum >> (5 * (5 - i))) & 31));
        }

        var text = new StringBuilder(prefix.Length + 1 + values.Count);
        text.Append(prefix).Append('1');
        foreach (var value in values)
        {
            text.Append(Alphabet[value]);
        }

        return text.ToString();
    }

    /// <summary>Reads text that carries a known prefix and a known number of bytes.</summary>
    /// <param name="text">All lower case or all upper case. Hostile.</param>
    /// <param name="prefix">The prefix asked for, in lower case.</param>
    /// <param name="size">The number of bytes it must carry.</param>
    /// <returns>The bytes, or an empty array when the text is not of this form.</returns>
    public static byte[] Decode(string text, string prefix, int size)
    {
        if (text.Length > MaxLength || !IsOneCase(text))
        {
            return [];
        }

        var lower = text.ToLowerInvariant();
        var separator = lower.LastIndexOf('1');
        if (separator < 1 || lower.Length - separator - 1 < ChecksumLength || lower[..separator] != prefix)
        {
            return [];
        }

        var values = new byte[lower.Length - separator - 1];
        for (var i = 0; i < values.Length; i++)
        {
            var value = Alphabet.IndexOf(lower[separator + 1 + i], StringComparison.Ordinal);
            if (value < 0)
            {
                return [];
            }

            values[i] = (byte)value;
        }

        return Polymod(prefix, values) == 1 ? ToBytes(values.AsSpan(..^ChecksumLength), size) : [];
    }

    private static byte[] ToBytes(ReadOnlySpan<byte> values, int size)
    {
        // One spelling per key: exactly as many characters as the bytes need, and no stray bit in the last of them.
        if (values.Length != ((size * 8) + 4) / 5)
        {
            return [];
        }

        var bytes = new byte[size];
        uint held = 0;
        var bits = 0;
        var next = 0;
        foreach (var value in values)
        {
            held = ((held << 5) | value) & 0xfff;
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                bytes[next++] = (byte)((held >> bits) & 0xff);
            }
        }

        return (held & ((1u << bits) - 1)) == 0 ? bytes : [];
    }

    private static bool IsOneCase(string text)
    {
        var upper = false;
        var lower = false;
        foreach (var c in text)
        {
            if (c is < '!' or > '~')
            {
                return false;
            }

            upper |= char.IsAsciiLetterUpper(c);
            lower |= char.IsAsciiLetterLower(c);
        }

        return !(upper && lower);
    }

    private static uint Polymod(string prefix, ReadOnlySpan<byte> values)
    {
        uint state = 1;
        foreach (var c in prefix)
        {
            state = Step(state, (uint)c >> 5);
        }

        state = Step(state, 0);
        foreach (var c in prefix)
        {
            state = Step(state, (uint)c & 31);
        }

        foreach (var value in values)
        {
            state = Step(state, value);
        }

        return state;
    }

    private static uint Step(uint state, uint value)
    {
        var top = state >> 25;
        state = ((state & 0x1ffffff) << 5) ^ value;
        ReadOnlySpan<uint> generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
        for (var i = 0; i < generator.Length; i++)
        {
            state ^= ((top >> i) & 1) == 0 ? 0 : generator[i];
        }

        return state;
    }
}
