// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;

namespace Comity.Signatures;

/// <summary>A public key from a pinned certificate, ready to check signatures. No chain, no revocation, no network.</summary>
/// <remarks>Not thread-safe: the framework's key objects are not. Make one per worker and keep it; importing is the slow part.</remarks>
public sealed class PinnedKey : IDisposable
{
    private readonly ECDsa? curve;
    private readonly RSA? rsa;

    private PinnedKey(SignatureScheme scheme, ECDsa? curve, RSA? rsa) =>
        (Scheme, this.curve, this.rsa) = (scheme, curve, rsa);

    /// <summary>How this key signs.</summary>
    public SignatureScheme Scheme { get; }

    /// <summary>Imports a certificate's key.</summary>
    /// <param name="certificate">The pinned certificate.</param>
    /// <returns>The key, or nothing when the profile has no scheme for it (another curve, RSA too short or too long).</returns>
    public static PinnedKey? TryImport(CertificateText certificate)
    {
        var scheme = SignatureScheme.For(certificate.Key);
        if (scheme is null)
        {
            return null;
        }

        try
        {
            if (scheme.IsEllipticCurve)
            {
                var curve = ECDsa.Create();
                curve.ImportSubjectPublicKeyInfo(certificate.Key.Encoded.Span, out _);
                return new PinnedKey(scheme, curve, null);
            }

            var rsa = RSA.Create();
            rsa.ImportSubjectPublicKeyInfo(certificate.Key.Encoded.Span, out _);
            if (rsa.KeySize is >= SignatureScheme.MinimumRsaBits and <= SignatureScheme.MaximumRsaBits)
            {
                return new PinnedKey(scheme, null, rsa);
            }

            rsa.Dispose();
            return null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Checks one signature.</summary>
    /// <param name="signed">The bytes that were signed.</param>
    /// <param name="signature">DER for a curve, the bare value for RSA.</param>
    public bool Verifies(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature) =>
        curve is not null
            ? curve.VerifyData(signed, signature, Scheme.Hash, DSASignatureFormat.Rfc3279DerSequence)
            : rsa!.VerifyData(signed, signature, Scheme.Hash, RSASignaturePadding.Pss);

    /// <inheritdoc/>
    public void Dispose()
    {
        curve?.Dispose();
        rsa?.Dispose();
    }
}
