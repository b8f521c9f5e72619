// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Evidence;
using Comity.Requests;
using static Comity.Dossiers.Stage;
using static Comity.Dossiers.Steps;

namespace Comity.Dossiers;

/// <summary>What is open in a request for stored data: article 44, answered under article 40.</summary>
public static class StoredDataOpenings
{
    /// <summary>Every opening, in the order in which a request usually meets them.</summary>
    public static IReadOnlyList<Opening> All { get; } =
    [
        Opening.Of<Acknowledge>(Side.Requested, [Received], "40(26)", TakeInHand),
        Opening.Of<Ask>(Side.Requested, Undecided, "40(16)", PutQuestions, a => a.Purpose == AskPurpose.Information),
        Opening.Of<Ask>(Side.Requested, Undecided, "40(28)", PutQuestions, a => a.Purpose == AskPurpose.Consultation),
        Opening.Of<Supplement>(Side.Requesting, [.. Undecided, GrantedOnConditions, Granted], "40(16)", Add),
        Opening.Of<Grant>(Side.Requested, Undecided, "40(17)", Agree, g => g.Conditions.Count == 0),
        Opening.Of<Grant>(Side.Requested, Undecided, "40(28)", AgreeOnConditions, g => g.Conditions.Count > 0),
        Opening.Of<Accept>(Side.Requesting, [GrantedOnConditions], "40(28)", AcceptConditions),
        Opening.Of<Postpone>(Side.Requested, Undecided, "40(27)", PutOff),
        // Also after a grant: a ground that comes to light late, persecution above all, must still stop what is not yet done.
        Opening.Of<Refuse>(Side.Requested, [.. Undecided, GrantedOnConditions, Granted, Supplying], "40(25)", TurnDown),
        // Also when all seemed supplied: more may be found, and what arrived damaged or sealed to a lost key is sent again.
        Opening.Of<Supply>(Side.Requested, [Granted, Supplying, Supplied], "44(1)", HandOver),
        Opening.Of<Confirm>(Side.Requesting, [Supplying, Supplied], Specification("3.9"), Verify),
        Opening.Of<Withdraw>(
            Side.Requesting,
            [.. Undecided, GrantedOnConditions, Granted, Supplying],
            "40(26)",
            (s, _, e) => End(s, Withdrawn, e)
        ),
        Opening.Of<Close>(
            Side.Requesting,
            [GrantedOnConditions, Granted, Supplying, Supplied],
            Specification("3.11"),
            Report
        ),
    ];

    private static Step Agree(RequestState state, Grant grant, Entered entered) =>
        Step.Goes(Decide(state, Granted, grant, entered));

    private static Step AgreeOnConditions(RequestState state, Grant grant, Entered entered) =>
        Step.Goes(Decide(state, GrantedOnConditions, grant, entered));

    private static Step AcceptConditions(RequestState state, Accept accept, Entered entered)
    {
        var conditions = ((Grant)state.Decision!.Body).Conditions.Select(c => c.Id);
        return conditions.ToHashSet().SetEquals(accept.Conditions)
            ? Step.Goes(state with { Stage = Granted, Accepted = entered.Id })
            : Step.Closed("accept.conditions-differ", Instruments.Convention.Article("40(28)"));
    }

    private static Step PutOff(RequestState state, Postpone postpone, Entered entered) =>
        postpone.Until > entered.At
            ? Step.Goes(Decide(state, Postponed, postpone, entered))
            : Step.Closed("postpone.until-passed", Instruments.Convention.Article("40(27)"));

    private static Step HandOver(RequestState state, Supply supply, Entered entered)
    {
        var known = state.Exhibits.Select(x => x.Exhibit.Manifest.SealedSha256).ToHashSet();
        return supply.Exhibits.Any(x => known.Contains(x.Manifest.SealedSha256))
            ? Step.Closed("supply.exhibit-doubled", Specification("3.8"))
            : Step.Goes(
                state with
                {
                    Stage = supply.IsComplete ? Supplied : Supplying,
                    Exhibits =
                    [
                        .. state.Exhibits,
                        .. supply.Exhibits.Select(x => new ExhibitSupplied(entered.Id, x, null)),
                    ],
                }
            );
    }

    private static Step Verify(RequestState state, Confirm confirm, Entered entered)
    {
        var verdicts = confirm.Exhibits.ToDictionary(x => x.SealedSha256, x => x.Verdict);
        var known = state.Exhibits.Select(x => x.Exhibit.Manifest.SealedSha256).ToHashSet();
        return verdicts.Keys.All(known.Contains)
            ? Step.Goes(
                state with
                {
                    Exhibits =
                    [
                        .. state.Exhibits.Select(x =>
                            verdicts.TryGetValue(x.Exhibit.Manifest.SealedSha256, out var verdict)
                                ? x with
                                {
                                    Verdict = verdict,
                                }
                                : x
                        ),
                    ],
                }
            )
            : Step.Closed("confirm.exhibit-unknown", Specification("3.9"));
    }
}
