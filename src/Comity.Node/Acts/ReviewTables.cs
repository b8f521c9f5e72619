// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Node.Storage;
using Dapper;

namespace Comity.Node.Acts;

/// <summary>What was sealed on one officer's signature and waits for another to look at it again.</summary>
/// <remarks>An erased dossier has nothing left to look at, so it waits for nobody.</remarks>
internal static class ReviewTables
{
    private const string StillReadable =
        "exists (select 1 from dossier d where d.id = draft.dossier and d.key is not null)";

    /// <summary>Notes since when a draft's act waits, or that it waits no longer.</summary>
    public static Task WaitSinceAsync(Session session, string draft, DateTimeOffset? since) =>
        session.Connection.ExecuteAsync(
            "update draft set review_since = @Since where id = @draft",
            new { draft, Since = since?.ToUnixTimeSeconds() },
            session.Transaction
        );

    /// <summary>What waits and an officer may look at: not what they wrote themselves. The longest waiting first.</summary>
    public static async Task<IReadOnlyList<DraftRow>> ForAsync(Session session, string officer, int limit) =>
        [
            .. await session.Connection.QueryAsync<DraftRow>(
                $"""
                {DraftTables.Select} where review_since is not null and drafter <> @officer and {StillReadable}
                order by review_since, id limit @limit
                """,
                new { officer, limit = (long)limit },
                session.Transaction
            ),
        ];

    /// <summary>What has waited since before an instant, and no alarm was raised for yet.</summary>
    public static async Task<IReadOnlyList<DraftRow>> LateAsync(Session session, DateTimeOffset before, int limit) =>
        [
            .. await session.Connection.QueryAsync<DraftRow>(
                $"""
                {DraftTables.Select} where review_since < @Before and {StillReadable}
                  and not exists (select 1 from alarm a where a.code = @Code and a.subject = draft.id)
                order by review_since, id limit @limit
                """ + session.Lock,
                new
                {
                    Before = before.ToUnixTimeSeconds(),
                    Code = Approvals.ReviewOverdue,
                    limit = (long)limit,
                },
                session.Transaction
            ),
        ];

    /// <summary>The reviews in a dossier, by the draft they are of.</summary>
    public static async Task<IReadOnlyDictionary<string, ActId>> OfAsync(Session session, DossierId dossier)
    {
        var rows = await session.Connection.QueryAsync<(string Draft, string Act)>(
            """
            select a.draft, a.act from approval a join draft d on d.id = a.draft
            where d.dossier = @dossier and a.role = 'reviewer'
            """,
            new { dossier = dossier.ToString() },
            session.Transaction
        );
        return rows.ToDictionary(
            r => r.Draft,
            r => ActId.TryParse(r.Act, out var act) ? act : throw new InvalidDataException("a review's id is not one")
        );
    }
}
