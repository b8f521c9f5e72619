// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Comity.Files.Keys;

namespace Comity.Tests.Vectors;

/// <summary>The test keys under <c>vectors/keys</c>: made once with COMITY_UPDATE=1 and kept, since anyone may have them.</summary>
internal static class VectorKeys
{
    private const string Folder = "vectors/keys";

    private const string Warning =
        "TEST KEY of a State that does not exist, for the vectors of Comity only.\n"
        + "Everyone has it, so it proves nothing: never put it into a directory that is used.\n\n";

    private static readonly DateTimeOffset From = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = From.AddYears(29);

    public static X509Certificate2 XaRoot { get; } =
        Keep("xa-root", () => Certificates.NewRoot("XA test root", From, 30));

    /// <summary>The root to which XA changes.</summary>
    public static X509Certificate2 XaRoot2 { get; } =
        Keep("xa-root-2", () => Certificates.NewRoot("XA test root 2", From, 30));

    public static X509Certificate2 XaSeal { get; } =
        Keep("xa-seal", () => Certificates.NewSigner(XaRoot, "XA test central authority", From, Until));

    public static X509Certificate2 XbRoot { get; } =
        Keep("xb-root", () => Certificates.NewRoot("XB test root", From, 30));

    public static X509Certificate2 XbSeal { get; } =
        Keep("xb-seal", () => Certificates.NewSigner(XbRoot, "XB test central authority", From, Until));

    public static X509Certificate2 Connection { get; } =
        Keep("connection", () => Certificates.NewConnection(XaRoot, ["node.xa.example"], From, Until));

    /// <summary>The roots' certificates in one file, as <c>openssl -CAfile</c> takes them.</summary>
    public static string Roots { get; } = $"{XaRoot.ExportCertificatePem()}\n{XbRoot.ExportCertificatePem()}\n";

    private static X509Certificate2 Keep(string name, Func<X509Certificate2> make)
    {
        var path = $"{Folder}/{name}.pem";
        if (Repository.IsUpdating && !Repository.Has(path))
        {
            using var made = make();
            using var key = made.GetECDsaPrivateKey()!;
            Repository.Write(
                path,
                Encoding.UTF8.GetBytes($"{Warning}{made.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n")
            );
        }

        return X509Certificate2.CreateFromPemFile(Repository.PathOf(path));
    }
}
