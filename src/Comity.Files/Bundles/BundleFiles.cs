// SPDX-License-Identifier: EUPL-1.2
using Comity.Files.Dossiers;

namespace Comity.Files.Bundles;

/// <summary>The files of a container, each hashed once; those of its dossier as the shared verification takes them.</summary>
internal sealed class BundleFiles : IDossierFiles
{
    private readonly StoredZipReader zip;
    private readonly Digest[] digests;
    private readonly Dictionary<string, int> places;

    private BundleFiles(StoredZipReader zip, Digest[] digests)
    {
        (this.zip, this.digests) = (zip, digests);
        places = new Dictionary<string, int>(digests.Length, StringComparer.Ordinal);
        for (var i = 0; i < digests.Length; i++)
        {
            places.Add(zip.Entries[i].Name, i);
        }
    }

    /// <summary>Every file in its order, with the digest of what lies in the container.</summary>
    public IEnumerable<BundleFile> All => zip.Entries.Select((e, i) => new BundleFile(e.Name, digests[i], e.Size));

    /// <summary>Files that are not as their manifest lists them, by their names in the container; none is given out by <see cref="Find"/>.</summary>
    public HashSet<string> Differing { get; } = new(StringComparer.Ordinal);

    /// <summary>Hashes every file, on all cores, a piece in memory at a time.</summary>
    /// <param name="zip">The container.</param>
    /// <param name="report">Takes <c>bundle.not-canonical</c> and <c>bundle.content-differs</c>.</param>
    /// <param name="stop">Stops the reading.</param>
    /// <returns>Nothing when a file is not the one whose checksum the container states.</returns>
    public static BundleFiles? Hash(StoredZipReader zip, VerificationReport report, CancellationToken stop)
    {
        var digests = new Digest[zip.Entries.Count];
        var refused = new Refusal?[zip.Entries.Count];
        Parallel.For(
            0,
            zip.Entries.Count,
            new ParallelOptions { CancellationToken = stop },
            i =>
            {
                switch (zip.Hash(zip.Entries[i], stop))
                {
                    case Outcome<Digest>.Admitted digest:
                        digests[i] = digest.Value;
                        break;
                    case Outcome<Digest>.Refused why:
                        refused[i] = why.Why;
                        break;
                }
            }
        );
        for (var i = 0; i < refused.Length; i++)
        {
            if (refused[i] is { } why)
            {
                report.Bad(zip.Entries[i].Name, "is whole in the container", why.Code);
            }
        }

        return Array.TrueForAll(refused, r => r is null) ? new BundleFiles(zip, digests) : null;
    }

    /// <summary>Whether the container has a file.</summary>
    public bool Has(string name) => places.ContainsKey(name);

    /// <summary>The digest of a file that is there.</summary>
    public Digest DigestOf(string name) => digests[places[name]];

    /// <summary>The bytes of a file that is there, if it is no larger than so many; empty otherwise.</summary>
    public byte[] Bytes(string name, long most) =>
        zip.Entries[places[name]] is var entry
        && entry.Size <= most
        && zip.Content(entry) is Outcome<byte[]>.Admitted bytes
            ? bytes.Value
            : [];

    /// <inheritdoc/>
    public (Digest Digest, long Size)? Find(string name) =>
        places.TryGetValue(BundleLayout.Data + name, out var i) && !Differing.Contains(BundleLayout.Data + name)
            ? (digests[i], zip.Entries[i].Size)
            : null;

    /// <inheritdoc/>
    public IReadOnlyList<string> Names(string folder)
    {
        var prefix = $"{BundleLayout.Data}{folder}/";
        return
        [
            .. zip
                .Entries.Where(e => e.Name.StartsWith(prefix, StringComparison.Ordinal))
                .Select(e => e.Name[BundleLayout.Data.Length..]),
        ];
    }

    /// <inheritdoc/>
    public byte[]? Read(string name, VerificationReport report)
    {
        var entry = zip.Entries[places[BundleLayout.Data + name]];
        if (entry.Size > ListedFiles.LargestSmallFile)
        {
            report.Bad(name, "is of a size that is read", "verify.file-too-large");
            return null;
        }

        if (zip.Content(entry) is Outcome<byte[]>.Admitted bytes)
        {
            return bytes.Value;
        }

        report.Bad(name, "is whole in the container", BundleRefusals.ContentDiffers);
        return null;
    }
}
