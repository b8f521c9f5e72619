// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Comity.Exchange;

/// <summary>Reads and writes the messages between nodes.</summary>
public static class ExchangeEncoding
{
    private static readonly JsonSerializerOptions Options = StrictJson.RequireAll(ExchangeJson.Default);
    private static readonly Citation Specification = new("docs/spec/exchange.md", "3");

    /// <summary>Writes a message: compact JSON, UTF-8.</summary>
    /// <typeparam name="T">One of the messages of this namespace.</typeparam>
    /// <param name="message">The message.</param>
    public static byte[] Write<T>(T message) => JsonSerializer.SerializeToUtf8Bytes(message, TypeOf<T>());

    /// <summary>Reads a message.</summary>
    /// <typeparam name="T">One of the messages of this namespace.</typeparam>
    /// <param name="utf8">The whole message, already bounded by the transport.</param>
    /// <returns>The message, or <c>exchange.malformed</c> at an offset or a path, or <c>exchange.outside-limits</c>.</returns>
    public static Outcome<T> Read<T>(ReadOnlySpan<byte> utf8)
    {
        if (!StrictJson.IsObject(utf8, out var offset))
        {
            return Refuse<T>("exchange.malformed", $"byte {offset}");
        }

        try
        {
            var message = JsonSerializer.Deserialize(utf8, TypeOf<T>())!;
            return Outside(message) is { } where
                ? Refuse<T>("exchange.outside-limits", where)
                : new Outcome<T>.Admitted(message);
        }
        catch (JsonException bad)
        {
            return Refuse<T>("exchange.malformed", StrictJson.PathOf(bad, TypeOf<T>()));
        }
    }

    private static string? Outside<T>(T message) =>
        message switch
        {
            Push { Acts.Count: 0 or > Push.MaximumActs } or PushAnswer { Answers.Count: > Push.MaximumActs } => "acts",
            BagLetter { Acts.Count: > Push.MaximumActs } or BagLetter { Acts.Count: 0, Answers.Count: 0 } => "acts",
            BagLetter { Answers.Count: > Push.MaximumActs } => "answers",
            BagManifest manifest => manifest.Outside(),
            _ => null,
        };

    private static JsonTypeInfo<T> TypeOf<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    private static Outcome<T> Refuse<T>(string code, string where) =>
        new Outcome<T>.Refused(new Refusal(code, Specification, where));
}
