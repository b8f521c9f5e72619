// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Storage;
using Dapper;
using DbUp.Engine;

namespace Comity.Node.Tests.Storage;

/// <summary>The schema is brought up to date whole, once, whoever else tries at the same time.</summary>
public sealed class MigrationTests
{
    private static readonly SqlScript Good = new("1-good", "create table first (id bigint not null primary key)");

    // A node killed here would leave the second table made and the third not: that must be nobody's state.
    private static readonly SqlScript Broken = new(
        "2-second",
        "create table second (id bigint not null primary key);\ncreate table first (id bigint not null)"
    );

    private static readonly SqlScript Mended = new(
        "2-second",
        "create table second (id bigint not null primary key);\ncreate table third (id bigint not null)"
    );

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_script_that_fails_half_way_is_undone_and_runs_whole_the_next_time(Engine engine)
    {
        using var scratch = new ScratchDatabase(engine);
        await using var database = scratch.Open();
        Run(database, [Good]);

        var fault = Assert.Throws<InvalidOperationException>(() => Run(database, [Good, Broken]));
        Assert.Contains("2-second", fault.Message, StringComparison.Ordinal);
        Assert.Equal((true, false, false), await TablesAsync(database));

        Run(database, [Good, Mended]);
        Assert.Equal((true, true, true), await TablesAsync(database));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Many_nodes_that_start_at_once_bring_the_schema_up_to_date_once(Engine engine)
    {
        using var scratch = new ScratchDatabase(engine);
        var openings = Enumerable.Range(0, 6).Select(_ => scratch.Open()).ToList();

        // Each on a thread of its own, let go at the same moment.
        using var start = new Barrier(openings.Count);
        await Task.WhenAll(
            openings.Select(o =>
                Task.Factory.StartNew(
                    () =>
                    {
                        start.SignalAndWait(Stop);
                        o.Migrate();
                    },
                    Stop,
                    TaskCreationOptions.LongRunning,
                    TaskScheduler.Default
                )
            )
        );

        await openings[0].ReadAsync(s => s.Connection.ExecuteScalarAsync<long>("select count(*) from act"), Stop);
        foreach (var opening in openings)
        {
            await opening.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Bringing_a_schema_up_to_date_that_is_so_changes_nothing(Engine engine)
    {
        using var scratch = new ScratchDatabase(engine);
        await using var database = scratch.Open();
        database.Migrate();
        await database.WriteAsync(
            s =>
                s.Connection.ExecuteAsync(
                    "insert into directory_root (party, root, confirmed_by, confirmed) values ('XA', 'kept', '', 0)",
                    transaction: s.Transaction
                ),
            Stop
        );

        database.Migrate();

        Assert.Equal(
            "kept",
            await database.ReadAsync(
                s => s.Connection.ExecuteScalarAsync<string>("select root from directory_root"),
                Stop
            )
        );
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task What_one_officer_sent_alone_before_reviews_were_kept_waits_since_it_was_sealed(Engine engine)
    {
        using var scratch = new ScratchDatabase(engine);
        await using var database = scratch.Open();
        var scripts = SchemaScripts.Of(engine == Engine.Sqlite ? "sqlite" : "postgres");
        Run(database, [.. scripts.TakeWhile(s => !s.Name.Contains("0004", StringComparison.Ordinal))]);
        await database.WriteAsync(
            s => s.Connection.ExecuteAsync(Drafts, new { Hash = new byte[32] }, s.Transaction),
            Stop
        );

        database.Migrate();

        Assert.Equal(
            [("alone", 41L), ("two", null), ("waits", null)],
            await database.ReadAsync(
                s => s.Connection.QueryAsync<(string, long?)>("select id, review_since from draft order by id"),
                Stop
            )
        );
    }

    // One that was sealed on one signature, one on two, and one that still waits for its second.
    private const string Drafts = """
        insert into register_entry (idx, act, recorded, code, entered, directory, hash)
          values (0, 'a', 'issued', '', 41, '', @Hash), (1, 'b', 'issued', '', 42, '', @Hash);
        insert into draft (id, dossier, content, digest, kind, drafter, created, state, act)
          values ('alone', 'd', @Hash, '', 'request', 'dana', 40, 'sealed', 'a'),
                 ('two', 'd', @Hash, '', 'grant', 'dana', 40, 'sealed', 'b'),
                 ('waits', 'd', @Hash, '', 'grant', 'dana', 40, 'waiting', null);
        insert into approval (draft, act, officer, role, verdict)
          values ('alone', 'p', 'dana', 'drafter', 'approves'), ('two', 'q', 'dana', 'drafter', 'approves'),
                 ('two', 'r', 'ari', 'approver', 'approves'), ('waits', 's', 'dana', 'drafter', 'approves');
        """;

    private static void Run(IDatabase database, IReadOnlyList<SqlScript> scripts)
    {
        if (database is SqliteDatabase sqlite)
        {
            sqlite.Migrate(scripts);
        }
        else
        {
            ((PostgresDatabase)database).Migrate(scripts);
        }
    }

    private static async Task<(bool First, bool Second, bool Third)> TablesAsync(IDatabase database) =>
        (await HasAsync(database, "first"), await HasAsync(database, "second"), await HasAsync(database, "third"));

    private static Task<bool> HasAsync(IDatabase database, string table) =>
        database.ReadAsync(
            async s =>
                await s.Connection.ExecuteScalarAsync<long>(
                    database is SqliteDatabase
                        ? "select count(*) from sqlite_master where name = @table"
                        : "select count(*) from information_schema.tables where table_name = @table",
                    new { table },
                    s.Transaction
                ) == 1,
            Stop
        );
}
