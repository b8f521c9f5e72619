// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json.Serialization;

namespace Comity.Dossiers;

/// <summary>How far a request has got.</summary>
[JsonConverter(typeof(NameConverter<Stage>))]
public enum Stage
{
    /// <summary>In the home register; nobody has answered.</summary>
    Received,

    /// <summary>Acknowledged, or its questions answered: with the requested Party.</summary>
    InHand,

    /// <summary>A question waits for the requesting Party.</summary>
    Asked,

    /// <summary>Granted, subject to conditions that the requesting Party has not yet accepted.</summary>
    GrantedOnConditions,

    /// <summary>Granted; evidence is to be supplied.</summary>
    Granted,

    /// <summary>The data are preserved. Until when is a matter of the clock.</summary>
    Preserved,

    /// <summary>Postponed.</summary>
    Postponed,

    /// <summary>Some evidence was supplied and more is to come.</summary>
    Supplying,

    /// <summary>All evidence was supplied.</summary>
    Supplied,

    /// <summary>Refused. An ending.</summary>
    Refused,

    /// <summary>Withdrawn by the requesting Party. An ending.</summary>
    Withdrawn,

    /// <summary>Closed by the requesting Party with its report. An ending.</summary>
    Closed,
}
