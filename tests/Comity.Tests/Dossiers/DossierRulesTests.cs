// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Dossiers;
using Comity.Instruments;
using Comity.Parties;
using Comity.Requests;

namespace Comity.Tests.Dossiers;

/// <summary>What makes several acts one case, and what stays in it without effect (docs/spec/dossier.md, 2).</summary>
public sealed class DossierRulesTests
{
    private static readonly Office XcCentral = Office.Of("XC/central");

    [Fact]
    public void An_act_about_a_request_that_is_not_in_the_dossier_has_no_effect()
    {
        Closes(
            Story.Of(Measure.StoredData).XbSays(Moves.All["grant"], Some.Day(1), Some.Id("none")),
            "request-unknown",
            "2.2"
        );
        Closes(
            Story.Of(Measure.StoredData).Tell(Some.XbCentral, Some.XaCentral, Moves.All["grant"], Some.Day(1), null),
            "request-unknown",
            "2.2"
        );
        Closes(new Story().XbSaysFirst(Moves.All["grant"]), "request-unknown", "2.2");
    }

    [Fact]
    public void A_dossier_holds_requests_in_one_direction()
    {
        var story = Story
            .Of(Measure.Preservation)
            .Tell(Some.XbCentral, Some.XaCentral, Some.Request(), Some.Day(1), null);

        Closes(story, "other-direction", "2.2");
        Assert.Single(story.Dossier.Requests);
    }

    [Fact]
    public void A_second_request_of_the_same_Party_is_one_more_of_the_case()
    {
        var story = Story.Of(Measure.Preservation).XaAsks(Some.Request(Measure.StoredData), Some.Day(1));

        Assert.Equal([Measure.Preservation, Measure.StoredData], story.Dossier.Requests.Select(r => r.Request.Measure));
    }

    [Fact]
    public void A_case_is_between_two_Parties_and_no_third_has_a_part_in_it()
    {
        var story = Story.Of(Measure.StoredData);
        var before = Print.Of(story.Dossier.Requests);

        Closes(story.Tell(XcCentral, Some.XbCentral, Some.Request(), Some.Day(1), null), "other-parties", "2.2");
        Closes(story.Tell(Some.XaCentral, XcCentral, Some.Request(), Some.Day(1), null), "other-parties", "2.2");
        Closes(
            story.Tell(XcCentral, Some.XbCentral, new Withdraw(null), Some.Day(1), story.Request),
            "other-parties",
            "2.2"
        );
        Closes(
            story.Tell(Some.XbCentral, XcCentral, Moves.All["grant"], Some.Day(1), story.Request),
            "other-parties",
            "2.2"
        );
        Assert.Equal(before, Print.Of(story.Dossier.Requests));
    }

    [Fact]
    public void Another_authority_of_the_same_Party_may_speak_for_it()
    {
        var story = Story.Of(Measure.StoredData);

        story.Tell(Office.Of("XB/police"), Office.Of("XA/prosecutor"), Moves.All["grant"], Some.Day(1), story.Request);

        Assert.Equal(Stage.Granted, story.State.Stage);
    }

    [Fact]
    public void Of_two_acts_with_one_number_the_first_that_was_taken_in_counts()
    {
        var story = Story.Of(Measure.StoredData).XbSays(Moves.All["acknowledge"], Some.Day(1));

        story.Take(
            Some.Act(Moves.All["grant"], Some.XbCentral, Some.XaCentral, number: 1, concerns: story.Request),
            Some.Day(2)
        );

        Closes(story, "number-taken", "2.3");
        Assert.Equal(Stage.InHand, story.State.Stage);
    }

    [Fact]
    public void Each_Party_counts_for_itself_and_gaps_are_no_fault()
    {
        var story = Story.Of(Measure.StoredData);

        story.Take(
            Some.Act(Moves.All["grant"], Some.XbCentral, Some.XaCentral, number: 9, concerns: story.Request),
            Some.Day(2)
        );

        Assert.Equal(Stage.Granted, story.State.Stage);
    }

    [Fact]
    public void A_kind_that_is_not_understood_stays_without_effect()
    {
        var act = Some.Act(new Withdraw(null), Some.XbCentral, Some.XaCentral) with
        {
            Kind = "salute",
            Body = new NotUnderstood("{}"),
        };
        var story = Story.Of(Measure.StoredData);

        story.Take(act with { Concerns = story.Request }, Some.Day(1));

        Closes(story, "kind-not-understood", "2.4");
        Assert.Equal(2, story.Dossier.Lines.Count);
    }

    [Fact]
    public void Other_dossiers_acts_and_acts_kept_at_home_are_no_part_of_it()
    {
        var story = Story.Of(Measure.StoredData);
        var other = Some.Act(new Withdraw(null), concerns: story.Request, number: 2);

        story.Take(other with { Dossier = DossierId.From(new byte[16]) }, Some.Day(1));
        story.Take(other with { To = Office.Of("XA/prosecutor"), Visibility = Visibility.Party }, Some.Day(1));

        Assert.Equal(story.Request, story.Dossier.Lines.Single().Entered.Id);
        Assert.Equal(Stage.Received, story.State.Stage);
    }

    [Fact]
    public void An_act_that_the_register_holds_twice_counts_at_its_first_place()
    {
        var story = Story.Of(Measure.StoredData).XbSays(Moves.All["acknowledge"], Some.Day(1));
        var again = story.Last with { Index = 40, At = Some.Day(5) };

        var dossier = Dossier.Fold(Some.Dossier, [again, .. story.Acts, again]);

        Assert.Equal(Print.Of(story.Dossier), Print.Of(dossier));
    }

    [Fact]
    public void Ones_own_draft_is_told_what_would_close_it()
    {
        var story = Moves.At(Measure.StoredData, Stage.Granted);

        Assert.Null(WhyNot(story, Moves.All["supply all"]));
        Assert.Equal("dossier.not-open", WhyNot(story, Moves.All["grant"])?.Code);
        Assert.Equal("dossier.not-open", WhyNot(story, Moves.All["withdraw"])?.Code);
        Assert.Equal("dossier.request-unknown", WhyNot(story, Moves.All["supply all"], Some.Id("none"))?.Code);
        // Asking changed nothing.
        Assert.Equal(Print.Of(Moves.At(Measure.StoredData, Stage.Granted).Dossier), Print.Of(story.Dossier));
    }

    [Fact]
    public void Ones_own_draft_is_told_what_it_does_not_keep_to()
    {
        var story = Story.Of(Measure.Preservation);
        Grant For(int days) => new(null, null, [], [], null, new PreservedPeriod(Some.Day(1), Some.Day(1 + days)));

        Assert.Null(WhyNot(story, For(days: 60)));
        Assert.Equal(
            new Refusal("preservation.too-short", Convention.Article("42(8)"), "body.preserved.until"),
            WhyNot(story, For(days: 59))
        );
    }

    private static Refusal? WhyNot(Story story, ActBody body, ActId? about = null) =>
        story.Dossier.WhyNot(
            new ActContent(
                Some.Dossier,
                about ?? story.Request,
                Some.XbCentral,
                Some.XaCentral,
                Visibility.Shared,
                body
            ),
            Some.Day(10)
        );

    private static void Closes(Story story, string code, string section) =>
        Assert.Equal(
            new Effect.None(new Refusal($"dossier.{code}", new Citation("docs/spec/dossier.md", section))),
            story.Effect
        );
}
