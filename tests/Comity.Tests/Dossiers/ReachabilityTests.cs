// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Dossiers;
using Comity.Evidence;
using Comity.Instruments;
using Comity.Requests;

namespace Comity.Tests.Dossiers;

/// <summary>Every way a request can go: where it can get, and that it is never stuck before its end.</summary>
public sealed class ReachabilityTests
{
    private static readonly Stage[] Endings = [Stage.Refused, Stage.Withdrawn, Stage.Closed];

    [Theory]
    [InlineData(
        Measure.Preservation,
        """
            received > in-hand, asked, preserved, refused, withdrawn
            in-hand > asked, preserved, refused, withdrawn
            asked > in-hand, preserved, refused, withdrawn
            preserved > withdrawn, closed
            refused >
            withdrawn >
            closed >
            """
    )]
    [InlineData(
        Measure.StoredData,
        """
            received > in-hand, asked, granted-on-conditions, granted, postponed, refused, withdrawn
            in-hand > asked, granted-on-conditions, granted, postponed, refused, withdrawn
            asked > in-hand, granted-on-conditions, granted, postponed, refused, withdrawn
            granted-on-conditions > granted, refused, withdrawn, closed
            granted > supplying, supplied, refused, withdrawn, closed
            postponed > asked, granted-on-conditions, granted, refused, withdrawn
            supplying > supplied, refused, withdrawn, closed
            supplied > supplying, closed
            refused >
            withdrawn >
            closed >
            """
    )]
    public void A_request_goes_from_stage_to_stage_like_this_and_in_no_other_way(Measure measure, string map)
    {
        var steps = Walk(measure);

        // A postponed request that was asked something goes back to being postponed.
        var back = measure == Measure.StoredData ? new[] { (Stage.Asked, Stage.Postponed) } : [];
        var expected =
            from line in map.Split('\n')
            let sides = line.Split('>', StringSplitOptions.TrimEntries)
            from to in sides[1].Split(", ", StringSplitOptions.RemoveEmptyEntries)
            select (Named(sides[0]), Named(to));
        Assert.Equal(expected.Concat(back).ToHashSet().Order(), steps.Where(s => s.From != s.To).ToHashSet().Order());
        Assert.Equal(map.Split('\n').Select(l => Named(l.Split('>')[0].Trim())).Order(), Moves.StagesOf(measure));
    }

    [Theory]
    [InlineData(Measure.Preservation)]
    [InlineData(Measure.StoredData)]
    public void Only_the_ends_are_dead_ends(Measure measure)
    {
        var steps = Walk(measure);
        var ends = Endings.ToHashSet();
        for (var before = 0; before != ends.Count; )
        {
            before = ends.Count;
            ends.UnionWith(steps.Where(s => ends.Contains(s.To)).Select(s => s.From).ToList());
        }

        Assert.Equal(Moves.StagesOf(measure).Order(), ends.Order());
        Assert.DoesNotContain(steps, s => Endings.Contains(s.From));
    }

    [Theory]
    [InlineData(Measure.Preservation)]
    [InlineData(Measure.StoredData)]
    public void The_Party_that_asks_can_always_bring_its_request_to_an_end(Measure measure) =>
        Assert.All(
            Moves.StagesOf(measure).Except(Endings),
            stage =>
                Assert.Contains(
                    Moves.At(measure, stage).Dossier.Open(Moves.At(measure, stage).Request, Some.XA),
                    o => o.Kind == typeof(Withdraw) || o.Kind == typeof(Close)
                )
        );

    [Theory]
    [InlineData(Measure.Preservation)]
    [InlineData(Measure.StoredData)]
    public void Every_opening_cites_a_paragraph_or_our_own_specification(Measure measure) =>
        Assert.All(
            Dossier.OpeningsOf(measure),
            opening =>
            {
                Assert.Contains(opening.Source.Instrument, new[] { "UNCC", "docs/spec/dossier.md" });
                Assert.Matches(@"^\d+(\.\d+|\(\d+\)(\([a-z]\))?)$", opening.Source.Provision);
            }
        );

    // Breadth first over whole stories, from one stage by every move of either side; a state is met once by what matters of it.
    private static List<(Stage From, Stage To)> Walk(Measure measure)
    {
        var steps = new List<(Stage, Stage)>();
        var met = new HashSet<string>();
        var queue = new Queue<IReadOnlyList<(Side, ActBody)>>([
            [],
        ]);
        while (queue.TryDequeue(out var path))
        {
            var before = Told(measure, path).State;
            foreach (var (side, body) in EveryMove())
            {
                var story = Told(measure, path).Says(side, body, Some.Day(9));
                if (story.Effect is Effect.Took)
                {
                    steps.Add((before.Stage, story.State.Stage));
                    if (met.Add(Gist(story.State)))
                    {
                        queue.Enqueue([.. path, (side, body)]);
                    }
                }
            }
        }

        return steps;
    }

    private static string Gist(RequestState state) =>
        $"{state.Stage} {state.Decision?.Body.GetType().Name} {state.Questions.Any(q => q.Answer is null)} "
        + $"{state.Exhibits.Count} {state.ExtensionAsked is null}";

    private static Story Told(Measure measure, IReadOnlyList<(Side Side, ActBody Body)> path) =>
        path.Aggregate(Story.Of(measure), (story, step) => story.Says(step.Side, step.Body, Some.Day(9)));

    private static IEnumerable<(Side, ActBody)> EveryMove() =>
        from body in Moves.All.Values.Concat([
            new Supplement([new Answer("q1", "The first.")], [], [], [], []),
            new Supply([Some.Exhibit("a")], false, null),
            new Supply([], true, "Nothing was found."),
        ])
        from side in new[] { Side.Requesting, Side.Requested }
        select (side, body);

    private static Stage Named(string name) =>
        Names.TryParse<Stage>(name, out var stage) ? stage : throw new FormatException(name);
}
