// SPDX-License-Identifier: EUPL-1.2
using System.Net;
using System.Security.Cryptography;
using Comity.Acts;
using Comity.Node.Checking;
using Comity.Node.Demo;
using Comity.Node.Evidence;
using Comity.Requests;

namespace Comity.Node.Tests.Desk;

/// <summary>What was put in by mistake is taken out again, and nothing else is.</summary>
public sealed class TakingOutTests(DeskPair pair) : IClassFixture<DeskPair>
{
    [Fact]
    public async Task A_file_put_in_by_mistake_is_taken_out_once_confirmed_and_can_be_put_in_again()
    {
        var (dossier, request) = await pair.Pair.GrantedAsync();
        using var officer = await pair.B.AtDeskAsync(TestNode.Drafter);
        var evidence = RandomNumberGenerator.GetBytes(1_000);
        var path = await PutInAsync(officer, dossier, evidence);

        var dossierPage = await officer.OpenAsync($"/dossiers/{dossier}");
        var question = await officer.OpenAsync(path);
        var before = await StatesAsync(officer, dossier);
        var done = await officer.SendAsync(question.FormTo(path));
        var twice = await officer.SendAsync(question.FormTo(path));

        Assert.Contains($"href=\"{path}\"", dossierPage.Html, StringComparison.Ordinal);
        Assert.Contains("Take this file out? It was put in here", question.Text, StringComparison.Ordinal);
        Assert.Equal(["held"], before);
        Assert.All([done, twice], p => Assert.EndsWith("?done=taken-out", p.Path, StringComparison.Ordinal));
        Assert.Contains("Dana Draft, exhibit.taken-out", done.Text, StringComparison.Ordinal);
        Assert.Empty(await StatesAsync(officer, dossier));
        Assert.Null(await pair.B.Parts.Evidence.OpenAsync(DigestOf(path), Stop));
        Assert.Equal(HttpStatusCode.NotFound, (await officer.OpenAsync(path)).Status);
        await PutInAsync(officer, dossier, evidence);
        Assert.Empty((await NodeCheck.RunAsync(pair.B.Parts, Stop)).Faults);
    }

    [Fact]
    public async Task What_a_waiting_draft_supplies_stays_until_the_draft_is_taken_back()
    {
        var (dossier, request) = await pair.Pair.GrantedAsync();
        using var officer = await pair.B.AtDeskAsync(TestNode.Drafter);
        var path = await PutInAsync(officer, dossier, RandomNumberGenerator.GetBytes(1_000));
        var form = (await officer.OpenAsync(path)).FormTo(path);
        var draft = await SupplyAsync(officer, dossier, request);

        var page = await officer.SendAsync(form);
        await officer.SendAsync((await officer.OpenAsync(draft)).FormTo($"{draft}/take-back"));
        var done = await officer.SendAsync(form);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("A draft that waits for approval supplies this file", page.Text, StringComparison.Ordinal);
        Assert.EndsWith("?done=taken-out", done.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_supplied_cannot_be_taken_out()
    {
        var (dossier, request) = await pair.Pair.GrantedAsync();
        using var officer = await pair.B.AtDeskAsync(TestNode.Drafter);
        using var approver = await pair.B.AtDeskAsync(TestNode.Approver);
        var path = await PutInAsync(officer, dossier, RandomNumberGenerator.GetBytes(1_000));
        var form = (await officer.OpenAsync(path)).FormTo(path);
        var draft = await SupplyAsync(officer, dossier, request);
        var approved = await approver.SendAsync(
            (await approver.OpenAsync(draft)).FormTo(draft),
            ("phrase", TestNode.PhraseOf(TestNode.Approver)),
            ("step", "approve")
        );

        var late = await officer.SendAsync(form);

        Assert.EndsWith("?done=sealed", approved.Path, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.Status);
        Assert.Contains("an act has supplied it", late.Text, StringComparison.Ordinal);
        Assert.Equal(["supplied"], await StatesAsync(officer, dossier));
        Assert.Equal(HttpStatusCode.NotFound, (await officer.OpenAsync(path)).Status);
        Assert.NotNull(await pair.B.Parts.Evidence.OpenAsync(DigestOf(path), Stop));
    }

    [Fact]
    public async Task What_is_no_longer_whole_here_is_not_announced_though_a_draft_waits_for_its_approval()
    {
        var (dossier, request) = await pair.Pair.GrantedAsync();
        using var officer = await pair.B.AtDeskAsync(TestNode.Drafter);
        using var approver = await pair.B.AtDeskAsync(TestNode.Approver);
        var path = await PutInAsync(officer, dossier, RandomNumberGenerator.GetBytes(1_000));
        var draft = await SupplyAsync(officer, dossier, request);
        await pair.B.Parts.Database.WriteAsync(
            async session =>
            {
                await ExhibitTables.LeaveAsync(session, DigestOf(path));
                return 0;
            },
            Stop
        );

        var page = await approver.SendAsync(
            (await approver.OpenAsync(draft)).FormTo(draft),
            ("phrase", TestNode.PhraseOf(TestNode.Approver)),
            ("step", "approve")
        );

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("supply.exhibit-not-held", page.Text, StringComparison.Ordinal);
        Assert.Equal(draft, await officer.WaitingAsync(dossier.ToString()));
    }

    [Fact]
    public async Task An_exhibit_is_taken_out_by_its_own_dossier_alone()
    {
        var ((first, _), (second, _)) = (await pair.Pair.GrantedAsync(), await pair.Pair.GrantedAsync());
        using var officer = await pair.B.AtDeskAsync(TestNode.Drafter);
        var path = await PutInAsync(officer, first, RandomNumberGenerator.GetBytes(1_000));
        var form = (await officer.OpenAsync(path)).FormTo(path);

        var other = await officer.SendAsync(
            form with
            {
                Action = path.Replace(first.ToString(), second.ToString(), StringComparison.Ordinal),
            }
        );

        Assert.Equal(HttpStatusCode.NotFound, other.Status);
        Assert.Equal(["held"], await StatesAsync(officer, first));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task When_the_disk_does_not_let_it_go_nobody_can_supply_it_and_the_next_start_finishes(
        bool hasPersisted
    )
    {
        await using var own = await DeskPair.MakeAsync();
        var disk = new FullDisk { HasPersisted = hasPersisted };
        own.B.WrapEvidence = store => disk.Over(store);
        await own.A.StartAsync();
        await own.B.StartAsync();
        var (dossier, request) = await own.GrantedAsync();
        using var officer = await own.B.AtDeskAsync(TestNode.Drafter);
        var path = await PutInAsync(officer, dossier, RandomNumberGenerator.GetBytes(1_000));
        var form = (await officer.OpenAsync(path)).FormTo(path);

        disk.IsFull = true;
        var failed = await officer.SendAsync(form);
        var after = await StatesAsync(officer, dossier);
        await own.B.StopAsync();
        disk.IsFull = false;
        await own.B.StartAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, failed.Status);
        Assert.Contains("it is deleted when the node next starts", failed.Text, StringComparison.Ordinal);
        Assert.Empty(after);
        Assert.Null(await own.B.Parts.Evidence.OpenAsync(DigestOf(path), Stop));
        Assert.Empty(await own.B.Parts.Database.ReadAsync(s => ExhibitTables.OfAsync(s, dossier), Stop));
        Assert.Empty((await NodeCheck.RunAsync(own.B.Parts, Stop)).Faults);
    }

    private static async Task<string> SupplyAsync(DeskVisitor officer, DossierId dossier, ActId request)
    {
        var drafted = await officer.DraftAsync(
            $"/dossiers/{dossier}/requests/{request}/supply",
            ("isComplete", "yes"),
            ("statement", "The log as the provider kept it.")
        );
        Assert.EndsWith("?done=drafted", drafted.Path, StringComparison.Ordinal);
        return await officer.WaitingAsync(dossier.ToString());
    }

    private static async Task<string> PutInAsync(DeskVisitor officer, DossierId dossier, byte[] evidence)
    {
        var path = $"/dossiers/{dossier}/exhibits/new";
        await officer.UploadAsync(
            (await officer.OpenAsync(path)).FormTo(path),
            [("file", "a.bin", "application/octet-stream", new MemoryStream(evidence))]
        );
        var exhibit = (await officer.FactsAsync(dossier.ToString())).GetProperty("exhibits")[0];
        return $"/dossiers/{dossier}/exhibits/{exhibit.GetProperty("sealed").GetString()}/take-out";
    }

    private static Digest DigestOf(string path) =>
        Digest.TryParse(path.Split('/')[4], out var digest) ? digest : throw new InvalidOperationException(path);

    private static async Task<IEnumerable<string?>> StatesAsync(DeskVisitor officer, DossierId dossier) =>
        (await officer.FactsAsync(dossier.ToString()))
            .GetProperty("exhibits")
            .EnumerateArray()
            .Select(x => x.GetProperty("state").GetString());
}
