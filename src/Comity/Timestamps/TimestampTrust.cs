// SPDX-License-Identifier: EUPL-1.2
using Comity.Signatures;

namespace Comity.Timestamps;

/// <summary>Which timestamp authorities are believed: by a root, by any certificate on the way, or by their own.</summary>
/// <remarks>Immutable.</remarks>
public sealed class TimestampTrust
{
    private const int MaximumPath = 6;

    private readonly HashSet<Digest> anchors;

    /// <summary>Trusts certificates.</summary>
    /// <param name="certificates">
    /// Roots, or an authority's own certificate. One that the profile cannot read, <see cref="IssuedCertificate.TryParse"/>,
    /// is left out, and then vouches for nothing.
    /// </param>
    /// <param name="fingerprints">SHA-256 of certificates that are trusted where a token brings them along.</param>
    public TimestampTrust(IEnumerable<CertificateText> certificates, IEnumerable<Digest> fingerprints)
    {
        Certificates = [.. certificates.Select(c => IssuedCertificate.TryParse(c.Encoded)).OfType<IssuedCertificate>()];
        anchors = [.. fingerprints, .. Certificates.Select(c => c.Text.Id)];
    }

    /// <summary>The certificates at hand.</summary>
    public IReadOnlyList<IssuedCertificate> Certificates { get; }

    /// <summary>Looks for a path from a certificate to one that is trusted.</summary>
    /// <remarks>Each certificate is looked at once, so a crafted set cannot keep a verifier busy.</remarks>
    /// <param name="signer">Where the path starts.</param>
    /// <param name="travelling">Certificates that may stand on the path, trusted for nothing.</param>
    /// <param name="at">When every certificate on the path must have been valid.</param>
    /// <returns>Nothing when there is a path, or the refusal.</returns>
    internal Refusal? PathFrom(IssuedCertificate signer, IReadOnlyList<IssuedCertificate> travelling, DateTimeOffset at)
    {
        var pool = Certificates.Concat(travelling).DistinctBy(c => c.Text.Id).ToList();
        var seen = new HashSet<Digest> { signer.Text.Id };
        var expired = false;
        var level = new List<IssuedCertificate> { signer };
        for (var below = 0; below <= MaximumPath && level.Count > 0; below++)
        {
            expired |= level.Exists(c => !c.IsValidAt(at));
            level.RemoveAll(c => !c.IsValidAt(at));
            if (level.Exists(c => anchors.Contains(c.Text.Id)))
            {
                return null;
            }

            level =
            [
                .. pool.Where(issuer =>
                    !seen.Contains(issuer.Text.Id)
                    && level.Exists(c => issuer.MayHaveIssued(c, below) && issuer.Signed(c))
                ),
            ];
            seen.UnionWith(level.Select(c => c.Text.Id));
        }

        return expired ? TimestampRefusals.CertificateExpired : TimestampRefusals.Untrusted;
    }
}
