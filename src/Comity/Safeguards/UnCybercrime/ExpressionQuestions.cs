// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Safeguards.UnCybercrime;

/// <summary>The six questions of the expression screen, and what each answer means.</summary>
/// <remarks>
/// The answers that raise nothing are not all the same word, so ticking one column down the page raises a flag.
/// </remarks>
internal static class ExpressionQuestions
{
    public static IReadOnlyList<ExpressionQuestion> All { get; } =
    [
        new(
            "communicates",
            "Is the act alleged that something was said, shown, published or passed on?",
            ["no"],
            ["yes"]
        ),
        new(
            "authority",
            "Is the one said to be harmed an authority, a public figure, a symbol or a belief?",
            ["no"],
            ["yes"]
        ),
        new(
            "content",
            "Does the offence depend on what was said, and not on what was done to data or a system?",
            ["no"],
            ["yes"]
        ),
        new("without-words", "Would the conduct be an offence if nothing had been said or shown?", ["yes"], ["no"]),
        new(
            "right",
            "Which right would an investigation touch?",
            ["none"],
            ["expression", "opinion", "conscience", "religion", "assembly", "association"]
        ),
        new(
            "necessity",
            "If a right is touched, is the measure laid down by law, for an aim that law allows, and no more than needed?",
            ["no-right-touched"],
            ["shown", "not-shown"]
        ),
    ];
}

/// <summary>A question with its answers.</summary>
/// <param name="Id">Its short name.</param>
/// <param name="Text">The question.</param>
/// <param name="Quiet">Answers that raise no flag.</param>
/// <param name="Raising">Answers that raise one.</param>
internal sealed record ExpressionQuestion(
    string Id,
    string Text,
    IReadOnlyList<string> Quiet,
    IReadOnlyList<string> Raising
)
{
    public IReadOnlyList<string> Choices => [.. Quiet, .. Raising];

    public OpenQuestion Open => new(Id, Text, Respondent.Assessor, Choices);
}
