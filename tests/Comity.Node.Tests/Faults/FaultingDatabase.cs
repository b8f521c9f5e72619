// SPDX-License-Identifier: EUPL-1.2
using System.Data.Common;
using Comity.Node.Storage;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Comity.Node.Tests.Faults;

/// <summary>How a step fails.</summary>
public enum Form
{
    /// <summary>It fails and nothing has happened.</summary>
    Failed,

    /// <summary>It is reported failed, and did persist.</summary>
    Persisted,
}

/// <summary>What a double throws where a disk, a server or a line would.</summary>
internal sealed class InjectedFault() : DbException("injected");

/// <summary>A real database that fails when a test says so, and holds whoever uses it to the contract of databases.</summary>
/// <remarks>
/// A read that writes throws. A write inside a write, which would wait for itself, throws. A write that fails has run its
/// work, so that what a work does outside the database shows.
/// </remarks>
internal sealed class FaultingDatabase(IDatabase inner) : IDatabase
{
    private readonly AsyncLocal<bool> isWriting = new();
    private long writes;

    /// <summary>Whether the write of that number fails, from 1, and how.</summary>
    public Func<long, Form?> Plan { get; set; } = _ => null;

    /// <summary>Writes asked for so far.</summary>
    public long Writes => Interlocked.Read(ref writes);

    /// <summary>Lets the next write fail, and no other.</summary>
    public void FailNext(Form form)
    {
        var next = Writes + 1;
        Plan = number => number == next ? form : null;
    }

    public void Migrate() => inner.Migrate();

    public Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken stop) =>
        inner.ReadAsync(
            async session =>
            {
                await SetReadOnlyAsync(session, isReadOnly: true);
                try
                {
                    return await work(session);
                }
                finally
                {
                    await SetReadOnlyAsync(session, isReadOnly: false);
                }
            },
            stop
        );

    public async Task<T> WriteAsync<T>(Func<Session, Task<T>> work, CancellationToken stop)
    {
        if (isWriting.Value)
        {
            throw new InvalidOperationException("a write inside a write waits for itself");
        }

        isWriting.Value = true;
        var form = Plan(Interlocked.Increment(ref writes));
        var result = await inner.WriteAsync(
            async session =>
            {
                var done = await work(session);
                return form == Form.Failed ? throw new InjectedFault() : done;
            },
            stop
        );
        isWriting.Value = false;
        return form == Form.Persisted ? throw new InjectedFault() : result;
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private static async Task SetReadOnlyAsync(Session session, bool isReadOnly)
    {
        // PostgreSQL forgets it at the transaction's end; SQLite keeps it for the connection, which goes back to a pool.
        var text =
            session.Connection is SqliteConnection ? $"pragma query_only = {(isReadOnly ? 1 : 0)}"
            : isReadOnly ? "set transaction read only"
            : null;
        if (text is not null)
        {
            await session.Connection.ExecuteAsync(text, transaction: session.Transaction);
        }
    }
}
