// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Comity.Files.Keys;
using Comity.Signatures;

namespace Comity.Node.Officers;

/// <summary>An officer's signing key, locked by a phrase that only the officer knows.</summary>
/// <remarks>
/// PKCS#8 under PBES2 (AES-256, PBKDF2 with SHA-512): <c>openssl pkey</c> opens it too. Whoever copies the database can
/// try phrases; whoever runs the node can catch one as it is typed. Both stand in docs/trust.md.
/// </remarks>
internal static class OfficerKey
{
    /// <summary>PBKDF2 rounds, as OWASP advises for SHA-512 (Password Storage Cheat Sheet, 2023).</summary>
    private const int Rounds = 210_000;

    /// <summary>Shortest phrase, in characters.</summary>
    public const int ShortestPhrase = 12;

    /// <summary>Locks a key.</summary>
    /// <param name="certificate">The officer's certificate with its key.</param>
    /// <param name="phrase">At least <see cref="ShortestPhrase"/> characters.</param>
    public static byte[] Lock(X509Certificate2 certificate, string phrase)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(phrase.Length, ShortestPhrase, nameof(phrase));
        using var key = certificate.GetECDsaPrivateKey()!;
        return Encoding.ASCII.GetBytes(
            key.ExportEncryptedPkcs8PrivateKeyPem(
                phrase,
                new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA512, Rounds)
            )
        );
    }

    /// <summary>Opens an officer's key. Takes a good part of a second by design.</summary>
    /// <param name="officer">The officer.</param>
    /// <param name="phrase">The phrase as typed.</param>
    /// <returns>The key, or nothing when the phrase does not open it.</returns>
    public static UnlockedKey? Unlock(Officer officer, string phrase)
    {
        using var key = ECDsa.Create();
        try
        {
            key.ImportFromEncryptedPem(Encoding.ASCII.GetString(officer.SigningKey), phrase);
        }
        catch (CryptographicException)
        {
            return null;
        }

        using var bare = X509CertificateLoader.LoadCertificate(officer.Certificate.Encoded.Span);
        return new UnlockedKey(bare.CopyWithPrivateKey(key));
    }

    /// <summary>A phrase for someone who has none yet: 80 bits, in a form that can be read out.</summary>
    public static string NewPhrase()
    {
        const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";
        var groups = Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Letters, 4));
        return string.Join('-', groups);
    }
}

/// <summary>An officer's key, open until it is disposed of: for one signature.</summary>
internal sealed class UnlockedKey(X509Certificate2 signer) : IDisposable
{
    /// <summary>Signs.</summary>
    /// <param name="input">What to sign, made ready for the officer's certificate.</param>
    public byte[] Sign(SigningInput input) => Certificates.Sign(input, signer);

    public void Dispose() => signer.Dispose();
}
