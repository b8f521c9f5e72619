// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Files.Dossiers;

namespace Comity.Files.Bundles;

/// <summary>Compares one of the bag's manifests with what lies in the container, and says of which file it differs.</summary>
internal static class BagVerification
{
    private const long LargestManifest = 64L * 1024 * 1024;

    /// <summary>Compares.</summary>
    /// <param name="files">The container.</param>
    /// <param name="manifest">The manifest's name.</param>
    /// <param name="expected">The files it should list, as they are.</param>
    /// <param name="report">
    /// Takes <c>verify.file-differs</c>, <c>verify.file-missing</c>, <c>verify.file-not-listed</c>, and
    /// <c>bundle.bag-differs</c> when the list is right and has another form.
    /// </param>
    public static void Compare(
        BundleFiles files,
        string manifest,
        IReadOnlyList<BundleFile> expected,
        VerificationReport report
    )
    {
        if (files.DigestOf(manifest) == Digest.Of(BundleManifests.Sums(expected)))
        {
            report.Good(manifest, "lists every file as it is", $"{expected.Count} files");
            return;
        }

        report.Bad(manifest, "lists every file as it is", "bundle.bag-differs");
        var listed = Read(files.Bytes(manifest, LargestManifest));
        foreach (var file in expected)
        {
            if (!listed.Remove(file.Name, out var digest))
            {
                report.Bad(file.Name, "is named in the list", "verify.file-not-listed");
                files.Differing.Add(file.Name);
            }
            else if (digest != file.Digest)
            {
                report.Bad(file.Name, "is as it was exported", "verify.file-differs");
                files.Differing.Add(file.Name);
            }
        }

        foreach (var name in listed.Keys.Order(StringComparer.Ordinal))
        {
            report.Bad(name, "is there", "verify.file-missing");
        }
    }

    private static Dictionary<string, Digest> Read(byte[] manifest)
    {
        var listed = new Dictionary<string, Digest>(StringComparer.Ordinal);
        foreach (var line in Encoding.Latin1.GetString(manifest).Split('\n'))
        {
            if (line.Length > 66 && Digest.TryParse(line[..64], out var digest) && ZipEntry.IsName(line.AsSpan(66)))
            {
                listed.TryAdd(line[66..], digest);
            }
        }

        return listed;
    }
}
