// SPDX-License-Identifier: EUPL-1.2
using Comity.Instruments;
using Comity.Requests;

namespace Comity.Safeguards.UnCybercrime;

/// <summary>What a request must say (arts 40(15), 42(3)), point by point.</summary>
/// <remarks>
/// A gap in an incoming request is a question (art. 40(16)), and nothing is returned unregistered. Preservation does not wait
/// for it: an incomplete request is not among the grounds of art. 42(6).
/// </remarks>
internal sealed class RequiredContent()
    : Safeguard(
        "content",
        "Required content",
        "Does the request say what the Convention asks it to say?",
        SafeguardKind.Form,
        "40(15)(a)",
        "40(15)(b)",
        "40(15)(c)",
        "40(15)(d)",
        "40(15)(e)",
        "40(15)(f)",
        "40(15)(g)",
        "40(16)",
        "42(3)(a)",
        "42(3)(b)",
        "42(3)(c)",
        "42(3)(d)",
        "42(3)(e)",
        "42(3)(f)"
    )
{
    /// <inheritdoc/>
    public override bool MayBeOverridden(Case given) => true;

    /// <inheritdoc/>
    public override Finding Find(Case given) =>
        Says(
            [.. RequestContent.Required(given.Request.Measure).Select((r, i) => Look(r, given.Request, i))],
            given.Request.Measure == Measure.Preservation ? Weight.Informs : Weight.Blocks
        );

    private static Point Look(Requirement requirement, Request request, int index)
    {
        var path = $"request.{requirement.Where}";
        return requirement.IsMet(request)
            ? new(Verdict.Met, $"The request says {requirement.What}.", requirement.Source, [Input.Of(path, "said")])
            : new(
                Verdict.NotMet,
                $"The request does not say {requirement.What}.",
                requirement.Source,
                [Input.Of(path, null)],
                OpenQuestion.To(
                    Respondent.RequestingParty,
                    $"content-{index + 1}",
                    $"Please state {requirement.What} ({Convention.Print(requirement.Source)}; asked under {Convention.Print("40(16)")})."
                )
            );
    }
}
