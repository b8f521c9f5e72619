// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Register;
using Comity.Node.Storage;
using Comity.Register;
using Dapper;

namespace Comity.Node.Tests.Register;

/// <summary>What the register promises whoever writes to it, asked on each database.</summary>
public abstract class RegisterWriterTests(Engine engine) : RegisterTests(engine)
{
    [Fact]
    public async Task Entries_stand_one_after_another_without_a_gap_however_many_write()
    {
        var indices = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(i => Parts.Register.WriteAsync(batch => AddAsync(batch, 1 + (i % 3)), Stop))
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
            await Parts.Register.WriteAsync(batch => AddAsync(batch, 1), Stop);
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
                        return await Parts.Register.WriteAsync(
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
        await Parts.Register.WriteAsync(
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
        var start = Time.Now;
        var before = await EnteredAsync();

        Time.Now = start.AddDays(-1);
        var during = await EnteredAsync();

        Time.Now = start.AddSeconds(1);
        var after = await EnteredAsync();

        Assert.Equal((start, start, start.AddSeconds(1)), (before, during, after));
        await HoldsAsync(3);

        Task<DateTimeOffset> EnteredAsync() =>
            Parts.Register.WriteAsync(
                async batch =>
                {
                    await AddAsync(batch, 1);
                    return batch.Entered;
                },
                Stop
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
        var before = Parts.Register.WriteAsync(
            async _ =>
            {
                begun.SetResult();
                await held.WaitAsync(Stop);
                return 0;
            },
            Stop
        );
        await begun.Task;
        var one = Parts.Register.WriteAsync(first, Stop);
        var two = Parts.Register.WriteAsync(second, Stop);
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

    private static Task NoteAsync(Session session, string name) =>
        session.Connection.ExecuteAsync(
            "insert into alarm (id, raised, code, peer, subject) values (@name, 0, '', '', '')",
            new { name },
            session.Transaction
        );

    private Task<List<string>> NotesAsync() =>
        Parts.Database.ReadAsync(
            async s =>
                (await s.Connection.QueryAsync<string>("select id from alarm", transaction: s.Transaction))
                    .Order(StringComparer.Ordinal)
                    .ToList(),
            Stop
        );
}

/// <summary>The register on SQLite.</summary>
public sealed class SqliteRegisterTests() : RegisterWriterTests(Engine.Sqlite);

/// <summary>The register on PostgreSQL.</summary>
public sealed class PostgresRegisterTests() : RegisterWriterTests(Engine.Postgres);
