// SPDX-License-Identifier: EUPL-1.2
using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Comity.Tests;

/// <summary>Writes a value with everything in it, so that two wholes can be compared and a difference seen.</summary>
internal static class Print
{
    public static string Of(object? value)
    {
        var text = new StringBuilder();
        Write(text, value, "");
        return text.ToString();
    }

    private static void Write(StringBuilder text, object? value, string indent)
    {
        switch (value)
        {
            case null:
                text.Append("nothing\n");
                break;
            case DateTimeOffset instant:
                text.Append(Instants.Format(instant)).Append('\n');
                break;
            case JsonElement json:
                text.Append(json.GetRawText()).Append('\n');
                break;
            case string or Enum or Type or IConvertible:
                text.Append(CultureInfo.InvariantCulture, $"{value}\n");
                break;
            case Delegate:
                text.Append("a function\n");
                break;
            case IEnumerable list:
                text.Append("list\n");
                foreach (var item in list)
                {
                    text.Append(indent).Append("- ");
                    Write(text, item, indent + "  ");
                }

                break;
            default:
                WriteMembers(text, value, indent);
                break;
        }
    }

    private static void WriteMembers(StringBuilder text, object value, string indent)
    {
        var isText = value.GetType().GetInterfaces().Any(i => i.Name.StartsWith("IText", StringComparison.Ordinal));
        text.Append(isText ? value.ToString() : value.GetType().Name).Append('\n');
        foreach (var member in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (!isText && member.GetIndexParameters().Length == 0)
            {
                text.Append(indent).Append(member.Name).Append(": ");
                Write(text, member.GetValue(value), indent + "  ");
            }
        }
    }
}
