// SPDX-License-Identifier: EUPL-1.2
using System.CommandLine;
using Comity.Evidence;
using Comity.Files;

namespace Comity.Cli;

/// <summary><c>comity seal</c>: hashes and seals a file of any size in one pass, as an <c>age</c> v1 file.</summary>
internal static class SealCommand
{
    private static readonly Argument<string> From = new("FILE") { Description = "What to seal; - for standard input." };

    private static readonly Option<bool> WithPassphrase = new("--passphrase", "-p")
    {
        Description = "Seal with a passphrase instead, asked for or read from standard input.",
    };

    private static readonly Option<bool> Armored = new("--armor", "-a")
    {
        Description = "Write text instead of bytes.",
    };

    private static readonly Option<string?> Into = new("--output", "-o")
    {
        Description = "Where to write; - for standard output. FILE.age unless given. Never overwritten.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> ManifestInto = new("--manifest")
    {
        Description = "Also write the exhibit's manifest, with sizes and SHA-256 of both sides.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> MediaType = new("--media-type")
    {
        Description = "The content's media type, for the manifest.",
        HelpName = "TYPE",
    };

    public static Command Create()
    {
        Command command = new("seal", "Seal a file to its recipients. What it writes, age opens too.")
        {
            From,
            RecipientArguments.To,
            RecipientArguments.ToFiles,
            WithPassphrase,
            Armored,
            Into,
            ManifestInto,
            MediaType,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var from = parsed.GetValue(From)!;
        var into = parsed.GetValue(Into) ?? (from == Source.Standard ? Source.Standard : from + ".age");
        var form = parsed.GetValue(Armored) ? SealForm.Armored : SealForm.Binary;
        if (Contradiction(parsed, from, into, form) is { } contradiction)
        {
            return Output.Fail(parsed, contradiction);
        }

        if (
            !Source.Open(from).Has(from, out var plain, out var complaint)
            || !RecipientArguments.TryRead(parsed, WithPassphrase, out var recipients, out complaint)
            || !Target.Create(into).Has(into, out var target, out complaint)
        )
        {
            return Output.Fail(parsed, complaint);
        }

        await using var reading = plain.ConfigureAwait(false);
        using var writing = target;
        using ProgressLine progress = new("sealed", plain.CanSeek ? plain.Length : null);
        var outcome = await Sealing
            .SealAsync(plain, target.Stream, recipients, form, progress, cancel)
            .ConfigureAwait(false);
        if (!outcome.Has("", out var exhibit, out complaint))
        {
            return Output.Fail(parsed, complaint);
        }

        if (parsed.GetValue(ManifestInto) is { } manifestInto)
        {
            var described = ManifestDocument.Of(
                Path.GetFileName(from),
                parsed.GetValue(MediaType),
                exhibit,
                recipients
            );
            if (
                !described.Has(manifestInto, out var manifest, out complaint)
                || !Target.Create(manifestInto).Has(manifestInto, out var beside, out complaint)
            )
            {
                return Output.Fail(parsed, complaint);
            }

            // The manifest first: a crash between the two leaves a manifest without its file, which misleads nobody.
            using var writingBeside = beside;
            await beside.Stream.WriteAsync(manifest.Write(), cancel).ConfigureAwait(false);
            beside.Publish();
        }

        target.Publish();
        SealResult result = new("sealed", into, exhibit.Plain, exhibit.Sealed);
        return Output.Succeed(parsed, result, OutputJson.Default.SealResult);
    }

    /// <summary>What cannot be meant, told before anything is read.</summary>
    private static Complaint? Contradiction(ParseResult parsed, string from, string into, SealForm form)
    {
        var manifest = parsed.GetValue(ManifestInto);
        return into == Source.Standard && form == SealForm.Binary && !Console.IsOutputRedirected
                ? new Complaint(new Refusal(CliRefusals.Terminal, CliRefusals.Source), "")
            : into == Source.Standard && Output.WantsJson(parsed)
                ? Complaint.Arguments("--json and the sealed bytes would share standard output; use -o FILE")
            : manifest is not null && from == Source.Standard
                ? Complaint.Arguments("a manifest needs the exhibit's name, and standard input has none")
            : manifest == Source.Standard ? Complaint.Arguments("the manifest goes to a file")
            : manifest is null && parsed.GetValue(MediaType) is not null
                ? Complaint.Arguments("--media-type is for the manifest; use --manifest FILE")
            : manifest is not null && Path.Exists(manifest)
                ? new Complaint(new Refusal(CliRefusals.Exists, CliRefusals.Source), manifest)
            : Source.Shared(
                [from, .. parsed.GetValue(RecipientArguments.ToFiles) ?? []],
                parsed.GetValue(WithPassphrase)
            );
    }
}

/// <summary>What <c>comity seal --json</c> and <c>comity open --json</c> print.</summary>
internal sealed record SealResult(string Outcome, string File, ContentDigest Plain, ContentDigest Sealed);
