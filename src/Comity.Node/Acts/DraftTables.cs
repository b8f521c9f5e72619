// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Node.Keys;
using Comity.Node.Storage;
using Dapper;

namespace Comity.Node.Acts;

/// <summary>What officers have written and not yet sealed.</summary>
internal static class DraftTables
{
    public const string Waiting = "waiting";
    public const string Sealed = "sealed";
    public const string Returned = "returned";

    /// <summary>Keeps a draft. The same draft again is the same draft.</summary>
    public static Task KeepAsync(
        Session session,
        string id,
        ActContent content,
        string drafter,
        AtRest cipher,
        DateTimeOffset now
    ) =>
        session.Connection.ExecuteAsync(
            """
            insert into draft (id, dossier, content, digest, kind, drafter, created, state)
            values (@Id, @Dossier, @Content, @Digest, @Kind, @Drafter, @Now, 'waiting') on conflict do nothing
            """,
            new
            {
                Id = id,
                Dossier = content.Dossier.ToString(),
                Content = cipher.Encrypt(content.Write(), RowOf(id)),
                Digest = content.Digest().ToString(),
                Kind = content.Kind.Name,
                Drafter = drafter,
                Now = now.ToUnixTimeSeconds(),
            },
            session.Transaction
        );

    /// <summary>A draft's row, or nothing.</summary>
    public static Task<DraftRow?> FindAsync(Session session, string id) =>
        session.Connection.QuerySingleOrDefaultAsync<DraftRow>(
            Select + " where id = @id" + session.Lock,
            new { id },
            session.Transaction
        );

    /// <summary>Drafts that wait, the oldest first.</summary>
    public static async Task<IReadOnlyList<DraftRow>> WaitingAsync(Session session, int limit) =>
        [
            .. await session.Connection.QueryAsync<DraftRow>(
                Select + " where state = 'waiting' order by created, id limit @limit",
                new { limit = (long)limit },
                session.Transaction
            ),
        ];

    /// <summary>The drafts of a dossier, whatever became of them.</summary>
    public static async Task<IReadOnlyList<DraftRow>> OfAsync(Session session, DossierId dossier) =>
        [
            .. await session.Connection.QueryAsync<DraftRow>(
                Select + " where dossier = @dossier order by created, id",
                new { dossier = dossier.ToString() },
                session.Transaction
            ),
        ];

    /// <summary>What a draft says.</summary>
    public static ActContent Read(DraftRow draft, AtRest cipher) =>
        ActContent.Parse(cipher.Decrypt(draft.Content, RowOf(draft.Id))) is Outcome<ActContent>.Admitted content
            ? content.Value
            : throw new InvalidDataException("a draft in the database is not one");

    /// <summary>Notes what became of a draft.</summary>
    public static Task MoveAsync(Session session, string id, string state, ActId? act) =>
        session.Connection.ExecuteAsync(
            "update draft set state = @state, act = @Act where id = @id",
            new
            {
                id,
                state,
                Act = act?.ToString(),
            },
            session.Transaction
        );

    /// <summary>Keeps an officer's word. One word an officer; a second one changes nothing.</summary>
    public static Task ApproveAsync(Session session, string draft, ActId act, Approval approval) =>
        session.Connection.ExecuteAsync(
            """
            insert into approval (draft, act, officer, role, verdict) values (@draft, @Act, @Officer, @Role, @Verdict)
            on conflict do nothing
            """,
            new
            {
                draft,
                Act = act.ToString(),
                Officer = approval.Officer.ToString(),
                Role = Names.Of(approval.As),
                Verdict = Names.Of(approval.Verdict),
            },
            session.Transaction
        );

    /// <summary>What officers have said of a draft, and by which act.</summary>
    public static async Task<IReadOnlyList<(ActId Act, Approval Approval)>> ApprovalsAsync(
        Session session,
        DraftRow draft
    )
    {
        var rows = await session.Connection.QueryAsync<(string Act, string Officer, string Role, string Verdict)>(
            "select act, officer, role, verdict from approval where draft = @Id order by act",
            new { draft.Id },
            session.Transaction
        );
        return [.. rows.Select(r => (Parse<ActId>(r.Act), Of(r.Officer, r.Role, r.Verdict)))];

        Approval Of(string officer, string role, string verdict) =>
            new(
                Parse<Digest>(draft.Digest),
                Parse<Digest>(officer),
                Names.TryParse<ApprovalRole>(role, out var known) ? known : throw Wrong(),
                Names.TryParse<ApprovalVerdict>(verdict, out var said) ? said : throw Wrong()
            );
    }

    private static T Parse<T>(string text)
        where T : IText<T> => T.TryParse(text, out var value) ? value : throw Wrong();

    private static InvalidDataException Wrong() => new("an approval in the database is not one");

    private static string RowOf(string id) => $"draft/{id}";

    /// <summary>Reads drafts' rows; a condition follows.</summary>
    public const string Select =
        "select id, dossier, content, digest, kind, drafter, created, state, act, review_since as reviewsince from draft";
}

/// <summary>A draft's row.</summary>
public sealed record DraftRow(
    string Id,
    string Dossier,
    byte[] Content,
    string Digest,
    string Kind,
    string Drafter,
    long Created,
    string State,
    string? Act,
    long? ReviewSince
)
{
    /// <summary>When it was sealed on one officer's signature, while no other has looked at it; nothing otherwise.</summary>
    public DateTimeOffset? SealedAlone => ReviewSince is { } since ? DateTimeOffset.FromUnixTimeSeconds(since) : null;
}
