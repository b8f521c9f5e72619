// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Dossiers;
using Comity.Evidence;
using Comity.Node.Acts;
using Comity.Node.Keys;
using Comity.Node.Storage;
using Comity.Parties;
using Dapper;

namespace Comity.Node.Evidence;

/// <summary>Where each exhibit is: put in here, expected from a peer, arriving, whole.</summary>
internal static class ExhibitTables
{
    /// <summary>Put in at this node and placed in its store.</summary>
    public const string Held = "held";

    /// <summary>Put in here and being taken out again: to be deleted, and of no use to anyone any more.</summary>
    public const string Leaving = "leaving";

    /// <summary>Announced by a peer's act, to be fetched.</summary>
    public const string Expected = "expected";

    /// <summary>Fetched, and every byte as the manifest says.</summary>
    public const string Whole = "whole";

    /// <summary>Fetched twice and each time not what the manifest says; waits for a person.</summary>
    public const string Differs = "differs";

    /// <summary>Put in here, and its file is not what its name says, or gone: given to nobody until it is whole again.</summary>
    public const string Damaged = "damaged";

    /// <summary>A certificate of destruction stands; its bytes are to be deleted and are given to nobody.</summary>
    public const string Destroying = "destroying";

    /// <summary>Its bytes are deleted. The row stays, so that it is not fetched again.</summary>
    public const string Destroyed = "destroyed";

    /// <summary>Expects the exhibits of the acts of a dossier that supplied them to us, and took effect there.</summary>
    /// <remarks>
    /// What nobody asked for is not fetched: a peer could fill the disk with it. An exhibit announced before, of another size
    /// or in another dossier, stays what it was first said to be, and a person is told.
    /// </remarks>
    public static async Task ExpectAsync(Session session, DossierFile file, DateTimeOffset now)
    {
        var supplies =
            from line in file.Dossier.Lines
            where line.Effect is Effect.Took && line.Entered.Act.From.Party.ToString() == file.Row.Peer
            where line.Entered.Act.Body is Supply
            from exhibit in ((Supply)line.Entered.Act.Body).Exhibits
            select (Act: line.Entered.Id, exhibit.Manifest);
        foreach (var (act, manifest) in supplies.ToList())
        {
            var row = new ExhibitRow(
                manifest.SealedSha256.ToString(),
                file.Row.Id,
                act.ToString(),
                manifest.SealedSize,
                Expected,
                file.Row.Peer,
                now.ToUnixTimeMilliseconds(),
                0,
                null,
                null,
                ""
            );
            await session.Connection.ExecuteAsync(Insert, row, session.Transaction);
            var first = (await FindAsync(session, manifest.SealedSha256))!;
            if ((first.Dossier, first.Size, first.Source) != (row.Dossier, row.Size, row.Source))
            {
                var peer = PartyId.Of(row.Source);
                await AlarmTables.RaiseAsync(session, "exhibit.announced-twice", peer, row.Act, null, now);
            }
        }
    }

    /// <summary>When our register took in the act that announced an exhibit, or nothing for one put in here.</summary>
    public static async Task<DateTimeOffset?> AnnouncedAsync(Session session, ExhibitRow row) =>
        await session.Connection.ExecuteScalarAsync<long?>(
            "select entered from register_entry where act = @Act and recorded = 'admitted'",
            new { row.Act },
            session.Transaction
        )
            is { } entered
            ? DateTimeOffset.FromUnixTimeSeconds(entered)
            : null;

    /// <summary>Notes an exhibit that was put in here. The same file again changes nothing.</summary>
    /// <param name="session">A write.</param>
    /// <param name="dossier">The dossier.</param>
    /// <param name="document">What it is, and whom it is sealed to.</param>
    /// <param name="cipher">The dossier's.</param>
    /// <param name="officer">Who put it in.</param>
    /// <param name="now">When.</param>
    public static Task<int> HoldAsync(
        Session session,
        DossierId dossier,
        ManifestDocument document,
        AtRest cipher,
        string officer,
        DateTimeOffset now
    ) =>
        session.Connection.ExecuteAsync(
            Insert,
            new
            {
                Sealed = document.Manifest.SealedSha256.ToString(),
                Dossier = dossier.ToString(),
                Act = "",
                Size = document.Manifest.SealedSize,
                State = Held,
                Source = "",
                NextTry = 0L,
                Completed = (long?)now.ToUnixTimeSeconds(),
                Manifest = cipher.Encrypt(document.Write(), ManifestRow(document.Manifest.SealedSha256.ToString())),
                PutBy = officer,
            },
            session.Transaction
        );

    /// <summary>What an exhibit that was put in here is; nothing for one that came from a peer, whose act says it.</summary>
    public static ManifestDocument? ManifestOf(ExhibitRow row, AtRest cipher) =>
        row.Manifest is null ? null
        : ManifestDocument.Parse(cipher.Decrypt(row.Manifest, ManifestRow(row.Sealed)))
            is Outcome<ManifestDocument>.Admitted document
            ? document.Value
        : throw new InvalidDataException("an exhibit's manifest in the database is not one");

    /// <summary>An exhibit, or nothing.</summary>
    public static Task<ExhibitRow?> FindAsync(Session session, Digest sealedFile) =>
        session.Connection.QuerySingleOrDefaultAsync<ExhibitRow>(
            Select + " where sealed = @sealedFile",
            new { sealedFile = sealedFile.ToString() },
            session.Transaction
        );

    /// <summary>Exhibits to fetch now, of each peer so many, those waiting longest first.</summary>
    public static async Task<IReadOnlyList<ExhibitRow>> DueAsync(Session session, DateTimeOffset now, int ofEach) =>
        [
            .. await session.Connection.QueryAsync<ExhibitRow>(
                $"""
                select {Columns} from (
                  select *, row_number() over (partition by source order by next_try, sealed) as place
                  from exhibit where state = 'expected' and next_try <= @Now
                ) due where place <= @ofEach order by next_try, sealed
                """,
                new { Now = now.ToUnixTimeMilliseconds(), ofEach = (long)ofEach },
                session.Transaction
            ),
        ];

    /// <summary>Lets everything that was put off be fetched now.</summary>
    public static Task<int> TryNowAsync(Session session) =>
        session.Connection.ExecuteAsync(
            "update exhibit set next_try = 0 where state = 'expected'",
            transaction: session.Transaction
        );

    /// <summary>Marks an exhibit that no act has supplied as leaving.</summary>
    public static Task LeaveAsync(Session session, Digest sealedFile) =>
        session.Connection.ExecuteAsync(
            "update exhibit set state = @Leaving where sealed = @Sealed and state = @Held and act = ''",
            new
            {
                Sealed = sealedFile.ToString(),
                Leaving,
                Held,
            },
            session.Transaction
        );

    /// <summary>Exhibits whose taking out was begun.</summary>
    public static async Task<IReadOnlyList<ExhibitRow>> LeavingAsync(Session session) =>
        [
            .. await session.Connection.QueryAsync<ExhibitRow>(
                Select + " where state = 'leaving' order by sealed",
                transaction: session.Transaction
            ),
        ];

    /// <summary>Deletes the row of an exhibit whose file is gone.</summary>
    public static Task<int> ForgetAsync(Session session, Digest sealedFile) =>
        session.Connection.ExecuteAsync(
            "delete from exhibit where sealed = @Sealed and state = 'leaving'",
            new { Sealed = sealedFile.ToString() },
            session.Transaction
        );

    /// <summary>The exhibits of a dossier.</summary>
    public static async Task<IReadOnlyList<ExhibitRow>> OfAsync(Session session, DossierId dossier) =>
        [
            .. await session.Connection.QueryAsync<ExhibitRow>(
                Select + " where dossier = @dossier order by sealed",
                new { dossier = dossier.ToString() },
                session.Transaction
            ),
        ];

    /// <summary>Marks an exhibit to be destroyed, in the transaction that seals the certificate.</summary>
    public static Task DestroyAsync(Session session, Digest sealedFile) =>
        session.Connection.ExecuteAsync(
            "update exhibit set state = @Destroying where sealed = @Sealed",
            new { Sealed = sealedFile.ToString(), Destroying },
            session.Transaction
        );

    /// <summary>Exhibits whose destruction was certified and is not done, and those done: their bytes may have been put back.</summary>
    public static async Task<IReadOnlyList<ExhibitRow>> MarkedToDestroyAsync(Session session) =>
        [
            .. await session.Connection.QueryAsync<ExhibitRow>(
                Select + " where state in ('destroying', 'destroyed') order by sealed",
                transaction: session.Transaction
            ),
        ];

    /// <summary>Notes that the bytes of an exhibit are gone.</summary>
    public static Task DestroyedAsync(Session session, Digest sealedFile) =>
        session.Connection.ExecuteAsync(
            "update exhibit set state = @Destroyed where sealed = @Sealed and state = @Destroying",
            new
            {
                Sealed = sealedFile.ToString(),
                Destroyed,
                Destroying,
            },
            session.Transaction
        );

    /// <summary>Changes how an exhibit stands, unless it stands otherwise meanwhile or is destroyed.</summary>
    /// <param name="session">A write.</param>
    /// <param name="sealedFile">The exhibit.</param>
    /// <param name="state">How it is to stand.</param>
    /// <param name="failures">Failures in a row.</param>
    /// <param name="nextTry">When it is tried again.</param>
    /// <param name="completed">When it became whole.</param>
    /// <param name="from">How it must stand now; nothing for any way.</param>
    public static Task MoveAsync(
        Session session,
        Digest sealedFile,
        string state,
        long failures,
        DateTimeOffset nextTry,
        DateTimeOffset? completed,
        string from = ""
    ) =>
        session.Connection.ExecuteAsync(
            """
            update exhibit set state = @State, failures = @Failures, next_try = @NextTry, completed = @Completed
            where sealed = @Sealed and state not in ('destroying', 'destroyed') and (@From = '' or state = @From)
            """,
            new
            {
                Sealed = sealedFile.ToString(),
                From = from,
                State = state,
                Failures = failures,
                NextTry = nextTry.ToUnixTimeMilliseconds(),
                Completed = completed?.ToUnixTimeSeconds(),
            },
            session.Transaction
        );

    private const string Insert = """
        insert into exhibit (sealed, dossier, act, size, state, source, next_try, failures, completed, manifest, put_by)
        values (@Sealed, @Dossier, @Act, @Size, @State, @Source, @NextTry, 0, @Completed, @Manifest, @PutBy)
        on conflict do nothing
        """;

    private static string ManifestRow(string sealedFile) => $"exhibit/{sealedFile}";

    private const string Columns =
        "sealed, dossier, act, size, state, source, next_try as nexttry, failures, completed, manifest, put_by as putby";

    private const string Select = $"select {Columns} from exhibit";
}

/// <summary>An exhibit's row.</summary>
public sealed record ExhibitRow(
    string Sealed,
    string Dossier,
    string Act,
    long Size,
    string State,
    string Source,
    long NextTry,
    long Failures,
    long? Completed,
    byte[]? Manifest,
    string PutBy
);
