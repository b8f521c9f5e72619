// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Comity.Evidence;
using Comity.Parties;
using Comity.Profiles;
using Comity.Requests;

namespace Comity.Acts;

/// <summary>How acts and their bodies stand in JSON: one way, generated from the types.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    MaxDepth = StrictJson.MaximumDepth,
    WriteIndented = true,
    NewLine = "\n",
    Converters = [typeof(InstantConverter)]
)]
[JsonSerializable(typeof(ActText))]
[JsonSerializable(typeof(ActContentText))]
[JsonSerializable(typeof(Request))]
[JsonSerializable(typeof(Acknowledge))]
[JsonSerializable(typeof(Ask))]
[JsonSerializable(typeof(Supplement))]
[JsonSerializable(typeof(Grant))]
[JsonSerializable(typeof(Accept))]
[JsonSerializable(typeof(Refuse))]
[JsonSerializable(typeof(Postpone))]
[JsonSerializable(typeof(Extend))]
[JsonSerializable(typeof(Supply))]
[JsonSerializable(typeof(Confirm))]
[JsonSerializable(typeof(Withdraw))]
[JsonSerializable(typeof(Close))]
[JsonSerializable(typeof(Transcribed))]
[JsonSerializable(typeof(Approve))]
[JsonSerializable(typeof(Assess))]
[JsonSerializable(typeof(Keep))]
[JsonSerializable(typeof(Custody))]
[JsonSerializable(typeof(Destroy))]
[JsonSerializable(typeof(CustodyEntry))]
[JsonSerializable(typeof(PartyEntry))]
[JsonSerializable(typeof(PartyProfile))]
internal sealed partial class ActJson : JsonSerializerContext
{
    /// <summary>How a type is read and written.</summary>
    public static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)Strict.Options.GetTypeInfo(typeof(T));

    /// <summary>How a type is read and written.</summary>
    public static JsonTypeInfo Of(Type type) => Strict.Options.GetTypeInfo(type);

    // In a class of its own, as the order in which the parts of this one are initialised is not ours to say.
    private static class Strict
    {
        public static readonly JsonSerializerOptions Options = StrictJson.RequireAll(Default);
    }
}
