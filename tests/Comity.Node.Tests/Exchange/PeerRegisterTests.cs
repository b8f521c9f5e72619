// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Exchange;
using Comity.Node.Exchange;
using Comity.Node.Storage;
using Comity.Parties;
using Comity.Register;
using Dapper;

namespace Comity.Node.Tests.Exchange;

/// <summary>A peer that forks its register, takes it back or shows another's is held to what it signed.</summary>
public sealed class PeerRegisterTests : IAsyncLifetime
{
    private readonly OnSqlite states = new();

    public async ValueTask InitializeAsync()
    {
        await states.InitializeAsync();
        for (byte i = 0; i < 3; i++)
        {
            states.Hostile.Enter(Digest.Of([i]), new LeafEntry.Issued());
        }

        await states.Hostile.ServeAsync();
        await GreetAsync(() => RememberedAsync(3));
    }

    public ValueTask DisposeAsync() => states.DisposeAsync();

    [Fact]
    public async Task Two_checkpoints_of_one_size_with_different_roots_are_kept_as_proof_and_acts_still_enter()
    {
        var known = states.Hostile.Checkpoint;
        var fork = new HostilePeer(states.HostileNode);
        for (byte i = 0; i < 3; i++)
        {
            fork.Enter(Digest.Of([9, i]), new LeafEntry.Issued());
        }

        states.Hostile.OnStanding = () => new Standing(-1, fork.Checkpoint.ToString(), "");
        await GreetAsync(() => HasAlarmAsync("register.fork", "size 3"));

        await IsEvidenceAsync("register.fork", known, fork.Checkpoint);
        await states.AdmittedAsync(states.Hostile.Issue(states.Hostile.Sign(states.Request())));
    }

    [Fact]
    public async Task A_fork_shows_in_a_receipt_too()
    {
        var fork = new HostilePeer(states.HostileNode);
        fork.Enter(Digest.Of([9]), new LeafEntry.Issued());
        fork.Enter(Digest.Of([8]), new LeafEntry.Issued());

        await states.AdmittedAsync(fork.Issue(fork.Sign(states.Request())));

        Assert.Contains(("register.fork", "size 3"), await states.AlarmsAsync());
    }

    [Fact]
    public async Task A_register_that_is_smaller_than_it_was_is_kept_as_proof_and_acts_still_enter()
    {
        var known = states.Hostile.Checkpoint;
        var restored = new HostilePeer(states.HostileNode);
        restored.Enter(Digest.Of([0]), new LeafEntry.Issued());

        states.Hostile.OnStanding = () => new Standing(-1, restored.Checkpoint.ToString(), "");
        await GreetAsync(() => HasAlarmAsync("register.went-back", "size 3"));

        await IsEvidenceAsync("register.went-back", known, restored.Checkpoint);
        await states.AdmittedAsync(states.Hostile.Issue(states.Hostile.Sign(states.Request())));
    }

    [Fact]
    public async Task A_receipt_that_was_long_on_its_way_is_no_sign_of_a_register_that_went_back()
    {
        var old = states.Hostile.Issue(states.Hostile.Sign(states.Request()));
        states.Hostile.Enter(Digest.Of([5]), new LeafEntry.Issued());
        await GreetAsync(() => RememberedAsync(5));

        await states.AdmittedAsync(old);

        Assert.Empty(await states.AlarmsAsync());
    }

    [Fact]
    public async Task A_checkpoint_of_another_register_is_kept_and_shown()
    {
        states.Hostile.OnStanding = () => new Standing(-1, states.Other.Checkpoint.ToString(), "");
        var subject = $"note {Digest.Of(states.Other.Checkpoint.ToBytes())}";
        await GreetAsync(() => HasAlarmAsync("exchange.checkpoint-wrong", subject));

        Assert.Equal(states.Other.Checkpoint.ToBytes(), await EvidenceAsync("exchange.checkpoint-wrong"));
        Assert.True(await RememberedAsync(3));
    }

    [Fact]
    public async Task Two_acts_at_one_place_of_a_register_are_kept_as_proof()
    {
        var fork = states.Hostile.Fork();
        var dossier = Pair.NewDossier();
        await states.AdmittedAsync(states.Hostile.Issue(states.Hostile.Sign(states.Request(dossier))));
        Assert.Empty(await states.AlarmsAsync());

        // Its checkpoint has another size than the first one's, so that only the place gives it away.
        var forked = fork.Sign(states.Request(dossier, 2));
        var receipt = fork.EnterAt(3, forked.Id.Digest);
        await states.AdmittedAsync(HostilePeer.With(forked.Signed.Encoded.ToArray(), receipt));

        Assert.Contains(("register.fork", "entry 3"), await states.AlarmsAsync());
    }

    [Theory]
    [InlineData("older")]
    [InlineData("other")]
    [InlineData("noise")]
    public async Task A_directory_entry_that_goes_back_forks_or_is_none_is_kept_and_shown(string kind)
    {
        var first = states.Hostile.OnEntry();
        var second = states.Hostile.NextEntry(e => e);
        (await states.Parts.Directories.AcceptAsync(second, Stop)).Admitted();
        var (offered, code) = kind switch
        {
            "older" => (first, "directory.rollback"),
            "other" => (Other(), "directory.fork"),
            _ => ("noise"u8.ToArray(), "directory.malformed"),
        };

        states.Hostile.OnEntry = () => offered;
        await GreetAsync(() => HasAlarmAsync(code, $"entry {Digest.Of(offered)}"));

        Assert.Equal(offered, await EvidenceAsync(code));
        Assert.Equal(second.Id, (await states.Parts.Directories.CurrentAsync(Stop)).Find(states.Hostile.Party)!.Id);

        byte[] Other() =>
            new HostilePeer(states.HostileNode).NextEntry(e => e with { Name = "Another" }).Signed.Encoded.ToArray();
    }

    [Fact]
    public async Task A_newer_directory_entry_is_taken_when_the_peer_shows_it()
    {
        var next = states.Hostile.NextEntry(e => e with { Name = "State XB, renamed" });
        await GreetAsync(async () =>
            (await states.Parts.Directories.CurrentAsync(Stop)).Find(states.Hostile.Party)!.Id == next.Id
        );
    }

    [Fact]
    public async Task Of_what_is_no_entry_no_more_is_kept_than_an_entry_could_be()
    {
        var junk = new byte[3_000_000];
        states.Hostile.OnEntry = () => junk;
        await GreetAsync(() => HasAlarmAsync("directory.malformed", $"entry {Digest.Of(junk)}"));

        Assert.Equal(
            AlarmTables.MostEvidence,
            await states.Parts.Database.ReadAsync(
                s =>
                    s.Connection.ExecuteScalarAsync<long>(
                        "select length(evidence) from alarm where code = 'directory.malformed'",
                        transaction: s.Transaction
                    ),
                Stop
            )
        );
    }

    private async Task GreetAsync(Func<Task<bool>> until)
    {
        await Pair.UntilAsync(
            async () =>
            {
                states.Time.Now = states.Time.Now.AddMinutes(6);
                states.Parts.Deliveries.Wake();
                return await until();
            },
            "XB is greeted"
        );
    }

    private async Task<bool> HasAlarmAsync(string code, string subject) =>
        (await states.AlarmsAsync()).Contains((code, subject));

    private async Task<bool> RememberedAsync(long size)
    {
        var row = await states.Parts.Database.ReadAsync(s => PeerTables.FindAsync(s, PartyId.Of("XB")), Stop);
        return row?.Checkpoint.Length > 0
            && Checkpoint.Parse(SignedNote.Parse(Encoding.UTF8.GetBytes(row.Checkpoint)).Admitted()).Admitted().Size
                == size;
    }

    private async Task IsEvidenceAsync(string code, SignedNote first, SignedNote second) =>
        Assert.Equal($"{first}\n{second}", Encoding.UTF8.GetString(await EvidenceAsync(code)));

    private async Task<byte[]> EvidenceAsync(string code) =>
        (
            await states.Parts.Database.ReadAsync(
                s =>
                    s.Connection.ExecuteScalarAsync<byte[]>(
                        "select evidence from alarm where code = @code",
                        new { code },
                        s.Transaction
                    ),
                Stop
            )
        )!;
}
