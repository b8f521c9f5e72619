// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json.Serialization;

namespace Comity.Safeguards;

/// <summary>What a safeguard says, from the least to the most: a total order.</summary>
/// <remarks>
/// Unknown is the least, so that leaving something out never looks better than saying it, and so that a finding put together
/// of several points is only as good as the one that is known least.
/// </remarks>
[JsonConverter(typeof(NameConverter<Verdict>))]
public enum Verdict
{
    /// <summary>Something that decides it was not said. Never counts as met.</summary>
    Unknown,

    /// <summary>What was said does not meet it.</summary>
    NotMet,

    /// <summary>A person has to look, and has not yet.</summary>
    NeedsReview,

    /// <summary>It is met on what was said. Whether what was said is true is for people.</summary>
    Met,
}
