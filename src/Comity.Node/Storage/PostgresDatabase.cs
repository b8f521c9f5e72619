// SPDX-License-Identifier: EUPL-1.2
using System.Data;
using System.Data.Common;
using Dapper;
using DbUp;
using DbUp.Engine;
using Npgsql;

namespace Comity.Node.Storage;

/// <summary>A node's database in PostgreSQL: for a node that has outgrown one file, or a Party that already runs it.</summary>
internal sealed class PostgresDatabase : IDatabase
{
    // Taken while scripts run, so that replicas starting together do not both run them. The number is ours alone.
    private const long MigrationLock = 0x436F6D697479;

    private readonly NpgsqlDataSource source;
    private readonly string connectionString;

    /// <param name="connectionString">As Npgsql takes it. The database must be there.</param>
    public PostgresDatabase(string connectionString)
    {
        this.connectionString = connectionString;
        source = NpgsqlDataSource.Create(connectionString);
    }

    public void Migrate() => Migrate(SchemaScripts.Of("postgres"));

    /// <summary>Runs the scripts that have not run, each in a transaction, while nobody else does.</summary>
    /// <remarks>A kill in the middle of a script leaves it undone; the server ends the lock with the connection.</remarks>
    public void Migrate(IReadOnlyList<SqlScript> scripts)
    {
        using var guard = source.OpenConnection();
        guard.Execute("select pg_advisory_lock(@MigrationLock)", new { MigrationLock });
        try
        {
            var result = DeployChanges
                .To.PostgresqlDatabase(connectionString)
                .WithScripts(scripts)
                .WithTransactionPerScript()
                .LogToNowhere()
                .Build()
                .PerformUpgrade();
            SchemaScripts.MustHaveRun(result);
        }
        finally
        {
            guard.Execute("select pg_advisory_unlock(@MigrationLock)", new { MigrationLock });
        }
    }

    public async Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, stop);
        return await work(new Session(connection, transaction, ""));
    }

    public async Task<T> WriteAsync<T>(Func<Session, Task<T>> work, CancellationToken stop)
    {
        await using DbConnection connection = await source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, stop);
        var result = await work(new Session(connection, transaction, " for update"));

        // The server may have committed and the answer been lost: then this throws though everything persisted, and the
        // caller, which repeats, finds its work done.
        await transaction.CommitAsync(CancellationToken.None);
        return result;
    }

    public async ValueTask DisposeAsync() => await source.DisposeAsync();
}
