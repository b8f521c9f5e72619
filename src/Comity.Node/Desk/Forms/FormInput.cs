// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;

namespace Comity.Node.Desk.Forms;

/// <summary>What stands in a form's fields, as typed: to be read, or to be shown again.</summary>
/// <remarks>
/// Fields are named for the member of the act they become, for example <c>conditions[0].text</c>, so what the act's rules
/// say of a member is said beside its field. Line ends are single line feeds and outer white space is gone, whatever the
/// browser sent. Immutable.
/// </remarks>
public sealed class FormInput
{
    /// <summary>The field of a signing phrase.</summary>
    public const string Phrase = "phrase";

    private readonly IReadOnlyDictionary<string, IReadOnlyList<string>> values;

    private FormInput(IReadOnlyDictionary<string, IReadOnlyList<string>> values) => this.values = values;

    /// <summary>Nothing typed.</summary>
    public static FormInput Empty { get; } = new(new Dictionary<string, IReadOnlyList<string>>());

    /// <summary>Every field with its values.</summary>
    public IEnumerable<(string Name, string Value)> Fields => values.SelectMany(v => v.Value.Select(t => (v.Key, t)));

    /// <summary>A field's text; empty when it is not there.</summary>
    public string this[string name] => values.TryGetValue(name, out var found) && found.Count > 0 ? found[0] : "";

    /// <summary>Every value of a field that can have many.</summary>
    public IReadOnlyList<string> All(string name) => values.GetValueOrDefault(name, []);

    /// <summary>Whether a box or a choice is ticked.</summary>
    public bool Has(string name, string value) => All(name).Contains(value);

    /// <summary>How many rows of a list are on the form, filled or not.</summary>
    public int Rows(string list)
    {
        var start = list + "[";
        var last = -1;
        foreach (var name in values.Keys.Where(n => n.StartsWith(start, StringComparison.Ordinal)))
        {
            var end = name.IndexOf(']', StringComparison.Ordinal);
            var isRow =
                end > start.Length
                && int.TryParse(name[start.Length..end], NumberStyles.None, CultureInfo.InvariantCulture, out var row)
                && row < MostRows;
            last = isRow ? Math.Max(last, int.Parse(name[start.Length..end], CultureInfo.InvariantCulture)) : last;
        }

        return last + 1;
    }

    /// <summary>Most rows of a list on one form.</summary>
    public const int MostRows = 64;

    /// <summary>The same with fields set.</summary>
    public FormInput With(params (string Name, string? Value)[] fields)
    {
        var next = new Dictionary<string, IReadOnlyList<string>>(values);
        foreach (var field in fields.GroupBy(f => f.Name))
        {
            next[field.Key] = [.. field.Select(f => f.Value).OfType<string>().Select(Clean)];
        }

        return new FormInput(next);
    }

    /// <summary>The same without some fields: a phrase is never shown again.</summary>
    public FormInput Without(params IReadOnlyList<string> names) =>
        new(values.Where(v => !names.Contains(v.Key)).ToDictionary());

    /// <summary>Reads a form that was sent.</summary>
    public static async Task<FormInput> ReadAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType)
        {
            return Empty;
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        return new FormInput(
            form.ToDictionary(
                f => f.Key,
                // A phrase is what was typed, to the blank.
                f => (IReadOnlyList<string>)[.. f.Value.OfType<string>().Select(v => f.Key == Phrase ? v : Clean(v))],
                StringComparer.Ordinal
            )
        );
    }

    private static string Clean(string text) => text.ReplaceLineEndings("\n").Trim();
}
