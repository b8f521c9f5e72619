// SPDX-License-Identifier: EUPL-1.2
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Comity.Acts;
using Comity.Files.Keys;
using Comity.Requests;
using Comity.Signatures;

namespace Comity.Tests.Signatures;

/// <summary>Where certificates and signing times stop being read.</summary>
public sealed class ReadingEdgesTests
{
    private static readonly Act Act = Some.Act(new Withdraw(null), concerns: Some.Id("r"));

    [Fact]
    public void A_certificate_of_the_largest_size_is_read_as_bytes_and_as_base64_and_one_byte_more_is_not()
    {
        foreach (
            var (size, isTaken) in new[]
            {
                (CertificateText.MaximumBytes, true),
                (CertificateText.MaximumBytes + 1, false),
            }
        )
        {
            var encoded = OfSize(size);

            Assert.Equal(size, encoded.Length);
            Assert.Equal(isTaken, CertificateText.TryParse(encoded) is not null);
            Assert.Equal(isTaken, CertificateText.TryParse(Convert.ToBase64String(encoded), out _));
        }
    }

    [Fact]
    public void An_rsa_key_is_named_as_stock_tools_name_it()
    {
        using var key = RSA.Create(3072);
        var request = new CertificateRequest("CN=rsa", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        using var certificate = request.CreateSelfSigned(Some.Day(-1), Some.Day(10));
        var renamed = certificate.RawData;
        var at = renamed.AsSpan().IndexOf(Convert.FromHexString("06092A864886F70D010101"));
        renamed[at + 10] = 0x0A; // RSASSA-PSS instead of rsaEncryption

        Assert.Equal(SignatureScheme.RsaPss, SignatureScheme.For(CertificateText.TryParse(certificate.RawData)!.Key));
        Assert.Null(SignatureScheme.For(CertificateText.TryParse(renamed)!.Key));
    }

    [Theory]
    [InlineData("19000101000000Z")]
    [InlineData("20261102090000Z")]
    [InlineData("20261102090000.5Z")]
    [InlineData("99991231235959Z")]
    public void A_signing_time_in_another_spelling_is_refused(string time)
    {
        var certificate = Certificates.TextOf(Some.A.Seal);
        var content = ActEncoding.Write(Act);
        var usual = SignedAttributes.Encode(SignatureScheme.P256, content, certificate, Act.Issued);
        var attributes = WithTime(usual, time);

        var changed = SignedBytes.Encode(
            content,
            certificate,
            SignatureScheme.P256,
            attributes,
            [0x30, 0x06, 0x02, 0x01, 0x01, 0x02, 0x01, 0x01]
        );

        // From 2050 on this is the usual spelling: then only the signature is wrong.
        if (time.StartsWith("9999", StringComparison.Ordinal))
        {
            Assert.Equal(9999, SignedBytes.Parse(changed, Act.MaximumBytes).Admitted().SignedAt.Year);
        }
        else
        {
            Assert.Equal(
                new Refusal("signature.attributes-differ", new Citation("docs/spec/act.md", "3")),
                SignedBytes.Parse(changed, Act.MaximumBytes).Refused()
            );
        }
    }

    // Grows an extension until the whole has the size; signatures differ in length, so it takes a few tries.
    private static byte[] OfSize(int size)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        for (var filling = size - 400; ; )
        {
            var request = new CertificateRequest("CN=large", key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509Extension("1.3.6.1.4.1.99999.1", new byte[filling], false));
            using var certificate = request.CreateSelfSigned(Some.Day(-1), Some.Day(10));
            if (certificate.RawData.Length == size)
            {
                return certificate.RawData;
            }

            filling += size - certificate.RawData.Length;
        }
    }

    private static byte[] WithTime(byte[] attributes, string time)
    {
        var set = new AsnReader(attributes, AsnEncodingRules.DER).ReadSetOf();
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSetOf())
        {
            while (set.HasData)
            {
                var attribute = set.PeekEncodedValue();
                if (set.ReadSequence().ReadObjectIdentifier() != Oids.SigningTime)
                {
                    writer.WriteEncodedValue(attribute.Span);
                    continue;
                }

                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(Oids.SigningTime);
                    using (writer.PushSetOf())
                    {
                        byte[] text = [.. time.Select(c => (byte)c)];
                        writer.WriteEncodedValue([0x18, (byte)text.Length, .. text]);
                    }
                }
            }
        }

        return writer.Encode();
    }
}
