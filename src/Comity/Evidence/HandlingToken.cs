// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json.Serialization;

namespace Comity.Evidence;

/// <summary>How an exhibit may be used. It travels in the act that supplies the exhibit, under the same signature.</summary>
/// <param name="PermittedProceeding">The proceeding it may be used in, and no other without consent (art. 40(19)).</param>
/// <param name="UseLimits">Further limits, in words.</param>
/// <param name="OnwardTransfer">Whether it may go to a third State or organisation (art. 36(3)).</param>
/// <param name="ConfidentialUntil">Until when the fact and substance are confidential (art. 40(20)).</param>
/// <param name="RetainUntil">Until when it may be kept; then it is destroyed or returned.</param>
/// <param name="Conditions">Short names of the grant's conditions that bind it.</param>
public sealed record HandlingToken(
    string PermittedProceeding,
    IReadOnlyList<string> UseLimits,
    OnwardTransfer OnwardTransfer,
    DateTimeOffset? ConfidentialUntil,
    DateTimeOffset? RetainUntil,
    IReadOnlyList<string> Conditions
)
{
    internal void Check(Shape shape) =>
        shape
            .Text(PermittedProceeding, "permittedProceeding", Shape.Paragraph)
            .List(UseLimits, "useLimits", l => shape.Text(l, "", Shape.Paragraph))
            .List(Conditions, "conditions", c => shape.Slug(c, "", 16));
}

/// <summary>Whether evidence may be passed on.</summary>
[JsonConverter(typeof(NameConverter<OnwardTransfer>))]
public enum OnwardTransfer
{
    /// <summary>Never.</summary>
    Refused,

    /// <summary>Only with the supplying Party's written authorisation, asked for each time (art. 36(3)).</summary>
    WithAuthorisation,
}
