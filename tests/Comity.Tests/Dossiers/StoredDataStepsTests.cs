// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Dossiers;
using Comity.Evidence;
using Comity.Instruments;
using Comity.Requests;
using static Comity.Tests.Dossiers.StoryAssertions;

namespace Comity.Tests.Dossiers;

/// <summary>What each act does to a request for stored data, and that it does nothing else: whole states.</summary>
public sealed class StoredDataStepsTests
{
    [Fact]
    public void A_grant_without_conditions_lets_evidence_be_supplied() =>
        Leads(
            Moves.At(Measure.StoredData, Stage.InHand),
            Side.Requested,
            Moves.All["grant"],
            (s, act) =>
                s with
                {
                    Stage = Stage.Granted,
                    Decision = new DecisionMade(act, Some.Day(9), Moves.All["grant"]),
                }
        );

    [Fact]
    public void A_grant_on_conditions_waits_for_every_one_of_them_to_be_accepted()
    {
        var grant = new Grant(
            null,
            null,
            [new Condition("c1", ConditionKind.UseLimit, "One."), new Condition("c2", ConditionKind.Other, "Two.")],
            [],
            null,
            null
        );
        var story = Moves.At(Measure.StoredData, Stage.InHand);
        var differ = new Refusal("accept.conditions-differ", Convention.Article("40(28)"));

        Leads(
            story,
            Side.Requested,
            grant,
            (s, act) =>
                s with
                {
                    Stage = Stage.GrantedOnConditions,
                    Decision = new DecisionMade(act, Some.Day(9), grant),
                }
        );
        Closed(story, Side.Requesting, new Accept(["c1"]), differ);
        Closed(story, Side.Requesting, new Accept(["c1", "c2", "c3"]), differ);
        Leads(
            story,
            Side.Requesting,
            new Accept(["c2", "c1"]),
            (s, act) => s with { Stage = Stage.Granted, Accepted = act }
        );
    }

    [Fact]
    public void A_postponement_has_an_end_that_has_not_passed()
    {
        var past = new Refusal("postpone.until-passed", Convention.Article("40(27)"));
        var postpone = new Postpone(Some.Day(9).AddSeconds(1), "A search.", null);

        Closed(
            Moves.At(Measure.StoredData, Stage.InHand),
            Side.Requested,
            new Postpone(Some.Day(9), "A search.", null),
            past
        );
        Leads(
            Moves.At(Measure.StoredData, Stage.InHand),
            Side.Requested,
            postpone,
            (s, act) => s with { Stage = Stage.Postponed, Decision = new DecisionMade(act, Some.Day(9), postpone) }
        );
    }

    [Fact]
    public void Evidence_is_supplied_in_parts_until_it_is_complete()
    {
        var story = Moves.At(Measure.StoredData, Stage.Granted);

        Leads(
            story,
            Side.Requested,
            new Supply([Some.Exhibit("a")], false, null),
            (s, act) =>
                s with
                {
                    Stage = Stage.Supplying,
                    Exhibits = [new ExhibitSupplied(act, Some.Exhibit("a"), null)],
                }
        );
        Leads(
            story,
            Side.Requested,
            new Supply([Some.Exhibit("b"), Some.Exhibit("c")], true, null),
            (s, act) =>
                s with
                {
                    Stage = Stage.Supplied,
                    Exhibits =
                    [
                        s.Exhibits[0],
                        new ExhibitSupplied(act, Some.Exhibit("b"), null),
                        new ExhibitSupplied(act, Some.Exhibit("c"), null),
                    ],
                }
        );
    }

    [Fact]
    public void A_search_that_found_nothing_is_reported_as_complete() =>
        Leads(
            Moves.At(Measure.StoredData, Stage.Granted),
            Side.Requested,
            new Supply([], true, "The server was wiped before the search."),
            (s, _) => s with { Stage = Stage.Supplied }
        );

    [Fact]
    public void What_did_not_open_is_sealed_and_sent_again_after_all_was_supplied()
    {
        var story = Moves
            .At(Measure.StoredData, Stage.Supplied)
            .XaSays(
                new Confirm([new ExhibitReceived(Some.Digest("sealed a"), ExhibitVerdict.CannotOpen)], null),
                Some.Day(4)
            );

        Leads(
            story,
            Side.Requested,
            new Supply([Some.Exhibit("a again")], true, null),
            (s, act) => s with { Exhibits = [s.Exhibits[0], new ExhibitSupplied(act, Some.Exhibit("a again"), null)] }
        );
    }

    [Fact]
    public void The_same_exhibit_is_not_supplied_twice() =>
        Closed(
            Moves.At(Measure.StoredData, Stage.Supplying),
            Side.Requested,
            new Supply([Some.Exhibit("b"), Some.Exhibit("a")], true, null),
            new Refusal("supply.exhibit-doubled", new Citation("docs/spec/dossier.md", "3.8"))
        );

    [Fact]
    public void What_was_received_is_confirmed_exhibit_by_exhibit()
    {
        var story = Moves.At(Measure.StoredData, Stage.Supplying).XbSays(Moves.All["supply in part"], Some.Day(5));

        Leads(
            story,
            Side.Requesting,
            Moves.All["confirm"],
            (s, _) => s with { Exhibits = [s.Exhibits[0] with { Verdict = ExhibitVerdict.Opened }, s.Exhibits[1]] }
        );
        Closed(
            story,
            Side.Requesting,
            new Confirm(
                [
                    new ExhibitReceived(Some.Digest("sealed b"), ExhibitVerdict.Whole),
                    new ExhibitReceived(Some.Digest("sealed z"), ExhibitVerdict.Whole),
                ],
                null
            ),
            new Refusal("confirm.exhibit-unknown", new Citation("docs/spec/dossier.md", "3.9"))
        );
    }

    [Fact]
    public void Withdrawing_ends_it() =>
        Leads(
            Moves.At(Measure.StoredData, Stage.Granted),
            Side.Requesting,
            new Withdraw(null),
            (s, _) => s with { Stage = Stage.Withdrawn, Ended = Some.Day(9) }
        );

    [Fact]
    public void Reporting_what_came_of_it_ends_it() =>
        Leads(
            Moves.At(Measure.StoredData, Stage.Supplied),
            Side.Requesting,
            Moves.All["close"],
            (s, _) => s with { Stage = Stage.Closed, Report = (Close)Moves.All["close"], Ended = Some.Day(9) }
        );

    [Theory]
    [InlineData(Stage.Received, false, false)]
    [InlineData(Stage.Asked, false, false)]
    [InlineData(Stage.Postponed, false, false)]
    [InlineData(Stage.GrantedOnConditions, true, false)]
    [InlineData(Stage.Granted, true, false)]
    [InlineData(Stage.Supplied, true, false)]
    [InlineData(Stage.Refused, true, true)]
    [InlineData(Stage.Withdrawn, true, true)]
    [InlineData(Stage.Closed, true, true)]
    public void A_request_is_decided_by_a_grant_a_refusal_or_another_end(Stage stage, bool isDecided, bool isEnded)
    {
        var state = Moves.At(Measure.StoredData, stage).State;

        Assert.Equal((isDecided, isEnded), (state.IsDecided, state.IsEnded));
    }
}
