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
        if (verification.Verify(name, bytes, expected) is { } signed)
        {
            verification.VerifyEntries();
            verification.VerifyParties([signed.Act.From.Party]);
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
        var acts = Acts(files, verification, report);
        verification.VerifyParties(acts.SelectMany(a => new[] { a.Signed.Act.From.Party, a.Signed.Act.To.Party }));
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

    // Each act once, and all of one dossier: what is more than that, no export of ours has.
    private static List<(string Name, SignedAct Signed)> Acts(
        ListedFiles files,
        ActVerification verification,
        VerificationReport report
    )
    {
        var acts = new Dictionary<ActId, (string Name, SignedAct Signed)>();
        DossierId? dossier = null;
        foreach (var (name, bytes) in files.Small(DossierFolder.Acts))
        {
            if (verification.Verify(name, bytes, null) is not { } signed)
            {
                continue;
            }

            dossier ??= signed.Act.Dossier;
            if (signed.Act.Dossier != dossier)
            {
                report.Bad(name, $"belongs to the dossier {dossier}", "verify.other-dossier");
            }
            else if (!acts.TryAdd(signed.Id, (name, signed)))
            {
                report.Bad(name, "is there once", $"verify.act-doubled: {acts[signed.Id].Name}");
            }
        }

        return [.. acts.Values];
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
                    && verification.Verify(name, json, signed, party) is { } receipt
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
        var home = acts.Select(a => a.Signed.Act).FirstOrDefault(a => a.Body is Requests.Request)?.To.Party;
        if (home is null)
        {
            report.Open("the dossier", "begins with a request", "no request is here");
            return;
        }

        var names = acts.ToDictionary(a => a.Signed.Id, a => a.Name);
        var entered = new List<Entered>();
        foreach (var (name, signed) in acts)
        {
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
                report.Open(name, what, $"not admitted there, so without effect: {not.Code}");
            }
            else if (signed.Act.Visibility != Visibility.Shared || signed.Act.Body is Transcribed)
            {
                report.Open(name, "is part of what both Parties share", "it is not, and has no effect");
            }
            else
            {
                entered.Add(new Entered(signed.Id, signed.Act, receipt.Index, receipt.Leaf.Entered));
            }
        }

        foreach (var line in Dossier.Fold(acts[0].Signed.Act.Dossier, entered).Lines)
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
                if (files.Find(file) is not { } found)
                {
                    report.Open(file, $"is the exhibit that {name} supplies", "not in this export as it was exported");
                }
                else if (found == (exhibit.Manifest.SealedSha256, exhibit.Manifest.SealedSize))
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
