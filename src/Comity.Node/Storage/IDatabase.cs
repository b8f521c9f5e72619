// SPDX-License-Identifier: EUPL-1.2
using System.Data.Common;

namespace Comity.Node.Storage;

/// <summary>Where a node keeps everything but evidence. The database is the truth; whatever else there is derives from it.</summary>
/// <remarks>
/// The contract every implementation keeps, and the tests' double enforces:
/// <list type="bullet">
/// <item>A write that returns is durable: it survives a kill of the process and a loss of power.</item>
/// <item>A write is all or nothing, and sees what every earlier write did.</item>
/// <item>
/// A write that throws has usually done nothing, but may have persisted: the connection can break between the commit and
/// its acknowledgement. So every write can be repeated without doing its work twice, and nobody assumes it did not happen.
/// </item>
/// <item>A read sees one consistent state and holds up no writer.</item>
/// <item>Nothing is retried here. The caller knows what may be repeated, and does.</item>
/// </list>
/// </remarks>
internal interface IDatabase : IAsyncDisposable
{
    /// <summary>Brings the schema up to date, under a lock, before anything else is done.</summary>
    void Migrate();

    /// <summary>Reads.</summary>
    /// <param name="work">Reads only; may be run again by nobody.</param>
    /// <param name="stop">Gives up waiting.</param>
    Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken stop);

    /// <summary>Writes in one transaction.</summary>
    /// <param name="work">All that belongs together.</param>
    /// <param name="stop">Gives up waiting; never half-way.</param>
    Task<T> WriteAsync<T>(Func<Session, Task<T>> work, CancellationToken stop);
}

/// <summary>A connection, and the transaction when there is one.</summary>
/// <param name="Connection">Open.</param>
/// <param name="Transaction">The transaction of a write.</param>
/// <param name="Lock">
/// What a query that reads in order to write appends, so that no other replica does the same: nothing in SQLite, which has
/// one writer; <c>for update</c> in PostgreSQL.
/// </param>
internal sealed record Session(DbConnection Connection, DbTransaction? Transaction, string Lock);
