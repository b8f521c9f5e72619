// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Comity.Signatures;

namespace Comity.Files.Dossiers;

/// <summary>The root certificates a verifier was given from outside what it verifies.</summary>
/// <param name="Fingerprints">SHA-256 of each certificate.</param>
public sealed record TrustRoots(IReadOnlySet<Digest> Fingerprints)
{
    /// <summary>Largest file of roots read, in bytes: a thousand certificates.</summary>
    public const int MaximumBytes = 2 * 1024 * 1024;

    /// <summary>No roots: whatever is inside can only be compared with itself.</summary>
    public static TrustRoots None { get; } = new(new HashSet<Digest>());

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
            var roots = found.Select(c => CertificateText.TryParse(c.RawData)?.Id).OfType<Digest>().ToHashSet();
            return roots.Count > 0 && roots.Count == found.Count
                ? new Outcome<TrustRoots>.Admitted(new TrustRoots(roots))
                : refused;
        }
        catch (CryptographicException)
        {
            return refused;
        }
    }
}
