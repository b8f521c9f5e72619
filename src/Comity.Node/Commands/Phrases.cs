// SPDX-License-Identifier: EUPL-1.2
using System.Text;

namespace Comity.Node.Commands;

/// <summary>Officers' phrases at a command: from the environment, or typed unseen.</summary>
internal static class Phrases
{
    /// <summary>The phrase of an officer: <c>COMITY_PHRASE_</c> and the id in capitals, or asked for.</summary>
    public static string Of(string officer) =>
        Environment.GetEnvironmentVariable($"COMITY_PHRASE_{officer.ToUpperInvariant()}") ?? Ask(officer);

    private static string Ask(string officer)
    {
        Console.Error.Write($"signing phrase of {officer}: ");
        var phrase = new StringBuilder();
        while (!Console.IsInputRedirected && Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            phrase.Append(key.KeyChar);
        }

        Console.Error.WriteLine();
        return Console.IsInputRedirected ? Console.ReadLine() ?? "" : phrase.ToString();
    }
}
