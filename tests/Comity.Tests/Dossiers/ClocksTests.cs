// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Dossiers;
using Comity.Instruments;
using Comity.Requests;
using static Comity.Tests.Dossiers.Dates;

namespace Comity.Tests.Dossiers;

/// <summary>Which other dates run in a dossier, and until which second.</summary>
public sealed class ClocksTests
{
    [Fact]
    public void Expected_harm_is_shown_until_the_request_is_decided()
    {
        var urgent = new Urgency(UrgencyLevel.Emergency, "A life is at risk", Some.Day(2));
        var story = new Story().XaAsks(Some.Request(Measure.StoredData) with { Urgency = urgent }, Some.Day(0));

        Assert.Equal(
            [Clock(story, ClockKind.HarmExpected, Some.Day(2), ClockState.Running, "40(26)")],
            ClocksOf(story, Some.Day(2))
        );
        Assert.Equal(
            [Clock(story, ClockKind.HarmExpected, Some.Day(2), ClockState.Passed, "40(26)")],
            ClocksOf(story, Some.Day(2) + Second)
        );
        Assert.DoesNotContain(
            ClocksOf(story.XbSays(Moves.All["grant"], Some.Day(1)), Some.Day(1)),
            c => c.Kind == ClockKind.HarmExpected
        );
    }

    [Fact]
    public void A_postponement_is_shown_to_its_end_also_while_a_question_waits()
    {
        var story = Moves.At(Measure.StoredData, Stage.Postponed);
        var postponed = Clock(story, ClockKind.PostponementEnds, Some.Day(90), ClockState.Running, "40(27)");

        Assert.Equal([postponed], ClocksOf(story, Some.Day(90)));
        Assert.Equal([postponed with { State = ClockState.Passed }], ClocksOf(story, Some.Day(90) + Second));
        Assert.Contains(postponed, ClocksOf(story.XbSays(Moves.All["consult"], Some.Day(5)), Some.Day(5)));
        Assert.DoesNotContain(postponed, ClocksOf(story.XbSays(Moves.All["grant"], Some.Day(6)), Some.Day(6)));
    }

    [Fact]
    public void Promised_evidence_is_shown_until_all_was_supplied()
    {
        var story = Moves.At(Measure.StoredData, Stage.Granted);
        var promised = Clock(story, ClockKind.SupplyPromised, Some.Day(50), ClockState.Running, "40(26)");

        Assert.Equal([promised], ClocksOf(story, Some.Day(50)));
        Assert.Equal([promised with { State = ClockState.Passed }], ClocksOf(story, Some.Day(50) + Second));
        Assert.Equal([promised], ClocksOf(story.XbSays(Moves.All["supply in part"], Some.Day(5)), Some.Day(50)));
        Assert.Empty(
            ClocksOf(
                story.XbSays(new Comity.Evidence.Supply([Some.Exhibit("c")], true, null), Some.Day(6)),
                Some.Day(50)
            )
        );
    }

    [Fact]
    public void An_answer_is_waited_for_until_it_comes()
    {
        var story = Moves.At(Measure.StoredData, Stage.Asked);
        var hoped = Clock(story, ClockKind.ReplyHoped, Some.Day(20), ClockState.Running, "40(16)");

        Assert.Equal([hoped], ClocksOf(story, Some.Day(20)));
        Assert.Equal([hoped with { State = ClockState.Passed }], ClocksOf(story, Some.Day(20) + Second));
        Assert.Empty(
            ClocksOf(
                story.XaSays(new Supplement([new Answer("q1", "The first.")], [], [], [], []), Some.Day(5)),
                Some.Day(20)
            )
        );
    }

    [Theory]
    [InlineData(Stage.Received)]
    [InlineData(Stage.Refused)]
    [InlineData(Stage.Withdrawn)]
    [InlineData(Stage.Closed)]
    public void Secrecy_has_an_end_and_outlives_the_request_it_was_asked_for(Stage stage)
    {
        var secret = Some.Request(Measure.StoredData) with { Secrecy = new Secrecy("Risk", Some.Day(180), true) };
        var story = new Story().XaAsks(secret, Some.Day(0));
        foreach (var act in Moves.At(Measure.StoredData, stage).Acts.Skip(1))
        {
            story.Says(act.Act.From.Party == Some.XA ? Side.Requesting : Side.Requested, act.Act.Body, act.At);
        }

        Assert.Equal(stage, story.State.Stage);
        Assert.Contains(
            Clock(story, ClockKind.SecrecyEnds, Some.Day(180), ClockState.Running, "40(20)"),
            ClocksOf(story, Some.Day(180))
        );
        Assert.Contains(
            Clock(story, ClockKind.SecrecyEnds, Some.Day(180), ClockState.Passed, "40(20)"),
            ClocksOf(story, Some.Day(180) + Second)
        );
    }

    [Fact]
    public void When_a_request_has_ended_nothing_else_runs_in_it()
    {
        var story = Preserved(Some.Request() with { Urgency = new Urgency(UrgencyLevel.Urgent, "Logs", Some.Day(9)) })
            .XbSays(Moves.All["warn of prejudice"], Some.Day(3))
            .XaSays(new Withdraw(null), Some.Day(4));

        Assert.Empty(ClocksOf(story, Some.Day(5)));
    }

    [Fact]
    public void The_nearest_date_comes_first()
    {
        var story = Preserved(Some.Request() with { Secrecy = new Secrecy("Risk", Some.Day(50), false) })
            .XbSays(Moves.All["warn of prejudice"], Some.Day(3));

        Assert.Equal(
            [ClockKind.ReplyHoped, ClockKind.RequestAnnounced, ClockKind.SecrecyEnds, ClockKind.PreservationEnds],
            ClocksOf(story, Some.Day(5)).Select(c => c.Kind)
        );
    }
}
