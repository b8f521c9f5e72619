// SPDX-License-Identifier: EUPL-1.2
using System.Buffers;
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

    /// <summary>Writes with every character that JSON allows left as it is, so that a lawyer can read the bytes.</summary>
    private static readonly JsonWriterOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = true,
        NewLine = "\n",
    };

    private static readonly SearchValues<byte> Digits = SearchValues.Create("-0123456789"u8);

    private static readonly JsonWriterOptions Compact = Readable with { Indented = false };

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
    /// Whether bytes are one JSON object in valid UTF-8, within the depth, every number a plain integer and no list
    /// holding null. Where it fails is the byte offset.
    /// </summary>
    public static bool IsObject(ReadOnlySpan<byte> utf8, out long offset)
    {
        offset = 0;
        if (!Utf8.IsValid(utf8))
        {
            return false;
        }

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
                        return false;
                }
            }

            return true;
        }
        catch (JsonException bad)
        {
            offset = reader.BytesConsumed + (bad.BytePositionInLine is null ? 0 : 1);
            return false;
        }
    }

    /// <summary>Writes a value indented, for what is signed and read by people.</summary>
    public static byte[] Write<T>(T value, JsonTypeInfo<T> type) => Write(value, type, Readable);

    /// <summary>Writes a value without white space, for what is only hashed.</summary>
    public static byte[] WriteCompact<T>(T value, JsonTypeInfo<T> type) => Write(value, type, Compact);

    private static byte[] Write<T>(T value, JsonTypeInfo<T> type, JsonWriterOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            JsonSerializer.Serialize(writer, value, type);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static bool IsPlainInteger(ReadOnlySpan<byte> digits) =>
        !digits.ContainsAnyExcept(Digits) && !digits.SequenceEqual("-0"u8) && digits.Length <= 19;
}
