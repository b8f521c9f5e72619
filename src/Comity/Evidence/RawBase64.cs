// SPDX-License-Identifier: EUPL-1.2
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Comity.Evidence;

/// <summary>Base64 as seals use it, in its one canonical spelling: without padding in headers, with it in the armor.</summary>
/// <remarks>RFC 4648, sections 3.5 and 4.</remarks>
internal static class RawBase64
{
    /// <summary>The canonical text, without padding.</summary>
    public static string Encode(ReadOnlySpan<byte> data) => Convert.ToBase64String(data).TrimEnd('=');

    /// <summary>Reads canonical text without padding; empty text is no bytes.</summary>
    /// <param name="text">ASCII. Hostile.</param>
    /// <param name="data">The bytes, when the answer is yes.</param>
    public static bool TryDecode(ReadOnlySpan<byte> text, [NotNullWhen(true)] out byte[]? data)
    {
        data = text.IsEmpty ? [] : null;
        if (text.IsEmpty || text.Length % 4 == 1 || text.Contains((byte)'='))
        {
            return text.IsEmpty;
        }

        var padding = (4 - (text.Length % 4)) % 4;
        return StrictText.TryBase64(Encoding.Latin1.GetString(text) + "=="[..padding], out data);
    }

    /// <summary>Reads canonical text with its padding.</summary>
    /// <param name="text">ASCII. Hostile.</param>
    /// <param name="data">The bytes, when the answer is yes.</param>
    public static bool TryDecodePadded(ReadOnlySpan<byte> text, [NotNullWhen(true)] out byte[]? data) =>
        StrictText.TryBase64(Encoding.Latin1.GetString(text), out data);
}
