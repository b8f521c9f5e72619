// SPDX-License-Identifier: EUPL-1.2
using Comity.Requests;

namespace Comity.Profiles;

/// <summary>An offence in a Party's own law, in elements that another State's conduct can be held against.</summary>
/// <param name="Citation">How the Party cites it. No two of its provisions share one.</param>
/// <param name="Label">What its law calls the offence. For people: no rule reads it (art. 35(3)).</param>
/// <param name="Articles">The Convention's articles it gives effect to, for example <c>10</c>; none is a plain answer.</param>
/// <param name="Elements">The elements, all of which must be there. At least one.</param>
/// <param name="MaximumPenalty">The heaviest penalty it allows.</param>
/// <param name="Excuses">Circumstances in which its law does not punish the conduct, as concepts.</param>
public sealed record DomesticProvision(
    string Citation,
    string Label,
    IReadOnlyList<string> Articles,
    IReadOnlyList<RequiredElement> Elements,
    Penalty? MaximumPenalty,
    IReadOnlyList<string>? Excuses
)
{
    internal void Check(Shape shape) =>
        shape
            .Text(Citation, "citation")
            .Text(Label, "label")
            .List(Articles, "articles", a => shape.Text(a, "", 16))
            .List(Elements, "elements", e => e.Check(shape), minimum: 1, maximum: 32)
            .Within(MaximumPenalty, "maximumPenalty", p => p.Check(shape))
            // 33 is what a question's short name leaves beside "excuse-".
            .List(Excuses ?? [], "excuses", e => shape.Slug(e, "", 33), maximum: 16)
            .Distinct(Excuses, e => e, "excuses");
}

/// <summary>One element an offence is made of.</summary>
/// <param name="Element">What kind of element.</param>
/// <param name="Accepts">Concepts any one of which fills it. At least one.</param>
public sealed record RequiredElement(ElementKind Element, IReadOnlyList<string> Accepts)
{
    internal void Check(Shape shape) =>
        shape
            .List(Accepts, "accepts", c => shape.Slug(c, ""), minimum: 1, maximum: 64)
            .Distinct(Accepts, c => c, "accepts");
}
