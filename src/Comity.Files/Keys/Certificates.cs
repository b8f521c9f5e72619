// SPDX-License-Identifier: EUPL-1.2
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Comity.Signatures;

namespace Comity.Files.Keys;

/// <summary>Makes the certificates of a Party: one offline root, and what it issues.</summary>
/// <remarks>
/// ECDSA on P-256 throughout: what every stock tool knows. A State that has its own authority brings certificates instead;
/// nothing in the product asks who made them, as the directory pins each by its digest.
/// </remarks>
public static class Certificates
{
    /// <summary>Makes a root that signs the Party's certificates and its directory entries.</summary>
    /// <param name="name">Common name, for people.</param>
    /// <param name="from">Start of validity, UTC.</param>
    /// <param name="years">Years it lasts, 1 to 30.</param>
    /// <returns>The certificate with its private key.</returns>
    public static X509Certificate2 NewRoot(string name, DateTimeOffset from, int years)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(NameOf(name), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(
                X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign | X509KeyUsageFlags.DigitalSignature,
                critical: true
            )
        );
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(from, from.AddYears(years));
    }

    /// <summary>Makes a certificate for signing: an authority's seal, or an officer's key.</summary>
    /// <param name="root">The root with its private key.</param>
    /// <param name="name">Common name, for people.</param>
    /// <param name="from">Start of validity, UTC.</param>
    /// <param name="until">End of validity, UTC.</param>
    /// <returns>The certificate with its private key.</returns>
    public static X509Certificate2 NewSigner(
        X509Certificate2 root,
        string name,
        DateTimeOffset from,
        DateTimeOffset until
    ) =>
        Issue(root, name, from, until, X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation, _ => { });

    /// <summary>Makes a certificate for both ends of a connection between nodes.</summary>
    /// <param name="root">The root with its private key.</param>
    /// <param name="hosts">Names and addresses the node is reached by.</param>
    /// <param name="from">Start of validity, UTC.</param>
    /// <param name="until">End of validity, UTC.</param>
    /// <returns>The certificate with its private key.</returns>
    public static X509Certificate2 NewConnection(
        X509Certificate2 root,
        IReadOnlyList<string> hosts,
        DateTimeOffset from,
        DateTimeOffset until
    ) =>
        Issue(
            root,
            hosts[0],
            from,
            until,
            X509KeyUsageFlags.DigitalSignature,
            request =>
            {
                var names = new SubjectAlternativeNameBuilder();
                foreach (var host in hosts)
                {
                    if (System.Net.IPAddress.TryParse(host, out var address))
                    {
                        names.AddIpAddress(address);
                    }
                    else
                    {
                        names.AddDnsName(host);
                    }
                }

                request.CertificateExtensions.Add(names.Build());
                request.CertificateExtensions.Add(
                    new X509EnhancedKeyUsageExtension(
                        [new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")],
                        critical: false
                    )
                );
            }
        );

    /// <summary>Makes a certificate for signing time-stamp tokens and nothing else (RFC 3161, 2.3).</summary>
    /// <param name="root">The root with its private key.</param>
    /// <param name="name">Common name, for people.</param>
    /// <param name="policy">Object identifier of the policy under which it stamps.</param>
    /// <param name="notice">What that policy says, up to 200 ASCII characters: shown by whatever prints the certificate.</param>
    /// <param name="from">Start of validity, UTC.</param>
    /// <param name="until">End of validity, UTC.</param>
    /// <returns>The certificate with its private key.</returns>
    public static X509Certificate2 NewTimestamper(
        X509Certificate2 root,
        string name,
        string policy,
        string notice,
        DateTimeOffset from,
        DateTimeOffset until
    ) =>
        Issue(
            root,
            name,
            from,
            until,
            X509KeyUsageFlags.DigitalSignature,
            request =>
            {
                request.CertificateExtensions.Add(
                    new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.8")], critical: true)
                );
                request.CertificateExtensions.Add(new X509Extension("2.5.29.32", PolicyOf(policy, notice), false));
            }
        );

    /// <summary>The certificate as the core reads it.</summary>
    /// <param name="certificate">A certificate.</param>
    /// <exception cref="ArgumentException">It is not one the profile can read.</exception>
    public static CertificateText TextOf(X509Certificate2 certificate) =>
        CertificateText.TryParse(certificate.RawData)
        ?? throw new ArgumentException("not a certificate the profile reads", nameof(certificate));

    /// <summary>Signs what is ready to be signed.</summary>
    /// <param name="input">Content made ready for this certificate.</param>
    /// <param name="signer">The certificate with its private key: in a file, or in a token behind the framework's key.</param>
    /// <returns>The signed bytes.</returns>
    public static byte[] Sign(SigningInput input, X509Certificate2 signer) => input.Complete(Value(input, signer));

    /// <summary>Signs what is ready to be signed, and leaves the content out of what is returned.</summary>
    /// <param name="input">Content made ready for this certificate.</param>
    /// <param name="signer">The certificate with its private key.</param>
    /// <returns>The signature with its certificate, detached.</returns>
    public static byte[] SignDetached(SigningInput input, X509Certificate2 signer) =>
        input.CompleteDetached(Value(input, signer));

    private static byte[] Value(SigningInput input, X509Certificate2 signer)
    {
        using var curve = signer.GetECDsaPrivateKey();
        if (curve is not null)
        {
            return curve.SignData(input.ToBeSigned.Span, input.Scheme.Hash);
        }

        using var rsa =
            signer.GetRSAPrivateKey() ?? throw new ArgumentException("no private key the profile uses", nameof(signer));
        return rsa.SignData(input.ToBeSigned.Span, input.Scheme.Hash, RSASignaturePadding.Pss);
    }

    private static X509Certificate2 Issue(
        X509Certificate2 root,
        string name,
        DateTimeOffset from,
        DateTimeOffset until,
        X509KeyUsageFlags usage,
        Action<CertificateRequest> extend
    )
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(NameOf(name), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(root, true, false));
        extend(request);
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40); // positive and never with a leading zero: one DER encoding
        using var certificate = request.Create(root, from, until, serial);
        return certificate.CopyWithPrivateKey(key);
    }

    // RFC 5280, 4.2.1.4: one policy with a user notice of explicit text.
    private static byte[] PolicyOf(string policy, string notice)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(policy);
            using (writer.PushSequence())
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier("1.3.6.1.5.5.7.2.2");
                using (writer.PushSequence())
                {
                    writer.WriteCharacterString(UniversalTagNumber.UTF8String, notice);
                }
            }
        }

        return writer.Encode();
    }

    private static X500DistinguishedName NameOf(string name)
    {
        var builder = new X500DistinguishedNameBuilder();
        builder.AddCommonName(name);
        return builder.Build();
    }
}
