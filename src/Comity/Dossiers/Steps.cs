// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Requests;

namespace Comity.Dossiers;

/// <summary>What the same act does under any measure.</summary>
internal static class Steps
{
    /// <summary>The stages at which a request waits for a decision.</summary>
    public static readonly IReadOnlyList<Stage> Undecided =
    [
        Stage.Received,
        Stage.InHand,
        Stage.Asked,
        Stage.Postponed,
    ];

    public static Citation Specification(string section) => new("docs/spec/dossier.md", section);

    public static Step TakeInHand(RequestState state, Acknowledge acknowledge, Entered entered) =>
        Step.Goes(state with { Stage = Stage.InHand, Acknowledged = acknowledge });

    public static Step PutQuestions(RequestState state, Ask ask, Entered entered) =>
        Step.Goes(
            state with
            {
                // Data that are preserved stay preserved while a question waits.
                Stage = state.Stage == Stage.Preserved ? Stage.Preserved : Stage.Asked,
                Questions =
                [
                    .. state.Questions,
                    .. ask.Questions.Select(q => new QuestionAsked(entered.Id, ask.Purpose, q, ask.ReplyBy, null)),
                ],
            }
        );

    /// <summary>
    /// Takes answers to the latest question of each short name, and whatever else was added. Facts that are not numbered on
    /// are taken with a remark: what refers to them by number may be read in two ways.
    /// </summary>
    public static Step Add(RequestState state, Supplement supplement, Entered entered)
    {
        var questions = state.Questions.ToArray();
        foreach (var answer in supplement.Answers)
        {
            var at = Array.FindLastIndex(questions, q => q.Question.Id == answer.Question);
            if (at < 0)
            {
                return Step.Closed("supplement.question-unknown", Specification("3.4"));
            }

            questions[at] = questions[at] with { Answer = answer };
        }

        var waits = Array.Exists(questions, q => q.Answer is null);
        var next = state with
        {
            Questions = questions,
            Supplements = [.. state.Supplements, supplement],
            Stage =
                state.Stage != Stage.Asked || waits ? state.Stage
                : state.Decision?.Body is Postpone ? Stage.Postponed
                : Stage.InHand,
        };
        var known =
            supplement.Facts.Count == 0 ? 0 : state.Request.Facts.Count + state.Supplements.Sum(s => s.Facts.Count);
        return supplement.Facts.Select((fact, i) => fact.Number == known + i + 1).All(isNext => isNext)
            ? Step.Goes(next)
            : Step.Goes(next, new Refusal("supplement.facts-not-numbered-on", Specification("3.4"), "body.facts"));
    }

    public static Step TurnDown(RequestState state, Refuse refuse, Entered entered) =>
        End(Decide(state, Stage.Refused, refuse, entered), Stage.Refused, entered);

    public static Step Report(RequestState state, Close close, Entered entered) =>
        End(state with { Report = close }, Stage.Closed, entered);

    public static Step End(RequestState state, Stage stage, Entered entered) =>
        Step.Goes(state with { Stage = stage, Ended = entered.At, KeptFor = [] });

    public static RequestState Decide(RequestState state, Stage stage, ActBody decision, Entered entered) =>
        state with
        {
            Stage = stage,
            Decision = new DecisionMade(entered.Id, entered.At, decision),
        };
}
