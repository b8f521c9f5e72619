// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Instruments;
using Comity.Requests;
using Comity.Safeguards;
using Comity.Safeguards.UnCybercrime;
using static Comity.Safeguards.Verdict;
using static Comity.Tests.Safeguards.Given;

namespace Comity.Tests.Safeguards;

public sealed class ExpressionScreenTests
{
    private static readonly Case Insult = Given.Case.With(r =>
        r with
        {
            Facts = [.. r.Facts, new Fact(3, "The suspect insulted the head of state in a post.")],
        }
    );

    [Fact]
    public void Six_quiet_answers_settle_it_where_nothing_is_raised() =>
        Verdicts(
            "sg-3",
            [
                (Met, "all answered", Given.Case),
                (Unknown, "none answered", Given.Case.Unanswered()),
                .. ExpressionQuestions.All.Select(q =>
                    (
                        Unknown,
                        $"all but {q.Id}",
                        Given.Case with
                        {
                            Answers = [.. QuietAnswers.Where(a => a.Question != q.Id)],
                        }
                    )
                ),
            ]
        );

    [Fact]
    public void There_are_six_questions_and_the_quiet_answers_are_not_all_one_word()
    {
        Assert.Equal(
            ["communicates", "authority", "content", "without-words", "right", "necessity"],
            ExpressionQuestions.All.Select(q => q.Id)
        );
        Assert.Equal(
            ["no", "no", "no", "yes", "none", "no-right-touched"],
            ExpressionQuestions.All.Select(q => q.Quiet.Single())
        );
    }

    [Fact]
    public void An_answer_out_of_the_list_or_without_reason_or_source_is_no_answer() =>
        Verdicts(
            "sg-3",
            (Unknown, "another word", Instead("right", "perhaps")),
            (Unknown, "another case", Instead("right", "None")),
            (Unknown, "no reason", Instead("right", a => a with { Reason = "" })),
            (Unknown, "no source", Instead("right", a => a with { Source = " " })),
            (Unknown, "no value", Instead("right", a => a with { Value = "" })),
            (Unknown, "of another safeguard", Instead("right", a => a with { Safeguard = "sg-4" })),
            (Met, "beside one that counts", Given.Case.Answered(Answer("sg-3", "right", "perhaps", Ben)))
        );

    [Fact]
    public void An_answer_that_points_to_expression_raises_a_flag() =>
        Verdicts(
            "sg-3",
            [
                .. from question in ExpressionQuestions.All
                from value in question.Raising
                select (NeedsReview, $"{question.Id}={value}", Instead(question.Id, value)),
                (NeedsReview, "beside a quiet one", Given.Case.Answered(Answer("sg-3", "right", "expression", Ben))),
                (
                    NeedsReview,
                    "with other questions open",
                    Given.Case with
                    {
                        Answers = [Answer("sg-3", "right", "expression", Ben)],
                    }
                ),
            ]
        );

    [Fact]
    public void Every_text_that_says_what_happened_and_why_it_is_pursued_is_looked_at()
    {
        const string word = "defamation";
        (string Path, Func<Request, Request> Put)[] places =
        [
            ("request.facts[1]", r => r with { Facts = [r.Facts[0], r.Facts[1] with { Text = word }] }),
            (
                "request.conduct[2].text",
                r => r with { Conduct = [.. r.Conduct.Take(2), r.Conduct[2] with { Text = word }] }
            ),
            ("request.offences[0].label", r => r with { Offences = [r.Offences[0] with { Label = word }] }),
            (
                "request.offences[0].provision.text",
                r => r with { Offences = [r.Offences[0] with { Provision = Law with { Text = word } }] }
            ),
            ("request.data[1].necessity", r => r with { Data = [r.Data[0], r.Data[1] with { Necessity = word }] }),
            ("request.proceeding.subject", r => r with { Proceeding = r.Proceeding! with { Subject = word } }),
            ("request.necessity", r => r with { Necessity = word }),
            ("request.intention.text", r => r with { Intention = new Intention(word, null) }),
            ("request.assistance.description", r => r with { Assistance = new Assistance(word, null) }),
            ("request.purpose", r => r with { Purpose = word }),
            ("request.urgency.reason", r => r with { Urgency = new Urgency(UrgencyLevel.Urgent, word, null) }),
            ("request.secrecy.reason", r => r with { Secrecy = new Secrecy(word, Now.AddDays(10), false) }),
        ];
        Assert.All(
            places,
            place => Assert.Equal([new Input(place.Path, word)], Given.Case.With(place.Put).Finding("sg-3").Inputs)
        );
    }

    [Fact]
    public void A_persons_name_or_nationality_raises_nothing() =>
        Assert.Equal(
            Met,
            Given
                .Case.With(r =>
                    r with
                    {
                        Persons =
                        [
                            new Person(PersonRole.Suspect, "Insult King", "Protestia", "the president's palace", null),
                        ],
                    }
                )
                .Verdict("sg-3")
        );

    [Fact]
    public void What_is_raised_is_settled_by_an_officer_who_raised_nothing_and_did_not_answer_alone()
    {
        var question = Clearance(Insult);
        var answeredByTwo = QuietAnswers.Select(a => a.Question == "right" ? a with { By = Ben } : a).ToList();
        Verdicts(
            "sg-3",
            (NeedsReview, "not cleared", Insult),
            (Met, "cleared by a second officer", Insult.Answered(Answer("sg-3", question, "cleared", Ben))),
            (NeedsReview, "cleared by the one who answered", Insult.Answered(Answer("sg-3", question, "cleared", Ada))),
            (NeedsReview, "upheld", Insult.Answered(Answer("sg-3", question, "upheld", Ben))),
            (
                NeedsReview,
                "cleared by one, upheld by another",
                Insult.Answered(Answer("sg-3", question, "cleared", Ben), Answer("sg-3", question, "upheld", Cyd))
            ),
            (NeedsReview, "another word", Insult.Answered(Answer("sg-3", question, "fine", Ben))),
            (
                NeedsReview,
                "cleared without a note",
                Insult.Answered(Answer("sg-3", question, "cleared", Ben) with { Reason = " " })
            ),
            (
                NeedsReview,
                "cleared before the questions were answered",
                Insult.Unanswered().Answered(Answer("sg-3", question, "cleared", Ben))
            ),
            (
                NeedsReview,
                "cleared by one who answered a question alone",
                (Insult with { Answers = answeredByTwo }).Answered(Answer("sg-3", question, "cleared", Ben))
            ),
            (
                Met,
                "cleared by one who answered what another answered too",
                Insult.Answered(Answer("sg-3", "right", "none", Ben), Answer("sg-3", question, "cleared", Ben))
            )
        );
    }

    [Fact]
    public void Who_raised_a_flag_does_not_clear_it()
    {
        var raised = Given.Case.Answered(Answer("sg-3", "content", "yes", Ben));
        var question = Clearance(raised);
        Verdicts(
            "sg-3",
            (NeedsReview, "by the one who raised it", raised.Answered(Answer("sg-3", question, "cleared", Ben))),
            (
                NeedsReview,
                "by the one who answered for the assessor",
                raised.Answered(Answer("sg-3", question, "cleared", Ada))
            ),
            (Met, "by a third", raised.Answered(Answer("sg-3", question, "cleared", Cyd)))
        );
    }

    [Fact]
    public void A_clearance_does_not_cover_what_comes_to_light_later()
    {
        var cleared = Insult.Answered(Answer("sg-3", Clearance(Insult), "cleared", Ben));
        var later = cleared.With(r => r with { Facts = [.. r.Facts, new Fact(4, "The suspect is a journalist.")] });
        Assert.Equal((Met, NeedsReview), (cleared.Verdict("sg-3"), later.Verdict("sg-3")));

        var padding = new string('x', 300);
        var one = Given.Case.With(r => r with { Purpose = $"insult {padding} one" });
        var other = Given.Case.With(r => r with { Purpose = $"insult {padding} other" });
        Assert.NotEqual(Clearance(one), Clearance(other));
    }

    [Fact]
    public void The_question_of_clearance_goes_to_a_second_officer_beside_the_questions_still_open()
    {
        var questions = Insult.Unanswered().Finding("sg-3").Questions;
        Assert.Equal(
            ["communicates", "authority", "content", "without-words", "right", "necessity", Clearance(Insult)],
            questions.Select(q => q.Id)
        );
        Assert.Equal(
            (Respondent.SecondOfficer, "cleared", "upheld"),
            (questions[6].Who, questions[6].Choices[0], questions[6].Choices[1])
        );
        Assert.Equal("no", questions[0].Choices[0]);
        Assert.Empty(Insult.Answered(Answer("sg-3", Clearance(Insult), "cleared", Ben)).Finding("sg-3").Questions);
    }

    [Fact]
    public void Why_a_clearance_does_not_count_is_said()
    {
        var question = Clearance(Insult);
        Assert.Equal(
            [
                [],
                ["An officer upheld what was raised."],
                ["A clearance waits until every question is answered."],
                ["A clearance by an officer who raised a flag, or who alone answered a question, does not count."],
            ],
            new[]
            {
                Insult,
                Insult.Answered(Answer("sg-3", question, "upheld", Ben)),
                Insult.Unanswered().Answered(Answer("sg-3", question, "cleared", Ben)),
                Insult.Answered(Answer("sg-3", question, "cleared", Ada)),
            }.Select(c => c.Finding("sg-3").Notes.ToArray())
        );
    }

    [Fact]
    public void It_rests_on_article_6_2_and_nobody_goes_on_against_it_but_by_clearing_it()
    {
        Assert.Equal([Convention.Article("6(2)")], Insult.Finding("sg-3").Citations);
        Assert.False(Catalogue.Find("sg-3")!.MayBeOverridden(Insult));
    }

    private static string Clearance(Case given) =>
        given
            .Finding("sg-3")
            .Questions.Single(q => q.Id.StartsWith(ExpressionScreen.Clearance, StringComparison.Ordinal))
            .Id;

    private static Case Instead(string question, string value) => Instead(question, a => a with { Value = value });

    private static Case Instead(string question, Func<RecordedAnswer, RecordedAnswer> change) =>
        Given.Case with
        {
            Answers = [.. QuietAnswers.Select(a => a.Question == question ? change(a) : a)],
        };
}
