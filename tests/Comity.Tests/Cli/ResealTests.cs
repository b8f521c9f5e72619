// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using System.Text.Json;
using Comity.Evidence;
using Comity.Tests.Evidence;

namespace Comity.Tests.Cli;

/// <summary><c>comity reseal</c> as whoever passes evidence on runs it.</summary>
public sealed class ResealTests : IDisposable
{
    private static readonly byte[] Log = Seals.Bytes(61, 200_000);

    private readonly ScratchFolder folder = new();

    [Fact]
    public async Task A_sealed_file_is_sealed_to_another_and_both_digests_are_printed()
    {
        var first = await SealAsync();
        var key = Key(Seals.Anna);

        var done = await Comity(
            "reseal",
            "-i",
            key,
            "-r",
            Boris,
            "--manifest",
            folder.File("log.json"),
            "--new-manifest",
            folder.File("new.json"),
            first
        );

        var second = folder.File("log.resealed.age");
        Assert.Equal((0, ""), (done.Exit, done.Error));
        Assert.Equal(
            $"{Digest.Of(File.ReadAllBytes(first))}  {first}\n{Digest.Of(File.ReadAllBytes(second))}  {second}\n",
            done.Text
        );
        Assert.Equal(Log, (await Seals.OpenAsync(File.ReadAllBytes(second), Seals.Boris)).Released);
        var (old, made) = (Manifest("log.json"), Manifest("new.json"));
        var sealedFile = Seals.Measure(File.ReadAllBytes(second));
        Assert.Equal(
            old.Manifest with
            {
                SealedSize = sealedFile.Size,
                SealedSha256 = sealedFile.Sha256,
            },
            made.Manifest
        );
        Assert.Equal([Boris], made.SealedTo);
        Assert.Equal(["key", "log.age", "log.json", "log.resealed.age", "new.json"], folder.Names());
    }

    [Fact]
    public async Task One_changed_byte_leaves_nothing_behind_and_ends_with_one()
    {
        var first = await SealAsync();
        var bytes = File.ReadAllBytes(first);
        bytes[^1] ^= 1;
        File.WriteAllBytes(first, bytes);

        var done = await Comity("reseal", "-i", Key(Seals.Anna), "-r", Boris, "--json", first);

        Assert.Equal(1, done.Exit);
        Assert.Contains("\"code\":\"seal.chunk-not-authentic\"", done.Text, StringComparison.Ordinal);
        Assert.Equal(["key", "log.age", "log.json"], folder.Names());
    }

    [Fact]
    public async Task A_manifest_of_another_file_leaves_nothing_behind()
    {
        var first = await SealAsync();
        var other = (await ManifestAsync("other", [1, 2])).Write();
        _ = folder.Write("other.json", other);

        var done = await Comity(
            "reseal",
            "-i",
            Key(Seals.Anna),
            "-r",
            Boris,
            "--manifest",
            folder.File("other.json"),
            first
        );

        Assert.Equal(1, done.Exit);
        Assert.Contains("(cli.manifest-differs)", done.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("log.resealed.age", folder.Names());
    }

    [Fact]
    public async Task What_cannot_be_meant_is_said_before_anything_is_read()
    {
        var first = await SealAsync();
        string[][] wrong =
        [
            ["-r", Boris, first],
            ["-i", Key(Seals.Anna), "-r", Boris, "--new-manifest", folder.File("new.json"), first],
            ["-i", Key(Seals.Anna), "-r", Boris, "-o", first, first],
            ["-i", Key(Seals.Anna), first],
        ];
        foreach (var arguments in wrong)
        {
            Assert.Equal(2, (await Comity(["reseal", .. arguments])).Exit);
        }

        Assert.Equal(["key", "log.age", "log.json"], folder.Names());
    }

    [Fact]
    public async Task With_json_and_through_pipes_it_is_the_same()
    {
        var first = await SealAsync();
        var json = await Comity("reseal", "--json", "-i", Key(Seals.Anna), "-r", Boris, first);
        var piped = await Run(["reseal", "-i", Key(Seals.Anna), "-r", Boris, "-"], File.ReadAllBytes(first));

        using var result = JsonDocument.Parse(json.Text);
        var from = result.RootElement.GetProperty("from").GetProperty("sha256").GetString();
        Assert.Equal(Digest.Of(File.ReadAllBytes(first)).ToString(), from);
        Assert.Equal(0, piped.Exit);
        Assert.Equal(Log, (await Seals.OpenAsync(piped.Output, Seals.Boris)).Released);
    }

    public void Dispose() => folder.Dispose();

    private static string Boris => Seals.Boris.Recipient.ToString();

    private static Task<Finished> Comity(params string[] arguments) => Run(arguments, []);

    private static Task<Finished> Run(string[] arguments, byte[] input) =>
        ChildProcess.RunAsync(ChildProcess.Comity, arguments, input);

    private async Task<string> SealAsync()
    {
        var sealedFile = await Seals.SealAsync(Log, global::Comity.Files.SealForm.Binary, Seals.Anna.Recipient);
        var exhibit = new SealedExhibit(Seals.Measure(Log), Seals.Measure(sealedFile));
        var manifest = ManifestDocument.Of("log", "text/plain", exhibit, [Seals.Anna.Recipient]).Value();
        _ = folder.Write("log.json", manifest.Write());
        return folder.Write("log.age", sealedFile);
    }

    private static async Task<ManifestDocument> ManifestAsync(string name, byte[] plain)
    {
        var sealedFile = await Seals.SealAsync(plain, global::Comity.Files.SealForm.Binary, Seals.Anna.Recipient);
        var exhibit = new SealedExhibit(Seals.Measure(plain), Seals.Measure(sealedFile));
        return ManifestDocument.Of(name, null, exhibit, [Seals.Anna.Recipient]).Value();
    }

    private ManifestDocument Manifest(string name) =>
        ManifestDocument.Parse(File.ReadAllBytes(folder.File(name))).Value();

    private string Key(Identity identity) =>
        folder.Write("key", Encoding.ASCII.GetBytes(KeyFile.Write(identity, "2026-03-02T09:00:00Z")));
}
