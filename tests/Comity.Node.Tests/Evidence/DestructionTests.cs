// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using Comity.Acts;
using Comity.Evidence;
using Comity.Node.Acts;
using Comity.Node.Checking;
using Comity.Node.Evidence;
using Comity.Node.Tests.Bags;
using Comity.Node.Tests.Commands;
using Comity.Node.Tests.Faults;
using Dapper;

namespace Comity.Node.Tests.Evidence;

/// <summary>Evidence is destroyed on a certificate that two officers signed, certificate first, and never comes back.</summary>
public sealed class DestructionTests : IAsyncLifetime
{
    private BagPair pair = null!;
    private DossierId dossier = null!;
    private Digest exhibit;

    private TestNode Node => pair.A;

    public async ValueTask InitializeAsync()
    {
        pair = await BagPair.StartAsync();
        (dossier, var request) = await pair.GrantedAsync();
        (_, exhibit) = await pair.SupplyAsync(dossier, request, RandomNumberGenerator.GetBytes(20_000));
        await pair.CarryAsync(pair.B);
        await pair.CarryAsync(pair.A);
    }

    public ValueTask DisposeAsync() => pair.DisposeAsync();

    [Fact]
    public async Task The_command_destroys_on_two_signatures_and_what_stays_is_the_certificate()
    {
        var alone = await DestroyAsync("drafter", "drafter");
        var wrong = await DestroyAsync("drafter", "approver", phrase: "wrong");
        Assert.True(File.Exists(FileOf(Node)));

        var done = await DestroyAsync("drafter", "approver");
        var again = await DestroyAsync("drafter", "approver");

        Assert.Equal((1, 1, 0), (alone.Exit, wrong.Exit, done.Exit));
        Assert.Equal(done.Output, again.Output);
        Assert.StartsWith("certificate of destruction: act ", done.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(FileOf(Node)));
        Assert.Equal(ExhibitTables.Destroyed, await StateAsync());
        var file = (await Node.DossierAsync(dossier))!;
        var certificate = Assert.Single(file.Internal, a => a.Signed.Act.Body is Destroy);
        Assert.Equal(2, certificate.Signed.Act.Approvals.Count);
        Assert.Equal("Condition c1", ((Destroy)certificate.Signed.Act.Body).Law);
        Assert.Empty((await NodeCheck.RunAsync(Node.Parts, Stop)).Faults);
        var chain = await NodeProgram.RunAsync("custody", exhibit.ToString(), "--data", Node.Data);
        Assert.Contains("(destroyed): the chain is unbroken", chain.Output, StringComparison.Ordinal);
        Assert.Contains(" destroyed ", chain.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_destroyed_never_comes_back_by_wire_by_bag_or_with_a_copy()
    {
        var bytes = await File.ReadAllBytesAsync(FileOf(Node), Stop);
        var bag = (await pair.PackAsync(pair.B, Comity.Node.Bags.Packing.All))!;
        Assert.Equal(0, (await DestroyAsync("drafter", "approver")).Exit);

        await BagPair.TakeAsync(Node, bag);
        await pair.OpenLineAsync();
        await Task.Delay(1_500, Stop);
        Assert.False(File.Exists(FileOf(Node)));
        await File.WriteAllBytesAsync(FileOf(Node), bytes, Stop);
        await Node.StopAsync();
        await Node.StartAsync();

        Assert.False(File.Exists(FileOf(Node)));
        Assert.Equal(ExhibitTables.Destroyed, await StateAsync());
        Assert.True((await new Scrub(Node.Parts).RunAsync(null, null, Stop)).IsWell);
    }

    [Theory]
    [InlineData(Form.Failed)]
    [InlineData(Form.Persisted)]
    public async Task Whatever_write_fails_the_certificate_comes_first_and_the_rest_is_finished(Form form)
    {
        await Node.StopAsync();
        FaultingDatabase database = null!;
        Node.WrapDatabase = inner => database = new FaultingDatabase(inner);
        await using (var parts = Node.NewParts())
        {
            await parts.Register.StartAsync(Stop);
            for (var number = 1; number <= 3; number++)
            {
                // Draft, approval, the mark that it is done: each fails once, and is done again.
                database.FailNext(form);
                await Assert.ThrowsAsync<InjectedFault>(() => DestroyAsync(parts));
                var isCertified = await IsCertifiedAsync(parts);
                Assert.True(isCertified || File.Exists(FileOf(Node)), "bytes are gone without a certificate");
                database.Plan = _ => null;
                if (number == 1)
                {
                    await DraftAsync(parts);
                }
                else if (number == 2)
                {
                    await ApproveAsync(parts);
                }
            }

            await parts.Register.StopAsync(Stop);
        }

        Node.WrapDatabase = null;
        await Node.StartAsync();

        Assert.False(File.Exists(FileOf(Node)));
        Assert.Equal(ExhibitTables.Destroyed, await StateAsync());
        Assert.Single((await Node.DossierAsync(dossier))!.Internal, a => a.Signed.Act.Body is Destroy);
        Assert.Empty((await NodeCheck.RunAsync(Node.Parts, Stop)).Faults);
    }

    [Fact]
    public async Task A_crash_after_the_certificate_leaves_bytes_that_nobody_gets_and_the_next_start_deletes()
    {
        await DraftAsync(Node.Parts);
        await ApproveAsync(Node.Parts);

        Assert.True(File.Exists(FileOf(Node)));
        Assert.Equal(ExhibitTables.Destroying, await StateAsync());
        var served = await new HostilePeer(pair.B).GetAsync(Node, $"v1/exhibits/{exhibit}");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, served.Status);
        await Node.StopAsync();
        await Node.StartAsync();

        Assert.False(File.Exists(FileOf(Node)));
        Assert.Equal(ExhibitTables.Destroyed, await StateAsync());
    }

    [Fact]
    public async Task An_exhibit_marked_as_destroyed_without_a_certificate_is_found()
    {
        await Node.Parts.Database.WriteAsync(
            s =>
                s.Connection.ExecuteAsync(
                    "update exhibit set state = 'destroyed' where sealed = @Name",
                    new { Name = exhibit.ToString() },
                    s.Transaction
                ),
            Stop
        );

        Assert.Contains(
            $"exhibit {exhibit} was destroyed without a certificate",
            (await NodeCheck.RunAsync(Node.Parts, Stop)).Faults
        );
    }

    private Task<Ended> DestroyAsync(string drafter, string approver, string? phrase = null) =>
        NodeProgram.RunAsync(
            [
                ("COMITY_PHRASE_DRAFTER", TestNode.PhraseOf(TestNode.Drafter)),
                ("COMITY_PHRASE_APPROVER", phrase ?? TestNode.PhraseOf(TestNode.Approver)),
            ],
            [
                "destroy",
                exhibit.ToString(),
                "--law",
                "Condition c1",
                "--reason",
                "The proceeding has ended.",
                "--officer",
                drafter,
                "--officer",
                approver,
                "--data",
                Node.Data,
            ]
        );

    private async Task DestroyAsync(Comity.Node.Hosting.NodeParts parts)
    {
        await DraftAsync(parts);
        await ApproveAsync(parts);
        await Destruction.FinishAsync(parts, Stop);
    }

    private async Task DraftAsync(Comity.Node.Hosting.NodeParts parts)
    {
        var (draft, content) = await PrepareAsync(parts);
        var officer = await OfficerAsync(parts, TestNode.Drafter);
        (await parts.Issuing.DraftAsync(draft, content, officer, TestNode.PhraseOf(TestNode.Drafter), Stop)).Admitted();
    }

    private async Task ApproveAsync(Comity.Node.Hosting.NodeParts parts)
    {
        var (draft, _) = await PrepareAsync(parts);
        var officer = await OfficerAsync(parts, TestNode.Approver);
        (
            await parts.Issuing.ApproveAsync(
                draft,
                officer,
                TestNode.PhraseOf(TestNode.Approver),
                ApprovalVerdict.Approves,
                null,
                Stop
            )
        ).Admitted();
    }

    private async Task<(string Draft, ActContent Content)> PrepareAsync(Comity.Node.Hosting.NodeParts parts) =>
        (await Destruction.PrepareAsync(parts, exhibit, "Condition c1", "The proceeding has ended.", Stop)).Admitted();

    private static async Task<Comity.Node.Officers.Officer> OfficerAsync(
        Comity.Node.Hosting.NodeParts parts,
        string id
    ) => (await parts.Database.ReadAsync(s => Comity.Node.Officers.OfficerTables.FindAsync(s, id), Stop))!;

    private async Task<bool> IsCertifiedAsync(Comity.Node.Hosting.NodeParts parts) =>
        (await parts.Database.ReadAsync(s => DossierFile.ReadAsync(s, dossier, parts.Keys.AtRest), Stop))!.Internal.Any(
            a => a.Signed.Act.Body is Destroy
        );

    private async Task<string?> StateAsync() =>
        (await Node.Parts.Database.ReadAsync(s => ExhibitTables.FindAsync(s, exhibit), Stop))?.State;

    private string FileOf(TestNode node) =>
        Path.Combine(node.Data, "evidence", exhibit.ToString()[..2], exhibit.ToString());
}
