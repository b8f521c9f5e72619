// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;
using Comity.Acts;
using Comity.Node.Desk.Forms;
using Comity.Requests;

namespace Comity.Node.Desk.Answers;

/// <summary>Asking the requesting Party something (arts 40(16), 40(28), 42(7)).</summary>
internal sealed class AskForm : ActForm
{
    public override string Kind => "ask";

    public override Type Fields => typeof(AskFields);

    public override string TitleFor(Subject subject) => "Ask a question";

    /// <summary>The purposes that are open now.</summary>
    public static IReadOnlyList<AskPurpose> PurposesOf(Subject subject) =>
        [.. Enum.GetValues<AskPurpose>().Where(p => subject.IsOpen(new Ask(p, [], null)))];

    public override FormInput Start(Subject subject)
    {
        // Short names go on from those used, so that an answer names one question and no other.
        var next = subject.State.Questions.Count + 1;
        return FormInput.Empty.With(("first", next.ToString(CultureInfo.InvariantCulture)));
    }

    public override ActBody Read(FormInput input, FormErrors errors, Subject subject)
    {
        var read = new FormReading(input, errors);
        var purpose = read.Choice("purpose", "why you ask", PurposesOf(subject));
        var first = int.TryParse(input["first"], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Math.Clamp(number, 1, 10_000)
            : 1;
        var texts = Enumerable
            .Range(0, input.Rows("questions"))
            .Select(i => read.Optional($"questions[{i}].text", FormReading.Paragraph, "the question"))
            .OfType<string>()
            .ToList();
        if (texts.Count == 0)
        {
            errors.Add("questions[0].text", "Enter at least one question");
        }

        return new Ask(
            purpose,
            [.. texts.Select((t, i) => new Question($"q{first + i}", t))],
            read.OptionalInstant("replyBy", "when you hope for an answer")
        );
    }
}
