// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Parties;
using Comity.Register;
using Comity.Signatures;

namespace Comity.Files.Dossiers;

/// <summary>Verifies acts, with whatever directory entries and receipts lie beside them.</summary>
/// <remarks>Not thread-safe: it keeps keys at hand, and what it found of a checkpoint. One for each thread.</remarks>
internal sealed class ActVerification(TrustRoots roots, IReadOnlyDictionary<Digest, SignedEntry> entries) : IDisposable
{
    private const int MostKeys = 1024;

    private readonly Dictionary<Digest, PinnedKey?> keys = [];
    private readonly Dictionary<(PartyId, SignedNote), Outcome<Checkpoint>> checkpoints = [];
    private readonly Dictionary<SignedNote, byte[]> notes = [];
    private readonly ILookup<PartyId, SignedEntry> byParty = entries
        .Values.OrderByDescending(e => e.Entry.Version)
        .ToLookup(e => e.Entry.Party);
    private readonly Dictionary<PartyId, (string Origin, NoteVerifier Key)?> registers = [];

    /// <summary>Verifies an act on its own: its form, its signature, its signer.</summary>
    /// <param name="report">Takes what was found.</param>
    /// <param name="subject">What to call it in the report.</param>
    /// <param name="bytes">The exact bytes.</param>
    /// <param name="expected">The id it should have, when that is known.</param>
    /// <returns>The act, when it is one.</returns>
    public SignedAct? Verify(VerificationReport report, string subject, byte[] bytes, ActId? expected)
    {
        var read = SignedAct.Parse(bytes);
        if (read is not Outcome<SignedAct>.Admitted parsed)
        {
            var why = ((Outcome<SignedAct>.Refused)read).Why;
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

        CheckSignature(report, subject, signed);
        CheckSeal(report, subject, signed);
        return signed;
    }

    /// <summary>Verifies a receipt for an act: that its register says so, and says what it can say of an act of that author.</summary>
    /// <returns>Whether it holds. It may say that the act was not admitted.</returns>
    public bool Verify(VerificationReport report, string subject, Receipt receipt, SignedAct act, PartyId party)
    {
        var what = $"is in the register of {party}";
        if (RegisterOf(party) is not { } register)
        {
            report.Open(subject, what, $"no directory entry of {party} with its register's key is here");
            return false;
        }

        // Many receipts rest on one checkpoint, whose signature is verified once.
        var verified = receipt.VerifyFor(
            act.Id.Digest,
            note =>
            {
                if (!checkpoints.TryGetValue((party, note), out var open))
                {
                    open = Checkpoint.Open(note, register.Key, register.Origin);
                    checkpoints.Add((party, note), open);
                }

                return open;
            }
        );
        if (verified is Outcome<Receipt>.Refused refused)
        {
            report.Bad(subject, what, refused.Why.Code);
            return false;
        }

        if ((receipt.Leaf.Recorded is LeafEntry.Issued) != (act.Act.From.Party == party))
        {
            report.Bad(
                subject,
                what,
                "verify.receipt-other: a register issues its own Party's acts and admits the others'"
            );
            return false;
        }

        report.Good(
            subject,
            what,
            $"entry {receipt.Index}, {RecordedOf(receipt.Leaf)}, {Instants.Format(receipt.Leaf.Entered)}"
        );
        return true;
    }

    /// <summary>The digest of a receipt's proof in the C2SP form. The text of a checkpoint that many carry is made once.</summary>
    public Digest ProofOf(Receipt receipt)
    {
        if (!notes.TryGetValue(receipt.Checkpoint, out var note))
        {
            note = receipt.Checkpoint.ToBytes();
            notes.Add(receipt.Checkpoint, note);
        }

        return Digest.Of(receipt.ToTlogProof().ToBytes(note));
    }

    /// <summary>The key and origin of a Party's register, from its newest entry here.</summary>
    public (string Origin, NoteVerifier Key)? RegisterOf(PartyId party)
    {
        if (!registers.TryGetValue(party, out var register))
        {
            var stated = byParty[party].FirstOrDefault()?.Entry.Register;
            register =
                stated is not null && NoteVerifier.Parse(stated.Key) is Outcome<NoteVerifier>.Admitted key
                    ? (stated.Origin, key.Value)
                    : null;
            registers.Add(party, register);
        }

        return register;
    }

    /// <summary>Verifies the directory entries themselves: signed by a root, and that root given from outside.</summary>
    public void VerifyEntries(VerificationReport report)
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
    public void VerifyParties(VerificationReport report, IEnumerable<PartyId> parties)
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

    /// <summary>The key of a certificate, imported once; nothing when the profile has no scheme for it.</summary>
    public PinnedKey? KeyOf(CertificateText certificate)
    {
        if (!keys.TryGetValue(certificate.Id, out var key))
        {
            // Whoever signs each act with another certificate fills no more memory than this.
            if (keys.Count >= MostKeys)
            {
                Dispose();
            }

            key = PinnedKey.TryImport(certificate);
            keys.Add(certificate.Id, key);
        }

        return key;
    }

    /// <summary>The authorities of a Party whose seal a certificate is, by the entries here.</summary>
    public IEnumerable<Authority> SealedBy(PartyId party, CertificateText certificate) =>
        byParty[party]
            .SelectMany(e => e.Entry.Authorities)
            .Where(a => a.Seals.Any(s => s.Certificate.Id == certificate.Id));

    /// <summary>Whether an entry of a Party is here.</summary>
    public bool Knows(PartyId party) => byParty.Contains(party);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var key in keys.Values)
        {
            key?.Dispose();
        }

        keys.Clear();
    }

    private void CheckSignature(VerificationReport report, string subject, SignedAct signed)
    {
        if (KeyOf(signed.Signed.Signer) is { } key && signed.Signed.VerifiesWith(key))
        {
            report.Good(subject, "carries a good signature", signed.Signed.Scheme.Name);
        }
        else
        {
            report.Bad(subject, "carries a good signature", "act.signature-wrong");
        }
    }

    private void CheckSeal(VerificationReport report, string subject, SignedAct signed)
    {
        var (party, authority) = (signed.Act.From.Party, signed.Act.From.Authority);
        var what = $"is sealed by {signed.Act.From}";
        if (!Knows(party))
        {
            report.Open(subject, what, $"no directory entry of {party} is here");
        }
        else if (byParty[party].All(e => e.Entry.Find(authority) is null))
        {
            report.Bad(subject, what, "act.authority-unknown");
        }
        else if (SealedBy(party, signed.Signed.Signer).Any(a => a.Id == authority))
        {
            report.Good(subject, what, $"certificate {signed.Signed.Signer.Id}");
        }
        else
        {
            report.Bad(subject, what, "act.signer-unknown");
        }
    }

    internal static string RecordedOf(Leaf leaf) =>
        leaf.Recorded switch
        {
            LeafEntry.Issued => "issued",
            LeafEntry.Admitted => "admitted",
            LeafEntry.NotAdmitted not => $"not admitted: {not.Code}",
            _ => throw new InvalidOperationException("an entry is issued, admitted or not admitted"),
        };
}
