// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Storage;
using Dapper;

namespace Comity.Node.Tests.Storage;

/// <summary>What every database promises a node, asked of each.</summary>
public abstract class DatabaseTests(Engine engine) : IAsyncLifetime
{
    private readonly ScratchDatabase scratch = new(engine);

    private IDatabase database = null!;

    public ValueTask InitializeAsync()
    {
        database = scratch.Open();
        database.Migrate();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (database is not null)
        {
            await database.DisposeAsync();
        }

        scratch.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_a_write_did_is_there_when_the_database_is_opened_again()
    {
        await database.WriteAsync(s => AddAsync(s, "a", 1), Stop);
        await database.DisposeAsync();

        database = scratch.Open();
        Assert.Equal(["a"], await NamesAsync());
    }

    [Fact]
    public async Task A_write_that_throws_leaves_nothing_of_what_it_did()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            database.WriteAsync<int>(
                async s =>
                {
                    await AddAsync(s, "a", 1);
                    await AddAsync(s, "b", 2);
                    throw new InvalidOperationException("in the middle");
                },
                Stop
            )
        );

        await database.WriteAsync(s => AddAsync(s, "c", 3), Stop);
        Assert.Equal(["c"], await NamesAsync());
    }

    [Fact]
    public async Task A_write_sees_what_every_earlier_one_did_and_no_two_do_the_same()
    {
        await database.WriteAsync(s => AddAsync(s, "count", 0), Stop);

        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        for (var i = 0; i < 25; i++)
                        {
                            await database.WriteAsync(CountAsync, Stop);
                        }
                    })
                )
        );

        Assert.Equal(200, await database.ReadAsync(s => FailuresAsync(s, "count"), Stop));
    }

    [Fact]
    public async Task A_read_sees_one_state_however_long_it_takes()
    {
        await database.WriteAsync(s => AddAsync(s, "left", 0), Stop);
        await database.WriteAsync(s => AddAsync(s, "right", 0), Stop);

        var (before, after) = await database.ReadAsync(
            async s =>
            {
                var left = await FailuresAsync(s, "left");

                // A write that begins and ends while the read goes on is held up by nothing.
                await database.WriteAsync(
                    async w =>
                    {
                        await CountAsync(w, "left");
                        return await CountAsync(w, "right");
                    },
                    Stop
                );
                return (left, await FailuresAsync(s, "right"));
            },
            Stop
        );

        Assert.Equal((0, 0), (before, after));
        Assert.Equal(1, await database.ReadAsync(s => FailuresAsync(s, "right"), Stop));
    }

    [Fact]
    public async Task A_write_that_was_given_up_before_its_turn_does_nothing()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            database.WriteAsync(s => AddAsync(s, "a", 1), stop.Token)
        );
        Assert.Empty(await NamesAsync());
    }

    [Fact]
    public async Task A_broken_rule_of_the_schema_undoes_the_write_and_the_next_one_goes_on()
    {
        await database.WriteAsync(s => AddAsync(s, "a", 1), Stop);

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() =>
            database.WriteAsync(
                async s =>
                {
                    await AddAsync(s, "b", 1);
                    return await AddAsync(s, "a", 2);
                },
                Stop
            )
        );

        await database.WriteAsync(s => AddAsync(s, "c", 3), Stop);
        Assert.Equal(["a", "c"], await NamesAsync());
    }

    [Fact]
    public async Task Another_opening_of_the_same_database_waits_for_its_turn_to_write()
    {
        await using var other = scratch.Open();
        await database.WriteAsync(s => AddAsync(s, "count", 0), Stop);

        await Task.WhenAll(
            new[] { database, other }.Select(d =>
                Task.Run(async () =>
                {
                    for (var i = 0; i < 50; i++)
                    {
                        await d.WriteAsync(CountAsync, Stop);
                    }
                })
            )
        );

        Assert.Equal(100, await other.ReadAsync(s => FailuresAsync(s, "count"), Stop));
    }

    private Task<List<string>> NamesAsync() =>
        database.ReadAsync(
            async s =>
                (
                    await s.Connection.QueryAsync<string>(
                        "select party from peer order by party",
                        transaction: s.Transaction
                    )
                ).ToList(),
            Stop
        );

    private static Task<int> AddAsync(Session session, string name, long failures) =>
        session.Connection.ExecuteAsync(
            """
            insert into peer (party, taken, failures, next_try, last_error, checkpoint)
            values (@name, -1, @failures, 0, '', '')
            """,
            new { name, failures },
            session.Transaction
        );

    private static Task<int> CountAsync(Session session) => CountAsync(session, "count");

    // Reads in order to write, as the node does wherever it counts.
    private static async Task<int> CountAsync(Session session, string name)
    {
        var found = await session.Connection.ExecuteScalarAsync<long>(
            "select failures from peer where party = @name" + session.Lock,
            new { name },
            session.Transaction
        );
        return await session.Connection.ExecuteAsync(
            "update peer set failures = @Next where party = @name",
            new { Next = found + 1, name },
            session.Transaction
        );
    }

    private static Task<long> FailuresAsync(Session session, string name) =>
        session.Connection.ExecuteScalarAsync<long>(
            "select failures from peer where party = @name",
            new { name },
            session.Transaction
        );
}

/// <summary>SQLite keeps the database's promises.</summary>
public sealed class SqliteDatabaseTests() : DatabaseTests(Engine.Sqlite);

/// <summary>PostgreSQL keeps the database's promises.</summary>
public sealed class PostgresDatabaseTests() : DatabaseTests(Engine.Postgres);
