// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;
using System.Text;
using Comity.Acts;
using Comity.Parties;
using Comity.Register;

namespace Comity.Files.Dossiers;

/// <summary>An exported dossier as a folder that stock tools can check: acts, receipts, directory entries, exhibits.</summary>
/// <remarks>
/// <code>
/// acts/NNN-kind.p7m          the exact signed bytes, in the order of the home register
/// receipts/ID.PARTY.json     what each register says of the act, with proof
/// proofs/ID.PARTY.tlog-proof the same in the C2SP form
/// directory/PARTY-N.p7m      the signed directory entries the acts were checked against
/// exhibits/DIGEST.age        sealed evidence
/// manifest-sha256.txt        every file above, as sha256sum -c reads it
/// VERIFY.txt                 the commands, complete
/// </code>
/// </remarks>
public static class DossierFolder
{
    /// <summary>The list of all files and their digests.</summary>
    public const string Manifest = "manifest-sha256.txt";

    /// <summary>Where acts are.</summary>
    public const string Acts = "acts";

    /// <summary>Where receipts are.</summary>
    public const string Receipts = "receipts";

    /// <summary>Where proofs are.</summary>
    public const string Proofs = "proofs";

    /// <summary>Where directory entries are.</summary>
    public const string Directory = "directory";

    /// <summary>Where sealed exhibits are.</summary>
    public const string Exhibits = "exhibits";

    /// <summary>Writes a dossier into an empty folder.</summary>
    /// <remarks>
    /// The manifest is written last: a folder without one is a folder whose writing was interrupted, and says so when it is
    /// verified. Every file is durable when this returns.
    /// </remarks>
    /// <param name="folder">Made if it is not there; must be empty.</param>
    /// <param name="content">What goes in.</param>
    /// <param name="progress">Told each file as it is written.</param>
    /// <param name="stop">Stops the writing.</param>
    /// <exception cref="IOException">The folder is not empty, or the disk failed.</exception>
    public static async Task WriteAsync(
        string folder,
        ExportedDossier content,
        IProgress<string>? progress,
        CancellationToken stop
    )
    {
        var root = System.IO.Directory.CreateDirectory(folder).FullName;
        if (System.IO.Directory.EnumerateFileSystemEntries(root).Any())
        {
            throw new IOException($"{root} is not empty");
        }

        var writer = new FolderWriter(root, progress);
        for (var i = 0; i < content.Acts.Count; i++)
        {
            var (signed, receipts) = content.Acts[i];
            var number = (i + 1).ToString("D3", CultureInfo.InvariantCulture);
            writer.Write($"{Acts}/{number}-{signed.Act.Kind}.p7m", signed.Signed.Encoded.Span);
            foreach (var (party, receipt) in receipts)
            {
                writer.Write($"{Receipts}/{signed.Id}.{party}.json", receipt.ToJson());
                writer.Write($"{Proofs}/{signed.Id}.{party}.tlog-proof", receipt.ToTlogProof().ToBytes());
            }
        }

        foreach (var entry in content.Entries)
        {
            var version = entry.Entry.Version.ToString(CultureInfo.InvariantCulture);
            writer.Write($"{Directory}/{entry.Entry.Party}-{version}.p7m", entry.Signed.Encoded.Span);
        }

        foreach (var exhibit in content.Exhibits)
        {
            await using var source = await exhibit.OpenAsync(stop).ConfigureAwait(false);
            await writer.CopyAsync($"{Exhibits}/{exhibit.Sealed}.age", source, stop).ConfigureAwait(false);
        }

        writer.Write("VERIFY.txt", Encoding.UTF8.GetBytes(StockCommands.Text));
        writer.Finish();
    }
}

/// <summary>What goes into an exported dossier.</summary>
/// <param name="Acts">Shared acts in the order of the home register, each with the receipts at hand, by Party.</param>
/// <param name="Entries">The directory entries the acts were checked against.</param>
/// <param name="Exhibits">The sealed exhibits at hand.</param>
public sealed record ExportedDossier(
    IReadOnlyList<ExportedAct> Acts,
    IReadOnlyList<SignedEntry> Entries,
    IReadOnlyList<ExportedExhibit> Exhibits
);

/// <summary>An act and what registers say of it.</summary>
/// <param name="Signed">The act.</param>
/// <param name="Receipts">The receipts, by the Party whose register gave them.</param>
public sealed record ExportedAct(SignedAct Signed, IReadOnlyList<(PartyId Party, Receipt Receipt)> Receipts);

/// <summary>A sealed exhibit.</summary>
/// <param name="Sealed">Digest of the sealed file.</param>
/// <param name="OpenAsync">Opens it for reading; called once.</param>
public sealed record ExportedExhibit(Digest Sealed, Func<CancellationToken, Task<Stream>> OpenAsync);
