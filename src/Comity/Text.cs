// SPDX-License-Identifier: EUPL-1.2
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Comity;

/// <summary>A value with exactly one spelling, so that two that are equal are equal to the letter.</summary>
/// <typeparam name="TSelf">The value's own type.</typeparam>
public interface IText<TSelf>
    where TSelf : IText<TSelf>
{
    /// <summary>Reads the one spelling. Anything else, however close, is not the value.</summary>
    /// <param name="text">The whole text; no white space is skipped.</param>
    /// <param name="value">The value, when the answer is yes.</param>
    static abstract bool TryParse([NotNullWhen(true)] string? text, [MaybeNullWhen(false)] out TSelf value);

    /// <summary>The pattern of the spelling, an ECMA 262 regular expression, for the published schemas.</summary>
    static abstract string Pattern { get; }
}

/// <summary>A converter that can say in JSON Schema how its values are spelled, for the published schemas.</summary>
internal interface ISpelled
{
    /// <summary>The schema of a value that is there.</summary>
    JsonObject Spelling { get; }
}

/// <summary>Reads and writes a text value in JSON. What does not parse is refused at its path, never corrected.</summary>
/// <typeparam name="T">The text value.</typeparam>
public sealed class TextConverter<T> : JsonConverter<T>, ISpelled
    where T : IText<T>
{
    JsonObject ISpelled.Spelling => new() { ["type"] = "string", ["pattern"] = T.Pattern };

    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && T.TryParse(reader.GetString(), out var value)
            ? value
            : throw new JsonException();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

/// <summary>Reads and writes an enumeration in JSON as its kebab-case name, matched to the letter.</summary>
/// <remarks>The framework's own converter also takes other cases and lists of names; one meaning has one spelling here.</remarks>
/// <typeparam name="T">The enumeration.</typeparam>
public sealed class NameConverter<T> : JsonConverter<T>, ISpelled
    where T : struct, Enum
{
    JsonObject ISpelled.Spelling =>
        new() { ["type"] = "string", ["enum"] = new JsonArray([.. Names.All<T>().Select(n => (JsonNode)n)]) };

    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Names.TryParse<T>(reader.GetString(), out var value)
            ? value
            : throw new JsonException();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Names.Of(value));
}

/// <summary>The kebab-case names of an enumeration's values, as they stand in acts.</summary>
public static class Names
{
    /// <summary>Every name, in the order the values are declared.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    public static IReadOnlyList<string> All<T>()
        where T : struct, Enum => Known<T>.Names;

    /// <summary>The name of one value.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="value">A declared value.</param>
    public static string Of<T>(T value)
        where T : struct, Enum => Known<T>.Names[Array.IndexOf(Known<T>.Values, value)];

    /// <summary>Finds the value that bears exactly this name.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="name">The name, to the letter.</param>
    /// <param name="value">The value, when there is one.</param>
    public static bool TryParse<T>(string? name, out T value)
        where T : struct, Enum
    {
        var index = Array.IndexOf(Known<T>.Names, name);
        value = index >= 0 ? Known<T>.Values[index] : default;
        return index >= 0;
    }

    private static class Known<T>
        where T : struct, Enum
    {
        public static readonly T[] Values = Enum.GetValues<T>();

        public static readonly string[] Names =
        [
            .. Values.Select(v => JsonNamingPolicy.KebabCaseLower.ConvertName(v.ToString())),
        ];
    }
}
