// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Dossiers;
using Comity.Evidence;
using Comity.Parties;
using Comity.Register;

namespace Comity.Files.Dossiers;

/// <summary>Verifies an exported dossier, offline: every file, act, receipt and exhibit, and what they add up to.</summary>
/// <remarks>Every byte read here may be hostile. Nothing is followed outside the folder, and nothing opens a socket.</remarks>
public static class FolderVerification
{
    /// <summary>Verifies one signed act.</summary>
    /// <param name="name">What to call it in the report.</param>
    /// <param name="bytes">The exact bytes.</param>
    /// <param name="expected">The id it should have, when that is known.</param>
    /// <param name="roots">Roots given from outside.</param>
    /// <param name="entries">Directory entries at hand.</param>
    public static VerificationReport Act(
        string name,
        byte[] bytes,
        ActId? expected,
        TrustRoots roots,
        IEnumerable<SignedEntry> entries
    )
    {
        var report = new VerificationReport();
        var known = entries.DistinctBy(e => e.Id).ToDictionary(e => e.Id);
        var verification = new ActVerification(report, roots, known);
        if (verification.Verify(name, bytes, expected) is not null)
        {
            verification.VerifyEntries();
        }

        return report;
    }

    /// <summary>Verifies an exported dossier.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="roots">Roots given from outside the folder.</param>
    /// <param name="stop">Stops the reading.</param>
    public static async Task<VerificationReport> FolderAsync(string folder, TrustRoots roots, CancellationToken stop)
    {
        var report = new VerificationReport();
        var root = Path.GetFullPath(folder);
        var files = await ListedFiles.ReadAsync(root, report, stop).ConfigureAwait(false);
        var entries = Entries(files, report);
        var verification = new ActVerification(report, roots, entries);
        verification.VerifyEntries();
        var acts = Acts(files, report, verification);
        var places = Receipts(files, acts, entries, verification, report);
        Forks.Find(acts, places, report);
        Fold(acts, places, report);
        Exhibits(acts, files, report);
        return report;
    }

    private static Dictionary<Digest, SignedEntry> Entries(ListedFiles files, VerificationReport report)
    {
        var entries = new Dictionary<Digest, SignedEntry>();
        foreach (var (name, bytes) in files.Small(DossierFolder.Directory))
        {
            if (SignedEntry.Parse(bytes) is Outcome<SignedEntry>.Admitted entry)
            {
                entries[entry.Value.Id] = entry.Value;
            }
            else
            {
                report.Bad(
                    name,
                    "is a signed directory entry",
                    ((Outcome<SignedEntry>.Refused)SignedEntry.Parse(bytes)).Why.Code
                );
            }
        }

        return entries;
    }

    // An act that lies there under two names is one act, and somebody has put it there twice.
    private static List<(string Name, SignedAct Signed)> Acts(
        ListedFiles files,
        VerificationReport report,
        ActVerification verification
    )
    {
        var acts = new List<(string Name, SignedAct Signed)>();
        foreach (var (name, bytes) in files.Small(DossierFolder.Acts))
        {
            if (verification.Verify(name, bytes, null) is not { } signed)
            {
                continue;
            }

            if (acts.Find(a => a.Signed.Id == signed.Id).Name is { } first)
            {
                report.Bad(name, "is there once", $"verify.act-doubled: it is {first}");
            }
            else
            {
                acts.Add((name, signed));
            }
        }

        return acts;
    }

    private static Dictionary<(ActId Act, PartyId Party), Receipt> Receipts(
        ListedFiles files,
        List<(string Name, SignedAct Signed)> acts,
        Dictionary<Digest, SignedEntry> entries,
        ActVerification verification,
        VerificationReport report
    )
    {
        var places = new Dictionary<(ActId, PartyId), Receipt>();
        var receipts = files.Small(DossierFolder.Receipts).ToDictionary(f => f.Name, f => f.Bytes);
        var parties = entries.Values.Select(e => e.Entry.Party).Distinct().ToList();
        foreach (var (name, signed) in acts)
        {
            foreach (var party in parties)
            {
                if (
                    receipts.Remove($"{DossierFolder.Receipts}/{signed.Id}.{party}.json", out var json)
                    && verification.Verify(name, json, signed.Id.Digest, party) is { } receipt
                )
                {
                    places[(signed.Id, party)] = receipt;
                }
            }
        }

        foreach (var name in receipts.Keys)
        {
            report.Open(
                name,
                "is a receipt for an act that is here",
                "no such act, or no directory entry of that Party"
            );
        }

        return places;
    }

    // What the acts add up to is computed here again, with the code both nodes run.
    private static void Fold(
        List<(string Name, SignedAct Signed)> acts,
        Dictionary<(ActId Act, PartyId Party), Receipt> places,
        VerificationReport report
    )
    {
        if (acts.Select(a => a.Signed.Act).FirstOrDefault(a => a.Body is Requests.Request) is not { } first)
        {
            report.Open("the dossier", "begins with a request", "no request is here");
            return;
        }

        var (home, dossier) = (first.To.Party, first.Dossier);
        var names = acts.ToDictionary(a => a.Signed.Id, a => a.Name);
        var entered = new List<Entered>();
        foreach (var (name, signed) in acts)
        {
            // As both nodes do: what the home register did not admit has no place, and what is transcribed is never shared.
            var what = $"has a place in the home register, {home}";
            if (!places.TryGetValue((signed.Id, home), out var receipt))
            {
                report.Open(
                    name,
                    what,
                    "no receipt that holds is here: it had not been received, as far as this shows"
                );
            }
            else if (receipt.Leaf.Recorded is LeafEntry.NotAdmitted not)
            {
                report.Open(name, what, $"that register did not admit it: {not.Code}");
            }
            else if (signed.Act.Dossier != dossier || signed.Act.Visibility != Visibility.Shared)
            {
                report.Open(name, $"is part of the dossier {dossier}", "it is not, and has no effect");
            }
            else if (signed.Act.Body is not Transcribed)
            {
                entered.Add(new Entered(signed.Id, signed.Act, receipt.Index, receipt.Leaf.Entered));
            }
        }

        foreach (var line in Dossier.Fold(dossier, entered).Lines)
        {
            var name = names[line.Entered.Id];
            switch (line.Effect)
            {
                case Effect.Took { Remarks: [] } took:
                    report.Good(name, "was open when it was received", took.Source.ToString());
                    break;
                case Effect.Took took:
                    report.Open(
                        name,
                        "keeps to what the law asks of it",
                        string.Join(", ", took.Remarks.Select(r => $"{r.Code} ({r.Source})"))
                    );
                    break;
                case Effect.None none:
                    report.Open(
                        name,
                        "was open when it was received",
                        $"without effect: {none.Why.Code} ({none.Why.Source})"
                    );
                    break;
            }
        }
    }

    private static void Exhibits(
        List<(string Name, SignedAct Signed)> acts,
        ListedFiles files,
        VerificationReport report
    )
    {
        foreach (var (name, signed) in acts)
        {
            foreach (var exhibit in signed.Act.Body is Supply supply ? supply.Exhibits : [])
            {
                var file = $"{DossierFolder.Exhibits}/{exhibit.Manifest.SealedSha256}.age";
                if (files.Find(file) is not { } digest)
                {
                    report.Open(file, $"is the exhibit that {name} supplies", "not in this export");
                }
                else if (digest == exhibit.Manifest.SealedSha256)
                {
                    report.Good(
                        file,
                        $"is the exhibit that {name} supplies",
                        $"{exhibit.Manifest.SealedSize} bytes sealed"
                    );
                }
                else
                {
                    report.Bad(file, $"is the exhibit that {name} supplies", "exhibit.differs");
                }
            }
        }
    }
}
