// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Dossiers;
using Comity.Instruments;
using Comity.Requests;
using static Comity.Tests.Dossiers.Dates;

namespace Comity.Tests.Dossiers;

/// <summary>For how long data are preserved, to the second, and what holds the end (art. 42(8) and (9)).</summary>
public sealed class PreservationClocksTests
{
    private static readonly DateTimeOffset End = Moves.SixtyDays.Until;

    [Fact]
    public void Preservation_runs_to_the_last_second_of_its_last_day()
    {
        var story = Preserved(Some.Request() with { Intention = null });

        Assert.Equal(
            [Clock(story, ClockKind.PreservationEnds, End, ClockState.Running, "42(8)")],
            ClocksOf(story, End)
        );
        Assert.Equal(
            [Clock(story, ClockKind.PreservationEnds, End, ClockState.Passed, "42(8)")],
            ClocksOf(story, End + Second)
        );
        Assert.Equal(
            (false, true, true, false),
            (
                IsPreserved(story, Moves.SixtyDays.Since - Second),
                IsPreserved(story, Moves.SixtyDays.Since),
                IsPreserved(story, End),
                IsPreserved(story, End + Second)
            )
        );
    }

    [Fact]
    public void A_preservation_that_has_run_out_changes_no_stage_and_closes_nothing()
    {
        var story = Preserved(Some.Request());

        Assert.Equal(Stage.Preserved, story.State.Stage);
        Assert.IsType<Effect.Took>(story.XbSays(new Extend(Some.Day(200), null), Some.Day(150)).Effect);
    }

    [Fact]
    public void An_extension_moves_the_end()
    {
        var story = Preserved(Some.Request() with { Intention = null }).XbSays(Moves.All["extend"], Some.Day(60));

        Assert.Equal(
            [Clock(story, ClockKind.PreservationEnds, Some.Day(121), ClockState.Running, "42(8)")],
            ClocksOf(story, End + Second)
        );
    }

    [Fact]
    public void Asking_for_an_extension_moves_nothing_until_it_is_given()
    {
        var story = Preserved(Some.Request()).XaSays(Moves.All["extend"], Some.Day(30));

        Assert.False(IsPreserved(story, End + Second));
    }

    [Fact]
    public void Data_stay_preserved_until_the_request_that_follows_is_decided()
    {
        var story = Preserved(Some.Request());
        var preservation = story.Request;
        story.XaAsks(Following(preservation), End);
        var follower = story.Last.Id;

        Assert.Equal([follower], story.State.KeptFor);
        Assert.True(IsPreserved(story, Some.Day(400)));
        Assert.Contains(
            Clock(story, ClockKind.PreservationEnds, End, ClockState.Held, "42(8)"),
            ClocksOf(story, End + Second)
        );
        Assert.Contains(
            Clock(story, ClockKind.PreservationEnds, End, ClockState.Running, "42(8)"),
            ClocksOf(story, End)
        );

        // Postponing is no decision, and asking is none either.
        story.XbSays(new Postpone(Some.Day(300), "A search.", null), Some.Day(70), follower);
        story.XbSays(Moves.All["ask for information"], Some.Day(80), follower);
        Assert.True(IsPreserved(story, Some.Day(400)));

        story.XbSays(Moves.All["grant"], Some.Day(90), follower);
        Assert.Equal([follower], story.State.FollowedBy);
        Assert.Empty(story.State.KeptFor);
        Assert.False(IsPreserved(story, Some.Day(400)));
    }

    [Theory]
    [InlineData("refuse", Side.Requested)]
    [InlineData("withdraw", Side.Requesting)]
    public void However_the_request_that_follows_ends_the_data_are_kept_for_it_no_longer(string move, Side by)
    {
        var story = Preserved(Some.Request());
        story.XaAsks(Following(story.Request), Some.Day(40));
        story.Says(by, Moves.All[move], Some.Day(50), story.Last.Id);

        Assert.Empty(story.State.KeptFor);
        Assert.Equal((true, false), (IsPreserved(story, End), IsPreserved(story, End + Second)));
    }

    [Fact]
    public void A_request_that_follows_a_second_too_late_keeps_nothing_alive()
    {
        var story = Preserved(Some.Request());
        story.XaAsks(Following(story.Request), End + Second);

        Assert.Empty(story.State.FollowedBy);
        Assert.False(IsPreserved(story, End + Second));
    }

    [Fact]
    public void A_request_that_overtakes_the_grant_of_the_preservation_keeps_it_alive_all_the_same()
    {
        var story = Story.Of(Measure.Preservation);
        story.XaAsks(Following(story.Request), Some.Day(1)).XbSays(Moves.All["grant"], Some.Day(2));

        Assert.True(IsPreserved(story, Some.Day(400)));
    }

    [Fact]
    public void A_second_request_keeps_alive_what_the_first_no_longer_does()
    {
        var story = Preserved(Some.Request());
        story.XaAsks(Following(story.Request), Some.Day(40));
        var first = story.Last.Id;
        story.XbSays(Moves.All["refuse"], Some.Day(50), first).XaAsks(Following(story.Request), Some.Day(55));
        var second = story.Last.Id;

        Assert.Equal([first, second], story.State.FollowedBy);
        Assert.Equal([second], story.State.KeptFor);
        Assert.True(IsPreserved(story, Some.Day(400)));
    }

    [Fact]
    public void While_one_request_holds_it_another_may_still_follow()
    {
        var story = Preserved(Some.Request());
        story.XaAsks(Following(story.Request), Some.Day(40));
        var first = story.Last.Id;
        story.XaAsks(Following(story.Request), Some.Day(100)).XbSays(Moves.All["refuse"], Some.Day(110), first);

        Assert.True(IsPreserved(story, Some.Day(400)));
    }

    [Fact]
    public void Asking_for_longer_while_a_request_holds_it_is_not_late()
    {
        var story = Preserved(Some.Request());
        story.XaAsks(Following(story.Request), Some.Day(40)).XaSays(Moves.All["extend"], Some.Day(70), story.Request);

        Assert.Empty(Assert.IsType<Effect.Took>(story.Effect).Remarks);
    }

    [Theory]
    [InlineData(RequestRelation.Supplements)]
    [InlineData(RequestRelation.Repeats)]
    public void Only_a_request_that_follows_the_preservation_holds_it(RequestRelation relation)
    {
        var story = Preserved(Some.Request());
        story.XaAsks(
            Some.Request(Measure.StoredData) with
            {
                Earlier = [new EarlierRequest(relation, story.Request, null)],
            },
            Some.Day(40)
        );

        Assert.Empty(story.State.FollowedBy);
    }

    [Fact]
    public void A_request_holds_no_stored_data_request_and_no_preservation_that_has_ended()
    {
        var other = Story.Of(Measure.StoredData);
        other.XaAsks(Following(other.Request), Some.Day(1));
        Assert.Empty(other.State.FollowedBy);

        var ended = Preserved(Some.Request()).XaSays(new Withdraw(null), Some.Day(5));
        ended.XaAsks(Following(ended.Request), Some.Day(6));
        Assert.Empty(ended.State.FollowedBy);
    }

    [Fact]
    public void The_request_that_was_announced_is_waited_for_until_one_follows()
    {
        var story = Preserved(Some.Request());
        var announced = Clock(story, ClockKind.RequestAnnounced, Some.Day(40), ClockState.Running, "42(3)(f)");

        Assert.Contains(announced, ClocksOf(story, Some.Day(40)));
        Assert.Contains(announced with { State = ClockState.Passed }, ClocksOf(story, Some.Day(40) + Second));
        Assert.DoesNotContain(announced, ClocksOf(story.XaAsks(Following(story.Request), Some.Day(20)), Some.Day(40)));
    }
}
