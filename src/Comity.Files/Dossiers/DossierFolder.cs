// SPDX-License-Identifier: EUPL-1.2
using System.Text;

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
        foreach (var (name, bytes) in content.Files())
        {
            writer.Write(name, bytes.Span);
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
