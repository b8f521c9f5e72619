// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Dossiers;
using Comity.Parties;
using Comity.Register;

namespace Comity.Files.Dossiers;

/// <summary>Computes again what the acts of a dossier add up to, with the code both nodes run.</summary>
internal static class FoldVerification
{
    /// <summary>Folds the acts that the home register took in.</summary>
    /// <param name="acts">The acts, with what they are called.</param>
    /// <param name="places">Their receipts, each of which holds.</param>
    /// <param name="report">Takes what became of each.</param>
    /// <returns>The dossier; nothing when no request is here.</returns>
    public static Dossier? Fold(
        IReadOnlyList<(string Name, SignedAct Signed)> acts,
        IReadOnlyDictionary<(ActId Act, PartyId Party), Receipt> places,
        VerificationReport report
    )
    {
        var home = acts.Select(a => a.Signed.Act).FirstOrDefault(a => a.Body is Requests.Request)?.To.Party;
        if (home is null)
        {
            report.Open("the dossier", "begins with a request", "no request is here");
            return null;
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

        var dossier = Dossier.Fold(acts[0].Signed.Act.Dossier, entered);
        foreach (var line in dossier.Lines)
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

        return dossier;
    }
}
