// SPDX-License-Identifier: EUPL-1.2
using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Comity.Evidence;

namespace Comity.Cli;

/// <summary>Whom to seal to, as <c>seal</c> and <c>reseal</c> take it.</summary>
internal static class RecipientArguments
{
    /// <summary>Recipients given one by one.</summary>
    public static Option<string[]> To { get; } =
        new("--recipient", "-r")
        {
            Description = "Who can open it: age1... or age1pq1... May be repeated.",
            HelpName = "RECIPIENT",
        };

    /// <summary>Files of recipients.</summary>
    public static Option<string[]> ToFiles { get; } =
        new("--recipients-file", "-R")
        {
            Description = "File with one recipient a line. May be repeated.",
            HelpName = "FILE",
        };

    /// <summary>Reads them, and asks for a passphrase where the command has such an option and it is given.</summary>
    public static bool TryRead(
        ParseResult parsed,
        Option<bool>? withPassphrase,
        out List<Recipient> recipients,
        [NotNullWhen(false)] out Complaint? complaint
    )
    {
        recipients = [];
        foreach (var text in parsed.GetValue(To) ?? [])
        {
            if (!Recipient.Parse(text).Has(text, out var recipient, out complaint))
            {
                return false;
            }

            recipients.Add(recipient);
        }

        foreach (var path in parsed.GetValue(ToFiles) ?? [])
        {
            var read = Source.ReadText(path, KeyFile.MaxLength).Then(KeyFile.ParseRecipients);
            if (!read.Has(path, out var listed, out complaint))
            {
                return false;
            }

            recipients.AddRange(listed);
        }

        if (withPassphrase is not null && parsed.GetValue(withPassphrase))
        {
            if (!PassphraseEntry.Choose().Has("", out var passphrase, out complaint))
            {
                return false;
            }

            recipients.Add(new Recipient.Passphrase(passphrase));
        }

        complaint = null;
        return true;
    }
}
