// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json.Serialization;

namespace Comity.Requests;

/// <summary>On what footing the measure is asked for. It decides which measures are open (arts 3, 35).</summary>
[JsonConverter(typeof(NameConverter<OffenceBasis>))]
public enum OffenceBasis
{
    /// <summary>An offence established in accordance with the Convention (arts 7 to 17 and 19; art. 35(1)(a) and (b)).</summary>
    ConventionOffence,

    /// <summary>Another offence with a maximum of at least four years' deprivation of liberty (arts 2(h), 35(1)(c)).</summary>
    SeriousCrime,

    /// <summary>An offence under another United Nations convention or protocol, itself a serious crime (art. 35(1)(c)).</summary>
    OtherTreatyOffence,
}

/// <summary>What the data are, from the least to the most intrusive (art. 2(c), (d) and (f)).</summary>
[JsonConverter(typeof(NameConverter<DataCategory>))]
public enum DataCategory
{
    /// <summary>Who the subscriber is, and what was agreed (art. 2(f)).</summary>
    Subscriber,

    /// <summary>Where communications came from and went, when, for how long, how much (art. 2(c)).</summary>
    Traffic,

    /// <summary>What was said, shown or stored (art. 2(d)).</summary>
    Content,
}
