// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Dossiers;
using Comity.Instruments;
using Comity.Requests;

namespace Comity.Tests.Dossiers;

/// <summary>A preservation granted for sixty days, a request that follows it, and the dates that run in a story.</summary>
internal static class Dates
{
    public static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static Story Preserved(Request request) =>
        new Story().XaAsks(request, Some.Day(0)).XbSays(Moves.All["grant"], Some.Day(1));

    public static Request Following(ActId preservation) =>
        Some.Request(Measure.StoredData) with
        {
            Earlier = [new EarlierRequest(RequestRelation.FollowsPreservation, preservation, null)],
        };

    public static Clock Clock(Story story, ClockKind kind, DateTimeOffset due, ClockState state, string source) =>
        new(kind, story.Request, due, state, Convention.Article(source));

    public static IReadOnlyList<Clock> ClocksOf(Story story, DateTimeOffset at) => Clocks.Of(story.Dossier, at);

    public static bool IsPreserved(Story story, DateTimeOffset at) => Clocks.IsPreserved(story.State, at);
}
