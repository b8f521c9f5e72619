// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Files.CaseUco;
using Comity.Files.Dossiers;
using Comity.Signatures;

namespace Comity.Files.Bundles;

/// <summary>Verifies a bundle, offline: the container, its manifests, its signature, and the dossier in it.</summary>
/// <remarks>
/// Every byte read here may be hostile. Nothing is unpacked and nothing opens a socket; what lies in memory is the small
/// files, and a piece of each large one. All cores are used.
/// </remarks>
public static class BundleVerification
{
    private const string Container = "the container";

    // The manifest of 200,000 files with the longest names.
    private const long LargestManifest = 128L * 1024 * 1024;

    /// <summary>Whether a path is a bundle's by its name.</summary>
    public static bool IsBundle(string path) =>
        path.EndsWith(BundleLayout.Extension, StringComparison.OrdinalIgnoreCase);

    /// <summary>Verifies a bundle.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="roots">Roots given from outside the bundle.</param>
    /// <param name="stop">Stops the work.</param>
    public static VerificationReport Verify(BundleBytes bytes, TrustRoots roots, CancellationToken stop)
    {
        var report = new VerificationReport();
        if (Open(bytes, report, stop) is not { } files)
        {
            return report;
        }

        // The manifests are long texts for many files, so each is written again on a core of its own.
        BundleAbout? about = null;
        var (bag, manifest) = (new VerificationReport(), new VerificationReport());
        Parallel.Invoke(() => about = CheckBag(files, bag), () => CheckManifest(files, manifest));
        report.Add(bag);
        report.Add(manifest);
        var dossier = DossierVerification.Verify(files, roots, report, stop);
        CheckSignature(files, about, dossier, roots, report);
        BundleStamps.Verify(files, dossier, roots, report);
        if (about is not null)
        {
            CheckPages(files, about, dossier, report);
        }

        return report;
    }

    // Whatever is wrong with the container itself ends the verification: nothing in it is where it says it is.
    private static BundleFiles? Open(BundleBytes bytes, VerificationReport report, CancellationToken stop)
    {
        const string what = "is the one zip that its files have";
        if (StoredZipReader.Read(bytes) is not Outcome<StoredZipReader>.Admitted zip)
        {
            var why = ((Outcome<StoredZipReader>.Refused)StoredZipReader.Read(bytes)).Why;
            report.Bad(Container, what, why.Where.Length == 0 ? why.Code : $"{why.Code}: {why.Where}");
            return null;
        }

        var names = zip.Value.Entries.Select(e => e.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var name in BundleLayout.Required.Where(n => !names.Contains(n)))
        {
            report.Bad(name, "is there", "bundle.file-missing");
        }

        foreach (var name in zip.Value.Entries.Select(e => e.Name).Where(n => !BundleLayout.IsKnown(n)))
        {
            report.Bad(name, "is a file that bundles have", "bundle.file-unknown");
        }

        if (report.Lines.Count > 0 || BundleFiles.Hash(zip.Value, report, stop) is not { } files)
        {
            return null;
        }

        report.Good(Container, what, $"{names.Count} files");
        return files;
    }

    private static BundleAbout? CheckBag(BundleFiles files, VerificationReport report)
    {
        if (files.DigestOf(ZipEntry.First) != Digest.Of(Encoding.ASCII.GetBytes(BundleLayout.MediaType)))
        {
            report.Bad(ZipEntry.First, "says that it is an ASiC-E container", "bundle.mimetype");
        }

        var payload = files.All.Where(f => IsPayload(f.Name)).ToList();
        var tags = files.All.Where(f => IsTag(f.Name) && f.Name != BundleLayout.TagManifest).ToList();
        BagVerification.Compare(files, BundleLayout.Manifest, payload, report);
        BagVerification.Compare(files, BundleLayout.TagManifest, tags, report);
        if (files.DigestOf(BundleLayout.BagIt) != Digest.Of(BundleManifests.BagIt))
        {
            report.Bad(BundleLayout.BagIt, "says that it is a bag", "bundle.bag-differs");
        }

        var about = BundleAbout.Read(files.Bytes(BundleLayout.BagInfo, ListedFiles.LargestSmallFile));
        if (about is null || files.DigestOf(BundleLayout.BagInfo) != Digest.Of(BundleManifests.BagInfo(about, payload)))
        {
            report.Bad(BundleLayout.BagInfo, "describes the bag", "bundle.bag-differs");
        }

        return about;
    }

    private static void CheckManifest(BundleFiles files, VerificationReport report)
    {
        const string what = "lists every file as it is";
        var listed = files.All.Where(f => IsPayload(f.Name) || (IsTag(f.Name) && f.Name != ZipEntry.First)).ToList();
        if (files.DigestOf(BundleLayout.AsicManifest) == Digest.Of(BundleManifests.Asic(listed)))
        {
            report.Good(BundleLayout.AsicManifest, what, $"{listed.Count} files");
        }
        else
        {
            report.Bad(BundleLayout.AsicManifest, what, "bundle.asic-manifest-differs");
        }
    }

    private static void CheckSignature(
        BundleFiles files,
        BundleAbout? about,
        VerifiedDossier dossier,
        TrustRoots roots,
        VerificationReport report
    )
    {
        const string what = "is a good signature over the manifest";
        using var verification = new ActVerification(roots, dossier.Entries.ToDictionary(e => e.Id));
        var read = SignedBytes.ParseDetached(
            files.Bytes(BundleLayout.Signature, ListedFiles.LargestSmallFile),
            files.Bytes(BundleLayout.AsicManifest, LargestManifest)
        );
        if (read is not Outcome<SignedBytes>.Admitted signed)
        {
            report.Bad(BundleLayout.Signature, what, ((Outcome<SignedBytes>.Refused)read).Why.Code);
            return;
        }

        if (verification.KeyOf(signed.Value.Signer) is not { } key || !signed.Value.VerifiesWith(key))
        {
            report.Bad(BundleLayout.Signature, what, "bundle.signature-wrong");
            return;
        }

        report.Good(BundleLayout.Signature, what, signed.Value.Scheme.Name);
        if (about is null)
        {
            return;
        }

        if (signed.Value.SignedAt != about.Exported)
        {
            report.Bad(BundleLayout.Signature, "states the time of the bag", "bundle.time-differs");
        }

        if (dossier.Acts.Any(a => a.Signed.Act.Dossier != about.Dossier))
        {
            report.Bad(BundleLayout.BagInfo, "describes the bag", "verify.other-dossier");
        }

        var exporter = $"is by {about.Exporter}";
        if (!verification.Knows(about.Exporter.Party))
        {
            report.Open(BundleLayout.Signature, exporter, $"no directory entry of {about.Exporter.Party} is here");
        }
        else if (
            verification.SealedBy(about.Exporter.Party, signed.Value.Signer).Any(a => a.Id == about.Exporter.Authority)
        )
        {
            report.Good(BundleLayout.Signature, exporter, $"certificate {signed.Value.Signer.Id}");
        }
        else
        {
            report.Bad(BundleLayout.Signature, exporter, "bundle.signer-unknown");
        }
    }

    // What follows from the rest is written again. Another version of this program may have written it otherwise.
    private static void CheckPages(
        BundleFiles files,
        BundleAbout about,
        VerifiedDossier dossier,
        VerificationReport report
    )
    {
        var acts = dossier
            .Acts.Select(a => new ReportAct(
                a.Name,
                a.Signed,
                dossier
                    .Entries.Select(e => e.Entry.Party)
                    .Distinct()
                    .Where(p => dossier.Receipts.ContainsKey((a.Signed.Id, p)))
                    .ToDictionary(p => p, p => dossier.Receipts[(a.Signed.Id, p)])
            ))
            .ToList();
        var subject = new ReportSubject(
            about,
            acts,
            dossier.Entries,
            files
                .Names(DossierFolder.Exhibits)
                .Select(n => Digest.TryParse(Path.GetFileNameWithoutExtension(n), out var digest) ? digest : default)
                .ToHashSet(),
            files.Names(BundleLayout.Checkpoints).Count / 2,
            files.Names(BundleLayout.Timestamps).Count
        )
        {
            Folded = dossier.Fold,
        };
        var described = CaseOfDossier.Describe([
            .. acts.Select(a => new ExportedAct(a.Signed, [.. a.Receipts.Select(r => (r.Key, r.Value))])),
        ]);
        var pages = new List<(string, string, byte[])>
        {
            (BundleLayout.Report, "says what the acts say", CourtReport.Write(subject)),
            (BundleLayout.Commands, "has the commands that check it", Encoding.UTF8.GetBytes(CourtCommands.Text)),
        };
        if (files.Has(BundleLayout.Case) && described is not null)
        {
            pages.Add((BundleLayout.Case, "says what the acts say", CaseWriter.Write(described)));
        }

        foreach (var (name, what, expected) in pages)
        {
            if (files.DigestOf(name) == Digest.Of(expected))
            {
                report.Good(name, what, "as this program writes it");
            }
            else
            {
                report.Open(name, what, "it is not what this version of the program writes: do not rely on it");
            }
        }
    }

    private static bool IsPayload(string name) => name.StartsWith(BundleLayout.Data, StringComparison.Ordinal);

    private static bool IsTag(string name) =>
        !IsPayload(name) && !name.StartsWith(BundleLayout.Meta, StringComparison.Ordinal);
}
