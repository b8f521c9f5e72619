// SPDX-License-Identifier: EUPL-1.2
using System.CommandLine;
using System.Text;
using Comity.Acts;
using Comity.Evidence;
using Comity.Parties;
using Comity.Register;

namespace Comity.Cli;

/// <summary><c>comity inspect</c>: says what a file is and what it says. Verifies nothing, and says so.</summary>
internal static class InspectCommand
{
    private const int Largest = 1024 * 1024;

    private static readonly Argument<string> Path = new("file")
    {
        Description = "A signed act, a directory entry, a receipt, a manifest or a sealed exhibit.",
        HelpName = "FILE",
    };

    public static Command Create()
    {
        Command command = new("inspect", "Show what a file is and what it says, without checking it.") { Path };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var path = parsed.GetValue(Path)!;
        if (!Source.ReadBeginning(path, Largest).Has(path, out var bytes, out var complaint))
        {
            return Output.Fail(parsed, complaint);
        }

        var (kind, facts, text) = Describe(bytes);
        if (kind == "unknown")
        {
            return Output.Fail(parsed, new Complaint(new Refusal(CliRefusals.NotOurs, CliRefusals.Source), path));
        }

        if (!Output.WantsJson(parsed))
        {
            Console.Out.WriteLine($"{kind}, not verified");
            foreach (var (name, value) in facts)
            {
                Console.Out.WriteLine(Shown.Line($"  {name}: {value}"));
            }

            if (text.Length > 0)
            {
                Console.Out.WriteLine(Shown.Block(text));
            }
        }

        InspectResult result = new(kind, [.. facts.Select(f => new InspectFact(f.Name, f.Value))], text);
        return Output.Succeed(parsed, result, OutputJson.Default.InspectResult);
    }

    private static (string Kind, IReadOnlyList<(string Name, string Value)> Facts, string Text) Describe(byte[] bytes)
    {
        if (SignedAct.Parse(bytes) is Outcome<SignedAct>.Admitted act)
        {
            return ("signed act", Of(act.Value), Encoding.UTF8.GetString(act.Value.Signed.Content.Span));
        }

        if (SignedEntry.Parse(bytes) is Outcome<SignedEntry>.Admitted entry)
        {
            return ("directory entry", Of(entry.Value), Encoding.UTF8.GetString(entry.Value.Signed.Content.Span));
        }

        if (Receipt.Parse(bytes) is Outcome<Receipt>.Admitted receipt)
        {
            return ("receipt", Of(receipt.Value), "");
        }

        if (ManifestDocument.Parse(bytes) is Outcome<ManifestDocument>.Admitted manifest)
        {
            return ("exhibit manifest", Of(manifest.Value), "");
        }

        return SealHeader.Parse(bytes) is Outcome<SealHeader>.Admitted
            ? ("sealed exhibit", [("form", "age v1"), ("opens with", "comity open, or age -d")], "")
            : ("unknown", [], "");
    }

    private static List<(string, string)> Of(SignedAct act) =>
        [
            ("id", act.Id.ToString()),
            ("kind", $"{act.Act.Kind}/{act.Act.Version}"),
            ("from", act.Act.From.ToString()),
            ("to", act.Act.To.ToString()),
            ("dossier", act.Act.Dossier.ToString()),
            ("number", act.Act.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("issued", $"{Instants.Format(act.Act.Issued)} (its author says)"),
            ("signed with", act.Signed.Scheme.Name),
            ("certificate", act.Signed.Signer.Id.ToString()),
        ];

    private static List<(string, string)> Of(SignedEntry entry) =>
        [
            ("id", entry.Id.ToString()),
            ("party", $"{entry.Entry.Party}, {entry.Entry.Name}"),
            ("version", entry.Entry.Version.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("expires", Instants.Format(entry.Entry.Expires)),
            ("root", entry.Root.ToString()),
        ];

    private static List<(string, string)> Of(Receipt receipt) =>
        [
            ("act", receipt.Leaf.Act.ToString()),
            ("entered", Instants.Format(receipt.Leaf.Entered)),
            ("index", receipt.Index.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ];

    private static List<(string, string)> Of(ManifestDocument manifest) =>
        [
            ("name", manifest.Manifest.Name),
            ("size", manifest.Manifest.Size.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("sha256", manifest.Manifest.Sha256.ToString()),
            ("sealed sha256", manifest.Manifest.SealedSha256.ToString()),
        ];
}

/// <summary>What <c>comity inspect --json</c> prints.</summary>
internal sealed record InspectResult(string Kind, IReadOnlyList<InspectFact> Facts, string Text);

/// <summary>One fact about a file.</summary>
internal sealed record InspectFact(string Name, string Value);
