// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Parties;
using Comity.Register;
using Comity.Signatures;

namespace Comity.Files.Dossiers;

/// <summary>Verifies one act, with whatever directory entries and receipts lie beside it.</summary>
internal sealed class ActVerification(
    VerificationReport report,
    TrustRoots roots,
    IReadOnlyDictionary<Digest, SignedEntry> entries
)
{
    /// <summary>Verifies an act on its own: its form, its signature, its signer.</summary>
    /// <param name="subject">What to call it in the report.</param>
    /// <param name="bytes">The exact bytes.</param>
    /// <param name="expected">The id it should have, when that is known.</param>
    /// <returns>The act, when it is one.</returns>
    public SignedAct? Verify(string subject, byte[] bytes, ActId? expected)
    {
        if (SignedAct.Parse(bytes) is not Outcome<SignedAct>.Admitted parsed)
        {
            var why = ((Outcome<SignedAct>.Refused)SignedAct.Parse(bytes)).Why;
            report.Bad(subject, "is a signed act", why.Where.Length == 0 ? why.Code : $"{why.Code} at {why.Where}");
            return null;
        }

        var signed = parsed.Value;
        if (expected is not null && expected != signed.Id)
        {
            report.Bad(subject, "has the id given", $"act.id-differs: it is {signed.Id}");
        }
        else if (expected is not null)
        {
            report.Good(subject, "has the id given", signed.Id.ToString());
        }

        CheckSignature(subject, signed);
        CheckSeal(subject, signed);
        return signed;
    }

    /// <summary>Verifies a receipt for an act: that its register says so, and says what it can say of an act of that author.</summary>
    /// <returns>The receipt, when it holds. It may say that the act was not admitted.</returns>
    public Receipt? Verify(string subject, byte[] json, SignedAct act, PartyId party)
    {
        var what = $"is in the register of {party}";
        var read = Receipt.Parse(json);
        if (read is not Outcome<Receipt>.Admitted receipt)
        {
            report.Bad(subject, what, ((Outcome<Receipt>.Refused)read).Why.Code);
            return null;
        }

        var key = entries
            .Values.Where(e => e.Entry.Party == party)
            .OrderByDescending(e => e.Entry.Version)
            .Select(e => (e.Entry.Register.Origin, Key: NoteVerifier.Parse(e.Entry.Register.Key)))
            .FirstOrDefault();
        if (key.Key is not Outcome<NoteVerifier>.Admitted verifier)
        {
            report.Open(subject, what, $"no directory entry of {party} with its register's key is here");
            return null;
        }

        var verified = receipt.Value.VerifyFor(act.Id.Digest, verifier.Value, key.Origin);
        if (verified is Outcome<Receipt>.Refused refused)
        {
            report.Bad(subject, what, refused.Why.Code);
            return null;
        }

        if ((receipt.Value.Leaf.Recorded is LeafEntry.Issued) != (act.Act.From.Party == party))
        {
            report.Bad(
                subject,
                what,
                "verify.receipt-other: a register issues its own Party's acts and admits the others'"
            );
            return null;
        }

        report.Good(
            subject,
            what,
            $"entry {receipt.Value.Index}, {RecordedOf(receipt.Value.Leaf)}, {Instants.Format(receipt.Value.Leaf.Entered)}"
        );
        return receipt.Value;
    }

    /// <summary>Verifies the directory entries themselves: signed by a root, and that root given from outside.</summary>
    public void VerifyEntries()
    {
        foreach (
            var entry in entries
                .Values.OrderBy(e => e.Entry.Party.ToString(), StringComparer.Ordinal)
                .ThenBy(e => e.Entry.Version)
        )
        {
            const string what = "is signed by a root that was given";
            var subject = $"directory entry {entry.Entry.Version} of {entry.Entry.Party}";
            if (roots.Names.TryGetValue(entry.Root, out var name))
            {
                report.Good(subject, what, $"{entry.Root} ({name})");
            }
            else if (roots.Names.Count > 0)
            {
                report.Bad(subject, what, $"verify.root-unknown: {entry.Root}");
            }
            else
            {
                report.Open(
                    subject,
                    what,
                    $"no roots were given: compare {entry.Root} with what {entry.Entry.Party} publishes"
                );
            }
        }

        // Each root is one State's. One that signs for two makes the second say what the first likes.
        foreach (var root in entries.Values.GroupBy(e => e.Root))
        {
            var parties = root.Select(e => e.Entry.Party.ToString()).Distinct().Order(StringComparer.Ordinal).ToList();
            if (parties.Count > 1)
            {
                report.Bad(
                    $"root {root.Key}",
                    "signs for one Party",
                    $"verify.root-shared: {string.Join(", ", parties)}"
                );
            }
        }
    }

    /// <summary>Verifies that what the acts rest on is there: an entry of every Party that they are from or for.</summary>
    /// <remarks>
    /// With roots at hand a missing entry is no gap but a fault: whoever leaves it out leaves out what ties a seal to a root.
    /// </remarks>
    public void VerifyParties(IEnumerable<PartyId> parties)
    {
        foreach (var party in parties.Distinct().Where(p => entries.Values.All(e => e.Entry.Party != p)))
        {
            var subject = $"a directory entry of {party}";
            if (roots.Names.Count > 0)
            {
                report.Bad(subject, "is here", "verify.entry-missing");
            }
            else
            {
                report.Open(subject, "is here", "nothing ties a seal or a register to this Party");
            }
        }
    }

    private void CheckSignature(string subject, SignedAct signed)
    {
        using var key = PinnedKey.TryImport(signed.Signed.Signer);
        if (key is not null && signed.Signed.VerifiesWith(key))
        {
            report.Good(subject, "carries a good signature", signed.Signed.Scheme.Name);
        }
        else
        {
            report.Bad(subject, "carries a good signature", "act.signature-wrong");
        }
    }

    private void CheckSeal(string subject, SignedAct signed)
    {
        var what = $"is sealed by {signed.Act.From}";
        var ofParty = entries.Values.Where(e => e.Entry.Party == signed.Act.From.Party).ToList();
        var authorities = ofParty.Select(e => e.Entry.Find(signed.Act.From.Authority)).OfType<Authority>().ToList();
        if (ofParty.Count == 0)
        {
            report.Open(subject, what, $"no directory entry of {signed.Act.From.Party} is here");
        }
        else if (authorities.Count == 0)
        {
            report.Bad(subject, what, "act.authority-unknown");
        }
        else if (authorities.Any(a => a.Seals.Any(s => s.Certificate.Id == signed.Signed.Signer.Id)))
        {
            report.Good(subject, what, $"certificate {signed.Signed.Signer.Id}");
        }
        else
        {
            report.Bad(subject, what, "act.signer-unknown");
        }
    }

    private static string RecordedOf(Leaf leaf) =>
        leaf.Recorded switch
        {
            LeafEntry.Issued => "issued",
            LeafEntry.Admitted => "admitted",
            LeafEntry.NotAdmitted not => $"not admitted: {not.Code}",
            _ => throw new InvalidOperationException("an entry is issued, admitted or not admitted"),
        };
}
