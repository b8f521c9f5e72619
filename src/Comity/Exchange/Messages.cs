// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Comity.Exchange;

/// <summary>A batch of acts, pushed to the Party they are addressed to.</summary>
/// <remarks>Specification: <c>docs/spec/exchange.md</c>, comity-exchange@v1.</remarks>
/// <param name="Acts">The acts, in the order of the sender's register: 1 to 128.</param>
public sealed record Push(IReadOnlyList<PushedAct> Acts)
{
    /// <summary>Most acts in a batch.</summary>
    public const int MaximumActs = 128;

    /// <summary>Largest batch, in bytes of JSON. Sixteen acts of the largest size and their receipts fit.</summary>
    public const int MaximumBytes = 8 * 1024 * 1024;
}

/// <summary>One act on its way.</summary>
/// <param name="Index">Its index in the sender's register. The cursor counts in these.</param>
/// <param name="Act">The signed bytes, base64.</param>
/// <param name="Receipt">What the sender's register says of it, with proof.</param>
public sealed record PushedAct(long Index, string Act, JsonElement Receipt);

/// <summary>The answer to a batch: what became of each act, and how far the receiver has got.</summary>
/// <param name="Cursor">The receiver's durable cursor: the largest index of the sender's register it has answered for.</param>
/// <param name="Answers">One answer an act, in the order pushed. Fewer when the receiver stopped early.</param>
public sealed record PushAnswer(long Cursor, IReadOnlyList<ActAnswer> Answers);

/// <summary>What became of one act.</summary>
/// <param name="Act">The act's id; for what could not be read as an act, the digest of its bytes.</param>
/// <param name="Verdict">What became of it.</param>
/// <param name="Receipt">
/// What the receiver's register says of it: admitted, or not admitted with the code. Absent while parked, as nothing was
/// entered.
/// </param>
public sealed record ActAnswer(Digest Act, ActVerdict Verdict, JsonElement? Receipt);

/// <summary>What became of an act at the receiver.</summary>
[JsonConverter(typeof(NameConverter<ActVerdict>))]
public enum ActVerdict
{
    /// <summary>It is in the receiver's register.</summary>
    Admitted,

    /// <summary>It failed a technical check. It is kept and shown to a person; the register says which check.</summary>
    NotAdmitted,

    /// <summary>It names an act not yet seen here and waits for that.</summary>
    Parked,
}

/// <summary>How far two nodes have got with each other.</summary>
/// <param name="Cursor">The largest index of the asking Party's register that was answered for; -1 for none.</param>
/// <param name="Checkpoint">The answering node's newest checkpoint, a C2SP signed note.</param>
/// <param name="Known">The newest checkpoint of the asking Party that the answering node has seen; empty for none.</param>
/// <param name="Proofs">
/// For each size that was asked for, in that order, the consistency proof from it to <paramref name="Checkpoint"/>, in base64;
/// none when nothing was asked for.
/// </param>
public sealed record Standing(
    long Cursor,
    string Checkpoint,
    string Known,
    IReadOnlyList<IReadOnlyList<string>>? Proofs = null
)
{
    /// <summary>Most sizes that may be asked for at once.</summary>
    public const int MaximumProofs = 2;
}

/// <summary>A transport refusal: unsigned, because nothing about an act was decided.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Where">Where in the message, or empty.</param>
public sealed record TransportRefusal(string Code, string Where);

/// <summary>How exchange messages stand in JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    MaxDepth = StrictJson.MaximumDepth,
    Converters = [typeof(InstantConverter)]
)]
[JsonSerializable(typeof(Push))]
[JsonSerializable(typeof(PushAnswer))]
[JsonSerializable(typeof(Standing))]
[JsonSerializable(typeof(TransportRefusal))]
[JsonSerializable(typeof(BagManifest))]
[JsonSerializable(typeof(BagLetter))]
internal sealed partial class ExchangeJson : JsonSerializerContext;
