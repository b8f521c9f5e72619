// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Dossiers;
using Comity.Instruments;
using Comity.Requests;
using static Comity.Tests.Dossiers.StoryAssertions;

namespace Comity.Tests.Dossiers;

/// <summary>What is asked and answered about a request, and that it does nothing else: whole states before and after.</summary>
public sealed class CorrespondenceStepsTests
{
    private static readonly Question Q1 = new("q1", "Which account?");
    private static readonly Question Q2 = new("q2", "Since when?");

    [Fact]
    public void A_request_begins_when_the_home_register_takes_it_in()
    {
        var story = Story.Of(Measure.StoredData);

        Same(new RequestState(story.Request, (Request)story.Last.Act.Body, Some.Day(0), Stage.Received), story.State);
        Assert.Equal((Some.XA, Some.XB), (story.Dossier.Requesting, story.Dossier.Requested));
        Took(story, "44(1)");
        Took(Story.Of(Measure.Preservation), "42(1)");
    }

    [Fact]
    public void Acknowledging_takes_it_in_hand() =>
        Leads(
            Moves.At(Measure.StoredData, Stage.Received),
            Side.Requested,
            new Acknowledge("XB-77/2026", null),
            (s, _) => s with { Stage = Stage.InHand, Acknowledged = new Acknowledge("XB-77/2026", null) }
        );

    [Fact]
    public void Asking_makes_it_wait_for_the_answer() =>
        Leads(
            Moves.At(Measure.StoredData, Stage.InHand),
            Side.Requested,
            new Ask(AskPurpose.Consultation, [Q1, Q2], Some.Day(20)),
            (s, act) =>
                s with
                {
                    Stage = Stage.Asked,
                    Questions =
                    [
                        new QuestionAsked(act, AskPurpose.Consultation, Q1, Some.Day(20), null),
                        new QuestionAsked(act, AskPurpose.Consultation, Q2, Some.Day(20), null),
                    ],
                }
        );

    [Fact]
    public void An_answer_to_one_of_two_questions_leaves_the_other_waiting()
    {
        var story = Moves
            .At(Measure.StoredData, Stage.Received)
            .XbSays(new Ask(AskPurpose.Information, [Q1, Q2], null), Some.Day(1));

        Leads(
            story,
            Side.Requesting,
            Answering("q2"),
            (s, _) =>
                s with
                {
                    Questions = [s.Questions[0], s.Questions[1] with { Answer = new Answer("q2", "Yes.") }],
                    Supplements = [Answering("q2")],
                }
        );
        Leads(
            story,
            Side.Requesting,
            Answering("q1"),
            (s, _) =>
                s with
                {
                    Stage = Stage.InHand,
                    Questions = [s.Questions[0] with { Answer = new Answer("q1", "Yes.") }, s.Questions[1]],
                    Supplements = [Answering("q2"), Answering("q1")],
                }
        );
    }

    [Fact]
    public void An_answer_goes_to_the_latest_question_of_its_name()
    {
        var story = Moves
            .At(Measure.StoredData, Stage.Received)
            .XbSays(new Ask(AskPurpose.Information, [Q1], null), Some.Day(1))
            .XbSays(new Ask(AskPurpose.Information, [Q1 with { Text = "Which one really?" }], null), Some.Day(2));

        Leads(
            story,
            Side.Requesting,
            Answering("q1"),
            (s, _) =>
                s with
                {
                    Questions = [s.Questions[0], s.Questions[1] with { Answer = new Answer("q1", "Yes.") }],
                    Supplements = [Answering("q1")],
                }
        );
    }

    [Fact]
    public void An_answer_to_a_question_nobody_asked_has_no_effect() =>
        Closed(
            Moves.At(Measure.StoredData, Stage.Asked),
            Side.Requesting,
            Answering("q9"),
            new Refusal("supplement.question-unknown", new Citation("docs/spec/dossier.md", "3.4"))
        );

    [Fact]
    public void When_every_question_is_answered_a_postponed_request_is_postponed_again() =>
        Leads(
            Moves.At(Measure.StoredData, Stage.Postponed).XbSays(Moves.All["ask for information"], Some.Day(2)),
            Side.Requesting,
            Answering("q1"),
            (s, _) =>
                s with
                {
                    Stage = Stage.Postponed,
                    Questions = [s.Questions[0] with { Answer = new Answer("q1", "Yes.") }],
                    Supplements = [Answering("q1")],
                }
        );

    [Theory]
    [InlineData(2, 3, false)]
    [InlineData(1, 2, true)]
    [InlineData(3, 4, true)]
    [InlineData(2, 2, true)]
    public void Facts_that_are_added_are_numbered_on_or_remarked_upon(int first, int second, bool isRemarked)
    {
        var added = new Supplement([], [new Fact(first, "One."), new Fact(second, "Two.")], [], [], []);

        Leads(
            Moves.At(Measure.StoredData, Stage.InHand),
            Side.Requesting,
            added,
            (s, _) => s with { Supplements = [added] },
            isRemarked
                ? new Refusal(
                    "supplement.facts-not-numbered-on",
                    new Citation("docs/spec/dossier.md", "3.4"),
                    "body.facts"
                )
                : null
        );
    }

    [Fact]
    public void Facts_are_numbered_on_from_those_added_before()
    {
        var more = new Supplement([], [new Fact(3, "More still.")], [], [], []);

        Leads(
            Moves.At(Measure.StoredData, Stage.InHand).XaSays(Moves.All["supplement"], Some.Day(2)),
            Side.Requesting,
            more,
            (s, _) => s with { Supplements = [.. s.Supplements, more] }
        );
    }

    private static Supplement Answering(string question) => new([new Answer(question, "Yes.")], [], [], [], []);
}
