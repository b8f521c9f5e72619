// SPDX-License-Identifier: EUPL-1.2
using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Comity.Evidence;

namespace Comity.Cli;

/// <summary>What to open with, as <c>open</c> and <c>reseal</c> take it.</summary>
internal static class IdentityArguments
{
    /// <summary>Identity files.</summary>
    public static Option<string[]> With { get; } =
        new("--identity", "-i")
        {
            Description = "Identity file, as keygen writes it. May be repeated.",
            HelpName = "FILE",
        };

    /// <summary>Reads them, and asks for a passphrase where the command has such an option and it is given.</summary>
    public static bool TryRead(
        ParseResult parsed,
        Option<bool>? withPassphrase,
        out List<Identity> identities,
        [NotNullWhen(false)] out Complaint? complaint
    )
    {
        identities = [];
        foreach (var path in parsed.GetValue(With) ?? [])
        {
            var read = Source.ReadText(path, KeyFile.MaxLength).Then(KeyFile.ParseIdentities);
            if (!read.Has(path, out var listed, out complaint))
            {
                return false;
            }

            identities.AddRange(listed);
        }

        if (withPassphrase is not null && parsed.GetValue(withPassphrase))
        {
            if (!PassphraseEntry.Ask().Has("", out var passphrase, out complaint))
            {
                return false;
            }

            identities.Add(new Identity.Passphrase(passphrase));
        }

        complaint = null;
        return true;
    }
}
