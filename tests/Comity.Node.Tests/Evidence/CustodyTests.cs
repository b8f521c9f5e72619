// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using System.Text.Json;
using Comity.Acts;
using Comity.Evidence;
using Comity.Node.Acts;
using Comity.Node.Checking;
using Comity.Node.Evidence;
using Comity.Node.Tests.Bags;
using Comity.Node.Tests.Commands;
using Comity.Node.Tests.Desk;
using Comity.Node.Tests.Faults;
using Dapper;

namespace Comity.Node.Tests.Evidence;

/// <summary>Who had an exhibit and who read it stands in a chain, and whoever tampers with the chain is found out.</summary>
public sealed class CustodyTests : IAsyncLifetime
{
    private BagPair pair = null!;
    private DossierId dossier = null!;
    private ActId request = null!;
    private ActId supply = null!;
    private Digest exhibit;

    public async ValueTask InitializeAsync()
    {
        pair = await BagPair.StartAsync();
        (dossier, request) = await pair.GrantedAsync();
        await pair.OpenLineAsync();
        (supply, exhibit) = await pair.SupplyAsync(dossier, request, RandomNumberGenerator.GetBytes(50_000));
        await Pair.UntilAsync(
            async () =>
                (await pair.A.Parts.Database.ReadAsync(s => ExhibitTables.FindAsync(s, exhibit), Stop))?.State
                == ExhibitTables.Whole,
            "XA has the exhibit"
        );
        await Pair.UntilAsync(async () => !(await pair.B.DossierAsync(dossier))!.Pending.Any(), "XB has the receipt");
    }

    public ValueTask DisposeAsync() => pair.DisposeAsync();

    [Fact]
    public async Task From_putting_in_to_opening_each_side_has_an_unbroken_chain()
    {
        using var officer = await pair.A.AtDeskAsync(TestNode.Drafter);
        await officer.DownloadAsync($"/dossiers/{dossier}/exhibits/{exhibit}");
        await officer.DownloadAsync($"/dossiers/{dossier}/exhibits/{exhibit}");
        var confirm = await pair.A.IssueAsync(
            pair.Pair.ByA(dossier, new Confirm([new ExhibitReceived(exhibit, ExhibitVerdict.Opened)], null), request)
        );
        await Pair.UntilAsync(async () => (await ChainAsync(pair.B)).Links.Count == 4, "XB hears that it was opened");

        var (a, b) = (await ChainAsync(pair.A), await ChainAsync(pair.B));

        Assert.Empty(a.Faults);
        Assert.Empty(b.Faults);
        Assert.Equal(
            [
                (CustodyEvent.Sent, "XB", "authority central", null, supply),
                (CustodyEvent.Received, "XA", "node of XA", null, supply),
                (CustodyEvent.Copied, "XA", "drafter, assessor", "drafter", null),
                (CustodyEvent.Opened, "XA", "authority central", null, (ActId?)confirm),
            ],
            a.Links.Select(Short)
        );
        Assert.Equal(
            [
                (CustodyEvent.Sealed, "XB", "drafter, assessor", "drafter", null),
                (CustodyEvent.Sent, "XB", "authority central", null, supply),
                (CustodyEvent.Copied, "XA", "node of XA", null, null),
                (CustodyEvent.Opened, "XA", "authority central", null, (ActId?)confirm),
            ],
            b.Links.Select(Short)
        );
        Assert.StartsWith("receipt of XA: entry ", b.Receipts[2], StringComparison.Ordinal);
        await pair.AreAlikeAsync(dossier);
    }

    [Theory]
    [InlineData("update custody set link = (select link from custody where place = 2) where place = 1", "altered")]
    [InlineData("delete from custody where place = 1", "gap")]
    [InlineData("delete from custody where place = 3", "cut-off")]
    [InlineData("delete from custody where place >= 2", "cut-off")]
    [InlineData("delete from custody", "not-kept")]
    [InlineData("delete from custody_head", "altered")]
    [InlineData("delete from custody where place >= 2; delete from custody_head", "anchor-differs")]
    [InlineData("delete from custody; delete from custody_head", "anchor-differs")]
    [InlineData("delete from peer_receipt where recorded = 'admitted'", "no-receipt")]
    public async Task Rows_that_were_changed_or_taken_out_of_the_database_are_found(string sql, string code)
    {
        await ExecuteAsync(pair.B, sql);

        var chain = await ChainAsync(pair.B);
        var check = await NodeCheck.RunAsync(pair.B.Parts, Stop);
        var command = await NodeProgram.RunAsync("custody", exhibit.ToString(), "--data", pair.B.Data);

        Assert.Contains(chain.Faults, f => f.Code == $"custody.{code}");
        Assert.Contains(check.Faults, f => f.Contains($"custody.{code}", StringComparison.Ordinal));
        Assert.Equal(1, command.Exit);
        Assert.Contains("THE CHAIN IS BROKEN", command.Output, StringComparison.Ordinal);
        Assert.Contains($"BROKEN at link ", command.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exhibit_whose_arrival_no_link_tells_is_said()
    {
        await ExecuteAsync(pair.A, "delete from custody where place = 2");

        Assert.Contains((await ChainAsync(pair.A)).Faults, f => f.Code == "custody.not-received");
    }

    [Fact]
    public async Task The_command_and_the_desk_print_the_chain()
    {
        var text = await NodeProgram.RunAsync("custody", dossier.ToString(), "--data", pair.B.Data);
        var json = await NodeProgram.RunAsync("custody", exhibit.ToString(), "--json", "--data", pair.B.Data);
        var none = await NodeProgram.RunAsync("custody", Digest.Of([1]).ToString(), "--data", pair.B.Data);
        using var officer = await pair.B.AtDeskAsync(TestNode.Approver);
        var page = await officer.OpenAsync($"/dossiers/{dossier}/custody");

        Assert.Equal((0, 0, 1), (text.Exit, json.Exit, none.Exit));
        Assert.StartsWith($"exhibit {exhibit} (held): the chain is unbroken\n", text.Output, StringComparison.Ordinal);
        Assert.Equal(4, text.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        var links = JsonElement.Parse(json.Output)[0].GetProperty("links").EnumerateArray().ToList();
        Assert.Equal(["sealed", "sent", "copied"], links.Select(l => l.GetProperty("what").GetString()));
        Assert.Contains("Unbroken", page.Text, StringComparison.Ordinal);
        Assert.Contains("Read: the sealed file was given out", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Form.Failed)]
    [InlineData(Form.Persisted)]
    public async Task No_byte_is_given_out_before_its_link_is_durable(Form form)
    {
        await pair.B.StopAsync();
        FaultingDatabase database = null!;
        pair.B.WrapDatabase = inner => database = new FaultingDatabase(inner);
        await using var parts = pair.B.NewParts();
        var reader = new Deed(CustodyEvent.Copied, pair.A.Party, "another reader");
        database.FailNext(form);

        await Assert.ThrowsAsync<InjectedFault>(() => Serving.OpenAsync(parts, exhibit, reader, Stop));
        await using var again = await Serving.OpenAsync(parts, exhibit, reader, Stop);

        Assert.NotNull(again);
        var links = await parts.Database.ReadAsync(
            s =>
                s.Connection.ExecuteScalarAsync<long>(
                    "select count(*) from custody where what = 'copied'",
                    transaction: s.Transaction
                ),
            Stop
        );
        Assert.Equal(2, links);
    }

    [Theory]
    [InlineData("delete from custody_head", 4)]
    [InlineData("delete from custody where place = 3", 3)]
    [InlineData("delete from custody where place >= 2; delete from custody_head", 2)]
    public async Task A_broken_chain_goes_on_and_is_broken_for_good(string sql, int place)
    {
        await ExecuteAsync(pair.B, sql);
        var reader = new Deed(CustodyEvent.Copied, pair.A.Party, "another reader");

        await using var served = await Serving.OpenAsync(pair.B.Parts, exhibit, reader, Stop);
        var chain = await ChainAsync(pair.B);

        Assert.NotNull(served);
        Assert.Contains(chain.Faults, f => f.Where == $"link {place}");
        Assert.Equal("another reader", chain.Links[^1].Role);
    }

    [Fact]
    public async Task Packed_exported_and_taken_out_are_links_too()
    {
        await pair.PackAsync(pair.B, Comity.Node.Bags.Packing.All);
        await NodeExport.WriteAsync(pair.B.Parts, dossier, Path.Combine(pair.Pair.Folder, "export"), null, Stop);
        var mistake = (await pair.PutInAsync(dossier, new byte[9])).Manifest.SealedSha256;
        var row = (await pair.B.Parts.Database.ReadAsync(s => DossierKeys.FindAsync(s, dossier), Stop))!;
        (
            await TakingOut.TakeOutAsync(pair.B.Parts, row, mistake, await pair.B.OfficerAsync(TestNode.Drafter), Stop)
        ).Admitted();

        var chains = await ChainsAsync(pair.B);

        Assert.Equal(
            ["into a diplomatic bag for XA", "exported"],
            chains.Single(c => c.Exhibit == exhibit).Links.Skip(3).Select(l => l.Note)
        );
        var gone = chains.Single(c => c.Exhibit == mistake);
        Assert.Equal(("gone", CustodyEvent.Returned), (gone.State, gone.Links[^1].What));
        Assert.All(chains, c => Assert.Empty(c.Faults));
    }

    private static (CustodyEvent, string, string, string?, ActId?) Short(CustodyEntry link) =>
        (link.What, link.Party.ToString(), link.Role, link.Officer, link.Act);

    private async Task<ExhibitCustody> ChainAsync(TestNode node) =>
        (await ChainsAsync(node)).Single(c => c.Exhibit == exhibit);

    private async Task<IReadOnlyList<ExhibitCustody>> ChainsAsync(TestNode node)
    {
        var directory = await node.Parts.Directories.CurrentAsync(Stop);
        return await node.Parts.Database.ReadAsync(
            async s =>
                await CustodyReport.ReadAsync(
                    s,
                    node.Parts,
                    (await DossierFile.ReadAsync(s, dossier, node.Parts.Keys.AtRest))!,
                    directory
                ),
            Stop
        );
    }

    private static Task<int> ExecuteAsync(TestNode node, string sql) =>
        node.Parts.Database.WriteAsync(s => s.Connection.ExecuteAsync(sql, transaction: s.Transaction), Stop);
}
