// SPDX-License-Identifier: EUPL-1.2
using System.Net;
using System.Text.RegularExpressions;

namespace Comity.Node.Demo;

/// <summary>A page of the desk as it came over the wire, and the forms on it.</summary>
/// <param name="Status">The status.</param>
/// <param name="Path">The address it was got from, after redirections.</param>
/// <param name="Html">The page.</param>
internal sealed partial record DeskPageRead(HttpStatusCode Status, string Path, string Html)
{
    /// <summary>The page's words, without markup.</summary>
    public string Text => WebUtility.HtmlDecode(White().Replace(Markup().Replace(Html, " "), " ")).Trim();

    /// <summary>Every form, in order.</summary>
    public IReadOnlyList<DeskForm> Forms => [.. Form().Matches(Html).Select(m => DeskForm.Read(m.Value, Path))];

    /// <summary>The form that is sent to an address.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public DeskForm FormTo(string action) =>
        Forms.FirstOrDefault(f => f.Action == action)
        ?? throw new InvalidOperationException($"{Path} ({Status}) has no form to {action}: {Text}");

    /// <summary>The address of the first link whose words are these.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public string LinkTo(string words) =>
        Link()
            .Matches(Html)
            .Where(m => WebUtility.HtmlDecode(Markup().Replace(m.Groups["words"].Value, "")).Trim() == words)
            .Select(m => WebUtility.HtmlDecode(m.Groups["href"].Value))
            .FirstOrDefault()
        ?? throw new InvalidOperationException($"{Path} ({Status}) has no link '{words}': {Text}");

    [GeneratedRegex("<form\\b.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("<a\\b[^>]*href=\"(?<href>[^\"]*)\"[^>]*>(?<words>.*?)</a>", RegexOptions.Singleline)]
    private static partial Regex Link();

    [GeneratedRegex("<head>.*?</head>|<[^>]*>", RegexOptions.Singleline)]
    private static partial Regex Markup();

    [GeneratedRegex("\\s+")]
    private static partial Regex White();
}

/// <summary>A form as a browser would send it: its hidden fields, and what stands in the others.</summary>
/// <param name="Action">Where it goes.</param>
/// <param name="IsMultipart">Whether it sends files.</param>
/// <param name="Fields">Its fields in the page's order.</param>
internal sealed partial record DeskForm(
    string Action,
    bool IsMultipart,
    IReadOnlyList<KeyValuePair<string, string>> Fields
)
{
    /// <summary>Reads a form. Ours alone: attributes are quoted, and forms hold no forms.</summary>
    public static DeskForm Read(string html, string page)
    {
        var open = Attributes(html[..(html.IndexOf('>', StringComparison.Ordinal) + 1)]);
        var fields = new List<KeyValuePair<string, string>>();
        foreach (Match control in Control().Matches(html))
        {
            var attributes = Attributes(control.Groups["open"].Value);
            if (!attributes.TryGetValue("name", out var name))
            {
                continue;
            }

            var type = attributes.GetValueOrDefault("type", "text");
            var value = control.Groups["tag"].Value switch
            {
                "textarea" => WebUtility.HtmlDecode(control.Groups["inner"].Value),
                "select" => Chosen(control.Groups["inner"].Value),
                _ when type is "checkbox" or "radio" && !attributes.ContainsKey("checked") => null,
                _ when type is "file" => null,
                _ => attributes.GetValueOrDefault("value", ""),
            };
            if (value is not null)
            {
                fields.Add(new(name, value));
            }
        }

        return new DeskForm(
            open.GetValueOrDefault("action", page),
            open.GetValueOrDefault("enctype") == "multipart/form-data",
            fields
        );
    }

    /// <summary>The form with fields filled in. What is given takes the place of what stood there; nothing takes it out.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> With(params IReadOnlyList<(string Name, string? Value)> typed) =>
        [
            .. Fields.Where(f => typed.All(t => t.Name != f.Key)),
            .. typed.Where(t => t.Value is not null).Select(t => new KeyValuePair<string, string>(t.Name, t.Value!)),
        ];

    /// <summary>What stands in a field; empty when it is not there.</summary>
    public string this[string name] => Fields.FirstOrDefault(f => f.Key == name).Value ?? "";

    private static string? Chosen(string options)
    {
        var all = Option().Matches(options).Select(m => Attributes(m.Value)).ToList();
        var chosen = all.FirstOrDefault(o => o.ContainsKey("selected")) ?? all.FirstOrDefault();
        return chosen?.GetValueOrDefault("value", "");
    }

    private static Dictionary<string, string> Attributes(string tag) =>
        Attribute()
            .Matches(tag)
            .GroupBy(m => m.Groups["name"].Value)
            .ToDictionary(g => g.Key, g => WebUtility.HtmlDecode(g.First().Groups["value"].Value));

    [GeneratedRegex(
        "(?<open><(?<tag>input)\\b[^>]*>)|(?<open><(?<tag>textarea|select)\\b[^>]*>)(?<inner>.*?)</\\k<tag>>",
        RegexOptions.Singleline
    )]
    private static partial Regex Control();

    [GeneratedRegex("<option\\b[^>]*>")]
    private static partial Regex Option();

    [GeneratedRegex("(?<name>[a-zA-Z-]+)(=\"(?<value>[^\"]*)\")?(?=[\\s/>])")]
    private static partial Regex Attribute();
}
