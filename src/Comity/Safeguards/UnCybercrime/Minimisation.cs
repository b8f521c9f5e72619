// SPDX-License-Identifier: EUPL-1.2
using Comity.Instruments;
using Comity.Requests;

namespace Comity.Safeguards.UnCybercrime;

/// <summary>SG-9: whether a request asks for what one case needs, and no more.</summary>
/// <remarks>
/// The fear: bulk and fishing. So every item is exact, every category of data has its reason and its facts, stored data have
/// a period, and how broad it all is stands as a figure before whoever approves (arts 23(1), 24(1) and (2), 40(15)).
/// </remarks>
internal sealed class Minimisation()
    : Safeguard(
        "sg-9",
        "Minimisation",
        "Does the request ask for exact items, for a period, and for each category of data with its own reason?",
        SafeguardKind.Form,
        "23(1)",
        "24(1)",
        "24(2)",
        "40(15)(e)",
        "40(15)(f)",
        "42(3)(c)",
        "45"
    )
{
    /// <summary>Longest period, in days, that nobody has to look at. Ours: the Convention gives no figure.</summary>
    public const int UnreviewedDays = 365;

    /// <inheritdoc/>
    public override bool MayBeOverridden(Case given) => true;

    /// <inheritdoc/>
    public override Finding Find(Case given)
    {
        var request = given.Request;
        var breadth = Breadth.Of(request);
        List<Point> points = [];
        if (request.Items.Count == 0)
        {
            points.Add(No("The request names no account, address or device.", "40(15)(e)", "request.items", null));
        }

        if (request.Data.Count == 0)
        {
            points.Add(No("The request names no category of data.", "24(2)", "request.data", null));
        }

        for (var i = 0; i < request.Items.Count; i++)
        {
            points.Add(IsExact(request.Items[i], $"request.items[{i}]"));
            points.Add(Period(given, request.Items[i], $"request.items[{i}]", breadth));
        }

        for (var i = 0; i < request.Data.Count; i++)
        {
            points.AddRange(Reasons(request.Data[i], $"request.data[{i}]", request.Facts.Count));
        }

        return Says(points, notes: [$"Breadth: {breadth}."]);
    }

    private static Point IsExact(Item item, string path) =>
        Exactness.Flaw(item) is { } flaw
            ? No($"Item {item.Id} {flaw}.", "40(15)(e)", $"{path}.identifier", item.Identifier)
            : Yes($"Item {item.Id} is one exact item.", "40(15)(e)", $"{path}.identifier", item.Identifier);

    private static Point Period(Case given, Item item, string path, Breadth breadth)
    {
        if (item is not { From: { } from, Until: { } until })
        {
            return new(
                Verdict.Unknown,
                given.Request.Measure == Measure.Preservation
                    ? $"No period is given for item {item.Id}; preservation does not ask for one, disclosure will."
                    : $"No period is given for item {item.Id}.",
                Convention.Article("40(15)(f)"),
                [Input.Of($"{path}.from", Day(item.From)), Input.Of($"{path}.until", Day(item.Until))],
                OpenQuestion.To(
                    Respondent.RequestingParty,
                    $"{item.Id}-period",
                    $"For which period are data of item {item.Id} sought?"
                )
            );
        }

        IReadOnlyList<Input> inputs = [Input.Of($"{path}.from", Day(from)), Input.Of($"{path}.until", Day(until))];
        if (until > given.At)
        {
            return new(
                Verdict.NeedsReview,
                $"The period for item {item.Id} reaches past today: what is not yet stored is collected in real time, which is another measure.",
                Convention.Article("45"),
                inputs,
                OpenQuestion.To(
                    Respondent.RequestingParty,
                    $"{item.Id}-period",
                    $"Up to which past day are data of item {item.Id} sought?"
                )
            );
        }

        var days = Breadth.Days(item);
        if (days <= UnreviewedDays)
        {
            return new(
                Verdict.Met,
                $"The period for item {item.Id} is {Counted.Of(days, "day")}.",
                Convention.Article("40(15)(f)"),
                inputs
            );
        }

        var question = $"breadth-{breadth.Figure}";
        return given.Answered("sg-9", question, "proportionate")
            ? new(
                Verdict.Met,
                $"The period for item {item.Id} is {Counted.Of(days, "day")}, which an officer found proportionate.",
                Convention.Article("24(1)"),
                inputs
            )
            : new(
                Verdict.NeedsReview,
                $"The period for item {item.Id} is {Counted.Of(days, "day")}, more than {UnreviewedDays}.",
                Convention.Article("24(1)"),
                inputs,
                new OpenQuestion(
                    question,
                    $"Is a request this broad ({breadth}) proportionate to the facts?",
                    Respondent.Assessor,
                    ["proportionate", "too-broad"]
                )
            );
    }

    private static IEnumerable<Point> Reasons(DataSought data, string path, int facts)
    {
        var category = Names.Of(data.Category);
        yield return data.Items.Count == 0
            ? No($"The {category} data sought are of no item named.", "24(2)", $"{path}.items", null)
            : Yes(
                $"The {category} data sought are of named items.",
                "24(2)",
                $"{path}.items",
                string.Join(", ", data.Items)
            );
        yield return string.IsNullOrWhiteSpace(data.Necessity)
            ? Unsaid($"It is not said why {category} data are needed.", "24(1)", $"{path}.necessity")
            : Yes($"It is said why {category} data are needed.", "24(1)", $"{path}.necessity", data.Necessity);
        yield return data.Facts.Any(f => f >= 1 && f <= facts)
            ? Yes(
                $"Facts tie the {category} data to the offence.",
                "42(3)(c)",
                $"{path}.facts",
                string.Join(", ", data.Facts)
            )
            : Unsaid($"No fact ties the {category} data to the offence.", "42(3)(c)", $"{path}.facts");
    }

    private static Point Unsaid(string because, string provision, string path) =>
        new(
            Verdict.Unknown,
            because,
            Convention.Article(provision),
            [Input.Of(path, null)],
            OpenQuestion.To(Respondent.RequestingParty, Short(path), $"{because} Why, and by which facts?")
        );

    private static Point Yes(string because, string provision, string path, string? value) =>
        new(Verdict.Met, because, Convention.Article(provision), [Input.Of(path, value)]);

    private static Point No(string because, string provision, string path, string? value) =>
        new(
            Verdict.NotMet,
            because,
            Convention.Article(provision),
            [Input.Of(path, value)],
            OpenQuestion.To(Respondent.RequestingParty, Short(path), $"{because} Which exactly are meant?")
        );

    // "request.data[0].necessity" becomes "data-0-necessity".
    private static string Short(string path) =>
        path["request.".Length..].Replace('[', '-').Replace("]", "", StringComparison.Ordinal).Replace('.', '-');

    private static string? Day(DateTimeOffset? instant) =>
        instant is { } i ? Instants.Format(Instants.ToSecond(i))[..10] : null;
}
