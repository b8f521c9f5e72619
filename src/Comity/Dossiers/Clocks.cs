// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json.Serialization;
using Comity.Acts;
using Comity.Instruments;
using Comity.Requests;

namespace Comity.Dossiers;

/// <summary>A date that runs in a dossier, as it stands at one instant.</summary>
/// <param name="Kind">What it is the date of.</param>
/// <param name="Request">The request it runs in.</param>
/// <param name="Due">The date. For a clock that is held, the date it would have run to.</param>
/// <param name="State">Whether it runs, is held, or has passed.</param>
/// <param name="Source">The paragraph it comes from.</param>
public sealed record Clock(ClockKind Kind, ActId Request, DateTimeOffset Due, ClockState State, Citation Source);

/// <summary>What a clock is the date of.</summary>
[JsonConverter(typeof(NameConverter<ClockKind>))]
public enum ClockKind
{
    /// <summary>Preservation ends.</summary>
    PreservationEnds,

    /// <summary>The harm that makes the request urgent is expected.</summary>
    HarmExpected,

    /// <summary>An answer was hoped for.</summary>
    ReplyHoped,

    /// <summary>Evidence was promised.</summary>
    SupplyPromised,

    /// <summary>The postponement ends.</summary>
    PostponementEnds,

    /// <summary>Secrecy ends or is reviewed.</summary>
    SecrecyEnds,

    /// <summary>The request that follows a preservation was announced for this date.</summary>
    RequestAnnounced,
}

/// <summary>How a clock stands.</summary>
[JsonConverter(typeof(NameConverter<ClockState>))]
public enum ClockState
{
    /// <summary>It runs.</summary>
    Running,

    /// <summary>It does not run out, because a request that follows has not been decided (art. 42(8)).</summary>
    Held,

    /// <summary>It has passed.</summary>
    Passed,
}

/// <summary>The dates that run in a dossier.</summary>
/// <remarks>
/// Computed for an instant from what the register took in, so both nodes see the same. A date that passes changes what is
/// shown and who is alerted; it changes no state (design 15.1).
/// </remarks>
public static class Clocks
{
    /// <summary>Every clock of a dossier at one instant, the nearest first.</summary>
    /// <param name="dossier">The dossier.</param>
    /// <param name="at">The instant, UTC.</param>
    public static IReadOnlyList<Clock> Of(Dossier dossier, DateTimeOffset at) =>
        [
            .. dossier
                .Requests.SelectMany(r => Of(r, at))
                .OrderBy(c => c.Due)
                .ThenBy(c => c.Kind)
                .ThenBy(c => c.Request.ToString(), StringComparer.Ordinal),
        ];

    /// <summary>Whether data are preserved at an instant: within the period, or held for a request that follows.</summary>
    /// <param name="preservation">A request for preservation, from a fold of what was taken in up to that instant.</param>
    /// <param name="at">The instant, UTC.</param>
    public static bool IsPreserved(RequestState preservation, DateTimeOffset at) =>
        preservation is { Stage: Stage.Preserved, Preserved: { } period }
        && at >= period.Since
        && !HasLapsed(preservation, at);

    /// <summary>Whether a preservation has run out at an instant, and no request that follows holds it (art. 42(8)).</summary>
    /// <param name="preservation">As for <see cref="IsPreserved"/>.</param>
    /// <param name="at">The instant, UTC. The last second of the period is still within it.</param>
    internal static bool HasLapsed(RequestState preservation, DateTimeOffset at) =>
        preservation is { Preserved: { } period, KeptFor: [] } && at > period.Until;

    private static IEnumerable<Clock> Of(RequestState request, DateTimeOffset at)
    {
        // Secrecy outlives the request it was asked for; nothing else does.
        if (request.Request.Secrecy is { } secrecy)
        {
            yield return Make(ClockKind.SecrecyEnds, request, secrecy.Until, at, "40(20)");
        }

        if (request.IsEnded)
        {
            yield break;
        }

        if (request.Preserved is { } period)
        {
            yield return at > period.Until && !HasLapsed(request, at)
                ? new Clock(
                    ClockKind.PreservationEnds,
                    request.Id,
                    period.Until,
                    ClockState.Held,
                    Convention.Article("42(8)")
                )
                : Make(ClockKind.PreservationEnds, request, period.Until, at, "42(8)");
        }

        if (request is { Preserved: not null, FollowedBy: [], Request.Intention.By: { } announced })
        {
            yield return Make(ClockKind.RequestAnnounced, request, announced, at, "42(3)(f)");
        }

        if (request is { IsDecided: false, Request.Urgency.HarmBy: { } harm })
        {
            yield return Make(ClockKind.HarmExpected, request, harm, at, "40(26)");
        }

        // Also while a question waits: the postponement stands until it is decided otherwise.
        if (request is { Decision.Body: Postpone postponed })
        {
            yield return Make(ClockKind.PostponementEnds, request, postponed.Until, at, "40(27)");
        }

        if (request is { Stage: Stage.Granted or Stage.Supplying, Decision.Body: Grant { SupplyBy: { } supply } })
        {
            yield return Make(ClockKind.SupplyPromised, request, supply, at, "40(26)");
        }

        foreach (var reply in Waiting(request))
        {
            yield return Make(ClockKind.ReplyHoped, request, reply, at, "40(16)");
        }
    }

    private static IEnumerable<DateTimeOffset> Waiting(RequestState request) =>
        request.Questions.Where(q => q.Answer is null).Select(q => q.ReplyBy).OfType<DateTimeOffset>().Distinct();

    private static Clock Make(
        ClockKind kind,
        RequestState request,
        DateTimeOffset due,
        DateTimeOffset at,
        string source
    ) => new(kind, request.Id, due, at > due ? ClockState.Passed : ClockState.Running, Convention.Article(source));
}
