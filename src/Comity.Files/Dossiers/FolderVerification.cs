// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Parties;

namespace Comity.Files.Dossiers;

/// <summary>Verifies an act, or a dossier exported into a folder, offline.</summary>
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
        using var verification = new ActVerification(roots, known);
        if (verification.Verify(report, name, bytes, expected) is { } signed)
        {
            verification.VerifyEntries(report);
            verification.VerifyParties(report, [signed.Act.From.Party]);
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
        var files = await ListedFiles.ReadAsync(Path.GetFullPath(folder), report, stop).ConfigureAwait(false);
        DossierVerification.Verify(files, roots, report, stop);
        return report;
    }
}
