// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Comity.Acts;
using Comity.Evidence;
using Comity.Node.Keys;
using Comity.Node.Storage;
using Comity.Parties;
using Dapper;

namespace Comity.Node.Evidence;

/// <summary>Chains of custody as the database keeps them. Links are added and never changed.</summary>
/// <remarks>
/// Always in the transaction that does what the link says, or in one before the bytes are given out; a link that a crash
/// left without its deed says too much and never too little.
/// </remarks>
internal static class CustodyTables
{
    /// <summary>How long the same reader of the same exhibit adds no further link.</summary>
    private static readonly TimeSpan OneReading = TimeSpan.FromHours(1);

    /// <summary>Adds a link.</summary>
    /// <param name="session">A write.</param>
    /// <param name="dossier">The exhibit's dossier.</param>
    /// <param name="cipher">The dossier's.</param>
    /// <param name="exhibit">The exhibit.</param>
    /// <param name="deed">What happened.</param>
    /// <param name="at">When, on a whole second.</param>
    public static async Task AddAsync(
        Session session,
        string dossier,
        AtRest cipher,
        Digest exhibit,
        Deed deed,
        DateTimeOffset at
    )
    {
        // A chain that was tampered with goes on, as nobody is to lose evidence by it; and never so that the break is mended:
        // where the end kept apart and the links disagree, what follows joins nothing.
        var before = await HeadAsync(session, cipher, exhibit);
        var last = (int)
            await session.Connection.ExecuteScalarAsync<long>(
                "select coalesce(max(place), 0) from custody where exhibit = @Exhibit",
                new { Exhibit = exhibit.ToString() },
                session.Transaction
            );
        var place = Math.Max(before?.Place ?? 0, last) + 1;
        var entry = new CustodyEntry(
            exhibit,
            place,
            deed.What,
            at,
            deed.Party,
            deed.Role,
            deed.Officer,
            deed.Act,
            deed.Note,
            place == 1 ? null
                : before?.Place == place - 1 ? before.Head
                : default(Digest),
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(CustodyEntry.SaltBytes))
        );
        var link = entry.Write();
        var name = exhibit.ToString();
        await session.Connection.ExecuteAsync(
            """
            insert into custody (exhibit, place, dossier, what, act, link)
            values (@Exhibit, @Place, @Dossier, @What, @Act, @Link)
            """,
            new
            {
                Exhibit = name,
                Place = (long)entry.Place,
                Dossier = dossier,
                What = Names.Of(entry.What),
                Act = entry.Act?.ToString() ?? "",
                Link = cipher.Encrypt(link, LinkRow(name, entry.Place)),
            },
            session.Transaction
        );
        var head = string.Create(CultureInfo.InvariantCulture, $"{entry.Place} {Digest.Of(link)}");
        await session.Connection.ExecuteAsync(
            """
            insert into custody_head (exhibit, dossier, head) values (@Exhibit, @Dossier, @Head)
            on conflict (exhibit) do update set head = excluded.head
            """,
            new
            {
                Exhibit = name,
                Dossier = dossier,
                Head = cipher.Encrypt(Encoding.ASCII.GetBytes(head), HeadRow(name)),
            },
            session.Transaction
        );
    }

    /// <summary>Adds a link for what an act says, unless the chain has one of that act already.</summary>
    /// <inheritdoc cref="AddAsync"/>
    public static async Task AddOnceAsync(
        Session session,
        string dossier,
        AtRest cipher,
        Digest exhibit,
        Deed deed,
        DateTimeOffset at
    )
    {
        var links = await session.Connection.ExecuteScalarAsync<long>(
            "select count(*) from custody where exhibit = @Exhibit and act = @Act and what = @What",
            new
            {
                Exhibit = exhibit.ToString(),
                Act = deed.Act!.ToString(),
                What = Names.Of(deed.What),
            },
            session.Transaction
        );
        if (links == 0)
        {
            await AddAsync(session, dossier, cipher, exhibit, deed, at);
        }
    }

    /// <summary>Adds a link for a reading, unless the same reader has read the exhibit within the hour.</summary>
    /// <inheritdoc cref="AddAsync"/>
    public static async Task AddReadingAsync(
        Session session,
        string dossier,
        AtRest cipher,
        Digest exhibit,
        Deed deed,
        DateTimeOffset at
    )
    {
        foreach (var (place, bytes) in (await LinksAsync(session, cipher, exhibit)).Reverse())
        {
            if (
                bytes is null
                || CustodyEntry.Parse(bytes) is not Outcome<CustodyEntry>.Admitted link
                || link.Value.At <= at - OneReading
            )
            {
                break;
            }

            if (Deed.Of(link.Value) == deed)
            {
                return;
            }
        }

        await AddAsync(session, dossier, cipher, exhibit, deed, at);
    }

    /// <summary>The end of a chain as it is kept apart, or nothing where there is none or it does not open.</summary>
    public static async Task<CustodyHead?> HeadAsync(Session session, AtRest cipher, Digest exhibit)
    {
        var name = exhibit.ToString();
        var row = await session.Connection.ExecuteScalarAsync<byte[]?>(
            "select head from custody_head where exhibit = @name" + session.Lock,
            new { name },
            session.Transaction
        );
        return
            row is not null
            && Open(row, HeadRow(name), cipher) is { } bytes
            && Encoding.ASCII.GetString(bytes).Split(' ') is [var place, var digest]
            && Digest.TryParse(digest, out var head)
            ? new CustodyHead(exhibit, int.Parse(place, CultureInfo.InvariantCulture), head)
            : null;
    }

    /// <summary>The links of a chain in the order of their places; no bytes where one does not open.</summary>
    public static async Task<IReadOnlyList<(int Place, byte[]? Bytes)>> LinksAsync(
        Session session,
        AtRest cipher,
        Digest exhibit
    )
    {
        var name = exhibit.ToString();
        var rows = await session.Connection.QueryAsync<(long Place, byte[] Link)>(
            "select place, link from custody where exhibit = @name order by place",
            new { name },
            session.Transaction
        );
        return [.. rows.Select(r => ((int)r.Place, Open(r.Link, LinkRow(name, (int)r.Place), cipher)))];
    }

    /// <summary>Exhibits of a dossier that have a chain, or the end of one.</summary>
    public static async Task<IReadOnlyList<string>> ExhibitsAsync(Session session, DossierId dossier) =>
        [
            .. await session.Connection.QueryAsync<string>(
                """
                select exhibit from custody where dossier = @dossier
                union select exhibit from custody_head where dossier = @dossier order by 1
                """,
                new { dossier = dossier.ToString() },
                session.Transaction
            ),
        ];

    /// <summary>The dossier that an exhibit's chain belongs to, or nothing.</summary>
    public static Task<string?> DossierOfAsync(Session session, Digest exhibit) =>
        session.Connection.ExecuteScalarAsync<string?>(
            """
            select coalesce(
              (select dossier from exhibit where sealed = @name),
              (select dossier from custody_head where exhibit = @name)
            )
            """,
            new { name = exhibit.ToString() },
            session.Transaction
        );

    private static byte[]? Open(byte[] value, string row, AtRest cipher)
    {
        try
        {
            return cipher.Decrypt(value, row);
        }
        catch (CryptographicException)
        {
            return null; // changed, or put there from another row: what checks the chain says so
        }
    }

    private static string LinkRow(string exhibit, int place) =>
        string.Create(CultureInfo.InvariantCulture, $"custody/{exhibit}/{place}");

    private static string HeadRow(string exhibit) => $"custody-head/{exhibit}";
}

/// <summary>What happened to an exhibit, before it has a place in the chain.</summary>
internal sealed record Deed(
    CustodyEvent What,
    PartyId Party,
    string Role,
    string? Officer = null,
    ActId? Act = null,
    string? Note = null
)
{
    /// <summary>What a link says.</summary>
    public static Deed Of(CustodyEntry link) =>
        new(link.What, link.Party, link.Role, link.Officer, link.Act, link.Note);

    /// <summary>An officer's deed, in the roles they hold.</summary>
    public static Deed By(CustodyEvent what, PartyId own, Officers.Officer officer, string? note = null) =>
        new(what, own, string.Join(", ", officer.Roles.Order().Select(Names.Of)), officer.Id, Note: note);

    /// <summary>What an authority's act says.</summary>
    public static Deed Said(CustodyEvent what, Office by, ActId act) =>
        new(what, by.Party, $"authority {by.Authority}", Act: act);
}
