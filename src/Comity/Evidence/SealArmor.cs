// SPDX-License-Identifier: EUPL-1.2
using System.Buffers.Text;

namespace Comity.Evidence;

/// <summary>The seal as text, for channels that carry nothing else: strict PEM with one spelling per seal.</summary>
/// <remarks>C2SP age, "ASCII armor"; RFC 7468, section 3, figure 3.</remarks>
public static class SealArmor
{
    /// <summary>Bytes in every line of text but the last, which has 1 to as many.</summary>
    public const int BytesPerLine = 48;

    internal const int Columns = 64;

    /// <summary>The first line, with its line feed.</summary>
    public static ReadOnlySpan<byte> Begin => "-----BEGIN AGE ENCRYPTED FILE-----\n"u8;

    /// <summary>The last line, with its line feed.</summary>
    public static ReadOnlySpan<byte> End => "-----END AGE ENCRYPTED FILE-----\n"u8;

    /// <summary>Characters that a run of bytes takes between the first line and the last.</summary>
    public static int TextLength(int bytes) => ((bytes + 2) / 3 * 4) + ((bytes + BytesPerLine - 1) / BytesPerLine);

    /// <summary>Whether a file is armored rather than binary.</summary>
    /// <param name="start">The first bytes of the file; a few hundred are enough unless white space precedes.</param>
    public static bool IsArmored(ReadOnlySpan<byte> start) => start.TrimStart(" \t\r\n"u8).StartsWith(Begin[..^1]);

    /// <summary>Writes lines of text.</summary>
    /// <param name="bytes">A multiple of <see cref="BytesPerLine"/>, unless these are the last of the seal.</param>
    /// <param name="text">Takes <see cref="TextLength"/> characters.</param>
    /// <returns>Characters written.</returns>
    public static int EncodeLines(ReadOnlySpan<byte> bytes, Span<byte> text)
    {
        var written = 0;
        while (!bytes.IsEmpty)
        {
            var size = Math.Min(bytes.Length, BytesPerLine);
            _ = Base64.EncodeToUtf8(bytes[..size], text[written..], out _, out var characters);
            written += characters;
            text[written++] = (byte)'\n';
            bytes = bytes[size..];
        }

        return written;
    }
}

/// <summary>Takes armor off, piece by piece, in memory that does not grow with the file.</summary>
/// <remarks>Not thread-safe. Once it has refused, it is of no further use.</remarks>
public sealed class SealArmorReader
{
    private readonly byte[] pending = new byte[SealArmor.Columns + 1];
    private int length;
    private int whiteSpace;
    private int lines;
    private bool isIndented;
    private Place place = Place.Before;

    private enum Place
    {
        Before,
        Inside,
        ShortLineSeen,
        After,
    }

    /// <summary>Takes the next piece of text.</summary>
    /// <param name="text">Any number of characters. Hostile.</param>
    /// <param name="bytes">Takes the bytes; as long as <paramref name="text"/> is always enough, plus one line.</param>
    /// <param name="written">Bytes given.</param>
    /// <returns>A refusal as <c>seal.armor-malformed</c>, or null.</returns>
    public Refusal? Push(ReadOnlySpan<byte> text, Span<byte> bytes, out int written)
    {
        written = 0;
        foreach (var c in text)
        {
            var blank = c is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';
            if (place is Place.Before or Place.After && length == 0 && blank)
            {
                if (++whiteSpace > SealLimits.MaxArmorWhiteSpace)
                {
                    return Malformed();
                }

                isIndented = c != '\n';
                lines += isIndented ? 0 : 1;
            }
            else if (c != '\n')
            {
                // The line holds one character more than its columns, for the carriage return.
                if (place == Place.After || isIndented || length == pending.Length)
                {
                    return Malformed();
                }

                pending[length++] = c;
            }
            else if (EndLine(bytes, ref written) is { } why)
            {
                return why;
            }
        }

        return null;
    }

    /// <summary>Says that no text follows.</summary>
    /// <returns>A refusal as <c>seal.armor-malformed</c>, or null.</returns>
    public Refusal? Finish()
    {
        var written = 0;
        var why = length > 0 ? EndLine([], ref written) : null;
        return why ?? (place == Place.After ? null : Malformed());
    }

    private Refusal? EndLine(Span<byte> bytes, ref int written)
    {
        var line = pending.AsSpan(0, length);
        line = line.EndsWith("\r"u8) ? line[..^1] : line;
        switch (place)
        {
            case Place.Before when line.SequenceEqual(SealArmor.Begin[..^1]):
                place = Place.Inside;
                whiteSpace = 0;
                break;
            case Place.Inside or Place.ShortLineSeen when line.SequenceEqual(SealArmor.End[..^1]):
                place = Place.After;
                break;
            case Place.Inside
                when line.Length is > 0 and <= SealArmor.Columns && RawBase64.TryDecodePadded(line, out var decoded):
                decoded.CopyTo(bytes[written..]);
                written += decoded.Length;
                place = decoded.Length < SealArmor.BytesPerLine ? Place.ShortLineSeen : Place.Inside;
                break;
            default:
                return Malformed();
        }

        length = 0;
        lines++;
        return null;
    }

    private Refusal Malformed() =>
        new(SealRefusals.ArmorMalformed, SealRefusals.Age("ASCII armor"), $"line {lines + 1}");
}
