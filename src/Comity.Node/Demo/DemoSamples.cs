// SPDX-License-Identifier: EUPL-1.2
using System.Reflection;
using System.Text;

namespace Comity.Node.Demo;

/// <summary>The samples of the repository, inside the program, so that the demo needs nothing beside it.</summary>
internal static class DemoSamples
{
    private static readonly Assembly Own = typeof(DemoSamples).Assembly;

    /// <summary>A sample request, as its file stands in <c>samples/</c>.</summary>
    public static string Request(string name) => Read($"samples/{name}.json");

    /// <summary>Writes the Parties' profiles into a folder.</summary>
    public static void WriteProfiles(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var party in new[] { "XA", "XB" })
        {
            File.WriteAllText(Path.Combine(folder, $"{party}.json"), Read($"samples/profiles/{party}.json"));
        }
    }

    private static string Read(string name)
    {
        using var stream =
            Own.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not in the program");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
