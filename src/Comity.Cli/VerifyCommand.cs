// SPDX-License-Identifier: EUPL-1.2
using System.CommandLine;
using Comity.Acts;
using Comity.Files.Bundles;
using Comity.Files.Dossiers;
using Comity.Parties;
using Comity.Register;

namespace Comity.Cli;

/// <summary><c>comity verify</c>: says what holds of what was exported, what does not, and what could not be checked.</summary>
internal static class VerifyCommand
{
    private static readonly Argument<string> Path = new("path")
    {
        Description =
            "A bundle (.asice), the folder of an exported dossier, a signed act (.p7m), a receipt (.json, .tlog-proof), "
            + "or with --act or --sha256 a file of evidence.",
        HelpName = "PATH",
    };

    private static readonly Option<string?> Id = new("--id")
    {
        Description = "The id the act should have, or of the act that a receipt should be for.",
        HelpName = "HEX",
    };

    private static readonly Option<string?> Act = new("--act")
    {
        Description = "The signed act (.p7m) that supplies the evidence, or that the receipt is for.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> Sha256 = new("--sha256")
    {
        Description = "The SHA-256 that the evidence should have.",
        HelpName = "HEX",
    };

    private static readonly Option<string?> Key = new("--key")
    {
        Description = "File with the register's key, as its Party's directory entry states it, for a receipt.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> Roots = new("--roots")
    {
        Description = "PEM file of the Parties' root certificates, from somewhere else than what is verified.",
        HelpName = "FILE",
    };

    private static readonly Option<string[]> Entries = new("--entry")
    {
        Description = "A signed directory entry (.p7m), to tell whose seal or register it is. May be repeated.",
        HelpName = "FILE",
        DefaultValueFactory = _ => [],
    };

    public static Command Create()
    {
        Command command = new("verify", "Check a bundle, a dossier, an act, a receipt or an exhibit, offline.")
        {
            Path,
            Id,
            Act,
            Sha256,
            Key,
            Roots,
            Entries,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var path = parsed.GetValue(Path)!;
        if (!ReadRoots(parsed.GetValue(Roots)).Has(parsed.GetValue(Roots) ?? "", out var roots, out var complaint))
        {
            return Output.Fail(parsed, complaint);
        }

        var isWhole = Directory.Exists(path) || BundleVerification.IsBundle(path);
        if (isWhole && new[] { Id, Act, Sha256, Key }.FirstOrDefault(o => parsed.GetValue(o) is not null) is { } odd)
        {
            return Output.Fail(parsed, Complaint.Arguments($"{odd.Name} is for what lies by itself"));
        }

        if (Directory.Exists(path))
        {
            return VerifyTable.Show(
                parsed,
                roots,
                await FolderVerification.FolderAsync(path, roots, stop).ConfigureAwait(false)
            );
        }

        if (isWhole && File.Exists(path))
        {
            using var bytes = BundleBytes.Open(path);
            return VerifyTable.Show(parsed, roots, BundleVerification.Verify(bytes, roots, stop));
        }

        return await PieceAsync(parsed, path, roots, stop).ConfigureAwait(false);
    }

    private static async Task<int> PieceAsync(ParseResult parsed, string path, TrustRoots roots, CancellationToken stop)
    {
        ActId? id = null;
        if (parsed.GetValue(Id) is { } text && !ActId.TryParse(text, out id))
        {
            return Output.Fail(parsed, Complaint.Arguments("--id is 64 lower-case hexadecimal digits"));
        }

        Digest? sha256 = null;
        if (parsed.GetValue(Sha256) is { } hex)
        {
            if (!Digest.TryParse(hex, out var digest))
            {
                return Output.Fail(parsed, Complaint.Arguments("--sha256 is 64 lower-case hexadecimal digits"));
            }

            sha256 = digest;
        }

        if (
            !ReadEntries(parsed.GetValue(Entries)!).Has("", out var entries, out var complaint)
            || !ReadAct(parsed.GetValue(Act)).Has(parsed.GetValue(Act) ?? "", out var acts, out complaint)
            || !ReadKey(parsed.GetValue(Key)).Has(parsed.GetValue(Key) ?? "", out var keys, out complaint)
            || !Source.Open(path).Has(path, out var file, out complaint)
        )
        {
            return Output.Fail(parsed, complaint);
        }

        await using (file.ConfigureAwait(false))
        {
            var beginning = new byte[SignedAct.MaximumBytes + 1];
            var read = await file.ReadAtLeastAsync(beginning, beginning.Length, throwOnEndOfStream: false, stop)
                .ConfigureAwait(false);
            beginning = beginning[..read];
            var act = acts is [var given] ? given : null;
            if (PieceVerification.ReadReceipt(beginning) is { } receipt)
            {
                var key = keys is [var known] ? known : null;
                return VerifyTable.Show(
                    parsed,
                    roots,
                    PieceVerification.Receipt(path, receipt, id ?? act?.Id, key, entries)
                );
            }

            if (act is not null || sha256 is not null)
            {
                var report = await PieceVerification
                    .ExhibitAsync(path, beginning, file, act, sha256, stop)
                    .ConfigureAwait(false);
                if (act is not null)
                {
                    var bytes = act.Signed.Encoded.ToArray();
                    report.Add(FolderVerification.Act(parsed.GetValue(Act)!, bytes, id, roots, entries));
                }

                return VerifyTable.Show(parsed, roots, report);
            }

            return read <= SignedAct.MaximumBytes
                ? VerifyTable.Show(parsed, roots, FolderVerification.Act(path, beginning, id, roots, entries))
                : Output.Fail(parsed, new Complaint(new Refusal(CliRefusals.TooLarge, CliRefusals.Source), path));
        }
    }

    private static Outcome<TrustRoots> ReadRoots(string? file) =>
        file is null
            ? new Outcome<TrustRoots>.Admitted(TrustRoots.None)
            : Source.ReadText(file, TrustRoots.MaximumBytes).Then(TrustRoots.Parse);

    private static Outcome<IReadOnlyList<SignedAct>> ReadAct(string? file) =>
        file is null
            ? new Outcome<IReadOnlyList<SignedAct>>.Admitted([])
            : Source
                .ReadBytes(file, SignedAct.MaximumBytes)
                .Then(bytes => SignedAct.Parse(bytes))
                .Map(act => (IReadOnlyList<SignedAct>)[act]);

    private static Outcome<IReadOnlyList<NoteVerifier>> ReadKey(string? file) =>
        file is null
            ? new Outcome<IReadOnlyList<NoteVerifier>>.Admitted([])
            : Source
                .ReadText(file, 4096)
                .Then(text => NoteVerifier.Parse(text.Trim()))
                .Map(key => (IReadOnlyList<NoteVerifier>)[key]);

    private static Outcome<IReadOnlyList<SignedEntry>> ReadEntries(string[] files)
    {
        var entries = new List<SignedEntry>();
        foreach (var file in files)
        {
            switch (Source.ReadBytes(file, SignedEntry.MaximumBytes * 2).Then(b => SignedEntry.Parse(b)))
            {
                case Outcome<SignedEntry>.Admitted entry:
                    entries.Add(entry.Value);
                    break;
                case Outcome<SignedEntry>.Refused refused:
                    return new Outcome<IReadOnlyList<SignedEntry>>.Refused(refused.Why with { Where = file });
            }
        }

        return new Outcome<IReadOnlyList<SignedEntry>>.Admitted(entries);
    }
}
