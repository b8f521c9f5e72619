// SPDX-License-Identifier: EUPL-1.2
using System.CommandLine;
using Comity.Files;

namespace Comity.Cli;

/// <summary><c>comity open</c>: opens an <c>age</c> v1 file of any size in one pass, and checks every byte of it.</summary>
internal static class OpenCommand
{
    private const string Extension = ".age";

    private static readonly Argument<string> From = new("FILE") { Description = "What to open; - for standard input." };

    private static readonly Option<bool> WithPassphrase = new("--passphrase", "-p")
    {
        Description = "The file was sealed with a passphrase: ask for it, or read it from standard input.",
    };

    private static readonly Option<string?> Into = new("--output", "-o")
    {
        Description = "Where to write; - for standard output. FILE without .age unless given. Never overwritten.",
        HelpName = "FILE",
    };

    public static Command Create()
    {
        Command command = new(
            "open",
            "Open a sealed file. On any doubt nothing is left behind, and the exit code is 1."
        )
        {
            From,
            IdentityArguments.With,
            WithPassphrase,
            Into,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var from = parsed.GetValue(From)!;
        var into = parsed.GetValue(Into) ?? (from == Source.Standard ? Source.Standard : WithoutExtension(from));
        if (Contradiction(parsed, from, into) is { } contradiction)
        {
            return Output.Fail(parsed, contradiction);
        }

        if (
            !Source.Open(from).Has(from, out var sealedFile, out var complaint)
            || !IdentityArguments.TryRead(parsed, WithPassphrase, out var identities, out complaint)
            || !Target.CreatePrivate(into).Has(into, out var target, out complaint)
        )
        {
            return Output.Fail(parsed, complaint);
        }

        await using var reading = sealedFile.ConfigureAwait(false);
        using var writing = target;
        using ProgressLine progress = new("opened", sealedFile.CanSeek ? sealedFile.Length : null);
        var outcome = await Opening
            .OpenAsync(sealedFile, target.Stream, identities, progress, cancel)
            .ConfigureAwait(false);
        if (!outcome.Has(from, out var exhibit, out complaint))
        {
            return Output.Fail(parsed, complaint);
        }

        target.Publish();
        SealResult result = new("opened", into, exhibit.Plain, exhibit.Sealed);
        return Output.Succeed(parsed, result, OutputJson.Default.SealResult);
    }

    /// <summary>The name without its last four characters if they are <c>.age</c>; empty if nothing would remain.</summary>
    private static string WithoutExtension(string path) =>
        path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) && Path.GetFileName(path).Length > Extension.Length
            ? path[..^Extension.Length]
            : "";

    /// <summary>What cannot be meant, told before anything is read.</summary>
    private static Complaint? Contradiction(ParseResult parsed, string from, string into) =>
        into.Length == 0 ? Complaint.Arguments($"{from} does not end in {Extension}; say where to write with -o")
        : into == Source.Standard && Output.WantsJson(parsed)
            ? Complaint.Arguments("--json and the content would share standard output; use -o FILE")
        : parsed.GetValue(IdentityArguments.With) is not { Length: > 0 } && !parsed.GetValue(WithPassphrase)
            ? Complaint.Arguments("nothing to open it with: give an identity file with -i, or -p")
        : Source.Shared([from, .. parsed.GetValue(IdentityArguments.With) ?? []], parsed.GetValue(WithPassphrase));
}
