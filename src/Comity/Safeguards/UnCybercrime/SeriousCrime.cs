// SPDX-License-Identifier: EUPL-1.2
using Comity.Instruments;
using Comity.Profiles;
using Comity.Requests;

namespace Comity.Safeguards.UnCybercrime;

/// <summary>Whether an offence is a serious crime: a maximum of four years or more (art. 2(h)), shown by the law's text.</summary>
internal static class SeriousCrime
{
    /// <summary>Least maximum penalty of a serious crime, in years. The treaty's own floor, so not a setting.</summary>
    public const int Years = 4;

    private static readonly Citation Source = Convention.Article("2(h)");

    /// <summary>Whether a maximum penalty is one of a serious crime: four years, or anything heavier than a term.</summary>
    public static bool Reaches(Penalty maximum) => maximum.Kind != PenaltyKind.Term || maximum.Years >= Years;

    /// <summary>What is known of one offence under the law of the Party that asks.</summary>
    public static IEnumerable<Point> Points(Offence offence, int index, MeasuredBy measuredBy, DateTimeOffset at)
    {
        var path = $"request.offences[{index}].provision";
        if (offence.Provision is not { } law)
        {
            yield return Missing(
                offence,
                "text",
                path,
                "The text of the law that punishes offence {0} is not attached."
            );
            yield break;
        }

        yield return string.IsNullOrWhiteSpace(law.Text)
            ? Missing(offence, "text", $"{path}.text", "The text of the law that punishes offence {0} is not attached.")
            : Said($"{path}.text", law.Text, $"The law that punishes offence {offence.Id} is attached.");
        yield return string.IsNullOrWhiteSpace(law.Source)
            ? Missing(offence, "source", $"{path}.source", "It is not said where the law on offence {0} was read.")
            : Said($"{path}.source", law.Source, $"Its source is named: offence {offence.Id}.");
        yield return law.AsOf is not { } asOf || asOf > at
            ? Missing(
                offence,
                "date",
                $"{path}.asOf",
                "It is not said on what past day the law on offence {0} stood so."
            )
            : Said($"{path}.asOf", Day(asOf), $"Its day is stated: offence {offence.Id}.");
        if (measuredBy != MeasuredBy.Requested)
        {
            yield return Measured(offence, $"{path}.maximumPenalty", law.MaximumPenalty);
        }
    }

    /// <summary>What is known of the conduct under the law of the Party that is asked, where its profile wants that.</summary>
    public static Point AtHome(Worksheet sheet)
    {
        var met = sheet.Rows.Where(r => r.Verdict == Verdict.Met).Select(r => r.Provision).ToList();
        IReadOnlyList<Input> inputs =
        [
            .. met.Select(p =>
                Input.Of($"requestedProfile.provisions[{p.Citation}].maximumPenalty", Words(p.MaximumPenalty))
            ),
        ];
        var isSilent = met.Any(p => p.MaximumPenalty is null);
        var isLight = met.Any(p => p.MaximumPenalty is { } maximum && !Reaches(maximum));
        return met.Any(p => p.MaximumPenalty is { } maximum && Reaches(maximum))
                ? new Point(Verdict.Met, "At home the conduct carries four years or more.", Source, inputs)
            : isSilent && isLight
                ? new Point(
                    Verdict.NeedsReview,
                    "At home the conduct meets a provision below four years, and one whose maximum the profile does not give.",
                    Source,
                    inputs
                )
            : isLight ? new Point(Verdict.NotMet, "At home the conduct carries less than four years.", Source, inputs)
            : new Point(
                Verdict.Unknown,
                "It is not known what the conduct carries at home.",
                Source,
                inputs,
                OpenQuestion.To(Respondent.Assessor, "at-home", "Which provision at home does the conduct meet?")
            );
    }

    /// <summary>A maximum penalty in words.</summary>
    public static string Words(Penalty? penalty) =>
        penalty switch
        {
            null => "not stated",
            { Kind: PenaltyKind.Life } => "deprivation of liberty for life",
            { Kind: PenaltyKind.Death } => "death",
            { Months: 0 } term => Counted.Of(term.Years, "year"),
            { } term => $"{Counted.Of(term.Years, "year")} and {Counted.Of(term.Months, "month")}",
        };

    private static Point Measured(Offence offence, string path, Penalty? maximum) =>
        maximum is null
            ? Missing(offence, "maximum", path, "The maximum penalty for offence {0} is not stated.")
            : new Point(
                Reaches(maximum) ? Verdict.Met : Verdict.NotMet,
                Reaches(maximum)
                    ? $"Offence {offence.Id} carries a maximum of {Words(maximum)}."
                    : $"Offence {offence.Id} carries a maximum of {Words(maximum)}, less than four years.",
                Source,
                [Input.Of(path, Words(maximum))]
            );

    private static Point Said(string path, string value, string because) =>
        new(Verdict.Met, because, Source, [Input.Of(path, value)]);

    private static Point Missing(Offence offence, string what, string path, string because)
    {
        var sentence = because.Replace("{0}", offence.Id, StringComparison.Ordinal);
        return new(
            Verdict.Unknown,
            sentence,
            Source,
            [Input.Of(path, null)],
            OpenQuestion.To(
                Respondent.RequestingParty,
                $"{offence.Id}-{what}",
                $"{sentence} Please supply the text of the law, where it was read, the day it stood so, and its maximum penalty."
            )
        );
    }

    private static string Day(DateTimeOffset instant) => Instants.Format(Instants.ToSecond(instant))[..10];
}
