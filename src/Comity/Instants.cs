// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;

namespace Comity;

/// <summary>
/// The one way an instant is written: <c>2026-11-24T12:00:00Z</c>, whole seconds, UTC, 20 characters.
/// </summary>
/// <remarks>
/// A subset of RFC 3339 with a single spelling per instant, so that signed and hashed texts agree byte for byte. Years
/// 1970 to 9999. No leap second: 23:59:60 is refused, as it has no instant of its own in UTC clocks that smear or step.
/// </remarks>
public static class Instants
{
    /// <summary>Length of the text, in characters, all of them ASCII.</summary>
    public const int Length = 20;

    private const int FirstYear = 1970;
    private static readonly Citation Source = new("RFC 3339", "5.6");

    /// <summary>Whether <see cref="Format"/> can write this instant: UTC, whole seconds, year 1970 or later.</summary>
    public static bool IsWhole(DateTimeOffset instant) =>
        instant.Offset == TimeSpan.Zero && instant.Ticks % TimeSpan.TicksPerSecond == 0 && instant.Year >= FirstYear;

    /// <summary>Writes an instant.</summary>
    /// <param name="instant">
    /// UTC, whole seconds, year 1970 or later. Throws otherwise: round where the clock is read.
    /// </param>
    public static string Format(DateTimeOffset instant) =>
        IsWhole(instant)
            ? instant.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            : throw new ArgumentOutOfRangeException(nameof(instant), "an instant is UTC in whole seconds, from 1970");

    /// <summary>Reads an instant.</summary>
    /// <param name="text">The 20 characters, and nothing around them.</param>
    /// <param name="where">Where the text stands in its document, for the refusal.</param>
    /// <returns>The instant, or a refusal coded <c>instant.not-canonical</c>.</returns>
    public static Outcome<DateTimeOffset> Parse(ReadOnlySpan<char> text, string where = "") =>
        TryParse(text, out var instant)
            ? new Outcome<DateTimeOffset>.Admitted(instant)
            : new Outcome<DateTimeOffset>.Refused(new Refusal("instant.not-canonical", Source, where));

    /// <summary>Reads an instant for a caller that has its own refusal to give.</summary>
    /// <returns>False for another length, shape, offset or year, and for days and times that do not exist.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset instant)
    {
        instant = default;
        if (text.Length != Length || text[4] != '-' || text[7] != '-' || text[10] != 'T')
            return false;
        if (text[13] != ':' || text[16] != ':' || text[19] != 'Z')
            return false;
        if (!TryDigits(text[..4], out var year) || !TryDigits(text[5..7], out var month))
            return false;
        if (!TryDigits(text[8..10], out var day) || !TryDigits(text[11..13], out var hour))
            return false;
        if (!TryDigits(text[14..16], out var minute) || !TryDigits(text[17..19], out var second))
            return false;
        if (year < FirstYear || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        if (hour > 23 || minute > 59 || second > 59)
            return false;
        instant = new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero);
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
                return false;
            value = value * 10 + (c - '0');
        }
        return true;
    }
}
