// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using Comity.Node.Checking;
using Comity.Node.Hosting;
using Comity.Node.Register;
using Comity.Node.Storage;
using Comity.Parties;
using Comity.Register;
using Dapper;

namespace Comity.Node.Tests.Register;

/// <summary>What the register promises whoever writes to it, asked on each database.</summary>
public abstract class RegisterWriterTests(Engine engine) : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("comity-register").FullName;
    private readonly ManualTime time = new();

    private TestNode node = null!;
    private NodeParts parts = null!;

    public async ValueTask InitializeAsync()
    {
        node = await TestNode.MakeAsync(folder, PartyId.Of("XA"), Databases.New(engine), time);
        parts = node.NewParts();
        await parts.Register.StartAsync(Stop);
    }

    public async ValueTask DisposeAsync()
    {
        if (parts is not null)
        {
            await parts.Register.StopAsync(CancellationToken.None);
            await parts.DisposeAsync();
            await node.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Entries_stand_one_after_another_without_a_gap_however_many_write()
    {
        var indices = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(i => parts.Register.WriteAsync(batch => AddAsync(batch, 1 + (i % 3)), Stop))
        );

        Assert.Equal(Enumerable.Range(0, 199).Select(i => (long)i), indices.SelectMany(i => i).Order());
        Assert.All(indices, i => Assert.Equal(Enumerable.Range((int)i[0], i.Length).Select(n => (long)n), i));
        await HoldsAsync(199);
    }

    [Fact]
    public async Task The_register_adds_up_to_its_root_and_checkpoint_after_every_step()
    {
        for (var size = 0; size < 18; size++)
        {
            await HoldsAsync(size);
            await parts.Register.WriteAsync(batch => AddAsync(batch, 1), Stop);
        }
    }

    [Fact]
    public async Task A_work_that_throws_is_undone_alone()
    {
        var outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, 60)
                .Select(async i =>
                {
                    try
                    {
                        return await parts.Register.WriteAsync(
                            async batch =>
                            {
                                var added = await AddAsync(batch, 2);
                                await NoteAsync(batch.Session, $"work {i}");
                                return i % 3 == 0 ? throw new InvalidOperationException($"work {i}") : added.Length;
                            },
                            Stop
                        );
                    }
                    catch (InvalidOperationException own) when (own.Message == $"work {i}")
                    {
                        return 0;
                    }
                })
        );

        Assert.Equal(Enumerable.Range(0, 60).Select(i => i % 3 == 0 ? 0 : 2), outcomes);
        Assert.Equal(
            Enumerable.Range(0, 60).Where(i => i % 3 != 0).Select(i => $"work {i}").Order(StringComparer.Ordinal),
            await NotesAsync()
        );
        await HoldsAsync(80);
    }

    [Fact]
    public async Task A_work_sees_what_those_before_it_in_the_same_batch_did()
    {
        var act = NewDigest();
        var (first, second) = await InOneBatchAsync(
            batch => batch.AddAsync(act, new LeafEntry.Admitted(), default),
            async batch => (await RegisterTables.FindAsync(batch.Session, act))?.Index ?? -1
        );

        Assert.Equal((0, 0), (first, second));
        await HoldsAsync(1);
    }

    [Fact]
    public async Task What_is_derived_is_written_with_the_entries_and_once_for_each_key()
    {
        await parts.Register.WriteAsync(
            async batch =>
            {
                await AddAsync(batch, 2);
                batch.AtItsEnd("a", () => NoteAsync(batch.Session, "derived"));
                batch.AtItsEnd("a", () => NoteAsync(batch.Session, "derived"));
                return 0;
            },
            Stop
        );

        Assert.Equal(["derived"], await NotesAsync());
    }

    [Fact]
    public async Task What_cannot_be_derived_undoes_its_own_work_alone()
    {
        var (first, second) = await InOneBatchAsync(
            async batch =>
            {
                await AddAsync(batch, 1);
                batch.AtItsEnd("a", () => throw new InvalidOperationException("no fold"));
                return 1L;
            },
            async batch => (await AddAsync(batch, 1))[0]
        );

        Assert.Equal((null, 0L), (first, second));
        await HoldsAsync(1);
    }

    [Fact]
    public async Task A_clock_that_jumps_back_does_not_take_the_register_back()
    {
        var start = time.Now;
        var before = await EnteredAsync();

        time.Now = start.AddDays(-1);
        var during = await EnteredAsync();

        time.Now = start.AddSeconds(1);
        var after = await EnteredAsync();

        Assert.Equal((start, start, start.AddSeconds(1)), (before, during, after));
        await HoldsAsync(3);

        Task<DateTimeOffset> EnteredAsync() =>
            parts.Register.WriteAsync(
                async batch =>
                {
                    await AddAsync(batch, 1);
                    return batch.Entered;
                },
                Stop
            );
    }

    [Fact]
    public async Task Two_writers_on_one_register_lose_nothing_and_double_nothing()
    {
        var other = node.NewParts();
        await other.Register.StartAsync(Stop);

        var indices = await Task.WhenAll(
            Enumerable
                .Range(0, 200)
                .Select(i => (i % 2 == 0 ? parts : other).Register.WriteAsync(batch => AddAsync(batch, 1), Stop))
        );

        Assert.Equal(Enumerable.Range(0, 200).Select(i => (long)i), indices.Select(i => i[0]).Order());
        await other.Register.StopAsync(Stop);
        await other.DisposeAsync();
        await HoldsAsync(200);
    }

    [Fact]
    public async Task Two_writers_that_enter_the_same_act_enter_it_once()
    {
        var other = node.NewParts();
        await other.Register.StartAsync(Stop);
        var act = NewDigest();

        var outcomes = await Task.WhenAll(
            new[] { parts, other }.Select(async p =>
            {
                try
                {
                    await p.Register.WriteAsync(b => b.AddAsync(act, new LeafEntry.Admitted(), default), Stop);
                    return "entered";
                }
                catch (System.Data.Common.DbException)
                {
                    return "refused by the schema";
                }
            })
        );

        Assert.Equal(["entered", "refused by the schema"], outcomes.Order());
        await other.Register.StopAsync(Stop);
        await other.DisposeAsync();
        await HoldsAsync(1);
    }

    [Fact]
    public async Task A_batch_built_on_a_head_that_is_no_longer_the_head_is_refused_whole()
    {
        var stale = (await parts.Database.ReadAsync(RegisterTables.HeadAsync, Stop))!;
        await parts.Register.WriteAsync(batch => AddAsync(batch, 1), Stop);

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            parts.Database.WriteAsync(
                async session =>
                {
                    var growth = TreeEdge.Empty.Append([TreeHash.OfLeaf(NewDigest())]);
                    await RegisterTables.GrowAsync(session, stale, time.Now, growth, stale.Checkpoint);
                    return 0;
                },
                Stop
            )
        );

        Assert.Contains("another writer", fault.Message, StringComparison.Ordinal);
        await HoldsAsync(1);
    }

    [Fact]
    public async Task Whoever_waits_when_the_node_stops_is_told_so_and_nothing_is_half_done()
    {
        using var held = new SemaphoreSlim(0, 1);
        var begun = new TaskCompletionSource();
        var under = parts.Register.WriteAsync(
            async batch =>
            {
                begun.SetResult();
                await held.WaitAsync(Stop);
                return await AddAsync(batch, 1);
            },
            Stop
        );
        await begun.Task;
        var waiting = parts.Register.WriteAsync(batch => AddAsync(batch, 1), Stop);

        var stopping = parts.Register.StopAsync(Stop);
        held.Release();
        await stopping;

        Assert.Equal(0, (await under).Single());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            parts.Register.WriteAsync(batch => AddAsync(batch, 1), Stop)
        );
        await HoldsAsync(1);
    }

    [Fact]
    public async Task Whoever_waits_on_a_register_that_stops_before_it_ran_is_told_so()
    {
        await using var idle = node.NewParts();
        var waiting = idle.Register.WriteAsync(batch => AddAsync(batch, 1), Stop);

        await idle.Register.StopAsync(Stop);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            waiting.WaitAsync(TimeSpan.FromSeconds(20), Stop)
        );
    }

    // Holds the writer up with one piece of work while the two are put in line, so that they share the next batch.
    private async Task<(long? First, long? Second)> InOneBatchAsync(
        Func<RegisterBatch, Task<long>> first,
        Func<RegisterBatch, Task<long>> second
    )
    {
        using var held = new SemaphoreSlim(0, 1);
        var begun = new TaskCompletionSource();
        var before = parts.Register.WriteAsync(
            async _ =>
            {
                begun.SetResult();
                await held.WaitAsync(Stop);
                return 0;
            },
            Stop
        );
        await begun.Task;
        var one = parts.Register.WriteAsync(first, Stop);
        var two = parts.Register.WriteAsync(second, Stop);
        held.Release();
        await before;
        return (await OrNothingAsync(one), await OrNothingAsync(two));

        static async Task<long?> OrNothingAsync(Task<long> work)
        {
            try
            {
                return await work;
            }
            catch (InvalidOperationException)
            {
                return null;
            }
        }
    }

    private async Task HoldsAsync(long size)
    {
        var report = await NodeCheck.RunAsync(parts, Stop);
        Assert.Empty(report.Faults);
        Assert.Contains($"register: {size} entries, epoch 1", report.Lines);
    }

    private static async Task<long[]> AddAsync(RegisterBatch batch, int count)
    {
        var added = new long[count];
        for (var i = 0; i < count; i++)
        {
            added[i] = await batch.AddAsync(NewDigest(), new LeafEntry.NotAdmitted("act.malformed"), default);
        }

        return added;
    }

    private static Task NoteAsync(Session session, string name) =>
        session.Connection.ExecuteAsync(
            "insert into alarm (id, raised, code, peer, subject) values (@name, 0, '', '', '')",
            new { name },
            session.Transaction
        );

    private Task<List<string>> NotesAsync() =>
        parts.Database.ReadAsync(
            async s =>
                (await s.Connection.QueryAsync<string>("select id from alarm", transaction: s.Transaction))
                    .Order(StringComparer.Ordinal)
                    .ToList(),
            Stop
        );

    private static Digest NewDigest() => new(RandomNumberGenerator.GetBytes(32));
}

/// <summary>The register on SQLite.</summary>
public sealed class SqliteRegisterTests() : RegisterWriterTests(Engine.Sqlite);

/// <summary>The register on PostgreSQL.</summary>
public sealed class PostgresRegisterTests() : RegisterWriterTests(Engine.Postgres);
