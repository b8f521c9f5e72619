// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using Comity.Files.Keys;
using Comity.Timestamps;

namespace Comity.Tests.Timestamps;

/// <summary>OpenSSL, which has a timestamp authority and a verifier of its own, reads what we write and writes what we read.</summary>
public sealed class StockTimestampTests
{
    private static readonly string OpenSsl = "openssl";

    [Fact]
    public async Task Openssl_verifies_our_token_and_not_a_changed_text()
    {
        ChildProcess.Find(OpenSsl);
        using var authority = new TestAuthority(Today.AddDays(-1), Today.AddDays(30));
        using var folder = new ScratchFolder();
        var request = TimestampRequest.For(Digest.Of(TestAuthority.Content), TestAuthority.Nonce);
        var token = folder.Write("x.tst", authority.Token(request, Today));
        var query = folder.Write("x.tsq", request.Encode());
        var reply = folder.Write("x.tsr", TimestampResponse.Grant(await File.ReadAllBytesAsync(token, Stop)));
        var text = folder.Write("checkpoint.txt", TestAuthority.Content);
        var other = folder.Write("other.txt", [.. TestAuthority.Content, 10]);
        await File.WriteAllTextAsync(folder.File("root.pem"), authority.Root.ExportCertificatePem(), Stop);

        var whole = await TsAsync(folder, "-verify", "-token_in", "-in", token, "-data", text);
        var answered = await TsAsync(folder, "-verify", "-in", reply, "-queryfile", query);
        var changed = await TsAsync(folder, "-verify", "-token_in", "-in", token, "-data", other);

        Assert.Equal((0, "Verification: OK"), (whole.Exit, LastLine(whole)));
        Assert.Equal((0, "Verification: OK"), (answered.Exit, LastLine(answered)));
        Assert.Equal((1, "Verification: FAILED"), (changed.Exit, LastLine(changed)));
    }

    [Theory]
    [InlineData("ec -pkeyopt ec_paramgen_curve:P-256", "sha256")]
    [InlineData("ec -pkeyopt ec_paramgen_curve:P-384", "sha384")]
    [InlineData("ec -pkeyopt ec_paramgen_curve:P-521", "sha512")]
    [InlineData("rsa -pkeyopt rsa_keygen_bits:2048", "sha256")]
    [InlineData("rsa -pkeyopt rsa_keygen_bits:3072", "sha512")]
    public async Task The_token_of_openssls_authority_is_believed_under_its_root(string key, string digest)
    {
        ChildProcess.Find(OpenSsl);
        using var folder = new ScratchFolder();
        await MakeChainAsync(folder, key, digest);
        var asked = DateTimeOffset.UtcNow;
        var request = TimestampRequest.For(
            Digest.Of(TestAuthority.Content),
            RandomNumberGenerator.GetBytes(TimestampRequest.MinimumNonce)
        );
        folder.Write("q.tsq", request.Encode());

        await RunAsync(folder, "ts -reply -config ts.cnf -section tsa -queryfile q.tsq -out r.tsr");
        var token = TimestampResponse.Parse(await File.ReadAllBytesAsync(folder.File("r.tsr"), Stop)).Value();

        Assert.Equal("admitted", token.Covers(TestAuthority.Content).Code());
        Assert.Equal("admitted", token.Answers(request, asked, DateTimeOffset.UtcNow).Code());
        Assert.Equal("admitted", token.SignedUnder(await TrustAsync(folder, "root.pem")).Code());
        Assert.Equal("admitted", token.SignedUnder(await TrustAsync(folder, "middle.pem")).Code());
        Assert.Equal("timestamp.untrusted", token.SignedUnder(await TrustAsync(folder, "other.pem")).Code());
    }

    [Fact]
    public async Task A_token_that_names_its_certificate_by_sha1_only_is_believed_still()
    {
        ChildProcess.Find(OpenSsl);
        using var folder = new ScratchFolder();
        await MakeChainAsync(folder, "ec -pkeyopt ec_paramgen_curve:P-256", "sha256", named: "sha1");
        folder.Write("q.tsq", TestAuthority.Request.Encode());

        await RunAsync(folder, "ts -reply -config ts.cnf -section tsa -queryfile q.tsq -out r.tsr");
        var token = TimestampResponse.Parse(await File.ReadAllBytesAsync(folder.File("r.tsr"), Stop)).Value();

        Assert.Equal("admitted", token.SignedUnder(await TrustAsync(folder, "root.pem")).Code());
    }

    [Theory]
    [InlineData("-sha256", "admitted")]
    [InlineData("-sha384 -cert", "admitted")]
    [InlineData("-sha512 -cert -no_nonce", "admitted")]
    [InlineData("-sha256 -cert -tspolicy 1.2.3.4", "admitted")]
    [InlineData("-sha1", "timestamp.algorithm-unknown")]
    public async Task Openssls_queries_are_read(string options, string code)
    {
        ChildProcess.Find(OpenSsl);
        using var folder = new ScratchFolder();
        folder.Write("checkpoint.txt", TestAuthority.Content);
        await RunAsync(folder, $"ts -query -data checkpoint.txt {options} -out q.tsq");

        var request = TimestampRequest.Parse(await File.ReadAllBytesAsync(folder.File("q.tsq"), Stop));

        Assert.Equal(code, request.Code());
        if (request is Outcome<TimestampRequest>.Admitted { Value: var read })
        {
            Assert.True(read.Imprint.Covers(TestAuthority.Content));
            Assert.Equal(options.Contains("-cert", StringComparison.Ordinal), read.WantsCertificates);
            Assert.Equal(!options.Contains("-no_nonce", StringComparison.Ordinal), read.Nonce is not null);
            Assert.Equal(options.Contains("-tspolicy", StringComparison.Ordinal) ? "1.2.3.4" : null, read.Policy);
        }
    }

    [Fact]
    public async Task Openssl_reads_our_request()
    {
        ChildProcess.Find(OpenSsl);
        using var folder = new ScratchFolder();
        folder.Write("q.tsq", TestAuthority.Request.Encode());

        var shown = await RunAsync(folder, "ts -query -in q.tsq -text");

        Assert.Contains("Hash Algorithm: sha256", shown.Text, StringComparison.Ordinal);
        Assert.Contains("Nonce: 0x8001020304050607", shown.Text, StringComparison.Ordinal);
        Assert.Contains("Certificate required: yes", shown.Text, StringComparison.Ordinal);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static DateTimeOffset Today => Instants.ToSecond(DateTimeOffset.UtcNow);

    // A root, an authority between, and a timestamp authority, all of OpenSSL's making.
    private static async Task MakeChainAsync(ScratchFolder folder, string key, string digest, string named = "sha256")
    {
        await File.WriteAllTextAsync(
            folder.File("ts.cnf"),
            $"""
            [ca]
            basicConstraints = critical,CA:true
            keyUsage = critical,keyCertSign
            [stamp]
            basicConstraints = CA:false
            keyUsage = critical,digitalSignature
            extendedKeyUsage = critical,timeStamping
            [tsa]
            serial = serial
            crypto_device = builtin
            signer_cert = tsa.pem
            certs = middle.pem
            signer_key = tsa.key
            signer_digest = {digest}
            default_policy = 1.2.3.4.1
            digests = sha256, sha384, sha512
            accuracy = secs:1, millisecs:500, microsecs:100
            ordering = yes
            tsa_name = yes
            ess_cert_id_chain = yes
            ess_cert_id_alg = {named}
            """,
            Stop
        );
        await File.WriteAllTextAsync(folder.File("serial"), "01", Stop);
        await RunAsync(
            folder,
            "req -x509 -newkey rsa:2048 -nodes -keyout other.key -subj /CN=Root -days 30 -out other.pem"
        );
        await RunAsync(
            folder,
            $"req -x509 -newkey {key} -nodes -keyout root.key -subj /CN=Root -days 30 -out root.pem -{digest}"
        );
        await IssueAsync("middle", "root", "ca");
        await IssueAsync("tsa", "middle", "stamp");

        async Task IssueAsync(string subject, string issuer, string section)
        {
            await RunAsync(
                folder,
                $"req -newkey {key} -nodes -keyout {subject}.key -subj /CN={subject} -out {subject}.csr"
            );
            await RunAsync(
                folder,
                $"x509 -req -in {subject}.csr -CA {issuer}.pem -CAkey {issuer}.key -CAcreateserial -days 20 -{digest} "
                    + $"-extfile ts.cnf -extensions {section} -out {subject}.pem"
            );
        }
    }

    private static async Task<TimestampTrust> TrustAsync(ScratchFolder folder, string pem)
    {
        using var certificate = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(
            await File.ReadAllTextAsync(folder.File(pem), Stop)
        );
        return new TimestampTrust([Certificates.TextOf(certificate)], []);
    }

    private static Task<Finished> TsAsync(ScratchFolder folder, params string[] arguments) =>
        ChildProcess.RunAsync(OpenSsl, ["ts", .. arguments, "-CAfile", folder.File("root.pem")]);

    // Names of files are short and stand in the scratch folder: the shell is asked to go there first.
    private static async Task<Finished> RunAsync(ScratchFolder folder, string line)
    {
        var finished = await ChildProcess.RunAsync("/bin/sh", ["-c", $"cd '{folder.Path}' && {OpenSsl} {line}"]);
        Assert.True(finished.Exit == 0, $"openssl {line}: {finished.Error}");
        return finished;
    }

    private static string LastLine(Finished finished) =>
        (finished.Text + finished.Error).Split('\n').Last(l => l.StartsWith("Verification", StringComparison.Ordinal));
}
