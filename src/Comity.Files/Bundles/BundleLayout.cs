// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;
using Comity.Files.Dossiers;

namespace Comity.Files.Bundles;

/// <summary>Which files a bundle has, and what they are called (docs/spec/bundle.md, 1).</summary>
internal static class BundleLayout
{
    /// <summary>The specification a bundle follows.</summary>
    public const string Version = "comity-bundle@v1";

    /// <summary>How the name of a container ends.</summary>
    public const string Extension = ".asice";

    /// <summary>The one content of <c>mimetype</c>.</summary>
    public const string MediaType = "application/vnd.etsi.asic-e+zip";

    /// <summary>What is signed: every file that is not under <see cref="Meta"/>, with its digest.</summary>
    public const string AsicManifest = "META-INF/ASiCManifest001.xml";

    /// <summary>The signature over it.</summary>
    public const string Signature = "META-INF/signature001.p7s";

    /// <summary>Where what is about the container is.</summary>
    public const string Meta = "META-INF/";

    /// <summary>Where the dossier is.</summary>
    public const string Data = "data/";

    public const string BagIt = "bagit.txt";
    public const string BagInfo = "bag-info.txt";
    public const string Manifest = "manifest-sha256.txt";
    public const string TagManifest = "tagmanifest-sha256.txt";
    public const string Report = "report.html";
    public const string Commands = "VERIFY.txt";
    public const string Case = Data + "case.jsonld";
    public const string Checkpoints = "checkpoints";
    public const string Timestamps = "timestamps";

    /// <summary>Files that every bundle has.</summary>
    public static IReadOnlyList<string> Required { get; } =
    [ZipEntry.First, AsicManifest, Signature, Commands, BagInfo, BagIt, Manifest, Report, TagManifest];

    private static readonly IReadOnlyList<(string Folder, string Ending)> Folders =
    [
        (DossierFolder.Acts, ".p7m"),
        (Checkpoints, ".note"),
        (Checkpoints, ".txt"),
        (DossierFolder.Directory, ".p7m"),
        (DossierFolder.Exhibits, ".age"),
        (DossierFolder.Proofs, ".tlog-proof"),
        (DossierFolder.Receipts, ".json"),
        (Timestamps, ".tst"),
    ];

    /// <summary>A checkpoint with its signatures; the text that is stamped lies beside it.</summary>
    /// <param name="number">From 1.</param>
    public static string CheckpointOf(int number) => $"{Checkpoints}/{Three(number)}.note";

    /// <summary>The text of a checkpoint: what its register signed, and what tokens are over.</summary>
    public static string TextOf(int number) => $"{Checkpoints}/{Three(number)}.txt";

    /// <summary>A token over a checkpoint's text.</summary>
    public static string TokenOf(int number, int token) => $"{Timestamps}/{Three(number)}-{Three(token)}.tst";

    /// <summary>Whether a bundle may have a file of that name.</summary>
    public static bool IsKnown(string name) =>
        Required.Contains(name) || name == Case || IsStamp(name) || IsInFolder(name);

    /// <summary>Whether a file was added by stamping the bundle again: neither bagged nor signed.</summary>
    public static bool IsStamp(string name) =>
        name.StartsWith(Meta + "ASiCArchiveManifest", StringComparison.Ordinal)
            && name.EndsWith(".xml", StringComparison.Ordinal)
            && name.LastIndexOf('/') < Meta.Length
        || name.StartsWith(Meta + "timestamp", StringComparison.Ordinal)
            && name.EndsWith(".tst", StringComparison.Ordinal)
            && name.LastIndexOf('/') < Meta.Length;

    private static bool IsInFolder(string name) =>
        name.Split('/') is ["data", var folder, var file]
        && Folders.Any(f => f.Folder == folder && file.EndsWith(f.Ending, StringComparison.Ordinal));

    private static string Three(int number) => number.ToString("D3", CultureInfo.InvariantCulture);
}
