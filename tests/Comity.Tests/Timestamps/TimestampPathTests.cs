// SPDX-License-Identifier: EUPL-1.2
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Comity.Files.Keys;
using Comity.Timestamps;

namespace Comity.Tests.Timestamps;

/// <summary>The way from a token's certificate to a trusted one, and everything that is no way.</summary>
public sealed class TimestampPathTests : IDisposable
{
    private static readonly X509BasicConstraintsExtension Authority = new(true, false, 0, true);
    private static readonly X509KeyUsageExtension Issues = new(X509KeyUsageFlags.KeyCertSign, true);
    private static readonly X509EnhancedKeyUsageExtension Stamps = new([new Oid("1.3.6.1.5.5.7.3.8")], true);

    private readonly X509Certificate2 root = Self("Root", Authority, Issues);
    private readonly List<X509Certificate2> made = [];

    public void Dispose()
    {
        made.ForEach(c => c.Dispose());
        root.Dispose();
    }

    [Fact]
    public void An_authority_in_between_that_travels_with_the_token_is_a_way() =>
        Assert.Equal("admitted", Code(Middle(Authority, Issues)));

    [Fact]
    public void Whoever_is_no_certification_authority_vouches_for_nobody()
    {
        Assert.Equal("timestamp.untrusted", Code(Middle(Stamps)));
        Assert.Equal(
            "timestamp.untrusted",
            Code(Middle(new X509BasicConstraintsExtension(false, false, 0, true), Issues))
        );
    }

    [Fact]
    public void An_authority_that_may_not_sign_certificates_vouches_for_nobody() =>
        Assert.Equal(
            "timestamp.untrusted",
            Code(Middle(Authority, new X509KeyUsageExtension(X509KeyUsageFlags.CrlSign, true)))
        );

    [Fact]
    public void An_authority_for_another_purpose_vouches_for_nobody_and_one_for_this_or_any_does()
    {
        string[] purposes = ["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.8", "2.5.29.37.0"];

        Assert.Equal(
            ["timestamp.untrusted", "admitted", "admitted"],
            purposes.Select(p =>
                Code(Middle(Authority, Issues, new X509EnhancedKeyUsageExtension([new Oid(p)], false)))
            )
        );
    }

    [Fact]
    public void A_critical_extension_that_nobody_knows_shuts_the_way() =>
        Assert.Equal(
            "timestamp.untrusted",
            Code(Middle(Authority, Issues, new X509Extension("1.3.6.1.4.1.99999.7", [5, 0], true)))
        );

    [Fact]
    public void An_authority_whose_certificate_had_expired_shuts_the_way() =>
        Assert.Equal(
            "timestamp.certificate-expired",
            Code(Issue("Middle", root, TestAuthority.Asked.AddSeconds(-1), Authority, Issues))
        );

    [Fact]
    public void A_root_that_had_expired_shuts_the_way()
    {
        var old = Self("Root", Authority, Issues, TestAuthority.Asked.AddSeconds(-1));
        made.Add(old);

        Assert.Equal(
            "timestamp.certificate-expired",
            Token(Issue("Signer", old, Some.Day(200), Stamps)).SignedUnder(Trust(old)).Code()
        );
    }

    [Fact]
    public void A_path_is_as_long_as_its_authorities_allow_and_no_longer()
    {
        var none = new X509BasicConstraintsExtension(true, true, 0, true);
        var first = Issue("First", root, Some.Day(200), none, Issues);
        var second = Issue("Second", first, Some.Day(200), Authority, Issues);

        Assert.Equal("admitted", Code(first));
        Assert.Equal("timestamp.untrusted", Code(second, first));
    }

    [Fact]
    public void Six_authorities_are_looked_at_and_no_seventh()
    {
        List<X509Certificate2> chain = [root];
        for (var i = 1; i <= 6; i++)
        {
            chain.Add(Issue($"Authority {i}", chain[^1], Some.Day(200), Authority, Issues));
        }

        Assert.Equal("admitted", Code(chain[5], [.. chain[1..5]]));
        Assert.Equal("timestamp.untrusted", Code(chain[6], [.. chain[1..6]]));
    }

    [Fact]
    public void Authorities_that_vouch_for_one_another_in_a_ring_end_the_search()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var first = Self("First", Authority, Issues);
        var second = Issue("Second", first, Some.Day(200), Authority, Issues);
        var again = Issue("First", second, Some.Day(200), Authority, Issues);
        made.Add(first);

        Assert.Equal("timestamp.untrusted", Code(second, first, again));
    }

    [Fact]
    public void A_token_signed_with_RSA_PSS_is_believed_and_one_with_a_salt_of_another_length_is_not()
    {
        using var key = RSA.Create(3072);
        var request = new CertificateRequest("CN=Signer", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        request.CertificateExtensions.Add(Stamps);
        using var signer = request.Create(
            root.SubjectName,
            X509SignatureGenerator.CreateForECDsa(root.GetECDsaPrivateKey()!),
            Some.Day(-10),
            Some.Day(200),
            [0x45]
        );
        var issue = TimestampIssue.For(
            TestAuthority.Request,
            TestAuthority.Policy,
            5,
            TestAuthority.Asked,
            TimeSpan.FromSeconds(1),
            Certificates.TextOf(signer)
        );
        var token = issue.Complete(
            key.SignData(issue.ToBeSigned.Span, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)
        );
        var salt = token.AsSpan().LastIndexOf(Convert.FromHexString("A203020120")); // [2] INTEGER 32
        var other = token.ToArray();
        other[salt + 4] = 20;

        Assert.Equal("admitted", TimestampToken.Parse(token).Then(t => t.SignedUnder(Trust(root))).Code());
        Assert.Equal(
            ("timestamp.algorithm-unknown", "signature"),
            TimestampToken.Parse(other).Then(t => t.SignedUnder(Trust(root))).CodeAndPlace()
        );
    }

    private static TimestampTrust Trust(params X509Certificate2[] certificates) =>
        new(certificates.Select(Certificates.TextOf), []);

    private static X509Certificate2 Self(
        string name,
        X509Extension basic,
        X509Extension usage,
        DateTimeOffset? until = null
    )
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(basic);
        request.CertificateExtensions.Add(usage);
        return request.CreateSelfSigned(Some.Day(-100), until ?? Some.Day(900));
    }

    private static TimestampToken Token(X509Certificate2 signer) =>
        TimestampToken
            .Parse(TestAuthority.Sign(signer, TestAuthority.Request, TestAuthority.Asked, TestAuthority.Policy))
            .Value();

    // A token whose signer that authority issued; the others travel in the token as it does, only the root is trusted.
    private string Code(X509Certificate2 issuer, params X509Certificate2[] between)
    {
        var signer = Issue("Signer", issuer, Some.Day(200), Stamps);
        var token = WithCertificates(
            TestAuthority.Sign(signer, TestAuthority.Request, TestAuthority.Asked, TestAuthority.Policy),
            signer,
            [issuer, .. between]
        );
        return TimestampToken.Parse(token).Then(t => t.SignedUnder(Trust(root))).Code();
    }

    private X509Certificate2 Middle(params X509Extension[] extensions) =>
        Issue("Middle", root, Some.Day(200), extensions);

    private X509Certificate2 Issue(
        string name,
        X509Certificate2 issuer,
        DateTimeOffset until,
        params X509Extension[] extensions
    )
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        foreach (var extension in extensions)
        {
            request.CertificateExtensions.Add(extension);
        }

        using var bare = request.Create(
            issuer.SubjectName,
            X509SignatureGenerator.CreateForECDsa(issuer.GetECDsaPrivateKey()!),
            Some.Day(-50),
            until,
            [0x41, (byte)made.Count]
        );
        made.Add(bare.CopyWithPrivateKey(key));
        return made[^1];
    }

    // Certificates are not signed over: whoever sends a token may put any beside it.
    private static byte[] WithCertificates(byte[] token, X509Certificate2 signer, IEnumerable<X509Certificate2> more)
    {
        var all = new[] { signer.RawData }.Concat(more.Select(c => c.RawData)).ToList();
        var writer = new AsnWriter(AsnEncodingRules.DER);
        var rules = AsnEncodingRules.DER;
        var info = new AsnReader(token, rules).ReadSequence();
        var tag = new Asn1Tag(TagClass.ContextSpecific, 0, true);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(info.ReadObjectIdentifier());
            var data = info.ReadSequence(tag).ReadSequence();
            using (writer.PushSequence(tag))
            using (writer.PushSequence())
            {
                for (var i = 0; i < 3; i++)
                {
                    writer.WriteEncodedValue(data.ReadEncodedValue().Span);
                }

                data.ReadEncodedValue();
                using (writer.PushSetOf(tag))
                {
                    all.ForEach(c => writer.WriteEncodedValue(c));
                }

                writer.WriteEncodedValue(data.ReadEncodedValue().Span);
            }
        }

        return writer.Encode();
    }
}
