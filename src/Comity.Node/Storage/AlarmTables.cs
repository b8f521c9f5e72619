// SPDX-License-Identifier: EUPL-1.2
using Comity.Parties;
using Dapper;

namespace Comity.Node.Storage;

/// <summary>What a duty officer must see, until one has.</summary>
internal static class AlarmTables
{
    /// <summary>
    /// Most bytes kept as proof. Two checkpoints and the largest directory entry fit; what is larger is none, and a peer that
    /// is asked again and again must not fill the disk with it.
    /// </summary>
    public const int MostEvidence = 512 * 1024;

    /// <summary>Raises an alarm, once for each subject and code.</summary>
    /// <param name="session">A write.</param>
    /// <param name="code">What happened: a refusal's code or one of the exchange's.</param>
    /// <param name="peer">The Party it is about.</param>
    /// <param name="subject">What it is about: an id, never content.</param>
    /// <param name="evidence">
    /// Bytes to keep as proof, for example a peer's checkpoint: up to <see cref="MostEvidence"/> of them.
    /// </param>
    /// <param name="now">When.</param>
    public static Task RaiseAsync(
        Session session,
        string code,
        PartyId peer,
        string subject,
        byte[]? evidence,
        DateTimeOffset now
    ) =>
        session.Connection.ExecuteAsync(
            """
            insert into alarm (id, raised, code, peer, subject, evidence)
            values (@Id, @Now, @Code, @Peer, @Subject, @Evidence) on conflict do nothing
            """,
            new
            {
                Id = IdOf(code, peer, subject),
                Now = now.ToUnixTimeSeconds(),
                Code = code,
                Peer = peer.ToString(),
                Subject = subject,
                Evidence = evidence is { Length: > MostEvidence } ? evidence[..MostEvidence] : evidence,
            },
            session.Transaction
        );

    /// <summary>Whether an alarm was ever raised, seen or not.</summary>
    public static async Task<bool> IsRaisedAsync(Session session, string code, PartyId peer, string subject) =>
        await session.Connection.ExecuteScalarAsync<long>(
            "select count(*) from alarm where id = @Id",
            new { Id = IdOf(code, peer, subject) },
            session.Transaction
        ) > 0;

    /// <summary>Alarms nobody has seen yet, the newest first.</summary>
    public static async Task<IReadOnlyList<AlarmRow>> OpenAsync(Session session, int limit) =>
        [
            .. await session.Connection.QueryAsync<AlarmRow>(
                Select + " where seen_by is null order by raised desc, id limit @limit",
                new { limit = (long)limit },
                session.Transaction
            ),
        ];

    /// <summary>Of these alarms the ones with which a proof is kept.</summary>
    public static async Task<IReadOnlySet<string>> WithProofAsync(Session session, IEnumerable<AlarmRow> alarms)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in alarms.Select(a => a.Id))
        {
            var isKept = await session.Connection.ExecuteScalarAsync<long>(
                "select count(*) from alarm where id = @id and evidence is not null",
                new { id },
                session.Transaction
            );
            if (isKept > 0)
            {
                found.Add(id);
            }
        }

        return found;
    }

    /// <summary>The proof kept with an alarm, or nothing.</summary>
    public static Task<byte[]?> EvidenceAsync(Session session, string id) =>
        session.Connection.ExecuteScalarAsync<byte[]?>(
            "select evidence from alarm where id = @id",
            new { id },
            session.Transaction
        );

    /// <summary>What was raised about a Party's register, the newest first, seen or not.</summary>
    public static async Task<IReadOnlyList<AlarmRow>> OfRegisterAsync(Session session, PartyId peer, int limit) =>
        [
            .. await session.Connection.QueryAsync<AlarmRow>(
                Select
                    + " where peer = @Peer and code in ('register.fork', 'register.went-back', 'register.not-consistent')"
                    + " order by raised desc, id limit @Limit",
                new { Peer = peer.ToString(), Limit = (long)limit },
                session.Transaction
            ),
        ];

    /// <summary>Notes what an officer decided about alarms, which are then seen.</summary>
    public static Task DecideAsync(
        Session session,
        IEnumerable<string> ids,
        string officer,
        string decision,
        DateTimeOffset now
    ) =>
        session.Connection.ExecuteAsync(
            "update alarm set decision = @Decision, seen_by = @Officer, seen = @Now where id = @Id and decision = ''",
            ids.Select(id => new
            {
                Id = id,
                Officer = officer,
                Decision = decision,
                Now = now.ToUnixTimeSeconds(),
            }),
            session.Transaction
        );

    /// <summary>Notes that an officer has seen an alarm.</summary>
    public static Task SeeAsync(Session session, string id, string officer, DateTimeOffset now) =>
        session.Connection.ExecuteAsync(
            "update alarm set seen_by = @officer, seen = @Now where id = @id and seen_by is null",
            new
            {
                id,
                officer,
                Now = now.ToUnixTimeSeconds(),
            },
            session.Transaction
        );

    private const string Select = "select id, raised, code, peer, subject from alarm";

    private static string IdOf(string code, PartyId peer, string subject) => $"{code}/{peer}/{subject}";
}

/// <summary>An alarm.</summary>
public sealed record AlarmRow(string Id, long Raised, string Code, string Peer, string Subject);
