// SPDX-License-Identifier: EUPL-1.2
using System.IO.Enumeration;
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
    /// <returns>
    /// The SHA-256 of each file the list names, by its path below the folder. Names outside it, and those that lead to no file
    /// or through a link, are left out.
    /// </returns>
    public static async Task<IReadOnlyDictionary<string, Digest>> VerifyAsync(
        string root,
        VerificationReport report,
        CancellationToken stop
    )
    {
        var files = new SortedDictionary<string, Digest>(StringComparer.Ordinal);
        var path = Path.Combine(root, DossierFolder.Manifest);
        var list = new FileInfo(path);
        if (!list.Exists || list.LinkTarget is not null || list.Length is 0 or > Largest)
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

        var strays = Strays(root, files).ToList();
        foreach (var (name, digest) in files.ToList())
        {
            var file = Path.Combine(root, name);

            // A link would let whoever made the folder choose what is read on the verifier's machine.
            if (IsThroughLink(root, name))
            {
                report.Bad(name, "is a file", "verify.file-is-link");
                files.Remove(name);
                continue;
            }

            if (!File.Exists(file))
            {
                report.Bad(name, "is there", "verify.file-missing");
                files.Remove(name);
                continue;
            }

            if (await DigestAsync(file, stop).ConfigureAwait(false) != digest)
            {
                report.Bad(name, "is as it was exported", "verify.file-differs");
            }
        }

        foreach (var stray in strays)
        {
            report.Bad(stray, "is named in the list", "verify.file-not-listed");
        }

        if (report.Holds || report.Lines.Count == 0)
        {
            report.Good(DossierFolder.Manifest, "lists every file as it is", $"{files.Count} files");
        }

        return files;
    }

    // What has no bytes is never opened: a pipe or a device has none, and opening one may wait for ever or never end.
    private static async Task<Digest> DigestAsync(string file, CancellationToken stop)
    {
        if (new FileInfo(file).Length == 0)
        {
            return Digest.Of([]);
        }

        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, true);
        return new Digest(await SHA256.HashDataAsync(stream, stop).ConfigureAwait(false));
    }

    // Links are named and never followed: one that leads back up would have no end.
    private static IEnumerable<string> Strays(string root, SortedDictionary<string, Digest> files) =>
        new FileSystemEnumerable<string>(
            root,
            (ref FileSystemEntry entry) => Path.GetRelativePath(root, entry.ToFullPath()).Replace('\\', '/'),
            new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }
        )
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory || IsLink(ref entry),
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !IsLink(ref entry),
        }
            .Where(f => f != DossierFolder.Manifest && !files.ContainsKey(f))
            .Order(StringComparer.Ordinal);

    private static bool IsLink(ref FileSystemEntry entry) => entry.Attributes.HasFlag(FileAttributes.ReparsePoint);

    // The folder itself is the verifier's own to name; every step below it is its maker's.
    private static bool IsThroughLink(string root, string name)
    {
        var path = root;
        foreach (var step in name.Split('/'))
        {
            path = Path.Combine(path, step);
            if (new FileInfo(path).LinkTarget is not null)
            {
                return true;
            }
        }

        return false;
    }

    // A name from the list is a path below the folder and nothing else, on any system, and shows as what it is.
    private static bool IsInside(string name) =>
        name.Length <= 255
        && !name.StartsWith('/')
        && VerificationReport.Plain(name) == name
        && name.Split('/').All(p => p.Length > 0 && p is not ("." or "..") && p.AsSpan().IndexOfAny('\\', ':') < 0);
}
