// SPDX-License-Identifier: EUPL-1.2
using Comity.Instruments;

namespace Comity.Requests;

/// <summary>Helps whoever drafts a request: what the law asks it to say, what is still missing, and why each matters.</summary>
/// <remarks>
/// Completeness and law only. The screens for abuse are the requested State's, and no draft is coached past them
/// (design 17.11).
/// </remarks>
public static class Drafting
{
    private static readonly IReadOnlyList<Requirement> Offence =
    [
        new(
            "35(1)(a)",
            "offences",
            "the Convention's article each offence falls under",
            "For a Convention offence the article is what opens the measure.",
            r => r.Offences.Count > 0 && r.Offences.All(o => !string.IsNullOrWhiteSpace(o.Article))
        ),
    ];

    private static readonly IReadOnlyList<Requirement> Serious =
    [
        new(
            "2(h)",
            "offences.provision",
            "for each offence the text of the law that punishes it, its source and the day it stood so",
            "The other State cannot look your law up, and will not take a label for it.",
            r => AllProvisions(r, p => p is { Source: not null, AsOf: not null })
        ),
        new(
            "2(h)",
            "offences.provision.maximumPenalty",
            "for each offence its maximum penalty",
            "Only an offence with a maximum of four years or more opens the measure.",
            r => AllProvisions(r, p => p.MaximumPenalty is not null)
        ),
    ];

    private static readonly Requirement Treaty = new(
        "35(1)(c)",
        "basis.treaty",
        "the other treaty that establishes the offence",
        "It is the reason the measure is open for this offence.",
        r => !string.IsNullOrWhiteSpace(r.Basis.Treaty)
    );

    private static readonly Requirement Elements = new(
        "35(3)",
        "conduct",
        "the conduct broken into its elements, each with the facts that show it",
        "The other State holds the conduct against its own law; what yours calls it decides nothing.",
        r => r.Conduct.Count > 0 && r.Conduct.All(c => c.Facts.Count > 0)
    );

    private static readonly Requirement Necessity = new(
        "24(1)",
        "data.necessity",
        "why each category of data is needed, and the facts that tie it to the offence",
        "Each category is weighed by itself; one without a reason is left out.",
        r => r.Data.Count > 0 && r.Data.All(d => !string.IsNullOrWhiteSpace(d.Necessity) && d.Facts.Count > 0)
    );

    /// <summary>What the law asks a request on this footing to say, point by point.</summary>
    /// <param name="request">The draft. Its measure and its basis decide which points there are.</param>
    public static Guidance Guidance(Request request) =>
        new([.. Asked(request).Select(r => new GuidancePoint(r, r.IsMet(request)))]);

    private static IEnumerable<Requirement> Asked(Request request) =>
        [
            .. RequestContent.Required(request.Measure),
            .. request.Basis.Offence switch
            {
                OffenceBasis.ConventionOffence => Offence,
                OffenceBasis.SeriousCrime => Serious,
                OffenceBasis.OtherTreatyOffence => [Treaty, .. Serious],
                _ => throw new ArgumentOutOfRangeException(nameof(request)),
            },
            .. request.Measure == Measure.StoredData ? [Elements, Necessity] : (Requirement[])[],
        ];

    private static bool AllProvisions(Request request, Func<Provision, bool> holds) =>
        request.Offences.Count > 0 && request.Offences.All(o => o.Provision is { } p && holds(p));
}

/// <summary>How complete a draft is.</summary>
/// <param name="Points">Every point, in the order of the law.</param>
public sealed record Guidance(IReadOnlyList<GuidancePoint> Points)
{
    /// <summary>How many points are said.</summary>
    public int Said => Points.Count(p => p.IsSaid);

    /// <summary>How many points there are.</summary>
    public int Of => Points.Count;

    /// <summary>The points still missing, in the order of the law.</summary>
    public IReadOnlyList<Requirement> Missing => [.. Points.Where(p => !p.IsSaid).Select(p => p.Requirement)];

    /// <summary>For example <c>7 of 9</c>.</summary>
    public override string ToString() => $"{Said} of {Of}";
}

/// <summary>One point and whether the draft says it.</summary>
/// <param name="Requirement">The point, with its paragraph and why it matters.</param>
/// <param name="IsSaid">Whether the draft says it.</param>
public sealed record GuidancePoint(Requirement Requirement, bool IsSaid);
