// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;

namespace Comity;

/// <summary>Checks a body's members against their limits, and remembers the first that is outside, by its path.</summary>
/// <param name="root">What paths start with: <c>body</c> in an act, nothing in a directory entry.</param>
internal sealed class Shape(string root = "body")
{
    /// <summary>Characters of a name, a reference, a citation.</summary>
    public const int Short = 200;

    /// <summary>Characters of a paragraph.</summary>
    public const int Paragraph = 8_000;

    /// <summary>Characters of a text of law or a statement of reasons.</summary>
    public const int Long = 32_000;

    /// <summary>Members of a list.</summary>
    public const int Many = 256;

    private readonly Stack<string> path = new([root]);

    /// <summary>Path of the first member outside its limits.</summary>
    public string? Outside { get; private set; }

    public Shape Text(string? text, string name, int maximum = Short)
    {
        if (text is null || text.Length > maximum || string.IsNullOrWhiteSpace(text) || !IsPrintable(text))
        {
            Fail(name);
        }

        return this;
    }

    public Shape OptionalText(string? text, string name, int maximum = Short) =>
        text is null ? this : Text(text, name, maximum);

    /// <summary>A short name made by us or by a node, never by hand: a-z, 0-9 and hyphen.</summary>
    public Shape Slug(string? text, string name, int maximum = 64)
    {
        var fits =
            text is { Length: > 0 }
            && text.Length <= maximum
            && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
        return fits ? this : Fail(name);
    }

    /// <summary>A file's name for people: no path, no step up, one line.</summary>
    public Shape FileName(string? text, string name) =>
        Text(text, name, 255)
            .That(text is not (null or "." or "..") && !text.Any(c => c is '/' or '\\' || char.IsControl(c)), name);

    /// <summary>A size in bytes, as large as every language's numbers hold exactly.</summary>
    public Shape Size(long bytes, string name, long minimum = 0) =>
        Range(bytes, minimum, StrictJson.MaximumInteger, name);

    public Shape Range(long value, long minimum, long maximum, string name) =>
        value >= minimum && value <= maximum ? this : Fail(name);

    public Shape That(bool holds, string name) => holds ? this : Fail(name);

    public Shape List<T>(IReadOnlyList<T>? list, string name, Action<T> each, int minimum = 0, int maximum = Many)
    {
        if (list is null || list.Count < minimum || list.Count > maximum)
        {
            return Fail(name);
        }

        for (var i = 0; i < list.Count && Outside is null; i++)
        {
            path.Push($"{name}[{i.ToString(CultureInfo.InvariantCulture)}]");
            if (list[i] is { } item)
            {
                each(item);
            }
            else
            {
                Fail("");
            }

            path.Pop();
        }

        return this;
    }

    public Shape Within<T>(T? part, string name, Action<T> check)
        where T : class
    {
        if (part is not null)
        {
            path.Push(name);
            check(part);
            path.Pop();
        }

        return this;
    }

    /// <summary>Whether two members of a list share a name that must be theirs alone.</summary>
    public Shape Distinct<T>(IReadOnlyList<T>? list, Func<T, string> key, string name) =>
        list is null || list.Select(key).Distinct(StringComparer.Ordinal).Count() == list.Count ? this : Fail(name);

    // A page, a letter and a terminal all show these texts: no control characters but line ends and tabs, and none of the
    // characters that reorder what is read (U+202A to U+202E, U+2066 to U+2069), with which a text says two things.
    private static bool IsPrintable(string text)
    {
        foreach (var c in text)
        {
            var reorders = c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
            if (reorders || c == '\uFEFF' || (char.IsControl(c) && c is not ('\n' or '\t')))
            {
                return false;
            }
        }

        return true;
    }

    private Shape Fail(string name)
    {
        Outside ??= string.Join('.', path.Reverse().Append(name).Where(step => step.Length > 0));
        return this;
    }
}
