// SPDX-License-Identifier: EUPL-1.2
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Comity.Files.Keys;
using Comity.Timestamps;

namespace Comity.Tests.Timestamps;

/// <summary>What a token must be to count as proof, and why others do not.</summary>
public sealed class TimestampTokenTests : IDisposable
{
    private readonly TestAuthority authority = new();

    public void Dispose() => authority.Dispose();

    [Fact]
    public void A_token_says_what_was_seen_when_and_under_which_policy()
    {
        var token = Read(authority.Token());

        Assert.Equal(
            new TimestampStatement(
                Imprint.Of(Digest.Of(TestAuthority.Content)),
                TestAuthority.Policy,
                77,
                TestAuthority.Asked.AddMilliseconds(1250),
                TimeSpan.FromSeconds(1),
                new BigInteger(TestAuthority.Nonce, isUnsigned: true, isBigEndian: true)
            ),
            token.Statement
        );
        Assert.Equal([authority.Signer.RawData], token.Certificates.Select(c => c.Text.Encoded.ToArray()));
        Assert.Equal("admitted", token.Covers(TestAuthority.Content).Code());
        Assert.Equal("admitted", Answers(token).Code());
        Assert.Equal("admitted", token.SignedUnder(authority.Trust).Code());
    }

    [Fact]
    public void A_token_over_other_bytes_does_not_cover_these()
    {
        var token = Read(authority.Token());

        Assert.Equal("timestamp.other-content", token.Covers([.. TestAuthority.Content, 10]).Code());
        Assert.Equal("timestamp.other-content", token.Covers([]).Code());
    }

    [Fact]
    public void An_answer_to_another_request_is_refused()
    {
        var other = TimestampRequest.For(Digest.Of("other"u8), TestAuthority.Nonce);
        var later = TimestampRequest.For(Digest.Of(TestAuthority.Content), [9, 9, 9, 9, 9, 9, 9, 9]);
        var strict = TimestampRequest.For(Digest.Of(TestAuthority.Content), TestAuthority.Nonce, "1.2.3.4");

        Assert.Equal("timestamp.other-content", Answers(Read(authority.Token(other))).Code());
        Assert.Equal("timestamp.nonce-differs", Answers(Read(authority.Token(later))).Code());
        Assert.Equal("timestamp.policy-differs", Answers(Read(authority.Token()), strict).Code());
        Assert.Equal("admitted", Answers(Read(authority.Token(policy: "1.2.3.4")), strict).Code());
    }

    [Theory]
    [InlineData(-301, "timestamp.time-wrong")]
    [InlineData(-300, "admitted")]
    [InlineData(302, "admitted")]
    [InlineData(303, "timestamp.time-wrong")]
    public void A_time_at_which_it_cannot_have_been_asked_is_refused(int seconds, string code)
    {
        var token = Read(authority.Token(at: TestAuthority.Asked.AddSeconds(seconds)));

        Assert.Equal(code, Answers(token).Code());
    }

    [Fact]
    public void A_token_is_believed_by_the_root_by_its_own_certificate_or_by_a_fingerprint_it_brings()
    {
        var token = Read(authority.Token());
        var own = Certificates.TextOf(authority.Signer);
        using var stranger = Certificates.NewRoot("Stranger", Some.Day(-100), 5);

        Assert.Equal("admitted", token.SignedUnder(new TimestampTrust([own], [])).Code());
        Assert.Equal("admitted", token.SignedUnder(new TimestampTrust([], [own.Id])).Code());
        Assert.Equal("timestamp.untrusted", token.SignedUnder(new TimestampTrust([], [])).Code());
        Assert.Equal(
            "timestamp.untrusted",
            token.SignedUnder(new TimestampTrust([Certificates.TextOf(stranger)], [])).Code()
        );

        // The root does not travel, so its fingerprint alone finds nothing.
        var root = Certificates.TextOf(authority.Root);
        Assert.Equal("timestamp.untrusted", token.SignedUnder(new TimestampTrust([], [root.Id])).Code());
    }

    [Fact]
    public void A_root_of_the_same_name_with_another_key_vouches_for_nothing()
    {
        using var twin = Certificates.NewRoot("Root of a test authority", Some.Day(-100), 5);

        Assert.Equal(
            "timestamp.untrusted",
            Read(authority.Token()).SignedUnder(new TimestampTrust([Certificates.TextOf(twin)], [])).Code()
        );
    }

    [Fact]
    public void A_certificate_that_was_not_valid_at_the_tokens_time_is_refused()
    {
        using var expired = new TestAuthority(until: TestAuthority.Asked.AddSeconds(1));
        using var early = new TestAuthority(from: TestAuthority.Asked.AddSeconds(2));

        Assert.Equal("timestamp.certificate-expired", Read(expired.Token()).SignedUnder(expired.Trust).Code());
        Assert.Equal("timestamp.certificate-expired", Read(early.Token()).SignedUnder(early.Trust).Code());
        Assert.Equal(
            "admitted",
            Read(expired.Token(at: TestAuthority.Asked.AddSeconds(1))).SignedUnder(expired.Trust).Code()
        );
    }

    [Fact]
    public void A_certificate_for_anything_else_is_refused()
    {
        using var seal = Certificates.NewSigner(authority.Root, "A seal", Some.Day(-10), Some.Day(200));
        var token = TestAuthority.Sign(seal, TestAuthority.Request, TestAuthority.Asked, TestAuthority.Policy);

        Assert.Equal("timestamp.purpose-wrong", Read(token).SignedUnder(authority.Trust).Code());
    }

    [Theory]
    [InlineData(true, true, "admitted")]
    [InlineData(false, true, "timestamp.purpose-wrong")]
    [InlineData(true, false, "timestamp.purpose-wrong")]
    public void The_purpose_must_be_timestamps_alone_and_binding(bool critical, bool alone, string code)
    {
        OidCollection purposes = [new Oid("1.3.6.1.5.5.7.3.8")];
        if (!alone)
        {
            purposes.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        }

        using var signer = IssueWith(new X509EnhancedKeyUsageExtension(purposes, critical));
        var token = TestAuthority.Sign(signer, TestAuthority.Request, TestAuthority.Asked, TestAuthority.Policy);

        Assert.Equal(code, Read(token).SignedUnder(authority.Trust).Code());
    }

    [Fact]
    public void A_critical_extension_that_nobody_knows_shuts_the_certificate()
    {
        using var signer = IssueWith(
            new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.8")], true),
            new X509Extension("1.3.6.1.4.1.99999.7", [5, 0], critical: true)
        );
        var token = TestAuthority.Sign(signer, TestAuthority.Request, TestAuthority.Asked, TestAuthority.Policy);

        Assert.Equal("timestamp.purpose-wrong", Read(token).SignedUnder(authority.Trust).Code());
    }

    [Fact]
    public void A_token_without_certificates_needs_the_authoritys_own_at_hand()
    {
        var bare = TimestampRequest.Parse(WithoutCertificates(TestAuthority.Request)).Value();
        var token = Read(authority.Token(bare));

        Assert.Empty(token.Certificates);
        Assert.Equal("timestamp.certificate-missing", token.SignedUnder(authority.Trust).Code());
        Assert.Equal(
            "admitted",
            token.SignedUnder(new TimestampTrust([Certificates.TextOf(authority.Signer)], [])).Code()
        );
    }

    [Fact]
    public void Another_certificate_on_the_same_key_and_serial_number_is_not_the_one_that_signed()
    {
        // The signer's certificate renewed with the same name, number and key: only the signed hash tells them apart.
        var serial = new byte[] { 0x41, 1, 2 };
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var first = Issue(key, serial, Some.Day(100));
        using var second = Issue(key, serial, Some.Day(101));
        var token = TestAuthority.Sign(first, TestAuthority.Request, TestAuthority.Asked, TestAuthority.Policy);
        var at = token.AsSpan().IndexOf(first.RawData);
        Assert.Equal(first.RawData.Length, second.RawData.Length);
        second.RawData.CopyTo(token.AsSpan(at));

        Assert.Equal("timestamp.certificate-differs", Read(token).SignedUnder(authority.Trust).Code());
    }

    [Fact]
    public void A_statement_changed_under_a_good_signature_is_refused()
    {
        var token = authority.Token();
        var at = token.AsSpan().IndexOf("20261112120001.25Z"u8);
        token[at + 3] = (byte)'5';

        Assert.Equal("timestamp.signature-wrong", Read(token).SignedUnder(authority.Trust).Code());
    }

    [Fact]
    public void An_authority_that_gives_nothing_says_why_in_numbers_only()
    {
        Assert.Equal(
            ("timestamp.not-granted", "status 2 failure 15"),
            TimestampResponse.Parse(TimestampResponse.Reject(TimestampFailure.PolicyUnknown)).CodeAndPlace()
        );
        Assert.Equal(
            ("timestamp.not-granted", "status 2 failure 0"),
            TimestampResponse.Parse(TimestampResponse.Reject(TimestampFailure.AlgorithmUnknown)).CodeAndPlace()
        );
    }

    [Fact]
    public void What_is_too_large_is_not_read()
    {
        Assert.Equal("timestamp.too-large", TimestampToken.Parse(new byte[TimestampToken.MaximumBytes + 1]).Code());
        Assert.Equal("timestamp.malformed", TimestampToken.Parse(new byte[TimestampToken.MaximumBytes]).Code());
        Assert.Equal(
            "timestamp.too-large",
            TimestampResponse.Parse(new byte[TimestampResponse.MaximumBytes + 1]).Code()
        );
        Assert.Equal(
            ("timestamp.malformed", "response"),
            TimestampResponse.Parse(new byte[TimestampResponse.MaximumBytes]).CodeAndPlace()
        );
    }

    private static TimestampToken Read(byte[] token) => TimestampResponse.Parse(TimestampResponse.Grant(token)).Value();

    private static Outcome<TimestampToken> Answers(TimestampToken token, TimestampRequest? request = null) =>
        token.Answers(request ?? TestAuthority.Request, TestAuthority.Asked, TestAuthority.Asked.AddSeconds(2));

    // certReq is the last member: TRUE becomes absent by cutting its three bytes and the length.
    private static byte[] WithoutCertificates(TimestampRequest request)
    {
        var encoded = request.Encode();
        encoded[1] -= 3;
        return encoded[..^3];
    }

    private X509Certificate2 IssueWith(params X509Extension[] extensions)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Issue(key, [0x42], Some.Day(200), extensions);
    }

    private X509Certificate2 Issue(ECDsa key, byte[] serial, DateTimeOffset until, params X509Extension[] extensions)
    {
        var request = new CertificateRequest("CN=Test authority", key, HashAlgorithmName.SHA256);
        if (extensions.Length == 0)
        {
            extensions = [new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.8")], true)];
        }

        foreach (var extension in extensions)
        {
            request.CertificateExtensions.Add(extension);
        }

        using var bare = request.Create(
            authority.Root.SubjectName,
            new FixedSize(authority.Root.GetECDsaPrivateKey()!),
            Some.Day(-10),
            until,
            serial
        );
        return bare.CopyWithPrivateKey(key);
    }

    // Signs until the signature has the usual length, so that two certificates can stand in each other's place.
    private sealed class FixedSize(ECDsa key) : X509SignatureGenerator
    {
        private readonly X509SignatureGenerator inner = CreateForECDsa(key);

        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) =>
            inner.GetSignatureAlgorithmIdentifier(hashAlgorithm);

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm)
        {
            byte[] signature;
            do
            {
                signature = inner.SignData(data, hashAlgorithm);
            } while (signature.Length != 71);
            return signature;
        }

        protected override PublicKey BuildPublicKey() => inner.PublicKey;
    }
}
