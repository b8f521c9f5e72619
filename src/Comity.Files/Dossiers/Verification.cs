// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;

namespace Comity.Files.Dossiers;

/// <summary>One thing that was looked at, and what was found.</summary>
/// <param name="Subject">What was looked at: a file, or an act's place.</param>
/// <param name="What">What was asked of it, in words.</param>
/// <param name="Result">Whether it holds.</param>
/// <param name="Detail">The stable code when it does not hold, why not when it could not be checked, otherwise what holds.</param>
public sealed record VerificationLine(string Subject, string What, VerificationResult Result, string Detail);

/// <summary>Whether something holds.</summary>
public enum VerificationResult
{
    /// <summary>It holds.</summary>
    Holds,

    /// <summary>It does not hold.</summary>
    DoesNotHold,

    /// <summary>It could not be checked, and the detail says why.</summary>
    NotChecked,
}

/// <summary>What a verification found, line by line.</summary>
public sealed class VerificationReport
{
    private readonly List<VerificationLine> lines = [];

    /// <summary>Everything that was looked at, in order.</summary>
    public IReadOnlyList<VerificationLine> Lines => lines;

    /// <summary>Whether nothing failed. Things that could not be checked do not fail, and are never passed over in silence.</summary>
    public bool Holds => lines.TrueForAll(l => l.Result != VerificationResult.DoesNotHold) && lines.Count > 0;

    internal void Good(string subject, string what, string detail) =>
        Add(subject, what, VerificationResult.Holds, detail);

    internal void Bad(string subject, string what, string detail) =>
        Add(subject, what, VerificationResult.DoesNotHold, detail);

    internal void Open(string subject, string what, string detail) =>
        Add(subject, what, VerificationResult.NotChecked, detail);

    /// <summary>Adds what another found, in its order.</summary>
    public void Add(VerificationReport other) => lines.AddRange(other.lines);

    /// <summary>A text as a terminal and a page can show it: nothing in it moves a cursor, hides, or turns what is read.</summary>
    /// <remarks>Names and codes in a report come from whoever made what is verified.</remarks>
    internal static string Plain(string text) =>
        text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0
            ? text
            : string.Concat(text.Select(c => IsShown(c) ? c : '\uFFFD'));

    private void Add(string subject, string what, VerificationResult result, string detail) =>
        lines.Add(new VerificationLine(Plain(subject), what, result, Plain(detail)));

    private static bool IsShown(char c) =>
        char.GetUnicodeCategory(c)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
            );
}
