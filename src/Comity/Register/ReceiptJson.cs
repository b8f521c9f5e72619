// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using static Comity.Outcome<Comity.Register.Receipt>;

namespace Comity.Register;

/// <summary>The members of a receipt's JSON, as text: the form is checked here, the content by the types.</summary>
/// <param name="Version">Which specification.</param>
/// <param name="Leaf">The canonical text of the leaf: as text, so that its bytes stay what they are.</param>
/// <param name="Salt">64 lower-case hexadecimal digits.</param>
/// <param name="Index">From 0.</param>
/// <param name="Proof">The inclusion proof, each hash in base64, as C2SP writes them.</param>
/// <param name="Checkpoint">The whole note.</param>
internal sealed record ReceiptJson(
    string Version,
    string Leaf,
    string Salt,
    long Index,
    IReadOnlyList<string> Proof,
    string Checkpoint
)
{
    // The default encoder escapes quotation marks, plus signs and the dash as \u00xx, for the sake of HTML pages that a
    // receipt never stands in raw. Without that, stock tools can read the leaf and the note out of it.
    private static readonly ReceiptJsonContext Relaxed = new(
        new JsonSerializerOptions(ReceiptJsonContext.Default.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            MaxDepth = 3, // a writer counts the strings in the array as a level, a reader does not
        }
    );

    internal static byte[] Write(Receipt receipt)
    {
        var members = new ReceiptJson(
            Receipt.Version,
            receipt.Leaf.ToString(),
            receipt.Salt.ToHex(),
            receipt.Index,
            receipt.Path.ToBase64(),
            receipt.Checkpoint.ToString()
        );
        var json = JsonSerializer.SerializeToUtf8Bytes(members, Relaxed.ReceiptJson);
        return json.Length <= Receipt.MaximumBytes
            ? json
            : throw new InvalidOperationException(
                "a receipt of more than 16 KiB: its checkpoint has too many signatures"
            );
    }

    internal static Outcome<Receipt> Read(ReadOnlySpan<byte> json)
    {
        if (json.Length > Receipt.MaximumBytes)
            return new Refused(RegisterRefusals.ReceiptTooLarge);
        try
        {
            return JsonSerializer.Deserialize(json, ReceiptJsonContext.Default.ReceiptJson) is { } members
                ? members.ToReceipt()
                : new Refused(RegisterRefusals.ReceiptMalformed);
        }
        catch (JsonException)
        {
            // Its message may quote the input, and no place it names is of use to a machine.
            return new Refused(RegisterRefusals.ReceiptMalformed);
        }
    }

    private Outcome<Receipt> ToReceipt()
    {
        if (Version != Receipt.Version)
            return new Refused(RegisterRefusals.ReceiptVersion.Within("version"));
        if (!Register.Salt.TryParseHex(Salt, out var salt))
            return new Refused(RegisterRefusals.ReceiptMalformed.Within("salt"));
        if (Index < 0)
            return new Refused(RegisterRefusals.ReceiptMalformed.Within("index"));
        // A null among the hashes is not ruled out by the reader, and is no hash.
        if (Proof.Any(hash => hash is null))
            return new Refused(RegisterRefusals.ReceiptMalformed.Within("proof"));
        return Register
            .Leaf.Parse(Encoding.UTF8.GetBytes(Leaf))
            .Within("leaf")
            .Then(leaf => MerklePath.Parse(Proof).Within("proof").Then(path => With(leaf, salt, path)));
    }

    private Outcome<Receipt> With(Leaf leaf, Salt salt, MerklePath path) =>
        SignedNote
            .Parse(Encoding.UTF8.GetBytes(Checkpoint))
            .Within("checkpoint")
            .Map(note => new Receipt(leaf, salt, Index, path, note));
}

/// <summary>Reads and writes <see cref="ReceiptJson"/> without reflection, and strictly.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 2
)]
[JsonSerializable(typeof(ReceiptJson))]
internal sealed partial class ReceiptJsonContext : JsonSerializerContext;
