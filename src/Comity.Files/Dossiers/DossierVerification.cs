// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Dossiers;
using Comity.Evidence;
using Comity.Parties;
using Comity.Register;

namespace Comity.Files.Dossiers;

/// <summary>Verifies what lies in a folder or a container: every act, receipt and exhibit, and what they add up to.</summary>
/// <remarks>Every byte read here may be hostile. Acts and receipts are verified on all cores; the report keeps their order.</remarks>
internal static class DossierVerification
{
    /// <summary>Verifies a dossier whose files are as they were listed, as far as <paramref name="files"/> gives them out.</summary>
    /// <param name="files">The files.</param>
    /// <param name="roots">Roots given from outside.</param>
    /// <param name="report">Takes what was found.</param>
    /// <param name="stop">Stops the work.</param>
    public static VerifiedDossier Verify(
        IDossierFiles files,
        TrustRoots roots,
        VerificationReport report,
        CancellationToken stop
    )
    {
        var entries = Entries(files, report);
        using var verification = new ActVerification(roots, entries);
        verification.VerifyEntries(report);
        var acts = Acts(files, roots, entries, report, stop);
        verification.VerifyParties(
            report,
            acts.SelectMany(a => new[] { a.Signed.Act.From.Party, a.Signed.Act.To.Party })
        );
        var receipts = Receipts(files, acts, roots, entries, report, stop);
        var places = receipts.Where(r => r.Value.Holds).ToDictionary(r => r.Key, r => r.Value.Receipt);
        Forks.Find(acts, places, report);
        var dossier = FoldVerification.Fold(acts, places, report);
        Exhibits(acts, files, report);
        return new VerifiedDossier(
            acts,
            receipts.ToDictionary(r => r.Key, r => r.Value.Receipt),
            [.. entries.Values],
            places.Count == receipts.Count ? dossier : null
        );
    }

    private static Dictionary<Digest, SignedEntry> Entries(IDossierFiles files, VerificationReport report)
    {
        var entries = new Dictionary<Digest, SignedEntry>();
        foreach (var name in files.Names(DossierFolder.Directory))
        {
            switch (files.Read(name, report) is { } bytes ? SignedEntry.Parse(bytes) : null)
            {
                case Outcome<SignedEntry>.Admitted entry:
                    entries[entry.Value.Id] = entry.Value;
                    break;
                case Outcome<SignedEntry>.Refused refused:
                    report.Bad(name, "is a signed directory entry", refused.Why.Code);
                    break;
            }
        }

        return entries;
    }

    // Each act once, and all of one dossier: what is more than that, no export of ours has.
    private static List<(string Name, SignedAct Signed)> Acts(
        IDossierFiles files,
        TrustRoots roots,
        IReadOnlyDictionary<Digest, SignedEntry> entries,
        VerificationReport report,
        CancellationToken stop
    )
    {
        var names = files.Names(DossierFolder.Acts);
        var found = OnAllCores(
            names.Count,
            roots,
            entries,
            (i, verification, said) =>
                files.Read(names[i], said) is { } bytes ? verification.Verify(said, names[i], bytes, null) : null,
            stop
        );
        var acts = new Dictionary<ActId, (string Name, SignedAct Signed)>();
        DossierId? dossier = null;
        for (var i = 0; i < names.Count; i++)
        {
            report.Add(found[i].Said);
            if (found[i].Result is not { } signed)
            {
                continue;
            }

            dossier ??= signed.Act.Dossier;
            if (signed.Act.Dossier != dossier)
            {
                report.Bad(names[i], $"belongs to the dossier {dossier}", "verify.other-dossier");
            }
            else if (!acts.TryAdd(signed.Id, (names[i], signed)))
            {
                report.Bad(names[i], "is there once", $"verify.act-doubled: {acts[signed.Id].Name}");
            }
        }

        return [.. acts.Values.OrderBy(a => a.Name, StringComparer.Ordinal)];
    }

    private static Dictionary<(ActId Act, PartyId Party), (Receipt Receipt, bool Holds)> Receipts(
        IDossierFiles files,
        List<(string Name, SignedAct Signed)> acts,
        TrustRoots roots,
        Dictionary<Digest, SignedEntry> entries,
        VerificationReport report,
        CancellationToken stop
    )
    {
        var left = files.Names(DossierFolder.Receipts).Concat(files.Names(DossierFolder.Proofs)).ToHashSet();
        var parties = entries.Values.Select(e => e.Entry.Party).Distinct().ToList();
        var asked = (
            from act in acts
            from party in parties
            let name = $"{DossierFolder.Receipts}/{act.Signed.Id}.{party}.json"
            where left.Remove(name)
            select (Name: name, Subject: act.Name, act.Signed, Party: party)
        ).ToList();
        var found = OnAllCores(
            asked.Count,
            roots,
            entries,
            (i, verification, said) => Receipt(files, asked[i], verification, said),
            stop
        );
        var receipts = new Dictionary<(ActId, PartyId), (Receipt, bool)>();
        for (var i = 0; i < asked.Count; i++)
        {
            var (_, _, signed, party) = asked[i];
            report.Add(found[i].Said);
            left.Remove(ExportedDossier.ProofOf(signed.Id, party));
            if (found[i].Result is { } receipt)
            {
                receipts[(signed.Id, party)] = receipt;
            }
        }

        foreach (var name in left.Order(StringComparer.Ordinal))
        {
            var isProof = name.StartsWith(DossierFolder.Proofs, StringComparison.Ordinal);
            report.Open(
                name,
                isProof ? "is the proof in a receipt that is here" : "is a receipt for an act that is here",
                isProof ? "no such receipt" : "no such act, or no directory entry of that Party"
            );
        }

        return receipts;
    }

    private static (Receipt, bool)? Receipt(
        IDossierFiles files,
        (string Name, string Subject, SignedAct Signed, PartyId Party) asked,
        ActVerification verification,
        VerificationReport said
    )
    {
        if (files.Read(asked.Name, said) is not { } json)
        {
            return null;
        }

        var read = Comity.Register.Receipt.Parse(json);
        if (read is not Outcome<Receipt>.Admitted receipt)
        {
            said.Bad(asked.Subject, $"is in the register of {asked.Party}", ((Outcome<Receipt>.Refused)read).Why.Code);
            return null;
        }

        var proof = ExportedDossier.ProofOf(asked.Signed.Id, asked.Party);
        if (files.Find(proof) is { } there && there.Digest != verification.ProofOf(receipt.Value))
        {
            said.Bad(proof, "is the proof in the receipt", "verify.proof-differs");
        }

        return (receipt.Value, verification.Verify(said, asked.Subject, receipt.Value, asked.Signed, asked.Party));
    }

    private static void Exhibits(
        List<(string Name, SignedAct Signed)> acts,
        IDossierFiles files,
        VerificationReport report
    )
    {
        foreach (var (name, signed) in acts)
        {
            foreach (var exhibit in signed.Act.Body is Supply supply ? supply.Exhibits : [])
            {
                var file = ExportedDossier.ExhibitOf(exhibit.Manifest.SealedSha256);
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

    // A verification and a report for each piece of work, so that no two threads share either.
    private static (T? Result, VerificationReport Said)[] OnAllCores<T>(
        int count,
        TrustRoots roots,
        IReadOnlyDictionary<Digest, SignedEntry> entries,
        Func<int, ActVerification, VerificationReport, T?> work,
        CancellationToken stop
    )
    {
        var results = new (T?, VerificationReport)[count];
        Parallel.For(
            0,
            count,
            new ParallelOptions { CancellationToken = stop },
            () => new ActVerification(roots, entries),
            (i, _, verification) =>
            {
                var said = new VerificationReport();
                results[i] = (work(i, verification, said), said);
                return verification;
            },
            verification => verification.Dispose()
        );
        return results;
    }
}

/// <summary>What a dossier was found to hold: not by itself true, but well formed.</summary>
/// <param name="Acts">The acts, each once, by name.</param>
/// <param name="Receipts">Their receipts, whether or not they hold.</param>
/// <param name="Entries">The directory entries, each signed by its root.</param>
/// <param name="Fold">What they add up to, when every receipt holds; nothing otherwise.</param>
internal sealed record VerifiedDossier(
    IReadOnlyList<(string Name, SignedAct Signed)> Acts,
    IReadOnlyDictionary<(ActId Act, PartyId Party), Receipt> Receipts,
    IReadOnlyList<SignedEntry> Entries,
    Dossier? Fold
);
