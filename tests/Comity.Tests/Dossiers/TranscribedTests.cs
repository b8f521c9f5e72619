// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Dossiers;
using Comity.Instruments;
using Comity.Parties;
using Comity.Requests;

namespace Comity.Tests.Dossiers;

/// <summary>Acts of a counterpart that has no node, entered by an officer: the same effect, and always marked.</summary>
public sealed class TranscribedTests
{
    private static readonly Attachment Letter = new("letter.pdf", Some.Digest("letter"), 48_213);

    [Fact]
    public void A_request_that_came_as_a_letter_opens_a_case_like_any_other()
    {
        var told = Story.Of(Measure.Preservation);
        var read = new Story().Tell(
            Some.XbCentral,
            Some.XaCentral,
            Transcribed(Some.XaCentral, Some.Request()),
            Some.Day(0),
            null
        );

        Assert.Equal(Print.Of(told.State), Print.Of(read.State));
        Assert.Equal((Some.XA, Some.XB), (read.Dossier.Requesting, read.Dossier.Requested));
        Assert.True(read.Dossier.Lines.Single().IsTranscribed);
        Assert.False(told.Dossier.Lines.Single().IsTranscribed);
    }

    [Theory]
    [InlineData("acknowledge")]
    [InlineData("ask for information")]
    [InlineData("grant")]
    [InlineData("refuse")]
    [InlineData("postpone")]
    public void An_answer_that_came_as_a_letter_counts_like_the_act_it_transcribes(string move)
    {
        var told = Story.Of(Measure.StoredData).XbSays(Moves.All[move], Some.Day(1));
        var read = Story.Of(Measure.StoredData).XaSays(Transcribed(Some.XbCentral, Moves.All[move]), Some.Day(1));

        Assert.Equal(Print.Of(told.State), Print.Of(read.State));
        Assert.Equal(told.Effect.ToString(), read.Effect.ToString());
        Assert.Equal([false, true], read.Dossier.Lines.Select(l => l.IsTranscribed));
    }

    [Fact]
    public void What_was_not_open_to_the_author_is_not_open_to_whoever_transcribes_it() =>
        Assert.Equal(
            "dossier.not-open",
            NoEffect(
                Story.Of(Measure.StoredData).XaSays(Transcribed(Some.XbCentral, Moves.All["withdraw"]), Some.Day(1))
            )
        );

    [Theory]
    [InlineData("XA/central", "itself")]
    [InlineData("XC/central", "a third State")]
    public void Nobody_transcribes_anyone_but_the_counterpart(string author, string who)
    {
        var story = Story
            .Of(Measure.StoredData)
            .XaSays(Transcribed(Office.Of(author), Moves.All["grant"]), Some.Day(1));

        Assert.Equal(
            new Effect.None(new Refusal("dossier.not-the-counterpart", new Citation("docs/spec/dossier.md", "2.5"))),
            story.Effect
        );
        Assert.NotEmpty(who);
    }

    [Fact]
    public void A_transcription_takes_a_number_of_whoever_signs_it()
    {
        var story = Story
            .Of(Measure.StoredData)
            .XaSays(Transcribed(Some.XbCentral, Moves.All["acknowledge"]), Some.Day(1));

        // XA has used 1 for its request and 2 for the transcription; XB, which has no node, has used none.
        story.Take(
            Some.Act(new Withdraw(null), Some.XaCentral, Some.XbCentral, number: 2, concerns: story.Request),
            Some.Day(2)
        );
        Assert.Equal("dossier.number-taken", NoEffect(story));

        story.Take(
            Some.Act(Moves.All["grant"], Some.XbCentral, Some.XaCentral, number: 1, concerns: story.Request),
            Some.Day(3)
        );
        Assert.Equal(Stage.Granted, story.State.Stage);
    }

    [Fact]
    public void A_counterpart_that_joins_later_goes_on_where_its_letters_left_off()
    {
        var story = Story
            .Of(Measure.StoredData)
            .XaSays(Transcribed(Some.XbCentral, Moves.All["grant"]), Some.Day(1))
            .XbSays(Moves.All["supply all"], Some.Day(2));

        Assert.Equal(Stage.Supplied, story.State.Stage);
        Assert.Equal([false, true, false], story.Dossier.Lines.Select(l => l.IsTranscribed));
    }

    [Fact]
    public void What_an_officer_transcribes_of_a_kind_not_understood_has_no_effect()
    {
        var body = Transcribed(Some.XbCentral, Moves.All["grant"]) with { Kind = "salute" };

        Assert.Equal("dossier.kind-not-understood", NoEffect(Story.Of(Measure.StoredData).XaSays(body, Some.Day(1))));
    }

    [Fact]
    public void A_draft_of_a_transcription_is_judged_by_what_it_transcribes()
    {
        var dossier = Story.Of(Measure.StoredData).Dossier;
        Refusal? WhyNot(ActBody body) =>
            dossier.WhyNot(
                new ActContent(
                    Some.Dossier,
                    dossier.Requests[0].Id,
                    Some.XaCentral,
                    Some.XbCentral,
                    Visibility.Shared,
                    Transcribed(Some.XbCentral, body)
                ),
                Some.Day(1)
            );

        Assert.Null(WhyNot(Moves.All["grant"]));
        Assert.Equal("dossier.not-open", WhyNot(Moves.All["supply all"])?.Code);
    }

    private static string NoEffect(Story story) => Assert.IsType<Effect.None>(story.Effect).Why.Code;

    private static Transcribed Transcribed(Office author, ActBody body) =>
        new(
            Channel.Letter,
            author,
            Some.Day(0),
            Letter,
            "Call-back to the number in the Secretary-General's register.",
            ActKind.Of(body).Name,
            1,
            ActEncoding.ToElement(body)
        );
}
