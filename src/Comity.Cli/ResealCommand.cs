// SPDX-License-Identifier: EUPL-1.2
using System.CommandLine;
using Comity.Evidence;
using Comity.Files;

namespace Comity.Cli;

/// <summary><c>comity reseal</c>: seals what a sealed file holds to others, in one pass, with no plaintext on any disk.</summary>
internal static class ResealCommand
{
    private const string Extension = ".age";

    private static readonly Argument<string> From = new("FILE")
    {
        Description = "The sealed file; - for standard input.",
    };

    private static readonly Option<bool> Armored = new("--armor", "-a")
    {
        Description = "Write text instead of bytes.",
    };

    private static readonly Option<string?> Into = new("--output", "-o")
    {
        Description = "Where to write; - for standard output. NAME.resealed.age unless given. Never overwritten.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> Old = new("--manifest")
    {
        Description = "The sealed file's manifest: compared, and what --new-manifest takes names from.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> New = new("--new-manifest")
    {
        Description = "Also write the manifest of the new file.",
        HelpName = "FILE",
    };

    public static Command Create()
    {
        Command command = new(
            "reseal",
            "Seal a sealed file to others. It has its name only when every byte of the old one was authentic."
        )
        {
            From,
            IdentityArguments.With,
            RecipientArguments.To,
            RecipientArguments.ToFiles,
            Armored,
            Into,
            Old,
            New,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var from = parsed.GetValue(From)!;
        var into = parsed.GetValue(Into) ?? NameFor(from);
        var form = parsed.GetValue(Armored) ? SealForm.Armored : SealForm.Binary;
        if (Contradiction(parsed, from, into, form) is { } contradiction)
        {
            return Output.Fail(parsed, contradiction);
        }

        ManifestDocument? old = null;
        if (parsed.GetValue(Old) is { } manifestPath)
        {
            var read = Source.ReadBytes(manifestPath, ManifestDocument.MaxLength).Then(b => ManifestDocument.Parse(b));
            if (!read.Has(manifestPath, out old, out var unread))
            {
                return Output.Fail(parsed, unread);
            }
        }

        if (
            !Source.Open(from).Has(from, out var sealedFile, out var complaint)
            || !IdentityArguments.TryRead(parsed, null, out var identities, out complaint)
            || !RecipientArguments.TryRead(parsed, null, out var recipients, out complaint)
            || !Target.Create(into).Has(into, out var target, out complaint)
        )
        {
            return Output.Fail(parsed, complaint);
        }

        await using var reading = sealedFile.ConfigureAwait(false);
        using var writing = target;
        using ProgressLine progress = new("sealed again", sealedFile.CanSeek ? sealedFile.Length : null);
        var outcome = await Resealing
            .ResealAsync(sealedFile, target.Stream, identities, recipients, form, progress, cancel)
            .ConfigureAwait(false);
        if (!outcome.Has(from, out var resealed, out complaint))
        {
            return Output.Fail(parsed, complaint);
        }

        if (old is not null && !IsOf(old.Manifest, resealed))
        {
            return Output.Fail(
                parsed,
                new Complaint(new Refusal(CliRefusals.ManifestDiffers, CliRefusals.Source), from)
            );
        }

        if (parsed.GetValue(New) is { } newPath)
        {
            if (
                !Describe(old!, resealed, recipients).Has(newPath, out var described, out complaint)
                || !Target.Create(newPath).Has(newPath, out var beside, out complaint)
            )
            {
                return Output.Fail(parsed, complaint);
            }

            // The manifest first: a crash between the two leaves a manifest without its file, which misleads nobody.
            using var writingBeside = beside;
            await beside.Stream.WriteAsync(described.Write(), cancel).ConfigureAwait(false);
            beside.Publish();
        }

        target.Publish();
        if (!Output.WantsJson(parsed) && into != Source.Standard)
        {
            // As sha256sum prints them, so that its -c can check both.
            Console.Out.WriteLine($"{resealed.From.Sha256}  {from}");
            Console.Out.WriteLine($"{resealed.To.Sha256}  {into}");
        }

        ResealResult result = new("resealed", into, resealed.Plain, resealed.From, resealed.To);
        return Output.Succeed(parsed, result, OutputJson.Default.ResealResult);
    }

    private static bool IsOf(ExhibitManifest manifest, Resealed resealed) =>
        new ContentDigest(manifest.SealedSize, manifest.SealedSha256) == resealed.From
        && new ContentDigest(manifest.Size, manifest.Sha256) == resealed.Plain;

    private static Outcome<ManifestDocument> Describe(
        ManifestDocument old,
        Resealed resealed,
        IReadOnlyList<Recipient> recipients
    ) =>
        ManifestDocument
            .Of(old.Manifest.Name, old.Manifest.MediaType, new SealedExhibit(resealed.Plain, resealed.To), recipients)
            .Map(d => d with { Manifest = d.Manifest with { Acquired = old.Manifest.Acquired } });

    private static string NameFor(string path) =>
        path == Source.Standard ? Source.Standard
        : path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) ? path[..^Extension.Length] + ".resealed.age"
        : path + ".resealed.age";

    /// <summary>What cannot be meant, told before anything is read.</summary>
    private static Complaint? Contradiction(ParseResult parsed, string from, string into, SealForm form) =>
        into == Source.Standard && form == SealForm.Binary && !Console.IsOutputRedirected
            ? new Complaint(new Refusal(CliRefusals.Terminal, CliRefusals.Source), "")
        : into == Source.Standard && Output.WantsJson(parsed)
            ? Complaint.Arguments("--json and the sealed bytes would share standard output; use -o FILE")
        : parsed.GetValue(IdentityArguments.With) is not { Length: > 0 }
            ? Complaint.Arguments("nothing to open it with: give an identity file with -i")
        : parsed.GetValue(New) is not null && parsed.GetValue(Old) is null
            ? Complaint.Arguments("a new manifest takes the exhibit's name from the old one: give it with --manifest")
        : parsed.GetValue(New) is { } fresh && Path.Exists(fresh)
            ? new Complaint(new Refusal(CliRefusals.Exists, CliRefusals.Source), fresh)
        : Source.Shared(
            [
                from,
                .. parsed.GetValue(IdentityArguments.With) ?? [],
                .. parsed.GetValue(RecipientArguments.ToFiles) ?? [],
                .. parsed.GetValue(Old) is { } old ? [old] : Array.Empty<string>(),
            ],
            passphrase: false
        );
}

/// <summary>What <c>comity reseal --json</c> prints.</summary>
internal sealed record ResealResult(
    string Outcome,
    string File,
    ContentDigest Plain,
    ContentDigest From,
    ContentDigest To
);
