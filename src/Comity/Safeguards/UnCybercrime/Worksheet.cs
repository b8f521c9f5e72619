// SPDX-License-Identifier: EUPL-1.2
using Comity.Profiles;
using Comity.Requests;

namespace Comity.Safeguards.UnCybercrime;

/// <summary>The conduct held against the requested Party's own offences, element by element (art. 35(3)).</summary>
/// <remarks>
/// No label is read: neither what the requesting Party calls the offence, nor what the requested Party does. Taking away any
/// element of the conduct, any fact that shows one, or any answer never moves a verdict up the order of <see cref="Verdict"/>.
/// </remarks>
/// <param name="Rows">One provision a row, in the order of the profile; none when there is no profile.</param>
/// <param name="Conduct">The elements that were held against them.</param>
public sealed record Worksheet(IReadOnlyList<WorksheetRow> Rows, IReadOnlyList<WeighedElement> Conduct)
{
    /// <summary>
    /// Met when any provision is; else in need of review when any is; else unknown when any is, or there is none; else not met.
    /// </summary>
    public Verdict Verdict =>
        Rows.Count == 0 ? Verdict.Unknown
        : Rows.Max(r => r.Verdict) is var best && best >= Verdict.NeedsReview ? best
        : Rows.Min(r => r.Verdict);

    /// <summary>Fills in the worksheet of a case.</summary>
    /// <param name="given">The case.</param>
    public static Worksheet Of(Case given)
    {
        IReadOnlyList<WeighedElement> conduct = [.. FromRequest(given.Request), .. FromAnswers(given)];
        return new([.. (given.Asked?.Provisions ?? []).Select(p => Row(given, p, conduct))], conduct);
    }

    /// <summary>The short name of the question whether a provision's excuse applies.</summary>
    internal static string ExcuseQuestion(string excuse) => $"excuse-{excuse}";

    private static IEnumerable<WeighedElement> FromRequest(Request request) =>
        request.Conduct.Select(
            (c, i) =>
                new WeighedElement(
                    c.Element,
                    c.Concept,
                    Concepts.Find(c.Element, c.Concept) is not null,
                    c.Facts.Any(f => f >= 1 && f <= request.Facts.Count),
                    $"request.conduct[{i}]"
                )
        );

    // Few requests break conduct down. An assessor may read the elements out of the facts: a concept as the answer, the facts
    // as its source.
    private static IEnumerable<WeighedElement> FromAnswers(Case given) =>
        from element in Enum.GetValues<ElementKind>()
        from answer in given.AnswersTo("sg-2", Names.Of(element))
        select new WeighedElement(
            element,
            answer.Value,
            Concepts.Find(element, answer.Value) is not null,
            true,
            $"answers[sg-2/{Names.Of(element)}]"
        );

    private static WorksheetRow Row(Case given, DomesticProvision provision, IReadOnlyList<WeighedElement> conduct)
    {
        IReadOnlyList<WorksheetLine> lines = [.. provision.Elements.Select(e => Line(e, conduct))];
        IReadOnlyList<string> excuses =
        [
            .. (provision.Excuses ?? []).Where(e => !given.Answered("sg-2", ExcuseQuestion(e), "does-not-apply")),
        ];
        var elements = lines.Count == 0 ? Verdict.Unknown : lines.Min(l => l.Verdict);
        return new(
            provision,
            elements == Verdict.Met && excuses.Count > 0 ? Verdict.NeedsReview : elements,
            lines,
            excuses
        );
    }

    private static WorksheetLine Line(RequiredElement required, IReadOnlyList<WeighedElement> conduct)
    {
        var ofKind = conduct.Where(c => c.Element == required.Element).ToList();
        var fits = ofKind.Where(c => c.IsKnown && required.Accepts.Contains(c.Concept)).ToList();
        // What fits but is shown by no fact may yet be shown, and what no concept names may yet fit: neither is a no.
        var mayFit = fits.Count > 0 || ofKind.Any(c => !c.IsKnown);
        var doesNotFit = ofKind.Any(c => c.IsKnown && !required.Accepts.Contains(c.Concept));
        var verdict =
            fits.Any(c => c.IsShown) ? Verdict.Met
            : mayFit && doesNotFit ? Verdict.NeedsReview
            : doesNotFit ? Verdict.NotMet
            : Verdict.Unknown;
        return new(required, verdict);
    }
}

/// <summary>One of the requested Party's provisions and what became of it.</summary>
/// <param name="Provision">The provision.</param>
/// <param name="Verdict">The least of its lines; in need of review where an excuse may apply.</param>
/// <param name="Lines">Its elements.</param>
/// <param name="OpenExcuses">Circumstances in which its law does not punish, of which nobody has said that they do not apply.</param>
public sealed record WorksheetRow(
    DomesticProvision Provision,
    Verdict Verdict,
    IReadOnlyList<WorksheetLine> Lines,
    IReadOnlyList<string> OpenExcuses
);

/// <summary>One element of a provision and whether the conduct fills it.</summary>
/// <param name="Required">The element.</param>
/// <param name="Verdict">What became of it.</param>
public sealed record WorksheetLine(RequiredElement Required, Verdict Verdict);

/// <summary>One element of the conduct as it was weighed.</summary>
/// <param name="Element">What kind of element.</param>
/// <param name="Concept">The word it was given.</param>
/// <param name="IsKnown">Whether the vocabulary has that word for that kind.</param>
/// <param name="IsShown">Whether a fact, or an officer's source, shows it.</param>
/// <param name="Path">Where it stands.</param>
public sealed record WeighedElement(ElementKind Element, string Concept, bool IsKnown, bool IsShown, string Path);
