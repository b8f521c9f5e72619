// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Comity.Files.Bundles;
using Comity.Tests.Files;

namespace Comity.Tests.Bundles;

/// <summary>What VERIFY.txt says to type, typed: with stock tools alone, and with nothing of ours.</summary>
public sealed class CourtCommandsTests
{
    private static readonly ExportedCase Case = new();

    [Fact]
    public async Task The_commands_in_a_bundle_check_it()
    {
        using ScratchFolder scratch = new();
        await UnzipAsync(scratch, Case.Content());

        var told = await TypeAsync(scratch);

        Assert.Equal((0, ""), (told.Exit, told.Error));
        Assert.EndsWith("\neverything holds\n", told.Text);
        Assert.Contains("data/acts/002-grant.p7m in the register of XB: \"entry\":\"issued\",\"instant\":", told.Text);
        Assert.Contains($"\ndata/exhibits/{Digest.Of(Case.Sealed)}.age\n", told.Text);
    }

    [Theory]
    [InlineData("data/acts/002-grant.p7m", "a file of the dossier")]
    [InlineData("data/exhibits/*.age", "a file of the dossier")]
    [InlineData("data/receipts/*.XA.json", "a file of the dossier")]
    [InlineData("data/proofs/*.XB.tlog-proof", "a file of the dossier")]
    [InlineData("report.html", "a file about the dossier")]
    [InlineData("manifest-sha256.txt", "a file of the dossier")]
    [InlineData("META-INF/ASiCManifest001.xml", null)]
    [InlineData("META-INF/signature001.p7s", null)]
    public async Task A_changed_byte_is_found(string file, string? why)
    {
        using ScratchFolder scratch = new();
        await UnzipAsync(scratch, Case.Content());
        Change(scratch, file);

        var told = await TypeAsync(scratch);

        Assert.Equal(1, told.Exit);
        Assert.EndsWith(why is null ? "" : $"NOT: {why}\n", told.Text);
        Assert.DoesNotContain("everything holds", told.Text);
    }

    // Whoever changes a file can write the manifests again, but cannot sign them.
    [Theory]
    [InlineData("data/acts/002-grant.p7m")]
    [InlineData("data/exhibits/*.age")]
    [InlineData("data/proofs/*.XB.tlog-proof")]
    public async Task A_changed_byte_is_found_even_when_the_manifests_were_changed_with_it(string file)
    {
        using ScratchFolder scratch = new();
        await UnzipAsync(scratch, Case.Content());
        Change(scratch, file);
        await RewriteAsync(scratch, "sha256sum data/*/* > manifest-sha256.txt");

        var told = await TypeAsync(scratch);

        Assert.Equal(1, told.Exit);
        Assert.EndsWith("NOT: a file about the dossier\n", told.Text);

        await RewriteAsync(
            scratch,
            "sha256sum mimetype VERIFY.txt bag-info.txt bagit.txt manifest-sha256.txt report.html > tagmanifest-sha256.txt"
        );
        told = await TypeAsync(scratch);

        Assert.Equal((1, ""), (told.Exit, told.Error));
        Assert.EndsWith("NOT: manifest-sha256.txt is not the one that was signed\n", told.Text);
    }

    // And each later check stands on its own: here the exporter itself signs what is wrong.
    [Theory]
    [InlineData("act")]
    [InlineData("proof")]
    [InlineData("seal")]
    [InlineData("exhibit")]
    public async Task What_the_exporter_itself_signs_is_checked_all_the_same(string what)
    {
        using ScratchFolder scratch = new();
        await UnzipAsync(scratch, Case.Content());
        var (file, expected) = what switch
        {
            "act" => ("data/acts/002-grant.p7m", "NOT: the signature of the file above\n"),
            "proof" => ("data/proofs/*.XB.tlog-proof", ".XB.tlog-proof\n"),
            "seal" => ("", "NOT: the seal of data/acts/002-grant.p7m is not one of XB's\n"),
            _ => ("data/exhibits/*.age", $"NOT: data/exhibits/{Digest.Of(Case.Sealed)}.age\n"),
        };
        if (what == "seal")
        {
            File.WriteAllBytes(scratch.File("dossier/data/directory/XB-1.p7m"), OtherEntryOfB());
        }
        else
        {
            Change(scratch, file);
        }

        await SignAgainAsync(scratch);
        var told = await TypeAsync(scratch);

        Assert.Equal(1, told.Exit);
        Assert.EndsWith(expected, told.Text);
    }

    [Fact]
    public async Task A_file_that_was_put_in_is_found()
    {
        using ScratchFolder scratch = new();
        await UnzipAsync(scratch, Case.Content());
        File.Copy(scratch.File("dossier/data/acts/001-request.p7m"), scratch.File("dossier/data/acts/004-request.p7m"));

        var told = await TypeAsync(scratch);

        Assert.Equal(1, told.Exit);
        Assert.EndsWith("NOT: data/acts/004-request.p7m is in no manifest\n", told.Text);
    }

    [Fact]
    public async Task Timestamps_are_checked_against_their_own_roots()
    {
        using ScratchFolder scratch = new();
        var note = Case.CheckpointOfA();
        var token = await StampAsync(scratch, note.Text);
        var content = Case.Content() with { Checkpoints = [new StampedCheckpoint(note, [token])] };
        await UnzipAsync(scratch, content);

        // The stamp is of today, whenever that is; the seals are of when these tests were written.
        var at = new[] { DateTimeOffset.UtcNow, Some.Day(6) }.Max();
        Assert.SkipWhen(at > Some.Day(690), "the seals of these tests have expired");
        var good = await TypeAsync(scratch, "../tsa.pem", at);
        await RewriteAsync(scratch, "printf 'x\\n' >> data/checkpoints/001.txt");
        await SignAgainAsync(scratch);
        var bad = await TypeAsync(scratch, "../tsa.pem", at);

        Assert.Equal((0, ""), (good.Exit, good.Error));
        Assert.Contains("data/timestamps/001-001.tst over data/checkpoints/001.txt: ", good.Text);
        Assert.Equal(1, bad.Exit);
        Assert.EndsWith("NOT: data/checkpoints/001.txt\n", bad.Text);
    }

    private static byte[] OtherEntryOfB()
    {
        var other = new TestParty(Some.XB);
        return Some
            .B.Sign(
                Case.EntryB.Entry with
                {
                    Authorities =
                    [
                        Case.EntryB.Entry.Authorities[0] with
                        {
                            Seals = other.Describe().Authorities[0].Seals,
                        },
                    ],
                }
            )
            .Signed.Encoded.ToArray();
    }

    // A timestamp authority of openssl's own, as formats of the field's stock tools have it.
    private static async Task<byte[]> StampAsync(ScratchFolder scratch, string text)
    {
        await File.WriteAllTextAsync(scratch.File("text"), text, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            scratch.File("tsa.cnf"),
            """
            [tsa]
            default_tsa = t
            [t]
            serial = serial
            signer_digest = sha256
            default_policy = 1.2.3.4
            digests = sha256
            accuracy = secs:1
            ess_cert_id_alg = sha256
            [ext]
            extendedKeyUsage = critical,timeStamping
            """,
            TestContext.Current.CancellationToken
        );
        await ShellAsync(
            scratch.Path,
            """
            echo 01 > serial
            openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out tsa.pem -days 3650 -subj '/CN=Clock of nobody' 2>/dev/null
            openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout tsa.key -out tsa.csr -subj '/CN=Stamp of nobody' 2>/dev/null
            openssl x509 -req -in tsa.csr -CA tsa.pem -CAkey ca.key -CAcreateserial -out stamp.pem -days 3650 -extfile tsa.cnf -extensions ext 2>/dev/null
            openssl ts -query -data text -sha256 -cert -out query.tsq 2>/dev/null
            openssl ts -reply -config tsa.cnf -queryfile query.tsq -inkey tsa.key -signer stamp.pem -token_out -out token.tst 2>/dev/null
            """
        );
        return await File.ReadAllBytesAsync(scratch.File("token.tst"), TestContext.Current.CancellationToken);
    }

    private static async Task UnzipAsync(ScratchFolder scratch, BundleContent content)
    {
        foreach (var tool in new[] { "sh", "openssl", "sha256sum", "xmllint", "xxd", "sed", "base64", "cut", "tail" })
        {
            ChildProcess.Find(tool);
        }

        scratch.Write("case.asice", await ExportedCase.BundleAsync(content));
        var unzip = ChildProcess.Find("unzip");
        var told = await ChildProcess.RunAsync(
            unzip,
            ["-q", scratch.File("case.asice"), "-d", scratch.File("dossier")]
        );
        Assert.Equal((0, "", ""), told.Shown);
        await File.WriteAllTextAsync(
            scratch.File("roots.pem"),
            ExportedCase.RootsPem,
            TestContext.Current.CancellationToken
        );
    }

    private static void Change(ScratchFolder scratch, string pattern)
    {
        var folder = Path.GetDirectoryName(scratch.File($"dossier/{pattern}"))!;
        var file = Directory.GetFiles(folder, Path.GetFileName(pattern)).Order(StringComparer.Ordinal).First();
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);
    }

    private static Task RewriteAsync(ScratchFolder scratch, string command) =>
        ShellAsync(scratch.File("dossier"), "LC_ALL=C; export LC_ALL\n" + command);

    // As a dishonest exporter would: every manifest anew, and its own seal on it.
    private static async Task SignAgainAsync(ScratchFolder scratch)
    {
        await File.WriteAllTextAsync(
            scratch.File("seal.pem"),
            Some.A.Seal.ExportCertificatePem()
                + "\n"
                + ((AsymmetricAlgorithm)Some.A.Seal.GetECDsaPrivateKey()!).ExportPkcs8PrivateKeyPem(),
            TestContext.Current.CancellationToken
        );
        await RewriteAsync(
            scratch,
            """
            sha256sum data/*/* > manifest-sha256.txt
            sha256sum mimetype VERIFY.txt bag-info.txt bagit.txt manifest-sha256.txt report.html > tagmanifest-sha256.txt
            for file in manifest-sha256.txt tagmanifest-sha256.txt; do
              digest=$(openssl dgst -sha256 -binary $file | base64)
              sed -i "/URI=\"$file\"/,/DigestValue/s|<ds:DigestValue>.*<|<ds:DigestValue>$digest<|" META-INF/ASiCManifest001.xml
            done
            openssl cms -sign -cades -binary -in META-INF/ASiCManifest001.xml -signer ../seal.pem -outform DER -out META-INF/signature001.p7s
            """
        );
    }

    private static async Task ShellAsync(string folder, string commands)
    {
        var told = await ChildProcess.RunAsync("sh", ["-euc", $"cd '{folder}'\n{commands}"]);
        Assert.Equal((0, ""), (told.Exit, told.Error));
    }

    private static Task<Finished> TypeAsync(ScratchFolder scratch, string tsa = "tsa.pem", DateTimeOffset? at = null)
    {
        var seconds = (at ?? Some.Day(6)).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return ChildProcess.RunAsync(
            "sh",
            ["-c", $"cd '{scratch.File("dossier")}' && at={seconds} sh VERIFY.txt ../roots.pem {tsa}"]
        );
    }
}
