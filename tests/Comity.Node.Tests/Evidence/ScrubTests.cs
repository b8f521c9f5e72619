// SPDX-License-Identifier: EUPL-1.2
using System.Net;
using System.Security.Cryptography;
using Comity.Acts;
using Comity.Node.Evidence;
using Comity.Node.Storage;
using Comity.Node.Tests.Bags;
using Comity.Node.Tests.Commands;
using Comity.Node.Tests.Desk;
using Comity.Node.Tests.Faults;

namespace Comity.Node.Tests.Evidence;

/// <summary>A bit that flips in the store is found, the file is given to nobody, and what can be fetched again is.</summary>
public sealed class ScrubTests : IAsyncLifetime
{
    private BagPair pair = null!;
    private DossierId dossier = null!;
    private Digest exhibit;

    public async ValueTask InitializeAsync()
    {
        pair = await BagPair.StartAsync();
        (dossier, var request) = await pair.GrantedAsync();
        await pair.OpenLineAsync();
        (_, exhibit) = await pair.SupplyAsync(dossier, request, RandomNumberGenerator.GetBytes(400_000));
        await StandsAsync(pair.A, ExhibitTables.Whole);
    }

    public ValueTask DisposeAsync() => pair.DisposeAsync();

    [Fact]
    public async Task A_whole_store_is_well()
    {
        var report = await ScrubAsync(pair.B);

        Assert.Equal((true, 1), (report.IsWell, report.Files));
        Assert.Equal(new FileInfo(FileOf(pair.B)).Length, report.Bytes);
        Assert.Empty(report.Extra);
    }

    [Fact]
    public async Task What_a_peer_supplied_is_fetched_again()
    {
        var whole = await File.ReadAllBytesAsync(FileOf(pair.A), Stop);
        await FlipAsync(pair.A);

        var report = await ScrubAsync(pair.A);
        await StandsAsync(pair.A, ExhibitTables.Whole);

        Assert.Equal([exhibit.ToString()], report.Changed);
        Assert.Equal([exhibit.ToString()], report.Refetched);
        Assert.Equal(whole, await File.ReadAllBytesAsync(FileOf(pair.A), Stop));
        Assert.Equal(["exhibit.damaged"], await AlarmsAsync(pair.A));
        Assert.True((await ScrubAsync(pair.A)).IsWell);
    }

    [Fact]
    public async Task What_a_peer_supplied_and_is_gone_is_fetched_again()
    {
        File.Delete(FileOf(pair.A));

        var report = await ScrubAsync(pair.A);
        await StandsAsync(pair.A, ExhibitTables.Whole);

        Assert.Empty(report.Changed);
        Assert.Equal([exhibit.ToString()], report.Missing);
        Assert.True((await ScrubAsync(pair.A)).IsWell);
    }

    [Fact]
    public async Task What_was_put_in_here_is_given_to_nobody_until_a_copy_was_put_back()
    {
        var whole = await File.ReadAllBytesAsync(FileOf(pair.B), Stop);
        await FlipAsync(pair.B);
        var address = $"v1/exhibits/{exhibit}";

        var report = await ScrubAsync(pair.B);
        var damaged = await new HostilePeer(pair.A).GetAsync(pair.B, address);
        var again = await ScrubAsync(pair.B);
        await File.WriteAllBytesAsync(FileOf(pair.B), whole, Stop);
        var mended = await ScrubAsync(pair.B);
        var served = await new HostilePeer(pair.A).GetAsync(pair.B, address);

        Assert.Equal([exhibit.ToString()], report.Changed);
        Assert.Empty(report.Refetched);
        Assert.Equal(HttpStatusCode.NotFound, damaged.Status);
        Assert.False(again.IsWell);
        Assert.Equal([exhibit.ToString()], mended.Mended);
        Assert.Equal(whole, served.Body);
        Assert.Equal(["exhibit.damaged"], await AlarmsAsync(pair.B));
    }

    [Fact]
    public async Task Before_anybody_scrubbed_no_peer_and_no_officer_gets_the_whole_of_a_damaged_file()
    {
        await FlipAsync(pair.B);
        await FlipAsync(pair.A);
        using var officer = await pair.A.AtDeskAsync(TestNode.Drafter);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() =>
            new HostilePeer(pair.A).GetAsync(pair.B, $"v1/exhibits/{exhibit}")
        );
        pair.CutLine();
        await Assert.ThrowsAnyAsync<Exception>(() => officer.DownloadAsync($"/dossiers/{dossier}/exhibits/{exhibit}"));

        await StandsAsync(pair.B, ExhibitTables.Damaged);
        await StandsAsync(pair.A, ExhibitTables.Expected);
    }

    [Theory]
    [InlineData(Form.Failed)]
    [InlineData(Form.Persisted)]
    public async Task A_mark_that_fails_to_be_written_is_written_by_the_next_pass(Form form)
    {
        await FlipAsync(pair.B);
        FaultingDatabase database = null!;
        pair.B.WrapDatabase = inner => database = new FaultingDatabase(inner);
        await using var parts = pair.B.NewParts();
        database.FailNext(form);

        await Assert.ThrowsAsync<InjectedFault>(() => new Scrub(parts).RunAsync(null, null, Stop));
        var report = await new Scrub(parts).RunAsync(null, null, Stop);

        Assert.Equal([exhibit.ToString()], report.Changed);
        await StandsAsync(pair.B, ExhibitTables.Damaged);
        Assert.Single(await AlarmsAsync(pair.B));
    }

    [Fact]
    public async Task The_command_says_what_is_changed_missing_and_extra_and_fails()
    {
        var extra = RandomNumberGenerator.GetBytes(10);
        var name = Digest.Of(extra).ToString();
        var shelf = Directory.CreateDirectory(Path.Combine(pair.B.Parts.Settings.EvidenceFolder, name[..2])).FullName;
        await File.WriteAllBytesAsync(Path.Combine(shelf, name), extra, Stop);
        var well = await NodeProgram.RunAsync("scrub", "--rate", "100", "--data", pair.B.Data);
        await FlipAsync(pair.B);
        var damaged = await NodeProgram.RunAsync("scrub", "--data", pair.B.Data);
        File.Delete(FileOf(pair.B));
        var missing = await NodeProgram.RunAsync("scrub", "--json", "--data", pair.B.Data);

        Assert.Equal(0, well.Exit);
        Assert.Contains($"extra: {name}", well.Output, StringComparison.Ordinal);
        Assert.Equal(1, damaged.Exit);
        Assert.Equal([$"comity-node: changed: {exhibit}: put back a copy"], damaged.Complaints);
        Assert.Equal(1, missing.Exit);
        Assert.Contains($"\"missing\":[\"{exhibit}\"]", missing.Output, StringComparison.Ordinal);
    }

    private static Task<ScrubReport> ScrubAsync(TestNode node) => new Scrub(node.Parts).RunAsync(null, null, Stop);

    private Task StandsAsync(TestNode node, string state) =>
        Pair.UntilAsync(
            async () =>
                (await node.Parts.Database.ReadAsync(s => ExhibitTables.FindAsync(s, exhibit), Stop))?.State == state,
            $"{node.Party} has it {state}"
        );

    private string FileOf(TestNode node) =>
        Path.Combine(node.Parts.Settings.EvidenceFolder, exhibit.ToString()[..2], exhibit.ToString());

    private async Task FlipAsync(TestNode node)
    {
        var bytes = await File.ReadAllBytesAsync(FileOf(node), Stop);
        bytes[bytes.Length / 2] ^= 4;
        await File.WriteAllBytesAsync(FileOf(node), bytes, Stop);
    }

    private static async Task<IReadOnlyList<string>> AlarmsAsync(TestNode node) =>
        [.. (await node.Parts.Database.ReadAsync(s => AlarmTables.OpenAsync(s, 100), Stop)).Select(a => a.Code)];
}
