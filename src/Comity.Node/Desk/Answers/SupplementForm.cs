// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Dossiers;
using Comity.Node.Desk.Forms;
using Comity.Requests;

namespace Comity.Node.Desk.Answers;

/// <summary>Answering questions, or adding to one's request (art. 40(16)).</summary>
internal sealed class SupplementForm : ActForm
{
    public override string Kind => "supplement";

    public override Type Fields => typeof(SupplementFields);

    public override string TitleFor(Subject subject) => "Answer, or add to the request";

    /// <summary>The questions that wait, in order.</summary>
    public static IReadOnlyList<QuestionAsked> Waiting(Subject subject) =>
        [.. subject.State.Questions.Where(q => q.Answer is null)];

    public override FormInput Start(Subject subject) =>
        FormInput.Empty.With([
            .. Waiting(subject).Select((q, i) => ($"answers[{i}].question", (string?)q.Question.Id)),
        ]);

    public override ActBody Read(FormInput input, FormErrors errors, Subject subject)
    {
        var read = new FormReading(input, errors);
        var answers = Enumerable
            .Range(0, input.Rows("answers"))
            .Select(i =>
                (
                    Question: input[$"answers[{i}].question"],
                    Text: read.Optional($"answers[{i}].text", FormReading.Long, "the answer")
                )
            )
            .Where(a => a.Text is not null)
            .Select(a => new Answer(a.Question, a.Text!));
        var known = subject.Request.Request.Facts.Count + subject.State.Supplements.Sum(s => s.Facts.Count);
        var facts = Enumerable
            .Range(0, input.Rows("facts"))
            .Select(i => read.Optional($"facts[{i}].text", FormReading.Paragraph, "the fact"))
            .OfType<string>()
            .Select((t, i) => new Fact(known + i + 1, t));
        var supplement = new Supplement([.. answers], [.. facts], [], [], []);
        if (supplement.Answers.Count + supplement.Facts.Count == 0)
        {
            errors.Add(
                input.Rows("answers") > 0 ? "answers[0].text" : "facts[0].text",
                "Answer at least one question, or add at least one fact"
            );
        }

        return supplement;
    }
}
