// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Node.Settings;
using Comity.Node.Storage;
using Comity.Node.Tests.Faults;
using Comity.Node.Tests.Storage;
using Comity.Node.Timestamps;
using Comity.Parties;
using Comity.Register;
using Comity.Timestamps;
using Dapper;
using Microsoft.Extensions.Logging;

namespace Comity.Node.Tests.Timestamps;

/// <summary>Every published checkpoint is stamped, sooner or later; nothing waits for it, and nothing false is kept.</summary>
public abstract partial class StamperTests : IAsyncLifetime
{
    private readonly ScratchDatabase scratch;
    private readonly FaultingDatabase database;
    private readonly ManualTime time = new();
    private readonly CapturedLog log = new();
    private readonly NodeMeters meters = new();
    private readonly AuthorityLine line = new(TimeSpan.FromSeconds(2));
    private readonly TestAuthorityHost first = new();
    private readonly TestAuthorityHost second = new();
    private readonly List<Stamper> running = [];

    protected StamperTests(Engine engine)
    {
        scratch = new ScratchDatabase(engine);
        database = new FaultingDatabase(scratch.Open());
        first.Time = second.Time = time;
    }

    public ValueTask InitializeAsync()
    {
        database.Migrate();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var stamper in running)
        {
            await stamper.StopAsync(CancellationToken.None);
            stamper.Dispose();
        }

        await first.DisposeAsync();
        await second.DisposeAsync();
        line.Dispose();
        meters.Dispose();
        await database.DisposeAsync();
        scratch.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_checkpoint_is_stamped_by_every_authority_and_each_token_verifies()
    {
        await first.StartAsync();
        await second.StartAsync();
        var stamper = await RunAsync(first, second);
        var checkpoint = await PublishAsync(stamper, 1);

        var stamped = await StampedAsync(checkpoint, 2);

        Assert.Equal(
            new[] { first.Url.AbsoluteUri, second.Url.AbsoluteUri }.Order(StringComparer.Ordinal),
            stamped.Select(s => s.Authority)
        );
        foreach (
            var (token, authority) in stamped.Select(s =>
                (s.Token, s.Authority == first.Url.AbsoluteUri ? first : second)
            )
        )
        {
            var read = TimestampToken.Parse(token).Admitted();
            read.Covers(Encoding.UTF8.GetBytes(checkpoint.Text)).Admitted();
            read.SignedUnder(authority.Trust).Admitted();
            Assert.Equal(time.Now, read.Statement.At);
        }
    }

    [Fact]
    public async Task A_signature_added_to_the_checkpoint_later_changes_nothing_about_its_timestamps()
    {
        await first.StartAsync();
        var stamper = await RunAsync(first);
        var checkpoint = await PublishAsync(stamper, 1);
        var stamped = await StampedAsync(checkpoint, 1);

        var witnessed = checkpoint.With(
            new Cosigner("witness.example/w", new byte[32]).Sign(checkpoint.Text, time.Now)
        );

        Assert.Equal(stamped[0].Token, (await OfAsync(witnessed)).Single().Token);
    }

    [Fact]
    public async Task What_is_published_while_no_authority_can_be_reached_waits_and_the_newest_is_stamped_first()
    {
        var stamper = await RunAsync(first);
        var older = await PublishAsync(stamper, 1);
        time.Now = time.Now.AddMinutes(1);
        var newer = await PublishAsync(stamper, 2);
        await LoggedAsync("timestamp.unreachable");
        Assert.Empty(await OfAsync(older));

        await first.StartAsync();

        await StampedAsync(older, 1);
        await StampedAsync(newer, 1);
        Assert.Equal(new[] { newer, older }.Select(c => Digest.Of(Encoding.UTF8.GetBytes(c.Text))), first.Asked);
    }

    [Theory]
    [InlineData(Form.Failed)]
    [InlineData(Form.Persisted)]
    public async Task A_token_that_could_not_be_kept_is_asked_for_again_and_one_that_was_kept_is_not(Form form)
    {
        await first.StartAsync();
        var stamper = await RunAsync(first);
        var fail = true;
        first.Instead = (query, _) =>
        {
            if (fail)
            {
                // No other write is under way: an authority is asked only once those of the start are made.
                fail = false;
                database.FailNext(form);
            }

            return Task.FromResult(first.House.Answer(query, time.Now));
        };
        var checkpoint = await PublishAsync(stamper, 1);

        await StampedAsync(checkpoint, 1);
        await LoggedAsync("a timestamp round failed");

        // Another round or two, in which a token that was kept would be asked for once more.
        await Task.Delay(TimeSpan.FromSeconds(2.5), Stop);
        Assert.Equal(form == Form.Failed ? 2 : 1, first.Asked.Count);
    }

    [Theory]
    [InlineData(Form.Failed)]
    [InlineData(Form.Persisted)]
    public async Task A_checkpoint_published_twice_because_the_first_write_failed_waits_once(Form form)
    {
        var stamper = New(first);
        database.FailNext(form);
        await Assert.ThrowsAsync<InjectedFault>(() => PublishAsync(stamper, 1));
        await PublishAsync(stamper, 1);

        Assert.Equal(
            1,
            await database.ReadAsync(
                s =>
                    s.Connection.ExecuteScalarAsync<long>("select count(*) from timestamp", transaction: s.Transaction),
                Stop
            )
        );
    }

    [Fact]
    public async Task When_nothing_was_stamped_for_the_hours_set_a_duty_officer_is_told_once()
    {
        var stamper = await RunAsync(first);
        var since = time.Now;
        await PublishAsync(stamper, 1);
        time.Now = since.AddHours(24);
        await PublishAsync(stamper, 2);
        await LoggedAsync("timestamp.unreachable");
        Assert.Empty(await AlarmsAsync());

        time.Now = since.AddHours(24).AddSeconds(1);
        await UntilAsync(async () => (await AlarmsAsync()).Count > 0);
        time.Now = since.AddHours(30);
        await PublishAsync(stamper, 3);
        await Task.Delay(TimeSpan.FromSeconds(1.5), Stop);

        Assert.Equal(
            [("timestamp.overdue", "XA", Instants.Format(since))],
            (await AlarmsAsync()).Select(a => (a.Code, a.Peer, a.Subject))
        );
    }

    [Fact]
    public async Task One_authority_that_answers_is_enough_for_no_alarm()
    {
        await first.StartAsync();
        var stamper = await RunAsync(first, second);
        var checkpoint = await PublishAsync(stamper, 1);
        await StampedAsync(checkpoint, 1);

        time.Now = time.Now.AddDays(30);
        await Task.Delay(TimeSpan.FromSeconds(2), Stop);

        Assert.Empty(await AlarmsAsync());
    }

    [Fact]
    public async Task What_waits_for_an_authority_that_was_taken_out_is_forgotten()
    {
        await PublishAsync(New(first, second), 1);
        await first.StartAsync();

        await RunAsync(first);

        await UntilAsync(async () =>
            await database.ReadAsync(
                s =>
                    s.Connection.ExecuteScalarAsync<long>("select count(*) from timestamp", transaction: s.Transaction),
                Stop
            ) == 1
        );
    }

    private Task<byte[]> Answer(byte[] query) => Task.FromResult(first.House.Answer(query, time.Now));

    private Stamper New(params TestAuthorityHost[] authorities)
    {
        var settings = new NodeSettings
        {
            Data = "",
            Party = PartyId.Of("XA"),
            Database = "sqlite",
            Exchange = first.Url,
            Desk = first.Url,
            Public = first.Url,
            FirstRetrySeconds = 1,
            Timestamps = new TimestampSettings([.. authorities.Select(a => a.Setting)], 24),
        };
        var stamper = new Stamper(database, settings, line, time, meters, log.CreateLogger<Stamper>());
        running.Add(stamper);
        return stamper;
    }

    private async Task<Stamper> RunAsync(params TestAuthorityHost[] authorities)
    {
        var stamper = New(authorities);
        await stamper.StartAsync(Stop);
        return stamper;
    }

    // A checkpoint of a register with that many entries, signed, in the write in which it is published.
    private async Task<SignedNote> PublishAsync(Stamper stamper, int size)
    {
        var leaves = Enumerable.Range(0, size).Select(i => TreeHash.OfLeaf(Digest.Of([(byte)i]))).ToArray();
        var note = Checkpoint.Of("xa.example/register", TreeEdge.Empty.Append(leaves).After).ToNote();
        note = note.With(new LogSigner("xa.example/register", new byte[32]).Sign(note.Text));
        await database.WriteAsync(
            async session =>
            {
                await stamper.EnqueueAsync(session, note, time.Now);
                return 0;
            },
            Stop
        );
        return note;
    }

    private Task<IReadOnlyList<AuthoritysToken>> OfAsync(SignedNote checkpoint) =>
        database.ReadAsync(s => TimestampTables.OfAsync(s, checkpoint), Stop);

    private Task<IReadOnlyList<AlarmRow>> AlarmsAsync() => database.ReadAsync(s => AlarmTables.OpenAsync(s, 10), Stop);

    private async Task<IReadOnlyList<AuthoritysToken>> StampedAsync(SignedNote checkpoint, int count)
    {
        await UntilAsync(async () => (await OfAsync(checkpoint)).Count == count);
        return await OfAsync(checkpoint);
    }

    private Task LoggedAsync(string words) =>
        UntilAsync(() => Task.FromResult(log.Lines.Any(l => l.Contains(words, StringComparison.Ordinal))));

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await holds())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), patience.Token);
        }
    }
}

/// <summary>With the queue in SQLite.</summary>
public sealed class SqliteStamperTests() : StamperTests(Engine.Sqlite);

/// <summary>With the queue in PostgreSQL.</summary>
public sealed class PostgresStamperTests() : StamperTests(Engine.Postgres);
