// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Dossiers;
using Comity.Instruments;
using Comity.Requests;
using static Comity.Tests.Dossiers.StoryAssertions;

namespace Comity.Tests.Dossiers;

/// <summary>What each act does to a request for preservation, and that it does nothing else: whole states.</summary>
public sealed class PreservationStepsTests
{
    private static readonly Question Q1 = new("q1", "Which account?");

    [Fact]
    public void Warning_that_preservation_would_prejudice_leaves_the_data_preserved() =>
        Leads(
            Moves.At(Measure.Preservation, Stage.Preserved),
            Side.Requested,
            new Ask(AskPurpose.Prejudice, [Q1], null),
            (s, act) => s with { Questions = [new QuestionAsked(act, AskPurpose.Prejudice, Q1, null, null)] }
        );

    [Theory]
    [InlineData(59, true)]
    [InlineData(60, false)]
    [InlineData(61, false)]
    public void Data_are_preserved_for_sixty_days_at_least_or_it_is_remarked_upon(int days, bool isRemarked)
    {
        var grant = new Grant(null, null, [], [], null, new PreservedPeriod(Some.Day(1), Some.Day(1 + days)));

        Leads(
            Moves.At(Measure.Preservation, Stage.InHand),
            Side.Requested,
            grant,
            (s, act) =>
                s with
                {
                    Stage = Stage.Preserved,
                    Decision = new DecisionMade(act, Some.Day(9), grant),
                    Preserved = grant.Preserved,
                },
            isRemarked
                ? new Refusal("preservation.too-short", Convention.Article("42(8)"), "body.preserved.until")
                : null
        );
    }

    [Fact]
    public void A_preservation_at_the_end_of_time_is_remarked_upon_and_no_fault()
    {
        var end = new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);
        var story = Story
            .Of(Measure.Preservation)
            .XbSays(new Grant(null, null, [], [], null, new PreservedPeriod(end.AddSeconds(-1), end)), Some.Day(1));

        Assert.Equal("preservation.too-short", Assert.IsType<Effect.Took>(story.Effect).Remarks.Single().Code);
    }

    [Fact]
    public void A_grant_of_preservation_that_does_not_say_for_how_long_has_no_effect() =>
        Closed(
            Moves.At(Measure.Preservation, Stage.Received),
            Side.Requested,
            new Grant(null, null, [], [], null, null),
            new Refusal("preservation.period-missing", Convention.Article("42(8)"))
        );

    [Fact]
    public void Asking_for_longer_is_noted_and_given_when_the_other_Party_extends()
    {
        var story = Moves.At(Measure.Preservation, Stage.Preserved);

        Leads(
            story,
            Side.Requesting,
            new Extend(Some.Day(121), null),
            (s, _) => s with { ExtensionAsked = Some.Day(121) }
        );
        Leads(
            story,
            Side.Requested,
            new Extend(Some.Day(91), null),
            (s, _) => s with { Preserved = s.Preserved! with { Until = Some.Day(91) } }
        );
        Leads(
            story,
            Side.Requested,
            new Extend(Some.Day(121), null),
            (s, _) => s with { Preserved = s.Preserved! with { Until = Some.Day(121) }, ExtensionAsked = null }
        );
    }

    [Theory]
    [InlineData(Side.Requesting)]
    [InlineData(Side.Requested)]
    public void Extending_to_the_same_end_has_no_effect(Side side)
    {
        Closed(
            Moves.At(Measure.Preservation, Stage.Preserved),
            side,
            new Extend(Some.Day(61), null),
            new Refusal("preservation.not-longer", Convention.Article("42(9)"))
        );
        Took(
            Moves
                .At(Measure.Preservation, Stage.Preserved)
                .Says(side, new Extend(Some.Day(61).AddSeconds(1), null), Some.Day(9)),
            "42(9)"
        );
    }

    [Fact]
    public void Longer_is_asked_for_before_expiry_or_it_is_remarked_upon()
    {
        var late = new Refusal("preservation.asked-late", Convention.Article("42(9)"), "body.until");

        Assert.Equal(
            new Effect.Took(Convention.Article("42(9)"), []).ToString(),
            Asking(Some.Day(61)).Effect.ToString()
        );
        Assert.Equal([late], Assert.IsType<Effect.Took>(Asking(Some.Day(61).AddSeconds(1)).Effect).Remarks);
        Assert.Equal(Some.Day(121), Asking(Some.Day(61).AddSeconds(1)).State.ExtensionAsked);

        static Story Asking(DateTimeOffset at) =>
            Moves.At(Measure.Preservation, Stage.Preserved).XaSays(Moves.All["extend"], at);
    }

    [Fact]
    public void A_refusal_ends_the_request() =>
        Leads(
            Moves.At(Measure.Preservation, Stage.Asked),
            Side.Requested,
            Moves.All["refuse"],
            (s, act) =>
                s with
                {
                    Stage = Stage.Refused,
                    Decision = new DecisionMade(act, Some.Day(9), Moves.All["refuse"]),
                    Ended = Some.Day(9),
                }
        );

    [Fact]
    public void Sixty_days_less_one_second_are_too_short()
    {
        var period = new PreservedPeriod(Some.Day(1), Some.Day(61).AddSeconds(-1));
        var story = Story.Of(Measure.Preservation).XbSays(new Grant(null, null, [], [], null, period), Some.Day(1));

        Assert.Equal("preservation.too-short", Assert.IsType<Effect.Took>(story.Effect).Remarks.Single().Code);
    }
}
