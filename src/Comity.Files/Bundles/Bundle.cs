// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Comity.Files.Dossiers;
using Comity.Files.Keys;
using Comity.Parties;
using Comity.Register;
using Comity.Signatures;

namespace Comity.Files.Bundles;

/// <summary>What goes into a bundle.</summary>
/// <param name="Dossier">The dossier: at least one act, or there is nothing to sign.</param>
/// <param name="Exporter">The authority whose seal signs it.</param>
/// <param name="Exported">When: UTC, on a whole second.</param>
public sealed record BundleContent(ExportedDossier Dossier, Office Exporter, DateTimeOffset Exported)
{
    /// <summary>Published checkpoints, with the tokens of timestamp authorities (RFC 3161) over the text of each.</summary>
    public IReadOnlyList<StampedCheckpoint> Checkpoints { get; init; } = [];

    /// <summary>The case as CASE/UCO JSON-LD, if it was written.</summary>
    public ReadOnlyMemory<byte>? Case { get; init; }
}

/// <summary>A checkpoint and what others say of when it existed.</summary>
/// <param name="Note">The checkpoint with its signatures.</param>
/// <param name="Tokens">DER of RFC 3161 tokens over the UTF-8 of the note's text.</param>
public sealed record StampedCheckpoint(SignedNote Note, IReadOnlyList<ReadOnlyMemory<byte>> Tokens);

/// <summary>An exported dossier as one file: an ASiC-E container (docs/spec/bundle.md), signed and ready to be written.</summary>
/// <remarks>Not thread-safe. Everything small is in memory; exhibits are read when they are written.</remarks>
public sealed class Bundle
{
    private readonly StoredZipWriter writer;

    private Bundle(StoredZipWriter writer) => this.writer = writer;

    /// <summary>Bytes of the whole file, known before the first is written.</summary>
    public long Length => writer.Length;

    /// <summary>Makes a bundle ready: reads each exhibit once, to know it and to see that it is what it should be; signs.</summary>
    /// <param name="content">What goes in.</param>
    /// <param name="seal">The exporting authority's seal with its private key.</param>
    /// <param name="progress">Told each exhibit as it is read.</param>
    /// <param name="stop">Stops the reading.</param>
    /// <exception cref="ArgumentException">There is no act.</exception>
    /// <exception cref="IOException">An exhibit is not what it should be, or cannot be read.</exception>
    public static async Task<Bundle> PrepareAsync(
        BundleContent content,
        X509Certificate2 seal,
        IProgress<string>? progress,
        CancellationToken stop
    )
    {
        if (content.Dossier.Acts.Count == 0)
        {
            throw new ArgumentException("a bundle has an act", nameof(content));
        }

        var payload = new BundleParts();
        foreach (var (name, bytes) in content.Dossier.Files())
        {
            payload.Add(BundleLayout.Data + name, bytes);
        }

        AddCheckpoints(payload, content.Checkpoints);
        if (content.Case is { } described)
        {
            payload.Add(BundleLayout.Case, described);
        }

        foreach (var exhibit in content.Dossier.Exhibits.DistinctBy(e => e.Sealed))
        {
            await payload.AddAsync(exhibit, stop).ConfigureAwait(false);
            progress?.Report(ExportedDossier.ExhibitOf(exhibit.Sealed));
        }

        return Sign(payload, content, seal);
    }

    /// <summary>Writes the file to a stream that need not be seekable.</summary>
    /// <param name="output">Where to; not closed.</param>
    /// <param name="progress">Told how many bytes are written, from time to time.</param>
    /// <param name="stop">Stops the writing.</param>
    /// <exception cref="IOException">
    /// Writing failed, or an exhibit changed after it was read; what is written then is no bundle.
    /// </exception>
    public Task WriteAsync(Stream output, IProgress<long>? progress, CancellationToken stop) =>
        writer.WriteAsync(output, progress, stop);

    /// <summary>Writes the file under a name that is free: whole and durable, or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="progress">As for <see cref="WriteAsync"/>.</param>
    /// <param name="stop">Stops the writing; nothing is left.</param>
    /// <exception cref="IOException">The name is taken, or as for <see cref="WriteAsync"/>.</exception>
    public async Task WriteFileAsync(string path, IProgress<long>? progress, CancellationToken stop)
    {
        using var file = DurableFile.Create(path);
        await writer.WriteAsync(file.Stream, progress, stop).ConfigureAwait(false);
        file.Publish();
    }

    private static void AddCheckpoints(BundleParts payload, IReadOnlyList<StampedCheckpoint> checkpoints)
    {
        for (var i = 0; i < checkpoints.Count; i++)
        {
            var (note, tokens) = checkpoints[i];
            payload.Add(BundleLayout.Data + BundleLayout.CheckpointOf(i + 1), note.ToBytes());
            payload.Add(BundleLayout.Data + BundleLayout.TextOf(i + 1), Encoding.UTF8.GetBytes(note.Text));
            for (var j = 0; j < tokens.Count; j++)
            {
                payload.Add(BundleLayout.Data + BundleLayout.TokenOf(i + 1, j + 1), tokens[j]);
            }
        }
    }

    private static Bundle Sign(BundleParts payload, BundleContent content, X509Certificate2 seal)
    {
        var dossier = content.Dossier;
        var about = new BundleAbout(dossier.Acts[0].Signed.Act.Dossier, content.Exporter, content.Exported);
        var names = dossier
            .Files()
            .Select(f => f.Name)
            .Where(n => n.StartsWith(DossierFolder.Acts, StringComparison.Ordinal));
        var subject = new ReportSubject(
            about,
            [
                .. dossier.Acts.Zip(
                    names,
                    (a, name) => new ReportAct(name, a.Signed, a.Receipts.ToDictionary(r => r.Party, r => r.Receipt))
                ),
            ],
            dossier.Entries,
            dossier.Exhibits.Select(e => e.Sealed).ToHashSet(),
            content.Checkpoints.Count,
            content.Checkpoints.Sum(c => c.Tokens.Count)
        );
        var tags = new BundleParts();
        tags.Add(ZipEntry.First, Encoding.ASCII.GetBytes(BundleLayout.MediaType));
        tags.Add(BundleLayout.Commands, Encoding.UTF8.GetBytes(CourtCommands.Text));
        tags.Add(BundleLayout.BagInfo, BundleManifests.BagInfo(about, payload.Files));
        tags.Add(BundleLayout.BagIt, BundleManifests.BagIt);
        tags.Add(BundleLayout.Manifest, BundleManifests.Sums(payload.Files));
        tags.Add(BundleLayout.Report, CourtReport.Write(subject));
        tags.Add(BundleLayout.TagManifest, BundleManifests.Sums(tags.Files));
        var manifest = BundleManifests.Asic(BundleParts.InOrder(payload.Files.Concat(tags.Files)).Skip(1));
        var input = SigningInput.For(manifest, Certificates.TextOf(seal), content.Exported);
        tags.Add(BundleLayout.AsicManifest, manifest);
        tags.Add(BundleLayout.Signature, Certificates.SignDetached(input, seal));
        return new Bundle(new StoredZipWriter(payload.Inputs.Concat(tags.Inputs)));
    }
}
