// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Comity.Signatures;

namespace Comity.Files.Dossiers;

/// <summary>The root certificates a verifier was given from outside what it verifies.</summary>
/// <param name="Names">
/// SHA-256 of each certificate, and the name in it. A file of roots does not say which Party each is of, so a reader is
/// shown the name beside the Party that it vouched for.
/// </param>
public sealed record TrustRoots(IReadOnlyDictionary<Digest, string> Names)
{
    /// <summary>Largest file of roots read, in bytes: a thousand certificates.</summary>
    public const int MaximumBytes = 2 * 1024 * 1024;

    /// <summary>No roots: whatever is inside can only be compared with itself.</summary>
    public static TrustRoots None { get; } = new(new Dictionary<Digest, string>());

    /// <summary>Reads a PEM file of certificates.</summary>
    /// <param name="pem">The whole file.</param>
    /// <returns>The roots, or a refusal coded <c>verify.roots-unusable</c> when it holds none that can be read.</returns>
    public static Outcome<TrustRoots> Parse(string pem)
    {
        var refused = new Outcome<TrustRoots>.Refused(
            new Refusal("verify.roots-unusable", new Citation("docs/spec/act.md", "3"))
        );
        if (pem.Length > MaximumBytes)
        {
            return refused;
        }

        try
        {
            var found = new X509Certificate2Collection();
            found.ImportFromPem(pem);
            var roots = found
                .Where(c => CertificateText.TryParse(c.RawData) is not null)
                .DistinctBy(c => Digest.Of(c.RawData))
                .ToDictionary(c => Digest.Of(c.RawData), c => c.Subject);
            return roots.Count > 0 && roots.Count == found.DistinctBy(c => Digest.Of(c.RawData)).Count()
                ? new Outcome<TrustRoots>.Admitted(new TrustRoots(roots))
                : refused;
        }
        catch (CryptographicException)
        {
            return refused;
        }
    }
}
