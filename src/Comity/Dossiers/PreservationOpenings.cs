// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Instruments;
using Comity.Requests;
using static Comity.Dossiers.Stage;
using static Comity.Dossiers.Steps;

namespace Comity.Dossiers;

/// <summary>What is open in a request for preservation: article 42.</summary>
/// <remarks>Nothing here postpones: art. 42(6) leaves no ground for it, and data do not wait.</remarks>
public static class PreservationOpenings
{
    /// <summary>Shortest preservation, in days: a floor of the treaty, so not a setting (art. 42(8)).</summary>
    public const int MinimumDays = 60;

    private static readonly IReadOnlyList<Stage> Waiting = [Received, InHand, Asked];

    /// <summary>Every opening, in the order in which a request usually meets them.</summary>
    public static IReadOnlyList<Opening> All { get; } =
    [
        Opening.Of<Acknowledge>(Side.Requested, [Received], "41(4)", TakeInHand),
        Opening.Of<Ask>(Side.Requested, Waiting, "40(16)", PutQuestions, a => a.Purpose == AskPurpose.Information),
        Opening.Of<Ask>(Side.Requested, Waiting, "40(28)", PutQuestions, a => a.Purpose == AskPurpose.Consultation),
        Opening.Of<Ask>(
            Side.Requested,
            [.. Waiting, Preserved],
            "42(7)",
            PutQuestions,
            a => a.Purpose == AskPurpose.Prejudice
        ),
        Opening.Of<Supplement>(Side.Requesting, [.. Waiting, Preserved], "40(16)", Add),
        Opening.Of<Grant>(Side.Requested, Waiting, "42(4)", Preserve),
        Opening.Of<Refuse>(Side.Requested, Waiting, "42(6)", TurnDown),
        Opening.Of<Extend>(Side.Requesting, [Preserved], "42(9)", AskForLonger),
        Opening.Of<Extend>(Side.Requested, [Preserved], "42(9)", KeepLonger),
        Opening.Of<Withdraw>(Side.Requesting, [.. Waiting, Preserved], "40(26)", (s, _, e) => End(s, Withdrawn, e)),
        Opening.Of<Close>(Side.Requesting, [Preserved], Specification("3.11"), Report),
    ];

    private static Step Preserve(RequestState state, Grant grant, Entered entered)
    {
        if (grant.Preserved is not { } period)
        {
            return Step.Closed("preservation.period-missing", Convention.Article("42(8)"));
        }

        var next = Decide(state, Preserved, grant, entered) with { Preserved = period };
        return period.Until - period.Since < TimeSpan.FromDays(MinimumDays)
            ? Step.Goes(
                next,
                new Refusal("preservation.too-short", Convention.Article("42(8)"), "body.preserved.until")
            )
            : Step.Goes(next);
    }

    private static Step AskForLonger(RequestState state, Extend extend, Entered entered) =>
        extend.Until <= state.Preserved!.Until ? NotLonger()
        : Clocks.HasLapsed(state, entered.At)
            ? Step.Goes(
                state with
                {
                    ExtensionAsked = extend.Until,
                },
                new Refusal("preservation.asked-late", Convention.Article("42(9)"), "body.until")
            )
        : Step.Goes(state with { ExtensionAsked = extend.Until });

    private static Step KeepLonger(RequestState state, Extend extend, Entered entered) =>
        extend.Until <= state.Preserved!.Until
            ? NotLonger()
            : Step.Goes(
                state with
                {
                    Preserved = state.Preserved with { Until = extend.Until },
                    ExtensionAsked = state.ExtensionAsked <= extend.Until ? null : state.ExtensionAsked,
                }
            );

    private static Step NotLonger() => Step.Closed("preservation.not-longer", Convention.Article("42(9)"));
}
