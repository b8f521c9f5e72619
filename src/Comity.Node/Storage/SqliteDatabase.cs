// SPDX-License-Identifier: EUPL-1.2
using System.Data.Common;
using DbUp;
using DbUp.Engine;
using DbUp.Sqlite.Helpers;
using Microsoft.Data.Sqlite;

namespace Comity.Node.Storage;

/// <summary>A node's database in one file beside it: what a node starts with, and for most States stays with.</summary>
/// <remarks>
/// Write-ahead log with synchronous=FULL: a commit returns after the log is on the disk (sqlite.org/pragma.html). Writers
/// queue in this process, so that one never waits on the file's lock; another process that holds it makes a write wait.
/// </remarks>
internal sealed class SqliteDatabase : IDatabase
{
    private readonly string connectionString;
    private readonly SemaphoreSlim writer = new(1, 1);
    private SqliteConnection? writing;

    /// <param name="file">The database file; made if it is not there. Its folder must be.</param>
    public SqliteDatabase(string file) =>
        connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = SqliteOpenMode.ReadWriteCreate,
            ForeignKeys = true,
            DefaultTimeout = 30,
        }.ToString();

    public void Migrate() => Migrate(SchemaScripts.Of("sqlite"));

    /// <summary>Runs the scripts that have not run, all in one transaction that no other process can be in.</summary>
    /// <remarks>A kill in the middle leaves the schema as it was. Whoever starts at the same time waits, and finds it done.</remarks>
    public void Migrate(IReadOnlyList<SqlScript> scripts)
    {
        using var connection = Open();

        // The write-ahead log is a property of the file; it cannot be set inside a transaction.
        Run(connection, "pragma journal_mode = wal");
        Run(connection, "begin immediate");
        try
        {
            SchemaScripts.MustHaveRun(
                DeployChanges
                    .To.SqliteDatabase(new SharedConnection(connection))
                    .WithScripts(scripts)
                    .WithoutTransaction()
                    .LogToNowhere()
                    .Build()
                    .PerformUpgrade()
            );
            Run(connection, "commit");
        }
        catch
        {
            Run(connection, "rollback");
            throw;
        }
    }

    public async Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        await using var connection = Open();
        await using var transaction = connection.BeginTransaction(deferred: true);
        return await work(new Session(connection, transaction, ""));
    }

    public async Task<T> WriteAsync<T>(Func<Session, Task<T>> work, CancellationToken stop)
    {
        await writer.WaitAsync(stop);
        try
        {
            writing ??= OpenToWrite();
            await using var transaction = writing.BeginTransaction(deferred: false);
            var result = await work(new Session(writing, transaction, ""));

            // A crash before this line leaves nothing; a crash inside it leaves all or nothing, which SQLite decides from
            // its log when the file is next opened.
            await transaction.CommitAsync(CancellationToken.None);
            return result;
        }
        finally
        {
            writer.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (writing is not null)
        {
            await writing.DisposeAsync();
        }

        SqliteConnection.ClearAllPools();
        writer.Dispose();
    }

    // 32 MiB of pages, as ids are digests and a write lands anywhere in an index; and 16 MiB of log before it is copied into
    // the file, as a batch alone is half of what SQLite waits for. Neither decides what is durable: bench/run admit is why.
    private SqliteConnection OpenToWrite()
    {
        var connection = Open();
        Run(connection, "pragma cache_size = -32768; pragma wal_autocheckpoint = 4096");
        return connection;
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        Run(connection, "pragma synchronous = full; pragma busy_timeout = 30000");
        return connection;
    }

    private static void Run(DbConnection connection, string pragma)
    {
        using var command = connection.CreateCommand();
        command.CommandText = pragma;
        command.ExecuteNonQuery();
    }
}
