// SPDX-License-Identifier: EUPL-1.2
using System.IO.Enumeration;
using System.Security.Cryptography;
using System.Text;

namespace Comity.Files.Dossiers;

/// <summary>The files of an exported dossier: each is named in the list, is as it was, and no other lies there.</summary>
/// <remarks>
/// Whoever made the folder may have meant harm. No link is followed, be it a file's or a folder's, so nothing outside is
/// read. What has no bytes is never opened: a pipe or a device has none, and opening one may wait for ever or never end.
/// </remarks>
internal sealed class ListedFiles : IDossierFiles
{
    /// <summary>Largest file that is read into memory, in bytes.</summary>
    public const int LargestSmallFile = 1024 * 1024;

    private const int LargestManifest = 64 * 1024 * 1024;

    private readonly string root;
    private readonly VerificationReport report;
    private readonly SortedDictionary<string, Digest> named = new(StringComparer.Ordinal);
    private readonly HashSet<string> there;
    private readonly HashSet<string> links;

    // Files that lie there as the list says.
    private readonly Dictionary<string, long> sizes = new(StringComparer.Ordinal);

    private ListedFiles(string root, VerificationReport report)
    {
        (this.root, this.report) = (root, report);
        (there, links) = Walk(root);
    }

    /// <summary>Reads a folder's list and compares it with what lies there.</summary>
    /// <param name="root">The folder, as a full path.</param>
    /// <param name="report">
    /// Takes what was found: <c>verify.no-manifest</c>, <c>verify.manifest-malformed</c>, <c>verify.manifest-doubled</c>,
    /// <c>verify.file-missing</c>, <c>verify.file-is-link</c>, <c>verify.file-differs</c>, <c>verify.file-not-listed</c>.
    /// </param>
    /// <param name="stop">Stops the reading.</param>
    public static async Task<ListedFiles> ReadAsync(string root, VerificationReport report, CancellationToken stop)
    {
        var files = new ListedFiles(root, report);
        if (files.HasManifest())
        {
            await files.ReadManifestAsync(stop).ConfigureAwait(false);
            await files.CompareAsync(stop).ConfigureAwait(false);
        }

        return files;
    }

    /// <inheritdoc/>
    public (Digest Digest, long Size)? Find(string name) =>
        sizes.TryGetValue(name, out var size) ? (named[name], size) : null;

    /// <inheritdoc/>
    public IReadOnlyList<string> Names(string folder) =>
        [.. named.Keys.Where(f => f.StartsWith(folder + "/", StringComparison.Ordinal) && there.Contains(f))];

    /// <inheritdoc/>
    public byte[]? Read(string name, VerificationReport to)
    {
        var file = new FileInfo(Path.Combine(root, name));
        if (file.Length > LargestSmallFile)
        {
            to.Bad(name, "is of a size that is read", "verify.file-too-large");
            return null;
        }

        return file.Length == 0 ? [] : File.ReadAllBytes(file.FullName);
    }

    private bool HasManifest()
    {
        var file = new FileInfo(Path.Combine(root, DossierFolder.Manifest));
        if (there.Contains(DossierFolder.Manifest) && file.Length is > 0 and <= LargestManifest)
        {
            return true;
        }

        report.Bad(
            DossierFolder.Manifest,
            "is there",
            "verify.no-manifest: the export was not finished, or this is no dossier"
        );
        return false;
    }

    private async Task ReadManifestAsync(CancellationToken stop)
    {
        var path = Path.Combine(root, DossierFolder.Manifest);
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
            }
            else if (!named.TryAdd(line[66..], digest))
            {
                report.Bad(DossierFolder.Manifest, "names each file once", $"verify.manifest-doubled: {line[66..]}");
            }
        }
    }

    private async Task CompareAsync(CancellationToken stop)
    {
        foreach (var (name, digest) in named)
        {
            if (IsBehindLink(name))
            {
                report.Bad(name, "is a file", "verify.file-is-link");
            }
            else if (!there.Contains(name))
            {
                report.Bad(name, "is there", "verify.file-missing");
            }
            else if (await DigestAsync(Path.Combine(root, name), stop).ConfigureAwait(false) != digest)
            {
                report.Bad(name, "is as it was exported", "verify.file-differs");
            }
            else
            {
                sizes[name] = new FileInfo(Path.Combine(root, name)).Length;
            }
        }

        foreach (
            var stray in there
                .Concat(links)
                .Where(f => f != DossierFolder.Manifest && !named.ContainsKey(f))
                .Order(StringComparer.Ordinal)
        )
        {
            report.Bad(stray, "is named in the list", "verify.file-not-listed");
        }

        if (report.Holds || report.Lines.Count == 0)
        {
            report.Good(DossierFolder.Manifest, "lists every file as it is", $"{named.Count} files");
        }
    }

    private static async Task<Digest> DigestAsync(string path, CancellationToken stop)
    {
        if (new FileInfo(path).Length == 0)
        {
            return Digest.Of([]);
        }

        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, true);
        return new Digest(await SHA256.HashDataAsync(stream, stop).ConfigureAwait(false));
    }

    // A folder that is a link leads out as well as a file that is one.
    private bool IsBehindLink(string name)
    {
        for (var end = name.IndexOf('/', StringComparison.Ordinal); end > 0; end = name.IndexOf('/', end + 1))
        {
            if (links.Contains(name[..end]))
            {
                return true;
            }
        }

        return links.Contains(name);
    }

    private static (HashSet<string> Files, HashSet<string> Links) Walk(string root)
    {
        var all = new FileSystemEnumerable<(string Name, bool IsLink)>(
            root,
            (ref entry) =>
                (
                    Path.GetRelativePath(root, entry.ToFullPath()).Replace(Path.DirectorySeparatorChar, '/'),
                    IsLink(entry.Attributes)
                ),
            new EnumerationOptions
            {
                RecurseSubdirectories = true,
                AttributesToSkip = FileAttributes.None,
                IgnoreInaccessible = false,
            }
        )
        {
            ShouldIncludePredicate = (ref entry) => !entry.IsDirectory || IsLink(entry.Attributes),
            ShouldRecursePredicate = (ref entry) => !IsLink(entry.Attributes),
        }.ToList();
        return (
            all.Where(e => !e.IsLink).Select(e => e.Name).ToHashSet(StringComparer.Ordinal),
            all.Where(e => e.IsLink).Select(e => e.Name).ToHashSet(StringComparer.Ordinal)
        );
    }

    private static bool IsLink(FileAttributes attributes) => (attributes & FileAttributes.ReparsePoint) != 0;

    // A name from the list is a path below the folder and nothing else, on any system, and shows as what it is.
    private static bool IsInside(string name) =>
        name.Length <= 255
        && !name.StartsWith('/')
        && VerificationReport.Plain(name) == name
        && name.Split('/').All(p => p.Length > 0 && p is not ("." or "..") && p.AsSpan().IndexOfAny('\\', ':') < 0);
}
