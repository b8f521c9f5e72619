// SPDX-License-Identifier: EUPL-1.2
using System.Buffers.Text;
using System.Security.Cryptography;
using Comity.Node.Keys;
using Comity.Node.Settings;
using Comity.Node.Storage;
using Dapper;

namespace Comity.Node.Officers;

/// <summary>Signing in by a one-time link, and the visits that follow. The database holds keyed digests of tokens, never tokens.</summary>
internal sealed class Visits(IDatabase database, NodeSettings settings, NodeKeys keys, TimeProvider time)
{
    /// <summary>How long a link can be used.</summary>
    public static readonly TimeSpan LinkLife = TimeSpan.FromMinutes(30);

    /// <summary>How long a visit lasts without a sign of life.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(60);

    /// <summary>Makes a link's token for an officer.</summary>
    public async Task<string> NewLinkAsync(string officer, CancellationToken stop)
    {
        var token = NewToken();
        await database.WriteAsync(
            session =>
                session.Connection.ExecuteAsync(
                    "insert into sign_in (token, officer, expires) values (@Token, @officer, @Expires)",
                    new
                    {
                        Token = keys.DigestOf(token),
                        officer,
                        Expires = (time.GetUtcNow() + LinkLife).ToUnixTimeSeconds(),
                    },
                    session.Transaction
                ),
            stop
        );
        return token;
    }

    /// <summary>Begins a visit with a link, once.</summary>
    /// <returns>The visit's token, or nothing when the link is unknown, used or too old.</returns>
    public Task<string?> BeginAsync(string link, CancellationToken stop) =>
        database.WriteAsync<string?>(
            async session =>
            {
                var now = time.GetUtcNow();
                var officer = await session.Connection.ExecuteScalarAsync<string?>(
                    "select officer from sign_in where token = @Token and used is null and expires > @Now"
                        + session.Lock,
                    new { Token = keys.DigestOf(link), Now = now.ToUnixTimeSeconds() },
                    session.Transaction
                );
                if (officer is null)
                {
                    return null;
                }

                await session.Connection.ExecuteAsync(
                    "update sign_in set used = @Now where token = @Token",
                    new { Token = keys.DigestOf(link), Now = now.ToUnixTimeSeconds() },
                    session.Transaction
                );
                var token = NewToken();
                await session.Connection.ExecuteAsync(
                    "insert into visit (token, officer, began, seen, expires) values (@Token, @officer, @Now, @Now, @Expires)",
                    new
                    {
                        Token = keys.DigestOf(token),
                        officer,
                        Now = now.ToUnixTimeSeconds(),
                        Expires = now.AddHours(settings.VisitHours).ToUnixTimeSeconds(),
                    },
                    session.Transaction
                );
                return token;
            },
            stop
        );

    /// <summary>The officer whose visit this is, or nothing when it has ended.</summary>
    public async Task<Officer?> OfAsync(string token, CancellationToken stop)
    {
        var now = time.GetUtcNow();
        var (officer, seen) = await database.ReadAsync(
            async session =>
            {
                var row = await session.Connection.QuerySingleOrDefaultAsync<(string Officer, long Seen)?>(
                    "select officer, seen from visit where token = @Token and expires > @Now and seen > @Idle",
                    new
                    {
                        Token = keys.DigestOf(token),
                        Now = now.ToUnixTimeSeconds(),
                        Idle = (now - Idle).ToUnixTimeSeconds(),
                    },
                    session.Transaction
                );
                return row is { } found
                    ? (await OfficerTables.FindAsync(session, found.Officer), found.Seen)
                    : (null, 0L);
            },
            stop
        );

        // A sign of life is noted once a minute, not at every page.
        if (officer is not null && now.ToUnixTimeSeconds() - seen > 60)
        {
            await database.WriteAsync(
                session =>
                    session.Connection.ExecuteAsync(
                        "update visit set seen = @Now where token = @Token",
                        new { Token = keys.DigestOf(token), Now = now.ToUnixTimeSeconds() },
                        session.Transaction
                    ),
                stop
            );
        }

        return officer;
    }

    /// <summary>Ends a visit.</summary>
    public Task EndAsync(string token, CancellationToken stop) =>
        database.WriteAsync(
            session =>
                session.Connection.ExecuteAsync(
                    "delete from visit where token = @Token",
                    new { Token = keys.DigestOf(token) },
                    session.Transaction
                ),
            stop
        );

    private static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
