// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json.Serialization;
using Comity.Acts;
using Comity.Instruments;

namespace Comity.Safeguards;

/// <summary>What one safeguard says of one case, with everything it rests on.</summary>
/// <remarks>Immutable. Computed again whenever the case changes; what is kept is <see cref="Record"/>.</remarks>
/// <param name="Safeguard">The safeguard.</param>
/// <param name="Points">
/// What it looked at. The finding is as good as the least of them; with none it is unknown, as nothing was looked at.
/// </param>
/// <param name="Weight">Whether it can stop a grant.</param>
/// <param name="Also">Questions beside those of the points.</param>
/// <param name="Notes">What the reader should know and no verdict rests on, a sentence each.</param>
public sealed record Finding(
    Safeguard Safeguard,
    IReadOnlyList<Point> Points,
    Weight Weight,
    IReadOnlyList<OpenQuestion> Also,
    IReadOnlyList<string> Notes
)
{
    /// <summary>The least verdict of its points.</summary>
    public Verdict Verdict => Points.Count == 0 ? Verdict.Unknown : Points.Min(p => p.Verdict);

    /// <summary>Why, a sentence a point, what holds it back first.</summary>
    public IReadOnlyList<string> Reasons => [.. Points.OrderBy(p => p.Verdict).Select(p => p.Because)];

    /// <summary>What was read: the member of the case, and what stood there.</summary>
    public IReadOnlyList<Input> Inputs => [.. Points.SelectMany(p => p.Inputs).Distinct()];

    /// <summary>The provisions it rests on.</summary>
    public IReadOnlyList<Citation> Citations => [.. Points.Select(p => p.Source).Distinct()];

    /// <summary>What is still to be answered.</summary>
    public IReadOnlyList<OpenQuestion> Questions =>
        [.. Points.Select(p => p.Question).OfType<OpenQuestion>().Concat(Also).DistinctBy(q => q.Id)];

    /// <summary>The finding in one sentence, for a list.</summary>
    public string InOneSentence =>
        $"{Safeguard.Title} ({Safeguard.Id}) is {Words(Verdict)}: {Lower(Points.Count == 0 ? "Nothing was looked at." : Reasons[0])}";

    /// <summary>The finding in full, for a file or a printed page: a line a point, citations as they are printed for people.</summary>
    public string InFull =>
        string.Join(
            '\n',
            [
                InOneSentence,
                $"  It asks: {Safeguard.Asks}",
                .. Points
                    .OrderBy(p => p.Verdict)
                    .Select(p => $"  {Words(p.Verdict)}: {p.Because} [{Convention.Print(p.Source)}]"),
                .. Notes.Select(n => $"  note: {n}"),
                // On one line, or what a request says could be read as a line of ours.
                .. Inputs.Select(i => $"  read: {i.Path} = {i.Value.ReplaceLineEndings(" ")}"),
                .. Questions.Select(q => $"  open ({Words(q.Who)}): {q.Text}"),
                "",
            ]
        );

    /// <summary>The finding as it is kept in an <see cref="Assess"/>.</summary>
    public RecordedFinding Record() => new(Safeguard.Id, Names.Of(Verdict), [.. Reasons.Take(Shape.Many)]);

    internal static string Words(Verdict verdict) =>
        verdict switch
        {
            Verdict.Met => "met",
            Verdict.NeedsReview => "in need of review",
            Verdict.NotMet => "not met",
            _ => "unknown",
        };

    private static string Words(Respondent who) =>
        who switch
        {
            Respondent.RequestingParty => "the requesting Party",
            Respondent.Assessor => "an assessor",
            Respondent.SecondOfficer => "a second officer",
            _ => "the node",
        };

    private static string Lower(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence[1..];
}

/// <summary>One thing a safeguard looked at.</summary>
/// <param name="Verdict">What it came to.</param>
/// <param name="Because">Why, in a sentence.</param>
/// <param name="Source">The provision it comes from.</param>
/// <param name="Inputs">What was read.</param>
/// <param name="Question">What would settle it, where something would.</param>
public sealed record Point(
    Verdict Verdict,
    string Because,
    Citation Source,
    IReadOnlyList<Input> Inputs,
    OpenQuestion? Question = null
);

/// <summary>Something a safeguard read.</summary>
/// <param name="Path">The member of the case, for example <c>request.offences[0].provision.maximumPenalty</c>.</param>
/// <param name="Value">What stood there, shortened to 200 characters. For officers' eyes: it may name persons.</param>
public sealed record Input(string Path, string Value)
{
    private const int Longest = 200;

    /// <summary>Something read, shortened; a dash when there was nothing.</summary>
    /// <param name="path">The member.</param>
    /// <param name="value">What stood there.</param>
    public static Input Of(string path, string? value) =>
        new(
            path,
            string.IsNullOrWhiteSpace(value) ? "-"
                : value.Length <= Longest ? value
                : $"{value[..(Longest - 1)]}…"
        );
}

/// <summary>A question that a finding leaves open.</summary>
/// <param name="Id">Its short name within the safeguard: what a <see cref="RecordedAnswer"/> names.</param>
/// <param name="Text">The question.</param>
/// <param name="Who">Who has to answer.</param>
/// <param name="Choices">The answers that count, to the letter; empty when it is answered in words.</param>
public sealed record OpenQuestion(string Id, string Text, Respondent Who, IReadOnlyList<string> Choices)
{
    /// <summary>A question answered in words.</summary>
    internal static OpenQuestion To(Respondent who, string id, string text) => new(id, text, who, []);
}

/// <summary>Who has to answer.</summary>
[JsonConverter(typeof(NameConverter<Respondent>))]
public enum Respondent
{
    /// <summary>The Party that asks, by a supplement (art. 40(16)).</summary>
    RequestingParty,

    /// <summary>Whoever assesses the request.</summary>
    Assessor,

    /// <summary>An officer other than the one who answered before.</summary>
    SecondOfficer,

    /// <summary>The node, from its directory and register.</summary>
    Node,
}

/// <summary>Whether a finding can stop a grant.</summary>
[JsonConverter(typeof(NameConverter<Weight>))]
public enum Weight
{
    /// <summary>It is shown, and the law lets nobody decline for it here.</summary>
    Informs,

    /// <summary>A grant waits for it.</summary>
    Blocks,
}
