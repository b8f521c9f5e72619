// SPDX-License-Identifier: EUPL-1.2
using System.Collections.Immutable;
using System.Text;
using Comity.Files.Dossiers;
using Comity.Parties;
using Comity.Register;
using Comity.Timestamps;

namespace Comity.Files.Bundles;

/// <summary>Verifies the checkpoints in a bundle, and says of the timestamps over them what has to be asked elsewhere.</summary>
internal static class BundleStamps
{
    /// <summary>Verifies.</summary>
    /// <param name="files">The container.</param>
    /// <param name="dossier">The dossier in it, whose directory entries have the registers' keys.</param>
    /// <param name="roots">Roots given from outside.</param>
    /// <param name="report">Takes the codes of checkpoints, and <c>bundle.checkpoint-differs</c>.</param>
    public static void Verify(BundleFiles files, VerifiedDossier dossier, TrustRoots roots, VerificationReport report)
    {
        using var verification = new ActVerification(roots, dossier.Entries.ToDictionary(e => e.Id));
        var resting = dossier.Receipts.Values.CountBy(r => r.Checkpoint.Text).ToDictionary();
        var witnesses = dossier
            .Entries.Where(e => e.Entry.Witness is not null)
            .Select(e => (e.Entry.Party, Key: NoteVerifier.Parse(e.Entry.Witness!)))
            .Where(w => w.Key is Outcome<NoteVerifier>.Admitted)
            .Select(w => (w.Party, ((Outcome<NoteVerifier>.Admitted)w.Key).Value))
            .Distinct()
            .ToList();
        foreach (
            var name in files.Names(BundleLayout.Checkpoints).Where(n => n.EndsWith(".note", StringComparison.Ordinal))
        )
        {
            if (files.Read(name, report) is { } bytes)
            {
                Verify(files, name, bytes, verification, (dossier, resting, witnesses), report);
            }
        }

        // Only by the roots that entries name for it: a State's own root must not date what the State has signed.
        var trust = new TimestampTrust(
            dossier.Entries.SelectMany(e => e.Entry.TimestampRoots ?? []).DistinctBy(c => c.Id),
            []
        );
        foreach (var name in files.Names(BundleLayout.Timestamps))
        {
            Verify(files, name, trust, report);
        }

        foreach (var name in files.All.Select(f => f.Name).Where(BundleLayout.IsStamp))
        {
            report.Open(name, "stamps the bundle again", "not part of what was signed: compare with openssl");
        }
    }

    // By the roots that the Parties' directory entries name for it; of others only what they cover.
    private static void Verify(BundleFiles files, string name, TimestampTrust trust, VerificationReport report)
    {
        const string what = "is a timestamp over its checkpoint";
        var number = name.Split('/')[^1].Split('-')[0];
        var text = $"{BundleLayout.Checkpoints}/{number}.txt";
        if (files.Find(text) is null)
        {
            report.Bad(name, what, "verify.file-missing");
            return;
        }

        if (files.Read(name, report) is not { } bytes)
        {
            return;
        }

        var token = TimestampToken.Parse(bytes);
        var covers = token.Then(t => t.Covers(files.Read(text, report) ?? []));
        if (covers is Outcome<TimestampToken>.Refused wrong)
        {
            report.Bad(name, what, wrong.Why.Code);
            return;
        }

        var stated = ((Outcome<TimestampToken>.Admitted)covers).Value.Statement;
        switch (covers.Then(t => t.SignedUnder(trust)))
        {
            case Outcome<TimestampToken>.Admitted when stated.Policy == TimestampStatement.DemonstrationPolicy:
                report.Open(name, what, "its authority is one for demonstrations: it proves nothing");
                break;
            case Outcome<TimestampToken>.Admitted:
                report.Good(name, what, $"it existed at {Instants.Format(Instants.ToSecond(stated.At))}");
                break;
            case Outcome<TimestampToken>.Refused { Why.Code: "timestamp.untrusted" }:
                report.Open(name, what, "it covers it; its authority's root is not here: VERIFY.txt, 7");
                break;
            case Outcome<TimestampToken>.Refused refused:
                report.Bad(name, what, refused.Why.Code);
                break;
        }
    }

    // Whose nodes have cosigned it, by the keys that their directory entries name; a State is no witness of its own.
    private static void Witnesses(
        string name,
        SignedNote note,
        PartyId own,
        IEnumerable<(PartyId Party, NoteVerifier Key)> witnesses,
        VerificationReport report
    )
    {
        const string what = "is cosigned by witnesses";
        switch (Cosignature.Read(note, witnesses.Where(w => w.Party != own).Select(w => w.Key)))
        {
            case Outcome<ImmutableArray<Cosignature>>.Refused refused:
                report.Bad(name, what, refused.Why.Code);
                break;
            case Outcome<ImmutableArray<Cosignature>>.Admitted { Value: { IsEmpty: false } found }:
                report.Good(name, what, string.Join(", ", found));
                break;
            default:
                report.Open(name, what, "none whose key a directory entry here names");
                break;
        }
    }

    private static void Verify(
        BundleFiles files,
        string name,
        byte[] bytes,
        ActVerification verification,
        (
            VerifiedDossier Dossier,
            IReadOnlyDictionary<string, int> Resting,
            IReadOnlyList<(PartyId, NoteVerifier)> Witnesses
        ) about,
        VerificationReport report
    )
    {
        const string what = "is a checkpoint of a register";
        var read = SignedNote.Parse(bytes);
        if (read is not Outcome<SignedNote>.Admitted note)
        {
            report.Bad(name, what, ((Outcome<SignedNote>.Refused)read).Why.Code);
            return;
        }

        var text = name[..^".note".Length] + ".txt";
        if (files.Find(text)?.Digest != Digest.Of(Encoding.UTF8.GetBytes(note.Value.Text)))
        {
            report.Bad(text, "is the text of the checkpoint", "bundle.checkpoint-differs");
        }

        var parsed = Checkpoint.Parse(note.Value);
        if (parsed is not Outcome<Checkpoint>.Admitted checkpoint)
        {
            report.Bad(name, what, ((Outcome<Checkpoint>.Refused)parsed).Why.Code);
            return;
        }

        var party = about
            .Dossier.Entries.Select(e => e.Entry.Party)
            .FirstOrDefault(p => verification.RegisterOf(p)?.Origin == checkpoint.Value.Origin);
        if (party is null || verification.RegisterOf(party) is not { } register)
        {
            report.Open(name, what, "no directory entry with that register's key is here");
        }
        else if (Checkpoint.Open(note.Value, register.Key, register.Origin) is Outcome<Checkpoint>.Refused refused)
        {
            report.Bad(name, what, refused.Why.Code);
        }
        else
        {
            report.Good(name, what, $"of {party}, {checkpoint.Value.Size} entries");
            Witnesses(name, note.Value, party, about.Witnesses, report);
            var receipts = about.Resting.GetValueOrDefault(note.Value.Text);
            if (receipts > 0)
            {
                report.Good(name, "is what receipts rest on", $"{receipts}");
            }
            else
            {
                report.Open(
                    name,
                    "is what receipts rest on",
                    "none here: it says nothing of when these acts were there"
                );
            }
        }
    }
}
