// SPDX-License-Identifier: EUPL-1.2
using System.Net;
using System.Text;
using Comity.Node.Demo;
using Comity.Node.Register;
using Comity.Node.Setup;
using Comity.Node.Tests.Commands;
using Comity.Node.Tests.Register;
using Comity.Register;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Comity.Node.Tests.Witnessing;

/// <summary>Two nodes that witness each other: what each publishes the other has signed, and neither can take anything back.</summary>
public sealed class TwoWitnessesTests : IAsyncLifetime
{
    private Pair pair = null!;

    public async ValueTask InitializeAsync()
    {
        // The copy of yesterday below is a file.
        pair = await Pair.MakeAsync(_ => "sqlite");
        await pair.A.StartAsync();
        await pair.B.StartAsync();
    }

    public ValueTask DisposeAsync() => pair.DisposeAsync();

    [Fact]
    public async Task What_a_node_publishes_bears_the_other_ones_line_and_its_page_says_so()
    {
        Assert.Contains("nothing is published yet", await PageAsync(pair.A, "/register"));

        await PublishAsync(pair.A);
        await PublishAsync(pair.A);

        var log = await PublishedRegister.VerifyAsync(pair.A.Parts);
        var policy = await pair.A.Parts.Witnesses.PolicyAsync(Stop);
        Assert.Equal("1 of 1 witness, 1 needed", policy.Count(log.Note).Admitted().ToString());
        Assert.Equal([pair.B.Parts.Keys.Witness!.Verifier], policy.Witnesses);
        Assert.Contains("witnessed: 1 of 1 witness, 1 needed", await PageAsync(pair.A, "/register"));
    }

    [Fact]
    public async Task A_witness_that_is_away_holds_nobody_up_and_signs_when_it_is_back()
    {
        await pair.B.StopAsync();
        await PublishAsync(pair.A);
        Assert.Contains("NOT WITNESSED: 0 of 1 witness, 1 needed", await PageAsync(pair.A, "/register"));

        await pair.B.StartAsync();
        await pair.A.Parts.Publisher.PublishAsync(DateTimeOffset.MinValue, Stop);

        Assert.Contains("witnessed: 1 of 1 witness, 1 needed", await PageAsync(pair.A, "/register"));
    }

    [Fact]
    public async Task A_cosignature_whose_keeping_failed_is_asked_for_again()
    {
        await PublishAsync(pair.A);
        await pair.A.Parts.Database.WriteAsync(
            s => s.Connection.ExecuteAsync("delete from cosignature", transaction: s.Transaction),
            Stop
        );

        await PublishAsync(pair.A);

        Assert.Contains("witnessed: 1 of 1 witness, 1 needed", await PageAsync(pair.A, "/register"));
    }

    [Fact]
    public async Task Anyone_reads_the_log_over_http_with_the_headers_that_let_it_be_kept()
    {
        await PublishAsync(pair.A);
        using var client = new HttpClient { BaseAddress = new Uri(pair.A.Entry.Entry.Endpoints.Public!) };

        using var checkpoint = await client.GetAsync("register/checkpoint", Stop);
        Assert.Equal(
            ("text/plain; charset=utf-8", "public, max-age=5"),
            (checkpoint.Content.Headers.ContentType!.ToString(), checkpoint.Headers.CacheControl!.ToString())
        );
        using var tile = await client.GetAsync("register/tile/0/000.p/16", Stop);
        Assert.Equal(
            ("application/octet-stream", 512L, "public, max-age=31536000, immutable"),
            (
                tile.Content.Headers.ContentType!.ToString(),
                tile.Content.Headers.ContentLength,
                tile.Headers.GetValues("Cache-Control").Single()
            )
        );
        foreach (
            var none in new[] { "tile/0/000", "tile/0/000.p/15", "tile/9/000", "tile/entries/..%2f..%2fnode.json" }
        )
        {
            using var missing = await client.GetAsync($"register/{none}", Stop);
            Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        }
    }

    [Fact]
    public async Task A_witness_that_says_it_has_seen_more_stops_nobody()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var address = new Uri($"http://127.0.0.1:{FreePorts.Find(1)[0]}");
        builder.WebHost.UseUrls(address.ToString());
        await using var liar = builder.Build();
        liar.MapPost("/add-checkpoint", () => Results.Text("9999999\n", "text/x.tlog.size", statusCode: 409));
        await liar.StartAsync(Stop);
        var key = new Cosigner("witness.example/liar", new byte[32]).Verifier;
        await pair.A.StopAsync();
        pair.A.Adjust = s => s with { Witnesses = [new(key, address)], WitnessesNeeded = 2 };
        await pair.A.StartAsync();

        await PublishAsync(pair.A);
        await PublishAsync(pair.A);

        Assert.Contains("NOT WITNESSED: 1 of 2 witnesses, 2 needed", await PageAsync(pair.A, "/register"));
        Assert.False(Restoration.IsMarked(pair.A.Data));
    }

    [Fact]
    public async Task Anyone_copies_the_log_from_its_address_and_goes_on_later()
    {
        var copy = Path.Combine(pair.Folder, "copy");
        foreach (var size in new[] { 16, 32 })
        {
            await PublishAsync(pair.A);

            var ended = await NodeProgram.RunAsync(
                "mirror",
                $"{pair.A.Entry.Entry.Endpoints.Public!.TrimEnd('/')}/register",
                copy,
                "--key",
                pair.A.Parts.Keys.Register.Verifier.ToString()
            );

            Assert.Equal((0, $"{copy}: {size} entries, verified\n", ""), (ended.Exit, ended.Output, ended.Error));
        }
    }

    [Fact]
    public async Task A_node_put_back_from_yesterdays_copy_that_goes_on_is_shown_up_by_the_other_with_both_notes()
    {
        // Yesterday: published, cosigned, copied.
        await PublishAsync(pair.A);
        var yesterday = Path.Combine(pair.Folder, "yesterday.db");
        Copy(pair.A, yesterday);
        await PublishAsync(pair.A);
        var known = (await PublishedRegister.VerifyAsync(pair.A.Parts)).Checkpoint;

        // Today: the file is put back by hand, without the mark that "restore" sets, and what was published is lost too.
        await pair.B.StopAsync();
        await pair.A.StopAsync();
        PutBack(pair.A, yesterday);
        await pair.A.StartAsync();
        await PublishAsync(pair.A);
        await PublishAsync(pair.A);
        await pair.B.StartAsync();

        await Pair.UntilAsync(() => IsRaisedAsync(pair.B, "register.not-consistent"), "XB raises the alarm");
        var proof = await ProofAsync(pair.B, "register.not-consistent");
        var notes = proof.Split($"\n\n{known.Origin}\n");
        var first = Opened(notes[0] + "\n");
        var second = Opened($"{known.Origin}\n{notes[1]}");
        Assert.Equal(known, first);
        Assert.True(second.Size > known.Size);

        // The node that was put back is shown it too, and appends nothing from then on, nor when it is started again.
        await Pair.UntilAsync(() => IsRaisedAsync(pair.A, "register.behind"), "XA finds itself behind");
        await Assert.ThrowsAsync<RegisterBehindException>(() => PublishAsync(pair.A));
        Assert.True(Restoration.IsMarked(pair.A.Data));
        var verdict = await Restoration.AskPeersAsync(pair.A.Parts, Stop);
        Assert.Equal(
            (false, $"XB: has seen another register of {known.Size} entries"),
            (verdict.MayAppend, Assert.Single(verdict.Lines))
        );
        Assert.True(Restoration.IsMarked(pair.A.Data));
    }

    [Fact]
    public async Task A_node_put_back_from_yesterdays_copy_beside_what_it_published_does_not_start()
    {
        await PublishAsync(pair.A);
        var yesterday = Path.Combine(pair.Folder, "yesterday.db");
        Copy(pair.A, yesterday);
        await PublishAsync(pair.A);
        await pair.A.StopAsync();
        File.Copy(yesterday, pair.A.Parts.Settings.DatabaseFile, overwrite: true);

        var why = await Assert.ThrowsAsync<NotThisNodeException>(pair.A.StartAsync);
        Assert.Contains("register.behind", why.Message);
    }

    private static void Copy(TestNode node, string to)
    {
        using var source = new SqliteConnection($"Data Source={node.Parts.Settings.DatabaseFile};Pooling=False");
        using var copy = new SqliteConnection($"Data Source={to};Pooling=False");
        source.Open();
        copy.Open();
        source.BackupDatabase(copy);
    }

    private static void PutBack(TestNode node, string from)
    {
        var file = node.Parts.Settings.DatabaseFile;
        foreach (var old in new[] { file, $"{file}-wal", $"{file}-shm" })
        {
            File.Delete(old);
        }

        File.Copy(from, file);
        Directory.Delete(node.Parts.Settings.RegisterFolder, recursive: true);
    }

    private Checkpoint Opened(string note)
    {
        var key = pair.A.Parts.Keys.Register.Verifier;
        return Checkpoint.Open(SignedNote.Parse(Encoding.UTF8.GetBytes(note)).Admitted(), key, key.Name).Admitted();
    }

    private static async Task PublishAsync(TestNode node) =>
        await node.Parts.Publisher.PublishAsync(DateTimeOffset.MaxValue, Stop);

    private static async Task<bool> IsRaisedAsync(TestNode node, string code) =>
        await node.Parts.Database.ReadAsync(
            s =>
                s.Connection.ExecuteScalarAsync<long>(
                    "select count(*) from alarm where code = @code",
                    new { code },
                    s.Transaction
                ),
            Stop
        ) > 0;

    private static async Task<string> ProofAsync(TestNode node, string code) =>
        Encoding.UTF8.GetString(
            (
                await node.Parts.Database.ReadAsync(
                    s =>
                        s.Connection.QueryFirstAsync<byte[]>(
                            "select evidence from alarm where code = @code",
                            new { code },
                            s.Transaction
                        ),
                    Stop
                )
            )!
        );

    private static async Task<string> PageAsync(TestNode node, string path)
    {
        using var client = new HttpClient { BaseAddress = new Uri(node.Entry.Entry.Endpoints.Public!) };
        return await client.GetStringAsync(path, Stop);
    }
}
