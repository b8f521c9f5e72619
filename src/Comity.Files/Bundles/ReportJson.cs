// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json;

namespace Comity.Files.Bundles;

/// <summary>Shows what an act says member by member, leaving nothing out, also of kinds this program does not know.</summary>
internal static class ReportJson
{
    /// <summary>Writes a value that is nested no deeper than an act may be.</summary>
    public static void Write(Html html, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                html.Tag("<dl>\n");
                foreach (var member in value.EnumerateObject().Where(m => !IsEmpty(m.Value)))
                {
                    html.Element("dt", ReportWords.Of(member.Name)).Tag("<dd>");
                    Write(html, member.Value);
                    html.Tag("</dd>\n");
                }

                html.Tag("</dl>\n");
                break;
            case JsonValueKind.Array:
                html.Tag("<ol>\n");
                foreach (var item in value.EnumerateArray())
                {
                    html.Tag("<li>");
                    Write(html, item);
                    html.Tag("</li>\n");
                }

                html.Tag("</ol>\n");
                break;
            case JsonValueKind.True:
                html.Text("yes");
                break;
            case JsonValueKind.False:
                html.Text("no");
                break;
            case JsonValueKind.String:
                html.Text(value.GetString()!);
                break;
            default:
                html.Text(value.GetRawText());
                break;
        }
    }

    private static bool IsEmpty(JsonElement value) =>
        value.ValueKind == JsonValueKind.Null
        || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0);
}
