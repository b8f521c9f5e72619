// SPDX-License-Identifier: EUPL-1.2
using Comity.Evidence;
using Comity.Files;
using Comity.Parties;

namespace Comity.Node.Demo;

/// <summary>Evidence at the demo's workstations: sealed where it was taken, opened where it is used, on neither node.</summary>
internal static class DemoEvidence
{
    /// <summary>The files to supply: those given, or a mailbox, a server log and a capture that the product makes up.</summary>
    public static IReadOnlyList<string> Files(IReadOnlyList<string> given, string folder) =>
        given.Count > 0 ? given : SampleEvidence.WriteTo(Path.Combine(folder, "evidence"));

    /// <summary>Seals a file to an authority, as <c>comity seal --manifest</c> does.</summary>
    /// <returns>The sealed file and its manifest's.</returns>
    public static async Task<(string Sealed, string Manifest, ExhibitManifest Facts)> SealAsync(
        string file,
        Authority to,
        string folder,
        CancellationToken stop
    )
    {
        Directory.CreateDirectory(folder);
        var recipients = to.Evidence.Select(r => Must(Recipient.Parse(r))).ToList();
        var target = Path.Combine(folder, Path.GetFileName(file) + ".age");
        SealedExhibit exhibit;
        await using (var plain = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 0))
        {
            using var sealing = DurableFile.Create(target);
            exhibit = Must(await Sealing.SealAsync(plain, sealing.Stream, recipients, cancel: stop));
            sealing.Publish();
        }

        var document = Must(ManifestDocument.Of(Path.GetFileName(file), null, exhibit, recipients));
        var manifest = target + ".manifest.json";
        await File.WriteAllBytesAsync(manifest, document.Write(), stop);
        return (target, manifest, document.Manifest);
    }

    /// <summary>Opens a sealed file with the authority's key, as <c>comity open</c> does.</summary>
    /// <returns>The digest of what was inside.</returns>
    public static async Task<Digest> OpenAsync(string file, string keyFile, string into, CancellationToken stop)
    {
        var identities = Must(KeyFile.ParseIdentities(await File.ReadAllTextAsync(keyFile, stop)));
        await using var sealedFile = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 0);
        using var opened = DurableFile.CreatePrivate(into);
        var exhibit = Must(await Opening.OpenAsync(sealedFile, opened.Stream, identities, cancel: stop));
        opened.Publish();
        return exhibit.Plain.Sha256;
    }

    private static T Must<T>(Outcome<T> outcome) =>
        outcome is Outcome<T>.Admitted admitted
            ? admitted.Value
            : throw new InvalidOperationException(((Outcome<T>.Refused)outcome).Why.Code);
}
