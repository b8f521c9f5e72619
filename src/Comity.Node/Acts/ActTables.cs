// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Dossiers;
using Comity.Instruments;
using Comity.Node.Keys;
using Comity.Node.Storage;
using Comity.Parties;
using Comity.Requests;
using Dapper;

namespace Comity.Node.Acts;

/// <summary>Acts as the database keeps them: exact bytes, encrypted under their dossier's key.</summary>
internal static class ActTables
{
    /// <summary>Keeps an act. The database refuses a second act with the same id or number.</summary>
    /// <param name="session">A write.</param>
    /// <param name="signed">The act.</param>
    /// <param name="cipher">Its dossier's key.</param>
    /// <param name="isEntryExpired">Whether its State's directory entry had expired when it was let in.</param>
    public static Task InsertAsync(Session session, SignedAct signed, AtRest cipher, bool isEntryExpired) =>
        session.Connection.ExecuteAsync(
            """
            insert into act (id, dossier, author, kind, concerns, measure, visibility, number, issued, bytes,
              entry_expired)
            values (@Id, @Dossier, @Author, @Kind, @Concerns, @Measure, @Visibility, @Number, @Issued, @Bytes,
              @EntryExpired)
            """,
            new
            {
                Id = signed.Id.ToString(),
                Dossier = signed.Act.Dossier.ToString(),
                Author = signed.Act.From.Party.ToString(),
                signed.Act.Kind,
                Concerns = signed.Act.Concerns?.ToString(),
                Measure = signed.Act.Body is Request r ? Names.Of(r.Measure) : null,
                Visibility = ChainOf(signed.Act.Visibility),
                Number = (long)signed.Act.Number,
                Issued = signed.Act.Issued.ToUnixTimeSeconds(),
                Bytes = cipher.Encrypt(signed.Signed.Encoded.Span, RowOf(signed.Id)),
                EntryExpired = isEntryExpired ? 1L : 0L,
            },
            session.Transaction
        );

    /// <summary>An act's exact bytes, or nothing.</summary>
    public static async Task<SignedAct?> FindAsync(Session session, ActId id, AtRest node)
    {
        var row = await session.Connection.QuerySingleOrDefaultAsync<(string Dossier, byte[]? Bytes)?>(
            "select dossier, bytes from act where id = @id",
            new { id = id.ToString() },
            session.Transaction
        );
        if (row is not { Bytes: { } bytes } found || !DossierId.TryParse(found.Dossier, out var dossier))
        {
            return null;
        }

        using var cipher = DossierKeys.CipherOf((await DossierKeys.FindAsync(session, dossier))!, node);
        return Read(id, bytes, cipher);
    }

    /// <summary>The highest number a Party has used in a dossier, in one of its two chains; 0 for none.</summary>
    public static async Task<int> LastNumberAsync(
        Session session,
        DossierId dossier,
        PartyId author,
        Visibility visibility
    ) =>
        (int)
            await session.Connection.ExecuteScalarAsync<long>(
                """
                select coalesce(max(number), 0) from act
                where dossier = @Dossier and author = @Author and visibility = @Visibility
                """,
                new
                {
                    Dossier = dossier.ToString(),
                    Author = author.ToString(),
                    Visibility = ChainOf(visibility),
                },
                session.Transaction
            );

    /// <summary>Whether a number is taken.</summary>
    public static async Task<bool> IsNumberTakenAsync(Session session, Act act) =>
        await session.Connection.ExecuteScalarAsync<long>(
            """
            select count(*) from act
            where dossier = @Dossier and author = @Author and visibility = @Visibility and number = @Number
            """,
            new
            {
                Dossier = act.Dossier.ToString(),
                Author = act.From.Party.ToString(),
                Visibility = ChainOf(act.Visibility),
                Number = (long)act.Number,
            },
            session.Transaction
        ) > 0;

    /// <summary>How many acts a Party has in a dossier, and how many bytes they are at rest.</summary>
    public static Task<(long Acts, long Bytes)> SizeAsync(Session session, DossierId dossier, PartyId author) =>
        session.Connection.QuerySingleAsync<(long Acts, long Bytes)>(
            "select count(*), coalesce(sum(length(bytes)), 0) from act where dossier = @Dossier and author = @Author",
            new { Dossier = dossier.ToString(), Author = author.ToString() },
            session.Transaction
        );

    /// <summary>The measure of a request in a dossier, or nothing when there is no such request.</summary>
    public static async Task<Measure?> MeasureAsync(Session session, DossierId dossier, ActId request) =>
        Names.TryParse<Measure>(
            await session.Connection.ExecuteScalarAsync<string?>(
                "select measure from act where id = @id and dossier = @dossier and kind = 'request'",
                new { id = request.ToString(), dossier = dossier.ToString() },
                session.Transaction
            ),
            out var measure
        )
            ? measure
            : null;

    /// <summary>The first of these acts that is not here as a shared act of the dossier, or nothing.</summary>
    public static async Task<ActId?> FirstMissingAsync(
        Session session,
        DossierId dossier,
        IReadOnlyCollection<ActId> acts
    )
    {
        if (acts.Count == 0)
        {
            return null;
        }

        // Ids are hexadecimal digits, so they can stand in the text; there are 65 at the most.
        var here = await session.Connection.QueryAsync<string>(
            $"""
            select id from act where dossier = @Dossier and visibility = 'shared'
              and id in ({string.Join(',', acts.Select(a => $"'{a}'"))})
            """,
            new { Dossier = dossier.ToString() },
            session.Transaction
        );
        var known = here.ToHashSet();
        return acts.FirstOrDefault(a => !known.Contains(a.ToString()));
    }

    /// <summary>Every act of a dossier that its home register has taken in, with its place there.</summary>
    /// <param name="session">A read or a write.</param>
    /// <param name="dossier">The dossier.</param>
    /// <param name="node">The node's key.</param>
    /// <param name="parsed">Acts that need not be parsed again.</param>
    public static async Task<IReadOnlyList<StoredAct>> OfAsync(
        Session session,
        DossierRow dossier,
        AtRest node,
        IReadOnlyDictionary<ActId, SignedAct>? parsed = null
    )
    {
        using var cipher = DossierKeys.CipherOf(dossier, node);
        var rows = await session.Connection.QueryAsync<StoredRow>(
            """
            select a.id, a.bytes, a.visibility, a.entry_expired as entryexpired, e.idx as ownidx, e.entered as ownentered, e.directory,
                   p.idx as peeridx, p.entered as peerentered, p.recorded as peerrecorded, p.code as peercode
            from act a
            join register_entry e on e.act = a.id and e.recorded <> 'not-admitted'
            left join peer_receipt p on p.act = a.id and p.peer = @Peer
            where a.dossier = @Id
            order by e.idx
            """,
            new { dossier.Id, dossier.Peer },
            session.Transaction
        );
        return
        [
            .. rows.Where(r => r.Bytes is not null)
                .Select(r => new StoredAct(
                    parsed?.GetValueOrDefault(IdOf(r.Id)) ?? Read(IdOf(r.Id), r.Bytes!, cipher),
                    new Place(r.OwnIdx, DateTimeOffset.FromUnixTimeSeconds(r.OwnEntered)),
                    r.PeerIdx is { } index
                        ? new Place(index, DateTimeOffset.FromUnixTimeSeconds(r.PeerEntered!.Value))
                        : null,
                    r.PeerRecorded == "not-admitted" ? r.PeerCode : null,
                    new Authenticated(
                        Digest.TryParse(r.Directory, out var entry) ? entry : default,
                        r.EntryExpired != 0
                    )
                )),
        ];
    }

    /// <summary>The two chains a Party numbers: what it shares, and what it keeps.</summary>
    private static string ChainOf(Visibility visibility) => visibility == Visibility.Shared ? "shared" : "internal";

    private static string RowOf(ActId id) => $"act/{id}";

    private static ActId IdOf(string text) =>
        ActId.TryParse(text, out var id) ? id : throw new InvalidDataException("an act's id is not one");

    private static SignedAct Read(ActId id, byte[] bytes, AtRest cipher)
    {
        // A page that went bad in the database shows here, before anything is built on it.
        var plain = cipher.Decrypt(bytes, RowOf(id));
        return SignedAct.Parse(plain) is Outcome<SignedAct>.Admitted act && act.Value.Id == id
            ? act.Value
            : throw new InvalidDataException("an act in the database is not the one its id names");
    }

    private sealed record StoredRow(
        string Id,
        byte[]? Bytes,
        string Visibility,
        long EntryExpired,
        long OwnIdx,
        long OwnEntered,
        string Directory,
        long? PeerIdx,
        long? PeerEntered,
        string? PeerRecorded,
        string? PeerCode
    );
}

/// <summary>Where a register holds an act, and when it took it in.</summary>
public sealed record Place(long Index, DateTimeOffset At);

/// <summary>An act with what is known of it on both sides.</summary>
/// <param name="Signed">The act.</param>
/// <param name="Own">Its place in this node's register.</param>
/// <param name="Peer">Its place in the other Party's register, when a receipt is here.</param>
/// <param name="Checked">What it was checked against when it entered this node's register.</param>
/// <param name="NotAdmitted">The code by which the other Party's node did not admit it.</param>
public sealed record StoredAct(SignedAct Signed, Place Own, Place? Peer, string? NotAdmitted, Authenticated Checked)
{
    /// <summary>Its place in the dossier's home register, or nothing while it is pending.</summary>
    public Place? Home(bool isHome) =>
        isHome ? Own
        : NotAdmitted is null ? Peer
        : null;

    /// <summary>The act as the dossier folds it, or nothing while it is pending or when it is internal.</summary>
    public Entered? Enter(bool isHome)
    {
        // What is transcribed is ours alone; a shared act that says it is one never folds.
        var folds = (Signed.Act.Visibility == Visibility.Shared) != (Signed.Act.Body is Transcribed);
        return folds && Home(isHome) is { } place ? new Entered(Signed.Id, Signed.Act, place.Index, place.At) : null;
    }
}
