// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Comity;

/// <summary>JSON in the one form of RFC 8785, for what is hashed and must hash the same in any language and in ten years.</summary>
/// <remarks>
/// The framework's writers escape by its table of assigned characters, which grows with every edition of Unicode; what
/// officers approved would then be hard to recognise. Numbers are plain integers here (<see cref="StrictJson"/>), so their
/// form is the RFC's already.
/// </remarks>
internal static class CanonicalJson
{
    /// <summary>Writes a value: names in the order of their UTF-16 units, no white space, nothing escaped that need not be.</summary>
    /// <param name="value">A value that <see cref="StrictJson.IsObject"/> would take, so without doubled names.</param>
    public static byte[] Write(JsonElement value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Append(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var members = value.EnumerateObject().OrderBy(m => m.Name, StringComparer.Ordinal);
                AppendAll(text, '{', members, (t, m) => Append(AppendText(t, m.Name).Append(':'), m.Value), '}');
                break;
            case JsonValueKind.Array:
                AppendAll(text, '[', value.EnumerateArray(), Append, ']');
                break;
            case JsonValueKind.String:
                AppendText(text, value.GetString()!);
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void AppendAll<T>(
        StringBuilder text,
        char open,
        IEnumerable<T> parts,
        Action<StringBuilder, T> append,
        char close
    )
    {
        text.Append(open);
        var isFirst = true;
        foreach (var part in parts)
        {
            text.Append(isFirst ? "" : ",");
            isFirst = false;
            append(text, part);
        }

        text.Append(close);
    }

    // RFC 8785, 3.2.2.2.
    private static StringBuilder AppendText(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\t' => text.Append("\\t"),
                '\n' => text.Append("\\n"),
                '\f' => text.Append("\\f"),
                '\r' => text.Append("\\r"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        return text.Append('"');
    }
}
