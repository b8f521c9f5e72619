// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Comity;

/// <summary>Instants as acts and registers write them: UTC, whole seconds, <c>2026-11-24T12:00:00Z</c>.</summary>
/// <remarks>
/// One spelling per instant, so that what is hashed is what is meant (RFC 3339 with every freedom taken out). Years 1970
/// to 9999. A leap second is not an instant here: the registers' clocks do not know it.
/// </remarks>
public static class Instants
{
    /// <summary>How far another node's clock may be ahead of ours. Not a setting, so that both nodes judge alike.</summary>
    /// <remarks>Decision 0005: two clocks kept by ordinary NTP differ by far less; a wrong time zone by far more.</remarks>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>Length of the text, in characters, all of them ASCII.</summary>
    public const int Length = 20;

    private static readonly Citation Source = new("RFC 3339", "5.6");

    /// <summary>Whether <see cref="Format"/> can write this instant: UTC, on a whole second, from 1970.</summary>
    /// <param name="instant">Any instant.</param>
    public static bool IsWhole(DateTimeOffset instant) =>
        instant.Offset == TimeSpan.Zero && instant.Ticks % TimeSpan.TicksPerSecond == 0 && instant.Year >= 1970;

    /// <summary>Reads an instant.</summary>
    /// <param name="text">The 20 characters, and nothing around them.</param>
    /// <param name="where">Where the text stands in its document, for the refusal.</param>
    /// <returns>The instant, or a refusal coded <c>instant.not-canonical</c>.</returns>
    public static Outcome<DateTimeOffset> Parse(ReadOnlySpan<char> text, string where = "") =>
        TryParse(text, out var instant)
            ? new Outcome<DateTimeOffset>.Admitted(instant)
            : new Outcome<DateTimeOffset>.Refused(new Refusal("instant.not-canonical", Source, where));

    /// <summary>The pattern of the spelling, an ECMA 262 regular expression. It lets 30 February pass; reading does not.</summary>
    public const string Pattern =
        "^(19[7-9][0-9]|[2-9][0-9]{3})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z$";

    /// <summary>Reads the one spelling.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="instant">The instant, UTC, when the answer is yes.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset instant)
    {
        instant = default;
        if (
            text.Length != Length
            || text[4] != '-'
            || text[7] != '-'
            || text[10] != 'T'
            || text[13] != ':'
            || text[16] != ':'
            || text[19] != 'Z'
            || !Digits(text[..4], out var year)
            || !Digits(text[5..7], out var month)
            || !Digits(text[8..10], out var day)
            || !Digits(text[11..13], out var hour)
            || !Digits(text[14..16], out var minute)
            || !Digits(text[17..19], out var second)
            || year < 1970
            || month is < 1 or > 12
            || day < 1
            || day > DateTime.DaysInMonth(year, month)
            || hour > 23
            || minute > 59
            || second > 59
        )
        {
            return false;
        }

        instant = new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero);
        return true;
    }

    /// <summary>Writes the one spelling.</summary>
    /// <param name="instant">UTC and on a whole second; <see cref="ToSecond"/> makes it so.</param>
    public static string Format(DateTimeOffset instant)
    {
        if (!IsWhole(instant))
        {
            throw new ArgumentOutOfRangeException(nameof(instant), "an instant is UTC on a whole second, from 1970");
        }

        return string.Create(
            Length,
            instant,
            static (span, i) =>
            {
                Put(span[..4], i.Year);
                span[4] = '-';
                Put(span[5..7], i.Month);
                span[7] = '-';
                Put(span[8..10], i.Day);
                span[10] = 'T';
                Put(span[11..13], i.Hour);
                span[13] = ':';
                Put(span[14..16], i.Minute);
                span[16] = ':';
                Put(span[17..19], i.Second);
                span[19] = 'Z';
            }
        );
    }

    /// <summary>The whole second an instant falls in, in UTC.</summary>
    /// <param name="instant">Any instant, any offset.</param>
    public static DateTimeOffset ToSecond(DateTimeOffset instant)
    {
        var utc = instant.ToUniversalTime();
        return utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerSecond));
    }

    private static bool Digits(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            value = (value * 10) + (c - '0');
        }

        return true;
    }

    private static void Put(Span<char> span, int value)
    {
        for (var i = span.Length - 1; i >= 0; i--)
        {
            span[i] = (char)('0' + (value % 10));
            value /= 10;
        }
    }
}

/// <summary>Reads and writes an instant in JSON in its one spelling.</summary>
public sealed class InstantConverter : JsonConverter<DateTimeOffset>, ISpelled
{
    JsonObject ISpelled.Spelling => new() { ["type"] = "string", ["pattern"] = Instants.Pattern };

    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Instants.TryParse(reader.GetString(), out var instant)
            ? instant
            : throw new JsonException();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Instants.Format(value));
}
