// SPDX-License-Identifier: EUPL-1.2
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Comity.Acts;
using Comity.Evidence;
using Comity.Files;
using Comity.Instruments;
using Comity.Node.Demo;

namespace Comity.Node.Tests.Desk;

public sealed class ExhibitTests(DeskPair pair) : IClassFixture<DeskPair>
{
    [Fact]
    public async Task A_plain_file_is_sealed_on_its_way_in_and_never_lies_on_the_disk_as_it_is()
    {
        var dossier = await AskedForDataAsync();
        using var officer = await pair.B.AtDeskAsync(TestNode.Drafter);
        var marker = Encoding.UTF8.GetBytes($"marker-{Guid.NewGuid():N}");
        byte[] evidence = [.. marker, .. RandomNumberGenerator.GetBytes(200_000), .. marker];

        var done = await PutInAsync(officer, dossier, "log <script>.txt", evidence);

        Assert.EndsWith("?done=put-in", done.Path, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", done.Html, StringComparison.OrdinalIgnoreCase);
        var exhibit = (await officer.FactsAsync(dossier.ToString())).GetProperty("exhibits")[0];
        Assert.Equal(
            ("held", "log <script>.txt", evidence.Length, Digest.Of(evidence).ToString()),
            (
                exhibit.GetProperty("state").GetString(),
                exhibit.GetProperty("name").GetString(),
                exhibit.GetProperty("plainSize").GetInt32(),
                exhibit.GetProperty("plainSha256").GetString()
            )
        );
        Assert.DoesNotContain(
            Directory.EnumerateFiles(pair.B.Data, "*", SearchOption.AllDirectories),
            f => ReadShared(f).AsSpan().IndexOf(marker) >= 0
        );
        Assert.Empty(Unfinished());
    }

    [Fact]
    public async Task The_same_file_is_not_taken_in_twice()
    {
        var dossier = await AskedForDataAsync();
        using var officer = await pair.B.AtDeskAsync(TestNode.Drafter);
        var evidence = RandomNumberGenerator.GetBytes(1_000);
        await PutInAsync(officer, dossier, "a.bin", evidence);

        var again = await PutInAsync(officer, dossier, "b.bin", evidence);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.Status);
        Assert.Contains("already in the dossier", again.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("C:\\evidence\\deep\\a.txt", "a.txt")]
    [InlineData("../../../etc/passwd", "passwd")]
    public async Task Of_a_files_path_only_its_name_is_kept(string sent, string kept)
    {
        var dossier = await AskedForDataAsync();
        using var officer = await pair.B.AtDeskAsync(TestNode.Drafter);

        await PutInAsync(officer, dossier, sent, RandomNumberGenerator.GetBytes(10));

        var exhibit = (await officer.FactsAsync(dossier.ToString())).GetProperty("exhibits")[0];
        Assert.Equal(kept, exhibit.GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_name_that_cannot_be_kept_is_refused_before_a_byte_is_read()
    {
        var dossier = await AskedForDataAsync();
        using var officer = await pair.B.AtDeskAsync(TestNode.Drafter);

        var page = await PutInAsync(officer, dossier, new string('x', 256), [1]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("Rename it", page.Text, StringComparison.Ordinal);
        Assert.Empty(Unfinished());
    }

    [Fact]
    public async Task A_file_sealed_at_a_workstation_is_taken_in_with_its_manifest()
    {
        var dossier = await AskedForDataAsync();
        using var officer = await pair.B.AtDeskAsync(TestNode.Drafter);
        var (manifest, sealedFile) = await SealAsync("capture.pcap", RandomNumberGenerator.GetBytes(100_000), Keys());

        var done = await PutInSealedAsync(officer, dossier, manifest, sealedFile);

        Assert.EndsWith("?done=put-in", done.Path, StringComparison.Ordinal);
        var digest = Digest.Of(sealedFile).ToString();
        var (_, kept) = await officer.DownloadAsync($"/dossiers/{dossier}/exhibits/{digest}");
        Assert.Equal(sealedFile, kept);
    }

    [Fact]
    public async Task A_sealed_file_that_is_not_the_manifests_is_refused_and_nothing_is_kept()
    {
        var dossier = await AskedForDataAsync();
        using var officer = await pair.B.AtDeskAsync(TestNode.Drafter);
        var plain = RandomNumberGenerator.GetBytes(100_000);
        var (manifest, sealedFile) = await SealAsync("a.bin", plain, Keys());
        var (other, _) = await SealAsync("a.bin", plain, [Identity().Recipient]);
        var flipped = sealedFile.ToArray();
        flipped[^1] ^= 1;
        (byte[] Manifest, byte[] File, string Says)[] cases =
        [
            (manifest, flipped, "not the one the manifest describes"),
            (manifest, sealedFile[..^1], "not the one the manifest describes"),
            (manifest, [.. sealedFile, 0], "not the one the manifest describes"),
            (manifest, plain, "The file is not sealed"),
            (other, sealedFile, "sealed to someone else"),
            ("{}"u8.ToArray(), sealedFile, "no manifest that comity seal wrote"),
        ];
        foreach (var (document, file, says) in cases)
        {
            var page = await PutInSealedAsync(officer, dossier, document, file);

            Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
            Assert.Contains(says, page.Text, StringComparison.Ordinal);
        }

        Assert.Empty(Unfinished());
        Assert.Equal(0, (await officer.FactsAsync(dossier.ToString())).GetProperty("exhibits").GetArrayLength());
    }

    [Fact]
    public async Task A_form_without_a_file_says_so_and_keeps_what_was_typed()
    {
        var dossier = await AskedForDataAsync();
        using var officer = await pair.B.AtDeskAsync(TestNode.Drafter);
        var form = (await officer.OpenAsync(New(dossier))).FormTo(New(dossier));

        var page = await officer.UploadAsync(form, [], ("tool", "imaging tool 4.2"), ("acquired", "yesterday"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("Choose a file", page.Text, StringComparison.Ordinal);
        Assert.Equal("imaging tool 4.2", page.FormTo(New(dossier))["tool"]);
    }

    [Fact]
    public async Task An_upload_that_breaks_off_leaves_nothing()
    {
        var dossier = await AskedForDataAsync();
        using var officer = await pair.B.AtDeskAsync(TestNode.Drafter);
        var form = (await officer.OpenAsync(New(dossier))).FormTo(New(dossier));

        await Assert.ThrowsAnyAsync<Exception>(() =>
            officer.UploadAsync(form, [("file", "a.bin", "application/octet-stream", new BreakingStream(5_000_000))])
        );

        await Pair.UntilAsync(() => Task.FromResult(Unfinished().Length == 0), "what arrived is deleted");
        Assert.Equal(0, (await officer.FactsAsync(dossier.ToString())).GetProperty("exhibits").GetArrayLength());
    }

    [Theory]
    [InlineData(0, HttpStatusCode.OK)]
    [InlineData(100_000, HttpStatusCode.PartialContent)]
    [InlineData(100_375, HttpStatusCode.PartialContent)]
    public async Task A_download_goes_on_where_it_was_cut(long from, HttpStatusCode status)
    {
        var dossier = await AskedForDataAsync();
        using var officer = await pair.B.AtDeskAsync(TestNode.Drafter);
        var (manifest, sealedFile) = await SealAsync("a.bin", RandomNumberGenerator.GetBytes(120_000), Keys());
        await PutInSealedAsync(officer, dossier, manifest, sealedFile);

        var (given, bytes) = await officer.DownloadAsync($"/dossiers/{dossier}/exhibits/{Digest.Of(sealedFile)}", from);

        Assert.Equal(status, given);
        Assert.Equal(sealedFile[(int)from..], bytes);
    }

    [Fact]
    public async Task An_exhibit_is_got_by_its_own_dossier_alone()
    {
        var (first, second) = (await AskedForDataAsync(), await AskedForDataAsync());
        using var officer = await pair.B.AtDeskAsync(TestNode.Drafter);
        var (manifest, sealedFile) = await SealAsync("a.bin", RandomNumberGenerator.GetBytes(1_000), Keys());
        await PutInSealedAsync(officer, first, manifest, sealedFile);

        var (status, _) = await officer.DownloadAsync($"/dossiers/{second}/exhibits/{Digest.Of(sealedFile)}");

        Assert.Equal(HttpStatusCode.NotFound, status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_full_disk_is_said_and_the_file_can_be_put_in_again(bool hasPersisted)
    {
        await using var own = await DeskPair.MakeAsync();
        var disk = new FullDisk { HasPersisted = hasPersisted };
        own.B.WrapEvidence = store => disk.Over(store);
        await own.A.StartAsync();
        await own.B.StartAsync();
        var dossier = Pair.NewDossier();
        var request = await own.A.IssueAsync(
            own.ByA(dossier, Pair.Request(Measure.StoredData) with { Urgency = null })
        );
        await Pair.UntilAsync(
            async () => (await own.B.DossierAsync(dossier))?.Dossier.Find(request) is not null,
            "the request arrives"
        );
        using var officer = await own.B.AtDeskAsync(TestNode.Drafter);
        var evidence = RandomNumberGenerator.GetBytes(1_000);

        disk.IsFull = true;
        var full = await PutInAsync(officer, dossier, "a.bin", evidence);
        disk.IsFull = false;
        var done = await PutInAsync(officer, dossier, "a.bin", evidence);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, full.Status);
        Assert.Contains("no room on the node's disk", full.Text, StringComparison.Ordinal);
        Assert.EndsWith("?done=put-in", done.Path, StringComparison.Ordinal);
        Assert.Equal(1, (await officer.FactsAsync(dossier.ToString())).GetProperty("exhibits").GetArrayLength());
    }

    private async Task<DossierId> AskedForDataAsync()
    {
        var (dossier, _) = await pair.AskedAsync(Pair.Request(Measure.StoredData));
        return dossier;
    }

    private static string New(DossierId dossier) => $"/dossiers/{dossier}/exhibits/new";

    private static async Task<DeskPageRead> PutInAsync(
        DeskVisitor officer,
        DossierId dossier,
        string name,
        byte[] evidence
    ) =>
        await officer.UploadAsync(
            (await officer.OpenAsync(New(dossier))).FormTo(New(dossier)),
            [("file", name, "text/plain", new MemoryStream(evidence))]
        );

    private static async Task<DeskPageRead> PutInSealedAsync(
        DeskVisitor officer,
        DossierId dossier,
        byte[] manifest,
        byte[] sealedFile
    ) =>
        await officer.UploadAsync(
            (await officer.OpenAsync(New(dossier))).FormTo($"/dossiers/{dossier}/exhibits/sealed"),
            [
                ("manifest", "a.manifest.json", "application/json", new MemoryStream(manifest)),
                ("sealed", "a.age", "application/octet-stream", new MemoryStream(sealedFile)),
            ]
        );

    private static async Task<(byte[] Manifest, byte[] Sealed)> SealAsync(
        string name,
        byte[] plain,
        IReadOnlyList<Recipient> recipients
    )
    {
        using var output = new MemoryStream();
        var exhibit = (await Sealing.SealAsync(new MemoryStream(plain), output, recipients)).Admitted();
        return (ManifestDocument.Of(name, null, exhibit, recipients).Admitted().Write(), output.ToArray());
    }

    private IReadOnlyList<Recipient> Keys() =>
        [.. pair.A.Entry.Entry.Find("central")!.Evidence.Select(r => Recipient.Parse(r).Admitted())];

    private static Identity Identity() =>
        new Identity.X25519(RandomNumberGenerator.GetBytes(Comity.Evidence.Identity.SecretSize));

    private string[] Unfinished() =>
        Directory.Exists(pair.B.Parts.Settings.ArrivingFolder)
            ? Directory.GetFiles(pair.B.Parts.Settings.ArrivingFolder, "put-*")
            : [];

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var held = new MemoryStream();
        stream.CopyTo(held);
        return held.ToArray();
    }
}
