// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;
using Comity.Acts;
using Comity.Parties;
using Comity.Register;

namespace Comity.Files.Dossiers;

/// <summary>What goes into an exported dossier.</summary>
/// <param name="Acts">Shared acts in the order of the home register, each with the receipts at hand, by Party.</param>
/// <param name="Entries">The directory entries the acts were checked against.</param>
/// <param name="Exhibits">The sealed exhibits at hand.</param>
public sealed record ExportedDossier(
    IReadOnlyList<ExportedAct> Acts,
    IReadOnlyList<SignedEntry> Entries,
    IReadOnlyList<ExportedExhibit> Exhibits
)
{
    /// <summary>Everything but the exhibits, as files: acts, receipts in both forms, directory entries.</summary>
    /// <returns>Names below the folder of the dossier, and their bytes.</returns>
    internal IEnumerable<(string Name, ReadOnlyMemory<byte> Bytes)> Files()
    {
        // Of one length, so that the order of the names is that of the acts.
        var digits = Math.Max(3, Acts.Count.ToString(CultureInfo.InvariantCulture).Length);
        for (var i = 0; i < Acts.Count; i++)
        {
            var (signed, receipts) = Acts[i];
            var number = (i + 1).ToString($"D{digits}", CultureInfo.InvariantCulture);
            yield return ($"{DossierFolder.Acts}/{number}-{signed.Act.Kind}.p7m", signed.Signed.Encoded);
            foreach (var (party, receipt) in receipts)
            {
                yield return ($"{DossierFolder.Receipts}/{signed.Id}.{party}.json", receipt.ToJson());
                yield return (ProofOf(signed.Id, party), receipt.ToTlogProof().ToBytes());
            }
        }

        foreach (var entry in Entries)
        {
            var version = entry.Entry.Version.ToString(CultureInfo.InvariantCulture);
            yield return ($"{DossierFolder.Directory}/{entry.Entry.Party}-{version}.p7m", entry.Signed.Encoded);
        }
    }

    /// <summary>The file of a receipt in the C2SP form.</summary>
    internal static string ProofOf(ActId act, PartyId party) => $"{DossierFolder.Proofs}/{act}.{party}.tlog-proof";

    /// <summary>The file of a sealed exhibit.</summary>
    internal static string ExhibitOf(Digest sealedFile) => $"{DossierFolder.Exhibits}/{sealedFile}.age";
}

/// <summary>An act and what registers say of it.</summary>
/// <param name="Signed">The act.</param>
/// <param name="Receipts">The receipts, by the Party whose register gave them.</param>
public sealed record ExportedAct(SignedAct Signed, IReadOnlyList<(PartyId Party, Receipt Receipt)> Receipts);

/// <summary>A sealed exhibit.</summary>
/// <param name="Sealed">Digest of the sealed file.</param>
/// <param name="OpenAsync">
/// Opens it for reading from its first byte, each time anew. Into a folder it is copied in one pass, into
/// a container in two: a container states size and checksum before the file.
/// </param>
public sealed record ExportedExhibit(Digest Sealed, Func<CancellationToken, Task<Stream>> OpenAsync);
