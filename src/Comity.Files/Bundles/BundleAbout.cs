// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Acts;
using Comity.Parties;

namespace Comity.Files.Bundles;

/// <summary>What a bundle is of, and who made it when.</summary>
/// <param name="Dossier">The dossier.</param>
/// <param name="Exporter">The authority that signs the bundle.</param>
/// <param name="Exported">When, UTC, on a whole second. A statement, as its clock had it.</param>
internal sealed record BundleAbout(DossierId Dossier, Office Exporter, DateTimeOffset Exported)
{
    /// <summary>Reads it from the bag's own description, whose other lines are checked by writing them again.</summary>
    public static BundleAbout? Read(ReadOnlySpan<byte> bagInfo)
    {
        var lines = Encoding.UTF8.GetString(bagInfo).Split('\n');
        return
            DossierId.TryParse(ValueOf(lines, "External-Identifier"), out var dossier)
            && Office.TryParse(ValueOf(lines, "Source-Organization"), out var exporter)
            && Instants.TryParse(ValueOf(lines, "Comity-Exported"), out var exported)
            ? new BundleAbout(dossier, exporter, exported)
            : null;
    }

    private static string ValueOf(string[] lines, string label) =>
        lines.FirstOrDefault(l => l.StartsWith(label + ": ", StringComparison.Ordinal))?[(label.Length + 2)..] ?? "";
}
