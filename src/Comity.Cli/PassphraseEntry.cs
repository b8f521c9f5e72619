// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Evidence;

namespace Comity.Cli;

/// <summary>Asks for a passphrase: at the terminal, unseen, or from the first line of standard input.</summary>
internal static class PassphraseEntry
{
    /// <summary>Asks once, for opening.</summary>
    /// <returns>The passphrase, or a refusal as <c>cli.passphrase</c>.</returns>
    public static Outcome<string> Ask() => Check(Read("Passphrase: "));

    /// <summary>Asks twice at a terminal, for sealing: nobody can tell later that it was mistyped.</summary>
    /// <returns>The passphrase, or a refusal as <c>cli.passphrase</c>.</returns>
    public static Outcome<string> Choose()
    {
        var first = Read("Passphrase: ");
        return Console.IsInputRedirected || Read("Again: ") == first ? Check(first) : Refuse();
    }

    private static string Read(string prompt)
    {
        if (Console.IsInputRedirected)
        {
            return Console.In.ReadLine() ?? "";
        }

        Console.Error.Write(prompt);
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key != ConsoleKey.Backspace)
            {
                typed.Append(key.KeyChar);
            }
            else if (typed.Length > 0)
            {
                typed.Length--;
            }
        }

        Console.Error.WriteLine();
        return typed.ToString();
    }

    private static Outcome<string> Check(string passphrase) =>
        passphrase.Length > 0 && Encoding.UTF8.GetByteCount(passphrase) <= SealLimits.MaxPassphraseBytes
            ? new Outcome<string>.Admitted(passphrase)
            : Refuse();

    private static Outcome<string> Refuse() =>
        new Outcome<string>.Refused(new Refusal(CliRefusals.Passphrase, CliRefusals.Source));
}
