// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;

namespace Comity.Node.Desk.Forms;

/// <summary>Takes values out of a form's fields and notes what is wrong with them, in words that say what to do.</summary>
/// <remarks>
/// The limits are those of docs/spec/act.md, section 4. The act's own check has the last word: what passes here and not
/// there is said at the same field.
/// </remarks>
internal sealed class FormReading(FormInput input, FormErrors errors)
{
    /// <summary>Characters of a name, a reference, a citation.</summary>
    public const int Short = 200;

    /// <summary>Characters of a citation of law.</summary>
    public const int Citation = 1_000;

    /// <summary>Characters of a paragraph.</summary>
    public const int Paragraph = 8_000;

    /// <summary>Characters of a text of law or a statement of reasons.</summary>
    public const int Long = 32_000;

    // As a browser's own field for date and time sends it, without and with seconds.
    private static readonly string[] Patterns = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];

    /// <summary>The field's text.</summary>
    /// <param name="field">Its name.</param>
    /// <param name="most">Most characters.</param>
    /// <param name="what">What it is, for "Enter …".</param>
    public string Text(string field, int most, string what) => Optional(field, most, what) ?? Missing(field, what);

    /// <summary>The field's text, or nothing when it is empty.</summary>
    public string? Optional(string field, int most, string what)
    {
        var text = input[field];
        if (text.Length > most)
        {
            errors.Add(field, $"Shorten {what} to {Number(most)} characters; there are {Number(text.Length)}");
        }

        return text.Length == 0 ? null : text;
    }

    /// <summary>An instant, or nothing when the field is empty.</summary>
    public DateTimeOffset? OptionalInstant(string field, string what)
    {
        var text = input[field];
        if (text.Length == 0)
        {
            return null;
        }

        if (
            DateTimeOffset.TryParseExact(
                text,
                Patterns,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var instant
            ) && Instants.IsWhole(instant)
        )
        {
            return instant;
        }

        errors.Add(field, $"Enter {what} as a date and time, for example 2026-11-24T12:00");
        return null;
    }

    /// <summary>An instant.</summary>
    public DateTimeOffset Instant(string field, string what)
    {
        var instant = OptionalInstant(field, what);
        if (instant is null)
        {
            Missing(field, what);
        }

        return instant ?? DateTimeOffset.UnixEpoch;
    }

    /// <summary>One of an enumeration's values by its name in acts.</summary>
    /// <param name="field">The field's name.</param>
    /// <param name="what">What it is, for "Choose …".</param>
    /// <param name="open">The values that may be chosen.</param>
    public T Choice<T>(string field, string what, IReadOnlyList<T> open)
        where T : struct, Enum
    {
        if (Names.TryParse<T>(input[field], out var value) && open.Contains(value))
        {
            return value;
        }

        errors.Add(field, $"Choose {what}");
        return open[0];
    }

    /// <summary>Yes or no.</summary>
    public bool YesOrNo(string field, string what)
    {
        if (input[field] is not ("yes" or "no"))
        {
            errors.Add(field, $"Choose {what}");
        }

        return input[field] == "yes";
    }

    /// <summary>An instant as its field shows it.</summary>
    public static string Show(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString(Patterns[0], CultureInfo.InvariantCulture);

    private string Missing(string field, string what)
    {
        errors.Add(field, $"Enter {what}");
        return "";
    }

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
