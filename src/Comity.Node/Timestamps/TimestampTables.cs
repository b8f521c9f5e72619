// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Node.Storage;
using Comity.Register;
using Comity.Timestamps;
using Dapper;

namespace Comity.Node.Timestamps;

/// <summary>Which checkpoints wait for a timestamp from whom, and the tokens that came.</summary>
internal static class TimestampTables
{
    /// <summary>Notes that an authority is to stamp a checkpoint, once.</summary>
    /// <param name="session">The write in which the checkpoint is published.</param>
    /// <param name="authority">Where it is asked.</param>
    /// <param name="checkpoint">The published checkpoint. What is stamped is its text; signatures may be added later.</param>
    /// <param name="now">When it was published.</param>
    public static Task AwaitAsync(Session session, Uri authority, SignedNote checkpoint, DateTimeOffset now)
    {
        var (size, root) = PlaceOf(checkpoint);
        return session.Connection.ExecuteAsync(
            """
            insert into timestamp (authority, size, root, note_text, published)
            values (@Authority, @size, @root, @Text, @Now) on conflict do nothing
            """,
            new
            {
                Authority = authority.AbsoluteUri,
                size,
                root,
                checkpoint.Text,
                Now = now.ToUnixTimeSeconds(),
            },
            session.Transaction
        );
    }

    /// <summary>The newest checkpoint that an authority has not stamped, or nothing.</summary>
    /// <remarks>
    /// The newest first: a token over it bounds the time of every entry before it, and one over an older checkpoint that comes
    /// later adds little.
    /// </remarks>
    public static Task<WaitingRow?> NewestAsync(Session session, Uri authority) =>
        session.Connection.QuerySingleOrDefaultAsync<WaitingRow>(
            """
            select size, root, note_text as Text from timestamp
            where authority = @Authority and token is null order by published desc, size desc limit 1
            """,
            new { Authority = authority.AbsoluteUri },
            session.Transaction
        );

    /// <summary>Keeps a token that was verified. Of two that come, the first stays.</summary>
    public static Task KeepAsync(Session session, Uri authority, WaitingRow row, TimestampToken token) =>
        session.Connection.ExecuteAsync(
            """
            update timestamp set token = @Token, stamped = @Stamped
            where authority = @Authority and size = @Size and root = @Root and token is null
            """,
            new
            {
                Token = token.Encoded.ToArray(),
                Stamped = token.Statement.At.ToUnixTimeSeconds(),
                Authority = authority.AbsoluteUri,
                row.Size,
                row.Root,
            },
            session.Transaction
        );

    /// <summary>Authorities for which something waits.</summary>
    public static async Task<IReadOnlyList<string>> AwaitedAsync(Session session) =>
        [
            .. await session.Connection.QueryAsync<string>(
                "select distinct authority from timestamp where token is null",
                transaction: session.Transaction
            ),
        ];

    /// <summary>Forgets what waits for an authority that is asked no longer.</summary>
    public static Task ForgetAsync(Session session, string authority) =>
        session.Connection.ExecuteAsync(
            "delete from timestamp where token is null and authority = @authority",
            new { authority },
            session.Transaction
        );

    /// <summary>Since when checkpoints have waited of which none is stamped, by no authority; nothing when the newest one is.</summary>
    public static async Task<DateTimeOffset?> WaitingSinceAsync(Session session)
    {
        var published = await session.Connection.ExecuteScalarAsync<long?>(
            """
            select min(published) from timestamp
            where token is null
              and published > (select coalesce(max(published), 0) from timestamp where token is not null)
            """,
            transaction: session.Transaction
        );
        return published is { } since ? DateTimeOffset.FromUnixTimeSeconds(since) : null;
    }

    /// <summary>The timestamps over a checkpoint, for an export, in the order of their authorities.</summary>
    /// <param name="session">A read.</param>
    /// <param name="checkpoint">The checkpoint, whoever has signed it.</param>
    public static async Task<IReadOnlyList<AuthoritysToken>> OfAsync(Session session, SignedNote checkpoint)
    {
        var (size, root) = PlaceOf(checkpoint);
        return
        [
            .. await session.Connection.QueryAsync<AuthoritysToken>(
                """
                select authority, token from timestamp
                where size = @size and root = @root and note_text = @Text and token is not null order by authority
                """,
                new
                {
                    size,
                    root,
                    checkpoint.Text,
                },
                session.Transaction
            ),
        ];
    }

    /// <summary>Timestamps kept, in the order of their place, after one.</summary>
    public static async Task<IReadOnlyList<KeptRow>> KeptAsync(Session session, KeptRow? after, int limit) =>
        [
            .. await session.Connection.QueryAsync<KeptRow>(
                """
                select authority, size, root, note_text as Text, token from timestamp
                where token is not null and (authority, size, root) > (@Authority, @Size, @Root)
                order by authority, size, root limit @Limit
                """,
                new
                {
                    Authority = after?.Authority ?? "",
                    Size = after?.Size ?? -1,
                    Root = after?.Root ?? "",
                    Limit = (long)limit,
                },
                session.Transaction
            ),
        ];

    private static (long Size, string Root) PlaceOf(SignedNote note) =>
        Checkpoint.Parse(note) is Outcome<Checkpoint>.Admitted { Value: var checkpoint }
            ? (checkpoint.Size, checkpoint.Root.ToString())
            : throw new ArgumentException("a note of this register is a checkpoint", nameof(note));
}

/// <summary>A checkpoint that waits.</summary>
internal sealed record WaitingRow(long Size, string Root, string Text)
{
    /// <summary>The bytes to stamp.</summary>
    public byte[] Content => Encoding.UTF8.GetBytes(Text);
}

/// <summary>A timestamp over a checkpoint.</summary>
/// <param name="Authority">Where it was asked for.</param>
/// <param name="Token">The token, DER: the content of a <c>.tst</c> file.</param>
internal sealed record AuthoritysToken(string Authority, byte[] Token);

/// <summary>A timestamp with what it is over.</summary>
internal sealed record KeptRow(string Authority, long Size, string Root, string Text, byte[] Token)
{
    /// <summary>The bytes that are stamped.</summary>
    public byte[] Content => Encoding.UTF8.GetBytes(Text);
}
