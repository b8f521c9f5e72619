// SPDX-License-Identifier: EUPL-1.2
using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace Comity;

/// <summary>Strict JSON: what the framework's reader lets pass and the specification does not is refused here.</summary>
internal static class StrictJson
{
    /// <summary>Deepest nesting of anything read from outside.</summary>
    public const int MaximumDepth = 32;

    /// <summary>Largest integer, and the smallest without its sign.</summary>
    public const long MaximumInteger = (1L << 53) - 1;

    /// <summary>Writes with every character that JSON allows left as it is, so that a lawyer can read the bytes.</summary>
    private static readonly JsonWriterOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = true,
        NewLine = "\n",
    };

    private static readonly SearchValues<byte> Digits = SearchValues.Create("-0123456789"u8);

    /// <summary>
    /// The context's own options, with every member required that may not be null: one that is missing is refused like one
    /// that is wrong.
    /// </summary>
    public static JsonSerializerOptions RequireAll(JsonSerializerContext context)
    {
        var options = new JsonSerializerOptions(context.Options)
        {
            TypeInfoResolver = context.WithAddedModifier(static type =>
            {
                foreach (var member in type.Properties)
                {
                    member.IsRequired = member.PropertyType.IsValueType
                        ? Nullable.GetUnderlyingType(member.PropertyType) is null
                        : !member.IsGetNullable;
                }
            }),
        };
        options.MakeReadOnly();
        return options;
    }

    /// <summary>
    /// Whether bytes are one JSON object in valid UTF-8, within the depth, every number a plain integer, every text whole
    /// and no list holding null. Where it fails is the byte offset up to which it was read.
    /// </summary>
    public static bool IsObject(ReadOnlySpan<byte> utf8, out long offset)
    {
        if (!Utf8.IsValid(utf8))
        {
            offset = ValidBytes(utf8);
            return false;
        }

        offset = 0;

        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaximumDepth });
        Span<bool> isList = stackalloc bool[MaximumDepth + 1];
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read())
            {
                offset = reader.TokenStartIndex;
                var depth = reader.CurrentDepth;
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject:
                        isList[depth + 1] = false;
                        break;
                    case JsonTokenType.StartArray:
                        isList[depth + 1] = true;
                        break;
                    case JsonTokenType.Null when isList[depth]:
                    case JsonTokenType.Number when !IsPlainInteger(reader.ValueSpan):
                    case JsonTokenType.String
                    or JsonTokenType.PropertyName when reader.ValueIsEscaped && !IsWhole(reader.ValueSpan):
                        return false;
                }
            }

            return true;
        }
        catch (JsonException)
        {
            offset = reader.BytesConsumed;
            return false;
        }
    }

    /// <summary>
    /// The path at which a value was refused, in our own members' names only. A member that the type does not have is
    /// written <c>?</c>: its name is content, and what is refused ends up in logs.
    /// </summary>
    public static string PathOf(JsonException bad, JsonTypeInfo type)
    {
        var path = new StringBuilder();
        var rest = bad.Path is { Length: > 1 } full ? full.AsSpan(1) : default;
        for (JsonTypeInfo? at = type; rest.Length > 0; )
        {
            var end = rest[1..].IndexOfAny('.', '[') + 1;
            var step = end > 0 ? rest[..end] : rest;
            rest = rest[step.Length..];
            if (step[0] == '[' && at?.ElementType is { } element)
            {
                path.Append(step);
                at = at.Options.GetTypeInfo(element);
                continue;
            }

            var name = step[1..].ToString();
            path.Append(path.Length > 0 ? "." : "");
            if (at?.Properties.FirstOrDefault(p => p.Name == name) is not { } member)
            {
                return path.Append('?').ToString();
            }

            path.Append(name);
            at = at.Options.GetTypeInfo(member.PropertyType);
        }

        return path.ToString();
    }

    /// <summary>Writes a value indented, for what is signed and read by people.</summary>
    public static byte[] Write<T>(T value, JsonTypeInfo<T> type)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer, Readable))
        {
            JsonSerializer.Serialize(writer, value, type);
        }

        return buffer.WrittenSpan.ToArray();
    }

    // RFC 7493: what every language's numbers hold exactly, from -(2^53-1) to 2^53-1.
    private static bool IsPlainInteger(ReadOnlySpan<byte> digits) =>
        !digits.ContainsAnyExcept(Digits)
        && !digits.SequenceEqual("-0"u8)
        && Utf8Parser.TryParse(digits, out long value, out _)
        && value is >= -MaximumInteger and <= MaximumInteger;

    // The framework's reader lets half a surrogate pair pass as long as nobody asks for the text, and no writer can write it.
    private static bool IsWhole(ReadOnlySpan<byte> escaped)
    {
        var awaitsLow = false;
        for (var i = 0; i < escaped.Length; i++)
        {
            var unit = '\0';
            if (
                escaped[i] == '\\'
                && escaped[++i] == 'u'
                && Utf8Parser.TryParse(escaped.Slice(i + 1, 4), out ushort code, out _, 'x')
            )
            {
                unit = (char)code;
                i += 4;
            }

            if (char.IsLowSurrogate(unit) != awaitsLow)
            {
                return false;
            }

            awaitsLow = char.IsHighSurrogate(unit);
        }

        return !awaitsLow;
    }

    private static int ValidBytes(ReadOnlySpan<byte> utf8)
    {
        var valid = 0;
        while (Rune.DecodeFromUtf8(utf8[valid..], out _, out var length) == OperationStatus.Done)
        {
            valid += length;
        }

        return valid;
    }
}
