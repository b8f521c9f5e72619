// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using System.Text;

namespace Comity.Files.Dossiers;

/// <summary>The list of every file in an exported dossier, in the form <c>sha256sum --check</c> reads.</summary>
internal static class FileList
{
    private const int Largest = 64 * 1024 * 1024;

    /// <summary>Verifies that every file named is as it was exported, and that no file lies there that is not named.</summary>
    /// <param name="root">The folder, as a full path.</param>
    /// <param name="report">
    /// Takes what was found: <c>verify.no-manifest</c>, <c>verify.manifest-malformed</c>, <c>verify.manifest-doubled</c>,
    /// <c>verify.file-missing</c>, <c>verify.file-is-link</c>, <c>verify.file-differs</c>, <c>verify.file-not-listed</c>.
    /// </param>
    /// <param name="stop">Stops the reading.</param>
    /// <returns>The SHA-256 of each file the list names, by its path below the folder. Names outside it are left out.</returns>
    public static async Task<IReadOnlyDictionary<string, Digest>> VerifyAsync(
        string root,
        VerificationReport report,
        CancellationToken stop
    )
    {
        var files = new SortedDictionary<string, Digest>(StringComparer.Ordinal);
        var path = Path.Combine(root, DossierFolder.Manifest);
        if (!File.Exists(path) || new FileInfo(path).Length > Largest)
        {
            report.Bad(
                DossierFolder.Manifest,
                "is there",
                "verify.no-manifest: the export was not finished, or this is no dossier"
            );
            return files;
        }

        foreach (var line in await File.ReadAllLinesAsync(path, Encoding.UTF8, stop).ConfigureAwait(false))
        {
            if (
                line.Length < 67
                || !Digest.TryParse(line[..64], out var digest)
                || line[64..66] != "  "
                || !IsInside(line[66..])
            )
            {
                report.Bad(DossierFolder.Manifest, "is a list of files", "verify.manifest-malformed");
                continue;
            }

            if (!files.TryAdd(line[66..], digest))
            {
                report.Bad(DossierFolder.Manifest, "names each file once", $"verify.manifest-doubled: {line[66..]}");
            }
        }

        foreach (var (name, digest) in files)
        {
            var file = Path.Combine(root, name);
            if (!File.Exists(file))
            {
                report.Bad(name, "is there", "verify.file-missing");
                continue;
            }

            // A link would let whoever made the folder choose what is read on the verifier's machine.
            if (new FileInfo(file).LinkTarget is not null)
            {
                report.Bad(name, "is a file", "verify.file-is-link");
                continue;
            }

            await using var stream = new FileStream(
                file,
                FileMode.Open,
                FileAccess.Read,
                FileShare.Read,
                1 << 20,
                true
            );
            if (new Digest(await SHA256.HashDataAsync(stream, stop).ConfigureAwait(false)) != digest)
            {
                report.Bad(name, "is as it was exported", "verify.file-differs");
            }
        }

        foreach (var stray in Strays(root, files))
        {
            report.Bad(stray, "is named in the list", "verify.file-not-listed");
        }

        if (report.Holds || report.Lines.Count == 0)
        {
            report.Good(DossierFolder.Manifest, "lists every file as it is", $"{files.Count} files");
        }

        return files;
    }

    private static IEnumerable<string> Strays(string root, SortedDictionary<string, Digest> files) =>
        System
            .IO.Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(root, f).Replace('\\', '/'))
            .Where(f => f != DossierFolder.Manifest && !files.ContainsKey(f))
            .Order(StringComparer.Ordinal);

    // A name from the list is a path below the folder and nothing else.
    private static bool IsInside(string name) =>
        name.Length <= 255
        && !name.StartsWith('/')
        && name.Split('/')
            .All(p => p.Length > 0 && p is not ("." or "..") && !p.Contains('\\', StringComparison.Ordinal));
}
