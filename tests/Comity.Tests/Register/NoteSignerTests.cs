// SPDX-License-Identifier: EUPL-1.2
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Comity.Register;

namespace Comity.Tests.Register;

public sealed class NoteSignerTests
{
    // The key pair and the text of golang.org/x/mod's tests: the seed is public, and so is what it signs.
    private const string PublishedSeed = "gQoUAtUUbI2E8kQzMPVAgOv5juF9nHT2JS/F1ccoMXM=";

    [Fact]
    public void A_published_seed_makes_the_published_key_and_signature()
    {
        const string text =
            "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
        var signer = new LogSigner("PeterNeumann", Convert.FromBase64String(PublishedSeed));

        Assert.Equal("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", signer.Verifier.ToString());
        Assert.Equal(
            "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n",
            signer.Sign(text).ToString()
        );
    }

    [Fact]
    public void Stock_openssl_verifies_a_checkpoint()
    {
        var text = Checkpoint.Of(Some.Origin, Some.Tree.Edge(7)).ToString();
        var signature = Some.Log.Sign(text).Signature();

        Assert.Equal("Signature Verified Successfully", OpenSslVerify(Some.Log.Verifier, text, signature));
        Assert.Equal("Signature Verification Failure", OpenSslVerify(Some.Log.Verifier, text + "more\n", signature));
        Assert.Equal("Signature Verification Failure", OpenSslVerify(Some.OtherLog.Verifier, text, signature));
    }

    [Fact]
    public void Stock_openssl_verifies_a_cosignature()
    {
        var text = Checkpoint.Of(Some.Origin, Some.Tree.Edge(7)).ToString();
        var timeAndSignature = Some.Witness.Sign(text, Some.Noon).Signature();
        var message = $"cosignature/v1\ntime 1795521600\n{text}";

        Assert.Equal(
            "Signature Verified Successfully",
            OpenSslVerify(Some.Witness.Verifier, message, timeAndSignature[8..])
        );
    }

    [Fact]
    public void One_seed_makes_different_keys_for_a_log_and_for_a_witness()
    {
        var log = new LogSigner("xa.example", Some.Seed("both")).Verifier;
        var witness = new Cosigner("xa.example", Some.Seed("both")).Verifier;

        Assert.Equal(log.ToPublicKey(), witness.ToPublicKey());
        Assert.NotEqual(log.KeyId, witness.KeyId);
        Assert.NotEqual(log, witness);
        Assert.Equal(log, NoteVerifier.Parse(log.ToString()).Value());
    }

    [Fact]
    public void A_signature_from_a_hardware_module_makes_the_same_line()
    {
        var line = Some.Log.Sign("A\n");

        Assert.Equal(line, NoteSignature.By(Some.Log.Verifier, line.Signature()));
    }

    [Fact]
    public void A_line_of_another_key_is_never_verified_by_this_one() =>
        Assert.False(Some.Log.Verifier.Verifies("A\n", Some.OtherLog.Sign("A\n")));

    [Fact]
    public void A_key_needs_a_seed_of_32_bytes_and_a_name_that_fits_a_line()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LogSigner("a", new byte[31]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Cosigner("a", new byte[33]));
        Assert.All(
            ["", "a b", "a+b", "a\nb", "half\ud800", new string('a', 256)],
            name => Assert.Throws<ArgumentException>(() => new LogSigner(name, Some.Seed("x")))
        );
        Assert.Equal(255, new LogSigner(new string('a', 255), Some.Seed("x")).Verifier.Name.Length);
    }

    [Fact]
    public void A_cosignature_is_made_for_a_whole_second_only() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Some.Witness.Sign("A\n", Some.Noon.AddMilliseconds(1)));

    [Fact]
    public void A_private_key_is_never_printed()
    {
        Assert.Equal(Some.Origin, Some.Log.ToString());
        Assert.Equal("witness.example/w1", Some.Witness.ToString());
    }

    [Fact]
    public void A_key_of_no_known_type_or_another_length_is_refused()
    {
        var key = Some.Log.Verifier.ToPublicKey();

        Assert.Equal("register.key-type-wrong", NoteVerifier.Of("a", (NoteKeyType)6, key).Verdict());
        Assert.Equal("register.key-malformed", NoteVerifier.Of("a", NoteKeyType.Log, key.AsSpan(1)).Verdict());
        Assert.Equal("register.key-malformed", NoteVerifier.Of("a", NoteKeyType.Log, [.. key, 0]).Verdict());
    }

    [Fact]
    public void A_log_key_does_not_count_as_a_witness() =>
        Assert.Equal(
            new Refusal("register.key-type-wrong", new Citation("C2SP", "signed-note"), Some.Origin),
            Cosignature.Read(SignedNote.Unsigned("A\n"), [Some.Log.Verifier]).Why()
        );

    private static string OpenSslVerify(NoteVerifier key, string message, byte[] signature)
    {
        var folder = Directory.CreateTempSubdirectory("comity-register-");
        try
        {
            string PathOf(string name) => Path.Combine(folder.FullName, name);
            byte[] spki = [.. Convert.FromHexString("302a300506032b6570032100"), .. key.ToPublicKey()];
            File.WriteAllBytes(PathOf("key.der"), spki);
            File.WriteAllBytes(PathOf("message"), Encoding.UTF8.GetBytes(message));
            File.WriteAllBytes(PathOf("signature"), signature);
            string[] arguments =
            [
                .. new[] { "pkeyutl", "-verify", "-pubin", "-inkey", PathOf("key.der"), "-keyform", "DER", "-rawin" },
                .. new[] { "-in", PathOf("message"), "-sigfile", PathOf("signature") },
            ];
            using var openssl = Process.Start(
                new ProcessStartInfo("openssl", arguments)
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                }
            )!;
            var output = openssl.StandardOutput.ReadToEnd();
            openssl.WaitForExit();
            return output.Trim();
        }
        catch (Win32Exception)
        {
            Assert.Skip("openssl is not installed");
            return "";
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
