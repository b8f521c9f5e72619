// SPDX-License-Identifier: EUPL-1.2
using System.IO.Hashing;
using System.Security.Cryptography;
using Comity.Files.Dossiers;

namespace Comity.Files.Bundles;

/// <summary>The files of a bundle while it is put together: as its manifests list them, and as its container takes them.</summary>
internal sealed class BundleParts
{
    private readonly List<BundleFile> files = [];
    private readonly List<ZipInput> inputs = [];

    /// <summary>In the order of the container.</summary>
    public IReadOnlyList<BundleFile> Files => InOrder(files);

    /// <summary>In no order.</summary>
    public IReadOnlyList<ZipInput> Inputs => inputs;

    /// <summary>Files in the order of the container.</summary>
    public static IReadOnlyList<BundleFile> InOrder(IEnumerable<BundleFile> files) =>
        [.. files.OrderBy(f => f.Name, Comparer<string>.Create(ZipEntry.Compare))];

    /// <summary>Adds a file that is at hand.</summary>
    public void Add(string name, ReadOnlyMemory<byte> bytes)
    {
        files.Add(BundleFile.Of(name, bytes));
        inputs.Add(ZipInput.Of(name, bytes));
    }

    /// <summary>Adds a sealed exhibit: reads it once, and sees that it is the one it should be.</summary>
    /// <exception cref="IOException">It is another.</exception>
    public async Task AddAsync(ExportedExhibit exhibit, CancellationToken stop)
    {
        var name = BundleLayout.Data + ExportedDossier.ExhibitOf(exhibit.Sealed);
        var crc = new Crc32();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        var size = 0L;
        var source = await exhibit.OpenAsync(stop).ConfigureAwait(false);
        await using (source.ConfigureAwait(false))
        {
            int read;
            while ((read = await source.ReadAsync(buffer, stop).ConfigureAwait(false)) > 0)
            {
                hash.AppendData(buffer, 0, read);
                crc.Append(buffer.AsSpan(0, read));
                size += read;
            }
        }

        if (new Digest(hash.GetHashAndReset()) != exhibit.Sealed)
        {
            throw new IOException($"{name} is not the exhibit that was supplied: run 'comity-node check'");
        }

        files.Add(new BundleFile(name, exhibit.Sealed, size));
        inputs.Add(new ZipInput(name, size, crc.GetCurrentHashAsUInt32(), exhibit.OpenAsync));
    }
}
