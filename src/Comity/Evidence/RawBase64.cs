// SPDX-License-Identifier: EUPL-1.2
using System.Buffers.Text;

namespace Comity.Evidence;

/// <summary>Base64 without padding, in its one canonical spelling.</summary>
/// <remarks>RFC 4648, sections 3.5 and 4; the framework's own decoder lets white space and stray bits through.</remarks>
internal static class RawBase64
{
    /// <summary>The canonical text.</summary>
    public static string Encode(ReadOnlySpan<byte> data) => Convert.ToBase64String(data).TrimEnd('=');

    /// <summary>Reads canonical text.</summary>
    /// <param name="text">ASCII. Hostile.</param>
    /// <param name="data">The bytes, empty when the answer is no.</param>
    /// <returns>Whether the text is the canonical spelling of some bytes.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> text, out byte[] data)
    {
        data = [];
        if (text.Length % 4 == 1)
        {
            return false;
        }

        var padded = new byte[(text.Length + 3) / 4 * 4];
        text.CopyTo(padded);
        padded.AsSpan(text.Length).Fill((byte)'=');
        return Padded(padded, out data);
    }

    /// <summary>Reads canonical text with its padding, as the armor uses it.</summary>
    /// <inheritdoc cref="TryDecode"/>
    public static bool Padded(ReadOnlySpan<byte> text, out byte[] data)
    {
        data = [];
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        if (Base64.DecodeFromUtf8(text, bytes, out _, out var written) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        // Encoding back is the whole check: only the canonical spelling comes out as it went in.
        var again = new byte[Base64.GetMaxEncodedToUtf8Length(written)];
        _ = Base64.EncodeToUtf8(bytes.AsSpan(0, written), again, out _, out var length);
        if (!text.SequenceEqual(again.AsSpan(0, length)))
        {
            return false;
        }

        data = bytes[..written];
        return true;
    }
}
