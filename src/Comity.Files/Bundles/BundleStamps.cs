// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Files.Dossiers;
using Comity.Register;

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
        foreach (
            var name in files.Names(BundleLayout.Checkpoints).Where(n => n.EndsWith(".note", StringComparison.Ordinal))
        )
        {
            if (files.Read(name, report) is { } bytes)
            {
                Verify(files, name, bytes, verification, dossier, report);
            }
        }

        foreach (var name in files.Names(BundleLayout.Timestamps))
        {
            report.Open(name, "is a timestamp over its checkpoint", "compare with openssl: VERIFY.txt, 7");
        }

        foreach (var name in files.All.Select(f => f.Name).Where(BundleLayout.IsStamp))
        {
            report.Open(name, "stamps the bundle again", "not part of what was signed: compare with openssl");
        }
    }

    private static void Verify(
        BundleFiles files,
        string name,
        byte[] bytes,
        ActVerification verification,
        VerifiedDossier dossier,
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

        var party = dossier
            .Entries.Select(e => e.Entry.Party)
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
        }
    }
}
