// SPDX-License-Identifier: EUPL-1.2
using System.Diagnostics;
using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Comity.Acts;
using Comity.Files.Keys;
using Comity.Signatures;

namespace Comity.Tests.Signatures;

public sealed class SignedBytesTests
{
    private static readonly Act Act = Some.Act(Some.Request());
    private static readonly byte[] Bytes = Some.A.Sign(Act);

    [Fact]
    public void What_was_signed_comes_back_to_the_byte_with_its_signer_and_time()
    {
        var signed = Parse(Bytes);

        Assert.Equal(ActEncoding.Write(Act), signed.Content.ToArray());
        Assert.Equal(Some.A.Seal.RawData, signed.Signer.Encoded.ToArray());
        Assert.Equal(Act.Issued, signed.SignedAt);
        Assert.Equal(SignatureScheme.P256, signed.Scheme);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Bytes)), signed.Id.ToString());
    }

    [Fact]
    public void Every_one_byte_change_is_refused_or_no_longer_verifies()
    {
        using var key = PinnedKey.TryImport(Certificates.TextOf(Some.A.Seal))!;
        var survivors = new List<int>();
        for (var i = 0; i < Bytes.Length; i++)
        {
            var changed = Bytes.ToArray();
            changed[i] ^= 0x01;
            if (
                SignedBytes.Parse(changed, Act.MaximumBytes) is Outcome<SignedBytes>.Admitted parsed
                && parsed.Value.Signer.Id == Certificates.TextOf(Some.A.Seal).Id
                && parsed.Value.VerifiesWith(key)
            )
            {
                survivors.Add(i);
            }
        }

        Assert.Empty(survivors);
    }

    [Fact]
    public void The_other_half_of_the_same_signature_is_not_taken()
    {
        var high = Replace(Bytes, LastOctetString(Bytes), FlipS);

        Assert.Equal(Why("signature.not-canonical"), Refusal(high));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    public void A_signed_act_cut_short_is_malformed(int missing) =>
        Assert.Equal(Why("signature.malformed"), Refusal(Bytes[..^(missing + 1)]));

    [Fact]
    public void A_byte_behind_the_end_is_malformed() =>
        Assert.Equal(Why("signature.malformed"), Refusal([.. Bytes, 0]));

    [Fact]
    public void Content_at_the_limit_is_taken_and_one_byte_more_is_not()
    {
        var content = new byte[1000];
        var certificate = Certificates.TextOf(Some.A.Seal);
        var bytes = Certificates.Sign(SigningInput.For(content, certificate, Some.Day(0)), Some.A.Seal);

        Assert.Equal(content, SignedBytes.Parse(bytes, 1000).Admitted().Content.ToArray());
        Assert.Equal(Why("signature.too-large"), SignedBytes.Parse(bytes, 999).Refused());
    }

    [Theory]
    [InlineData("ecdsa-p256-sha256")]
    [InlineData("ecdsa-p384-sha384")]
    [InlineData("rsa-pss-sha256")]
    public void Openssl_verifies_every_scheme_and_never_a_changed_payload(string scheme)
    {
        using var signer = SelfSigned(scheme);
        var certificate = Certificates.TextOf(signer);
        var content = ActEncoding.Write(Act);
        var bytes = Certificates.Sign(SigningInput.For(content, certificate, Act.Issued), signer);
        var folder = Directory.CreateTempSubdirectory("comity-openssl").FullName;
        File.WriteAllText(Path.Combine(folder, "root.pem"), signer.ExportCertificatePem());
        File.WriteAllBytes(Path.Combine(folder, "act.p7m"), bytes);

        Assert.Equal(scheme, Parse(bytes).Scheme.Name);
        Assert.Equal(content, OpenSsl(folder));

        var text = "hospital"u8;
        var at = bytes.AsSpan().IndexOf(text);
        bytes[at] = (byte)'H';
        File.WriteAllBytes(Path.Combine(folder, "act.p7m"), bytes);
        Assert.Null(OpenSsl(folder));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Openssl_accepts_a_seal_under_its_root()
    {
        var folder = Directory.CreateTempSubdirectory("comity-openssl").FullName;
        File.WriteAllText(Path.Combine(folder, "root.pem"), Some.A.Root.ExportCertificatePem());
        File.WriteAllBytes(Path.Combine(folder, "act.p7m"), Bytes);

        Assert.Equal(ActEncoding.Write(Act), OpenSsl(folder));
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(2048, false)]
    [InlineData(3072, true)]
    public void An_rsa_key_below_3072_bits_is_no_key(int bits, bool isTaken)
    {
        using var key = RSA.Create(bits);
        var request = new CertificateRequest("CN=short", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        using var certificate = request.CreateSelfSigned(Some.Day(-1), Some.Day(10));

        using var pinned = PinnedKey.TryImport(Certificates.TextOf(certificate));
        Assert.Equal(isTaken, pinned is not null);
    }

    [Fact]
    public void A_certificate_swapped_for_another_on_the_same_key_is_refused()
    {
        using var key = Some.A.Seal.GetECDsaPrivateKey()!;
        using var twin = new CertificateRequest("CN=twin", key, HashAlgorithmName.SHA256).CreateSelfSigned(
            Some.Day(-1),
            Some.Day(10)
        );
        var swapped = SignedBytes.Encode(
            ActEncoding.Write(Act),
            Certificates.TextOf(twin),
            SignatureScheme.P256,
            SignedAttributes.Encode(
                SignatureScheme.P256,
                ActEncoding.Write(Act),
                Certificates.TextOf(Some.A.Seal),
                Act.Issued
            ),
            Bytes.AsSpan(LastOctetString(Bytes) + 2)
        );

        Assert.Equal(Why("signature.attributes-differ"), Refusal(swapped));
    }

    private static Refusal Why(string code) => new(code, new Citation("docs/spec/act.md", "3"));

    private static SignedBytes Parse(byte[] bytes) => SignedBytes.Parse(bytes, Act.MaximumBytes).Admitted();

    private static Refusal Refusal(byte[] bytes) => SignedBytes.Parse(bytes, Act.MaximumBytes).Refused();

    private static byte[]? OpenSsl(string folder)
    {
        var start = new ProcessStartInfo("openssl")
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (
            var argument in "cms -verify -cades -binary -purpose any -inform DER -in act.p7m -CAfile root.pem -attime 1793610000 -out content".Split(
                ' '
            )
        )
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? File.ReadAllBytes(Path.Combine(folder, "content")) : null;
    }

    private static X509Certificate2 SelfSigned(string scheme)
    {
        var usage = new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign, true);
        CertificateRequest request;
        if (scheme == "rsa-pss-sha256")
        {
            request = new("CN=rsa", RSA.Create(3072), HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        }
        else
        {
            var curve = scheme == "ecdsa-p384-sha384" ? ECCurve.NamedCurves.nistP384 : ECCurve.NamedCurves.nistP256;
            request = new("CN=ec", ECDsa.Create(curve), HashAlgorithmName.SHA256);
        }

        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(usage);
        return request.CreateSelfSigned(Some.Day(-1), Some.Day(10));
    }

    // The signature is the last field: an OCTET STRING of at most 72 bytes that ends the file.
    private static int LastOctetString(byte[] bytes)
    {
        for (var at = bytes.Length - 74; at < bytes.Length; at++)
        {
            if (bytes[at] == 0x04 && at + 2 + bytes[at + 1] == bytes.Length && bytes[at + 2] == 0x30)
            {
                return at;
            }
        }

        throw new InvalidOperationException("no signature found");
    }

    private static byte[] Replace(byte[] bytes, int at, Func<byte[], byte[]> change)
    {
        using var key = PinnedKey.TryImport(Certificates.TextOf(Some.A.Seal))!;
        var certificate = Certificates.TextOf(Some.A.Seal);
        var content = ActEncoding.Write(Act);
        return SignedBytes.Encode(
            content,
            certificate,
            SignatureScheme.P256,
            SignedAttributes.Encode(SignatureScheme.P256, content, certificate, Act.Issued),
            change(bytes[(at + 2)..])
        );
    }

    private static byte[] FlipS(byte[] signature)
    {
        var order = new BigInteger(
            Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"),
            isUnsigned: true,
            isBigEndian: true
        );
        var pair = new AsnReader(signature, AsnEncodingRules.DER).ReadSequence();
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(pair.ReadInteger());
            writer.WriteInteger(order - pair.ReadInteger());
        }

        return writer.Encode();
    }
}
