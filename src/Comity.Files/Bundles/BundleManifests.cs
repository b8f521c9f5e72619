// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;
using System.Text;

namespace Comity.Files.Bundles;

/// <summary>A file of a bundle as its manifests know it.</summary>
/// <param name="Name">Its name in the container.</param>
/// <param name="Digest">SHA-256 of its bytes.</param>
/// <param name="Size">How many there are.</param>
internal sealed record BundleFile(string Name, Digest Digest, long Size)
{
    /// <summary>A file that is at hand.</summary>
    public static BundleFile Of(string name, ReadOnlyMemory<byte> bytes) =>
        new(name, Digest.Of(bytes.Span), bytes.Length);
}

/// <summary>The manifests of a bundle: one list of files, in the form of BagIt (RFC 8493) and in that of ASiC (EN 319 162-1).</summary>
/// <remarks>There is one text of each for some files, so a verifier writes them again and compares.</remarks>
internal static class BundleManifests
{
    /// <summary>The bag's declaration.</summary>
    public static byte[] BagIt { get; } = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"u8.ToArray();

    /// <summary>What <c>sha256sum -c</c> reads: the files of the dossier, or those about it.</summary>
    /// <param name="files">In their order.</param>
    public static byte[] Sums(IEnumerable<BundleFile> files)
    {
        var text = new StringBuilder();
        foreach (var file in files)
        {
            text.Append(file.Digest).Append("  ").Append(file.Name).Append('\n');
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>What is signed.</summary>
    /// <param name="files">Every file outside META-INF but the mimetype, in their order.</param>
    public static byte[] Asic(IEnumerable<BundleFile> files)
    {
        var text = new StringBuilder()
            .Append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
            .Append("<asic:ASiCManifest xmlns:asic=\"http://uri.etsi.org/02918/v1.2.1#\"")
            .Append(" xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">\n")
            .Append("  <asic:SigReference URI=\"")
            .Append(BundleLayout.Signature)
            .Append("\" MimeType=\"application/pkcs7-signature\"/>\n");
        foreach (var file in files)
        {
            text.Append("  <asic:DataObjectReference URI=\"")
                .Append(file.Name)
                .Append("\">\n    <ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/>\n")
                .Append("    <ds:DigestValue>")
                .Append(file.Digest.ToBase64())
                .Append("</ds:DigestValue>\n  </asic:DataObjectReference>\n");
        }

        return Encoding.ASCII.GetBytes(text.Append("</asic:ASiCManifest>\n").ToString());
    }

    /// <summary>What a bag says of itself.</summary>
    /// <param name="about">By whom and when it was made.</param>
    /// <param name="payload">The files of the dossier.</param>
    public static byte[] BagInfo(BundleAbout about, IReadOnlyCollection<BundleFile> payload) =>
        Encoding.ASCII.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Bag-Software-Agent: {BundleLayout.Version}\n"
                    + $"Bagging-Date: {about.Exported:yyyy-MM-dd}\n"
                    + $"Comity-Exported: {Instants.Format(about.Exported)}\n"
                    + $"External-Identifier: {about.Dossier}\n"
                    + $"Payload-Oxum: {payload.Sum(f => f.Size)}.{payload.Count}\n"
                    + $"Source-Organization: {about.Exporter}\n"
            )
        );
}
