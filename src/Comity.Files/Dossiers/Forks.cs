// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Parties;
using Comity.Register;

namespace Comity.Files.Dossiers;

/// <summary>Looks for a register that says two things: the receipts of one dossier may be enough to prove it.</summary>
internal static class Forks
{
    /// <summary>Compares the receipts of each register with one another (docs/spec/register.md, 5).</summary>
    /// <param name="acts">The acts, with what they are called.</param>
    /// <param name="receipts">Their receipts, each of which holds by itself.</param>
    /// <param name="report">What was found.</param>
    public static void Find(
        IReadOnlyList<(string Name, SignedAct Signed)> acts,
        IReadOnlyDictionary<(ActId Act, PartyId Party), Receipt> receipts,
        VerificationReport report
    )
    {
        foreach (var register in receipts.GroupBy(r => r.Key.Party))
        {
            foreach (var place in register.GroupBy(r => r.Value.Index).Where(p => p.Count() > 1))
            {
                var names = place
                    .Select(p => acts.First(a => a.Signed.Id == p.Key.Act).Name)
                    .Order(StringComparer.Ordinal);
                report.Bad(
                    $"the register of {register.Key}",
                    "holds one act at a place",
                    $"register.fork: entry {place.Key} is {string.Join(" and ", names)}"
                );
            }

            foreach (
                var size in register
                    .Select(r => Checkpoint.Parse(r.Value.Checkpoint))
                    .OfType<Outcome<Checkpoint>.Admitted>()
                    .GroupBy(c => c.Value.Size)
                    .Where(s => s.Select(c => c.Value.Root).Distinct().Count() > 1)
            )
            {
                report.Bad(
                    $"the register of {register.Key}",
                    "has one history",
                    $"register.fork: two registers of {size.Key} entries"
                );
            }
        }
    }
}
