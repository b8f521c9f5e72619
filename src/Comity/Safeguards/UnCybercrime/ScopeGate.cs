// SPDX-License-Identifier: EUPL-1.2
using Comity.Instruments;
using Comity.Profiles;
using Comity.Requests;

namespace Comity.Safeguards.UnCybercrime;

/// <summary>SG-1: whether the Convention opens this measure for this offence.</summary>
/// <remarks>
/// The fear: that anything a State punishes with four years becomes a case for sharing evidence. So four years are shown by
/// the text of the law, with its source and day, and never by a label (arts 2(h), 3, 35(1)).
/// </remarks>
internal sealed class ScopeGate()
    : Safeguard(
        "sg-1",
        "Scope",
        "Does the Convention open this measure for the offences named?",
        SafeguardKind.Scope,
        "2(h)",
        "3(b)",
        "4(2)",
        "35(1)(a)",
        "35(1)(b)",
        "35(1)(c)",
        "40(7)"
    )
{
    /// <summary>Articles whose offences are offences established in accordance with the Convention.</summary>
    private static readonly IReadOnlyList<int> ConventionOffences = [7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 19];

    private const string Without = "without-treaty";

    /// <summary>Whether a kind of offence opens a measure. Closed unless opened here.</summary>
    internal static bool Opens(OffenceBasis basis, Measure measure) =>
        (basis, measure) switch
        {
            (OffenceBasis.ConventionOffence, Measure.Preservation or Measure.StoredData) => true,
            // Evidence in electronic form, and nothing but it, also for other serious crimes (art. 35(1)(c)).
            (OffenceBasis.SeriousCrime, Measure.Preservation or Measure.StoredData) => true,
            (OffenceBasis.OtherTreatyOffence, Measure.Preservation or Measure.StoredData) => true,
            _ => false,
        };

    /// <inheritdoc/>
    public override bool MayBeOverridden(Case given) => true;

    /// <inheritdoc/>
    public override Finding Find(Case given)
    {
        var request = given.Request;
        var basis = request.Basis.Offence;
        List<Point> points = [.. Footing(given), Open(basis, request.Measure)];
        if (request.Offences.Count == 0)
        {
            points.Add(
                new Point(
                    Verdict.Unknown,
                    "No offence is named.",
                    Source(basis),
                    [Input.Of("request.offences", null)],
                    Ask("offences", "Which offences are investigated, and under which law?")
                )
            );
        }

        if (basis == OffenceBasis.OtherTreatyOffence)
        {
            points.Add(OtherTreaty(request));
        }

        var measuredBy = given.Asked?.FourYearsBy ?? MeasuredBy.Requesting;
        points.AddRange(
            request.Offences.SelectMany(
                (o, i) =>
                    basis == OffenceBasis.ConventionOffence
                        ? [ConventionOffence(o, i)]
                        : SeriousCrime.Points(o, i, measuredBy, given.At)
            )
        );
        if (basis != OffenceBasis.ConventionOffence && given.Asked is null)
        {
            points.Add(MeasureUnknown());
        }
        else if (basis != OffenceBasis.ConventionOffence && measuredBy != MeasuredBy.Requesting)
        {
            points.Add(SeriousCrime.AtHome(Worksheet.Of(given)));
        }

        return Says(
            points,
            notes: basis == OffenceBasis.ConventionOffence
                ? ["That an article is named does not show that the conduct falls under it: sg-2 looks at the conduct."]
                : [$"Four years are measured by {Words(measuredBy)}; {Convention.Print("2(h)")} does not say by whose."]
        );
    }

    private static IEnumerable<Point> Footing(Case given)
    {
        var basis = given.Request.Basis;
        switch (basis.Instrument)
        {
            case Convention.Slug:
                yield return Binds(given.Asking, "requestingProfile", "requesting", given);
                yield return Binds(given.Asked, "requestedProfile", "requested", given);
                break;
            case "reciprocity":
                yield return Courtesy(given);
                break;
            default:
                yield return new Point(
                    Verdict.Unknown,
                    $"The request relies on {basis.Instrument}, for which this build has no rules.",
                    Convention.Article("40(7)"),
                    [Input.Of("request.basis.instrument", basis.Instrument)],
                    OpenQuestion.To(Respondent.Node, "instrument", "Which rules govern between these two States?")
                );
                break;
        }
    }

    private static Point Binds(PartyProfile? profile, string path, string side, Case given)
    {
        var source = Convention.Article("3(b)");
        return profile is null
                ? new Point(
                    Verdict.Unknown,
                    $"There is no profile of the {side} Party for that day.",
                    source,
                    [Input.Of(path, null)],
                    OpenQuestion.To(
                        Respondent.Node,
                        $"{side}-profile",
                        $"Is the Convention in force for the {side} Party?"
                    )
                )
            : profile.IsBoundBy(Convention.Slug, given.At)
                ? new Point(
                    Verdict.Met,
                    $"The Convention is in force for the {side} Party.",
                    source,
                    [Input.Of($"{path}.instruments", Convention.Slug)]
                )
            : new Point(
                Verdict.NotMet,
                $"By its profile the Convention is not in force for the {side} Party on that day.",
                source,
                [Input.Of($"{path}.instruments", Convention.Slug)]
            );
    }

    private static Point Courtesy(Case given)
    {
        var undertaking = given.Request.Basis.Undertaking;
        var source = Convention.Article("40(7)");
        IReadOnlyList<Input> inputs =
        [
            Input.Of("request.basis.instrument", given.Request.Basis.Instrument),
            Input.Of("request.basis.undertaking", undertaking),
        ];
        return string.IsNullOrWhiteSpace(undertaking)
                ? new Point(
                    Verdict.Unknown,
                    "Reciprocity is relied on and no undertaking is given.",
                    source,
                    inputs,
                    Ask("undertaking", "What does the requesting Party undertake to do in a like case?")
                )
            : given.Answered("sg-1", Without, "may-be-given")
                ? new Point(Verdict.Met, "An officer found that help may be given without a treaty.", source, inputs)
            : new Point(
                Verdict.NeedsReview,
                "Help is asked for as a courtesy, without a treaty.",
                source,
                inputs,
                new OpenQuestion(
                    Without,
                    "Does the law of the requested Party let help be given without a treaty?",
                    Respondent.Assessor,
                    ["may-be-given", "may-not-be-given"]
                )
            );
    }

    private static Point Open(OffenceBasis basis, Measure measure)
    {
        IReadOnlyList<Input> inputs =
        [
            Input.Of("request.basis.offence", Names.Of(basis)),
            Input.Of("request.measure", Names.Of(measure)),
        ];
        return Opens(basis, measure)
            ? new Point(Verdict.Met, "This kind of offence opens this measure.", Source(basis), inputs)
            : new Point(Verdict.NotMet, "This kind of offence does not open this measure.", Source(basis), inputs);
    }

    private static Point OtherTreaty(Request request)
    {
        IReadOnlyList<Input> inputs = [Input.Of("request.basis.treaty", request.Basis.Treaty)];
        return string.IsNullOrWhiteSpace(request.Basis.Treaty)
            ? new Point(
                Verdict.Unknown,
                "The other treaty is not named.",
                Convention.Article("35(1)(c)"),
                inputs,
                Ask("treaty", "Which other United Nations convention or protocol establishes the offence?")
            )
            : new Point(Verdict.Met, "The other treaty is named.", Convention.Article("35(1)(c)"), inputs);
    }

    private static Point ConventionOffence(Offence offence, int index)
    {
        var path = $"request.offences[{index}].article";
        var source = Convention.Article("35(1)(a)");
        IReadOnlyList<Input> inputs = [Input.Of(path, offence.Article)];
        return ArticleOf(offence.Article) switch
        {
            null => new Point(
                Verdict.Unknown,
                $"Offence {offence.Id} names no article of the Convention.",
                source,
                inputs,
                Ask($"{offence.Id}-article", $"Under which article of the Convention does offence {offence.Id} fall?")
            ),
            { } article when ConventionOffences.Contains(article) => new Point(
                Verdict.Met,
                $"Offence {offence.Id} is put under article {article}.",
                source,
                inputs
            ),
            4 => new Point(
                Verdict.NotMet,
                $"Offence {offence.Id} is put under article 4, which makes no offence of this Convention.",
                Convention.Article("4(2)"),
                inputs
            ),
            { } article => new Point(
                Verdict.NotMet,
                $"Offence {offence.Id} is put under article {article}, which establishes no offence.",
                source,
                inputs
            ),
        };
    }

    /// <summary>The article's number: <c>7</c> of <c>7</c> or <c>7(1)</c>; nothing of anything else.</summary>
    private static int? ArticleOf(string? text)
    {
        var digits = text is null ? 0 : text.TakeWhile(char.IsAsciiDigit).Count();
        return digits is 0 or > 3 || (digits < text!.Length && text[digits] != '(')
            ? null
            : text[..digits].Aggregate(0, (number, digit) => (number * 10) + (digit - '0'));
    }

    private static Point MeasureUnknown() =>
        new(
            Verdict.Unknown,
            "Without a profile of the requested Party nobody knows by whose law it measures four years.",
            Convention.Article("2(h)"),
            [Input.Of("requestedProfile.fourYearsBy", null)],
            OpenQuestion.To(
                Respondent.Node,
                "four-years-by",
                "By whose law does the requested Party measure four years?"
            )
        );

    private static Citation Source(OffenceBasis basis) =>
        Convention.Article(basis == OffenceBasis.ConventionOffence ? "35(1)(a)" : "35(1)(c)");

    private static OpenQuestion Ask(string id, string text) => OpenQuestion.To(Respondent.RequestingParty, id, text);

    private static string Words(MeasuredBy by) =>
        by switch
        {
            MeasuredBy.Requested => "the requested Party's law",
            MeasuredBy.Both => "both Parties' law",
            _ => "the requesting Party's law",
        };
}
