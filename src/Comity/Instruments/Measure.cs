// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json.Serialization;

namespace Comity.Instruments;

/// <summary>What a request asks the other Party to do.</summary>
[JsonConverter(typeof(NameConverter<Measure>))]
public enum Measure
{
    /// <summary>Keep stored electronic data unaltered until it can be asked for (art. 42).</summary>
    Preservation,

    /// <summary>Search or access, seize or secure, and disclose stored electronic data (art. 44, under art. 40).</summary>
    StoredData,
}
