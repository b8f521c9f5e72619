// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Dossiers;
using Comity.Evidence;
using Comity.Instruments;
using Comity.Requests;

namespace Comity.Tests.Dossiers;

/// <summary>Everything that can be said about a request, by its short name, and how a request gets to each stage.</summary>
internal static class Moves
{
    public static readonly PreservedPeriod SixtyDays = new(Some.Day(1), Some.Day(61));

    private static readonly Question Question = new("q1", "Which account?");

    /// <summary>One act of each kind that is not kept at home, with a line of its own for each use the treaty gives it.</summary>
    public static IReadOnlyDictionary<string, ActBody> All { get; } =
        new Dictionary<string, ActBody>
        {
            ["acknowledge"] = new Acknowledge("XB-77/2026", null),
            ["ask for information"] = new Ask(AskPurpose.Information, [Question], Some.Day(20)),
            ["consult"] = new Ask(AskPurpose.Consultation, [Question], Some.Day(20)),
            ["warn of prejudice"] = new Ask(AskPurpose.Prejudice, [Question], Some.Day(20)),
            ["supplement"] = new Supplement([], [new Fact(2, "More was learnt.")], [], [], []),
            ["grant"] = new Grant("s. 94", null, [], [], Some.Day(50), SixtyDays),
            ["grant on conditions"] = new Grant(
                "s. 94",
                null,
                [new Condition("c1", ConditionKind.UseLimit, "Only in PR-7.")],
                [],
                null,
                SixtyDays
            ),
            ["accept"] = new Accept(["c1"]),
            ["refuse"] = new Refuse([new Ground("40(21)(b)", null)], "An essential interest.", null),
            ["postpone"] = new Postpone(Some.Day(90), "A search of our own.", null),
            ["extend"] = new Extend(Some.Day(121), null),
            ["supply in part"] = new Supply([Some.Exhibit("b")], false, null),
            ["supply all"] = new Supply([Some.Exhibit("b")], true, null),
            ["confirm"] = new Confirm([new ExhibitReceived(Some.Digest("sealed a"), ExhibitVerdict.Opened)], null),
            ["withdraw"] = new Withdraw(null),
            ["close"] = new Close(ProceedingOutcome.Continues, true, null),
        };

    private static readonly Dictionary<Stage, (Side By, string Move)[]> Ways = new()
    {
        [Stage.Received] = [],
        [Stage.InHand] = [(Side.Requested, "acknowledge")],
        [Stage.Asked] = [(Side.Requested, "ask for information")],
        [Stage.Postponed] = [(Side.Requested, "postpone")],
        [Stage.GrantedOnConditions] = [(Side.Requested, "grant on conditions")],
        [Stage.Granted] = [(Side.Requested, "grant")],
        [Stage.Preserved] = [(Side.Requested, "grant")],
        [Stage.Supplying] = [(Side.Requested, "grant"), (Side.Requested, "supply a")],
        [Stage.Supplied] = [(Side.Requested, "grant"), (Side.Requested, "supply a, all")],
        [Stage.Refused] = [(Side.Requested, "refuse")],
        [Stage.Withdrawn] = [(Side.Requesting, "withdraw")],
        [Stage.Closed] = [(Side.Requested, "grant"), (Side.Requesting, "close")],
    };

    /// <summary>The stages a request for a measure can be at.</summary>
    public static IReadOnlyList<Stage> StagesOf(Measure measure) =>
        [
            .. Enum.GetValues<Stage>()
                .Where(s =>
                    measure == Measure.Preservation
                        ? s
                            is not (
                                Stage.Postponed
                                or Stage.GrantedOnConditions
                                or Stage.Granted
                                or Stage.Supplying
                                or Stage.Supplied
                            )
                        : s != Stage.Preserved
                ),
        ];

    /// <summary>A request on day 0 that has reached a stage by day 9.</summary>
    public static Story At(Measure measure, Stage stage)
    {
        var story = Story.Of(measure);
        foreach (var (by, move) in Ways[stage])
        {
            var body = move.StartsWith("supply a", StringComparison.Ordinal)
                ? new Supply([Some.Exhibit("a")], move.EndsWith("all", StringComparison.Ordinal), null)
                : All[move];
            story.Says(by, body, Some.Day(story.Acts.Count));
        }

        Assert.Equal(stage, story.State.Stage);
        return story;
    }
}
