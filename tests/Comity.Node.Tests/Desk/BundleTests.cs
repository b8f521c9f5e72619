// SPDX-License-Identifier: EUPL-1.2
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Comity.Acts;
using Comity.Files.Bundles;
using Comity.Files.Dossiers;
using Comity.Files.Keys;
using Comity.Node.Demo;
using Comity.Node.Officers;
using Comity.Node.Tests.Commands;

namespace Comity.Node.Tests.Desk;

/// <summary>A dossier as one signed file: from the desk, and by the command.</summary>
public sealed class BundleTests(DeskPair pair) : IClassFixture<DeskPair>
{
    [Fact]
    public async Task An_officer_downloads_a_bundle_that_holds_and_it_is_noted()
    {
        var (dossier, exhibit) = await SuppliedAsync(pair.Pair, RandomNumberGenerator.GetBytes(100_000));
        using var officer = await pair.B.AtDeskAsync(TestNode.Approver);

        var page = await officer.OpenAsync($"/dossiers/{dossier}");
        var path = page.LinkTo("Download the bundle");
        var (status, bytes) = await officer.DownloadAsync(path);
        var report = BundleVerification.Verify(BundleBytes.Of(bytes), Roots, Stop);

        Assert.Equal($"/dossiers/{dossier}.asice", path);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True(report.Holds, string.Join('\n', report.Lines));
        Assert.Contains(
            report.Lines,
            l =>
                l
                    is {
                        Subject: "META-INF/signature001.p7s",
                        What: "is by XB/central",
                        Result: VerificationResult.Holds
                    }
        );
        Assert.Contains(
            report.Lines,
            l => l.Subject == $"exhibits/{exhibit}.age" && l.Result == VerificationResult.Holds
        );
        Assert.DoesNotContain(report.Lines, l => l.Result == VerificationResult.NotChecked);
        foreach (var subject in new[] { dossier.ToString(), exhibit.ToString() })
        {
            var noted = (await pair.B.Parts.Database.ReadAsync(s => Audit.OfAsync(s, subject, 1), Stop)).Single();
            Assert.Equal((TestNode.Approver, "dossier.exported"), (noted.Officer, noted.What));
        }
    }

    [Fact]
    public async Task Both_sides_give_out_the_same_acts()
    {
        var (dossier, _) = await SuppliedAsync(pair.Pair, RandomNumberGenerator.GetBytes(1_000));
        await Pair.UntilAsync(
            async () => (await pair.A.DossierAsync(dossier))?.Acts.Count(a => a.Peer is not null) == 3,
            "all three acts have their receipts"
        );
        var acts = new List<IEnumerable<(string, string)>>();
        foreach (var node in new[] { pair.A, pair.B })
        {
            using var officer = await node.AtDeskAsync(TestNode.Drafter);
            var (_, bytes) = await officer.DownloadAsync($"/dossiers/{dossier}.asice");
            using var zip = new System.IO.Compression.ZipArchive(new MemoryStream(bytes));
            acts.Add([
                .. zip
                    .Entries.Where(e => e.FullName.StartsWith("data/acts/", StringComparison.Ordinal))
                    .Select(e => (e.FullName, $"{e.Crc32}")),
            ]);
        }

        Assert.Equal(
            ["data/acts/001-request.p7m", "data/acts/002-grant.p7m", "data/acts/003-supply.p7m"],
            acts[0].Select(a => a.Item1)
        );
        Assert.Equal(acts[0], acts[1]);
    }

    [Fact]
    public async Task What_was_changed_in_the_store_is_not_given_out()
    {
        await using var own = await DeskPair.MakeAsync();
        await own.A.StartAsync();
        await own.B.StartAsync();
        var (dossier, exhibit) = await SuppliedAsync(own, RandomNumberGenerator.GetBytes(1_000));
        var file = Directory.GetFiles(own.B.Data, $"*{exhibit.ToString()[..8]}*", SearchOption.AllDirectories).Single();
        File.SetAttributes(file, FileAttributes.Normal);
        await using (var stream = File.Open(file, FileMode.Open, FileAccess.ReadWrite))
        {
            stream.Position = 500;
            stream.WriteByte(7);
            stream.WriteByte(8);
        }

        using var officer = await own.B.AtDeskAsync(TestNode.Drafter);
        var refused = await officer.OpenAsync($"/dossiers/{dossier}.asice");
        File.Delete(file);
        var missing = await officer.OpenAsync($"/dossiers/{dossier}.asice");

        Assert.All([refused, missing], p => Assert.Equal(HttpStatusCode.Conflict, p.Status));
        Assert.Contains("is not what it was. Nothing was sent.", refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            await own.B.Parts.Database.ReadAsync(s => Audit.OfAsync(s, dossier.ToString(), 100), Stop),
            l => l.What == "dossier.exported"
        );
    }

    [Fact]
    public async Task A_dossier_that_is_not_here_has_no_bundle()
    {
        using var officer = await pair.B.AtDeskAsync(TestNode.Drafter);

        Assert.Equal(HttpStatusCode.NotFound, (await officer.OpenAsync($"/dossiers/{Pair.NewDossier()}.asice")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.OpenAsync("/dossiers/x.asice")).Status);
    }

    [Fact]
    public async Task A_dossier_of_which_nothing_is_shared_yet_has_nothing_to_sign()
    {
        using var officer = await pair.A.AtDeskAsync(TestNode.Drafter);
        var dossier = Forms.DossierOf(
            await officer.DraftAsync(
                "/requests/new",
                ("to", "XB/central"),
                ("request", Samples.Text("ransomware-stored-data.json"))
            )
        );

        var page = await officer.OpenAsync($"/dossiers/{dossier}");
        var refused = await officer.OpenAsync($"/dossiers/{dossier}.asice");

        Assert.DoesNotContain("Download the bundle", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains(
            "Nothing in this dossier has been sent or received yet",
            refused.Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_seal_that_the_directory_entry_does_not_list_signs_nothing()
    {
        await using var own = await DeskPair.MakeAsync();
        await own.A.StartAsync();
        await own.B.StartAsync();
        var (dossier, _) = await SuppliedAsync(own, new byte[1000]);
        await own.B.StopAsync();
        var seal = Path.Combine(own.B.Data, "keys", "seal-central.pem");
        using var root = Certificates.NewRoot("nobody", DateTimeOffset.UtcNow.AddDays(-1), 1);
        using var other = Certificates.NewSigner(
            root,
            "nobody",
            DateTimeOffset.UtcNow.AddDays(-1),
            DateTimeOffset.UtcNow.AddDays(1)
        );
        using var key = other.GetECDsaPrivateKey()!;
        await File.WriteAllTextAsync(seal, $"{other.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n", Stop);
        var file = Path.Combine(own.Folder, "case.asice");

        var refused = await NodeProgram.RunAsync("export", dossier.ToString(), "--data", own.B.Data, "--to", file);

        Assert.Equal(1, refused.Exit);
        Assert.StartsWith("comity-node: export.no-seal: ", refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task The_command_writes_a_bundle_whole_or_not_at_all_and_says_what_it_wrote()
    {
        var (dossier, exhibit) = await SuppliedAsync(pair.Pair, RandomNumberGenerator.GetBytes(50_000));
        var folder = Directory.CreateDirectory(Path.Combine(pair.Pair.Folder, Guid.NewGuid().ToString("N"))).FullName;
        var file = Path.Combine(folder, "case.asice");
        string[] export = ["export", dossier.ToString(), "--data", pair.B.Data];

        var written = await NodeProgram.RunAsync([.. export, "--to", file]);
        var again = await NodeProgram.RunAsync([.. export, "--to", file]);
        var json = await NodeProgram.RunAsync([.. export, "--to", Path.Combine(folder, "b.asice"), "--json"]);
        var asFolder = await NodeProgram.RunAsync([.. export, "--to", Path.Combine(folder, "dossier"), "--json"]);
        var unknown = await NodeProgram.RunAsync(
            "export",
            Pair.NewDossier().ToString(),
            "--data",
            pair.B.Data,
            "--to",
            Path.Combine(folder, "c.asice")
        );

        Assert.Equal((0, $"3 acts written to {file}; check with: comity verify {file}\n", ""), written.Shown);
        Assert.Equal((2, "", $"comity-node: {file} exists already\n"), again.Shown);
        Assert.Equal(
            (
                0,
                $$"""{"form":"bundle","path":"{{folder}}/b.asice","acts":3,"exhibits":1,"bytes":{{new FileInfo(Path.Combine(folder, "b.asice")).Length}}}"""
                    + "\n",
                ""
            ),
            json.Shown
        );
        Assert.Equal(
            (0, $$"""{"form":"folder","path":"{{folder}}/dossier","acts":3,"exhibits":null,"bytes":null}""" + "\n", ""),
            asFolder.Shown
        );
        Assert.Equal(1, unknown.Exit);
        Assert.Equal(
            ["b.asice", "case.asice", "dossier"],
            Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
        using var bytes = BundleBytes.Open(file);
        Assert.True(BundleVerification.Verify(bytes, Roots, Stop).Holds);
        Assert.True((await FolderVerification.FolderAsync(Path.Combine(folder, "dossier"), Roots, Stop)).Holds);
        var noted = await pair.B.Parts.Database.ReadAsync(s => Audit.OfAsync(s, exhibit.ToString(), 1), Stop);
        Assert.Equal(("comity-node export", "dossier.exported"), (noted[0].Officer, noted[0].What));
    }

    [Fact]
    public async Task Evidence_of_200_MiB_is_downloaded_in_flat_memory()
    {
        await using var own = await DeskPair.MakeAsync();
        await own.A.StartAsync();
        await own.B.StartAsync();
        var (small, _) = await SuppliedAsync(own, new byte[1000]);
        var (large, exhibit) = await SuppliedAsync(own, RandomNumberGenerator.GetBytes(200 << 20));
        await own.B.StopAsync();

        await using var node = await NodeProgram.ServeAsync(own.B.Data);
        await using var parts = own.B.NewParts();
        using var officer = new DeskVisitor(parts.Settings.Desk, Stop);
        await officer.SignInAsync(await parts.Visits.NewLinkAsync(TestNode.Drafter, Stop));
        var file = Path.Combine(own.Folder, "large.asice");
        await officer.DownloadToAsync($"/dossiers/{small}.asice", Path.Combine(own.Folder, "small.asice"));
        var before = node.PeakMemory();
        await officer.DownloadToAsync($"/dossiers/{large}.asice", file);
        var after = node.PeakMemory();

        using var bytes = BundleBytes.Open(file);
        var report = BundleVerification.Verify(bytes, Roots, Stop);
        Assert.Contains(
            report.Lines,
            l => l.Subject == $"exhibits/{exhibit}.age" && l.Result == VerificationResult.Holds
        );
        Assert.InRange(after - before, 0, 64 << 20);
    }

    private TrustRoots Roots =>
        TrustRoots
            .Parse(
                string.Join(
                    '\n',
                    new[] { pair.A, pair.B }.Select(n =>
                        X509CertificateLoader.LoadCertificate(n.Entry.Signed.Signer.Encoded.Span).ExportCertificatePem()
                    )
                )
            )
            .Admitted();

    /// <summary>A case of XA's that XB has granted, and supplied with one file.</summary>
    private static async Task<(DossierId Dossier, Digest Exhibit)> SuppliedAsync(Pair pair, byte[] evidence)
    {
        var (dossier, request) = await pair.GrantedAsync();
        using var officer = await pair.B.AtDeskAsync(TestNode.Drafter);
        var path = $"/dossiers/{dossier}/exhibits/new";
        await officer.UploadAsync(
            (await officer.OpenAsync(path)).FormTo(path),
            [("file", "a.bin", "application/octet-stream", new MemoryStream(evidence))]
        );
        await officer.DraftAsync(
            $"/dossiers/{dossier}/requests/{request}/supply",
            ("isComplete", "yes"),
            ("statement", "The log as the provider kept it.")
        );
        await pair.B.ApproveAsync(dossier.ToString());
        var exhibit = (await officer.FactsAsync(dossier.ToString())).GetProperty("exhibits")[0];
        Assert.True(Digest.TryParse(exhibit.GetProperty("sealed").GetString(), out var digest));
        await Pair.UntilAsync(
            async () =>
                (await pair.A.DossierAsync(dossier))?.Acts.Count(a => a.Signed.Act.Visibility == Visibility.Shared)
                == 3,
            "the evidence is announced"
        );
        return (dossier, digest);
    }
}
