// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Storage;
using Dapper;

namespace Comity.Node.Officers;

/// <summary>Who looked at what and did what. Rows are added and never changed.</summary>
internal static class Audit
{
    /// <summary>Notes something an officer did.</summary>
    /// <param name="session">A write.</param>
    /// <param name="officer">The officer's short name.</param>
    /// <param name="what">What was done, for example <c>dossier.read</c>.</param>
    /// <param name="subject">To what: an id.</param>
    /// <param name="now">When.</param>
    public static Task NoteAsync(Session session, string officer, string what, string subject, DateTimeOffset now) =>
        session.Connection.ExecuteAsync(
            "insert into audit (at, officer, what, subject) values (@Now, @officer, @what, @subject)",
            new
            {
                Now = now.ToUnixTimeSeconds(),
                officer,
                what,
                subject,
            },
            session.Transaction
        );

    /// <summary>What was done to a subject, the newest first.</summary>
    public static async Task<IReadOnlyList<AuditRow>> OfAsync(Session session, string subject, int limit) =>
        [
            .. await session.Connection.QueryAsync<AuditRow>(
                "select at, officer, what, subject from audit where subject = @subject order by idx desc limit @limit",
                new { subject, limit = (long)limit },
                session.Transaction
            ),
        ];
}

/// <summary>A line of the audit trail.</summary>
public sealed record AuditRow(long At, string Officer, string What, string Subject);
