// SPDX-License-Identifier: EUPL-1.2
using Comity.Dossiers;
using Comity.Node.Acts;
using Comity.Node.Keys;
using Comity.Node.Storage;
using Dapper;

namespace Comity.Node.Desk.Inbox;

/// <summary>Whose turn it is in a dossier, as lists divide them.</summary>
public enum Turn
{
    /// <summary>Ours: there is something to answer, decide, supply, confirm or ask in time.</summary>
    Ours,

    /// <summary>The other side's.</summary>
    Theirs,

    /// <summary>Nobody's: it has ended.</summary>
    Ended,
}

/// <summary>The dossiers of a list, what expires first on top.</summary>
/// <param name="Rows">At most <see cref="Most"/>.</param>
/// <param name="HasMore">Whether there are more that fit.</param>
public sealed record CaseList(IReadOnlyList<Case> Rows, bool HasMore)
{
    /// <summary>Most rows on a page: what a telephone shows without losing its place.</summary>
    public const int Most = 100;

    private const string Order = "order by case when due is null then 1 else 0 end, due, changed desc, id";

    // At each stage one side has the next word. A preservation is the asking side's: it ends unless they ask in time.
    private static readonly Stage[] ForAsked =
    [
        Stage.Received,
        Stage.InHand,
        Stage.Granted,
        Stage.Supplying,
        Stage.Postponed,
    ];
    private static readonly Stage[] ForAsking =
    [
        Stage.Asked,
        Stage.GrantedOnConditions,
        Stage.Preserved,
        Stage.Supplied,
    ];
    private static readonly Stage[] Over = [Stage.Refused, Stage.Withdrawn, Stage.Closed];

    /// <summary>How many dossiers there are of each kind.</summary>
    internal static async Task<IReadOnlyDictionary<Turn, long>> CountAsync(Session session)
    {
        var rows = await session.Connection.QueryAsync<(long Home, string Stage, long Count)>(
            "select is_home, stage, count(*) from dossier group by is_home, stage",
            transaction: session.Transaction
        );
        return rows.GroupBy(r => TurnOf(r.Home == 1, r.Stage)).ToDictionary(g => g.Key, g => g.Sum(r => r.Count));
    }

    /// <summary>Reads a list.</summary>
    /// <param name="session">A read.</param>
    /// <param name="node">The node's key.</param>
    /// <param name="turn">Which.</param>
    /// <param name="sought">Part of the reference, of the dossier's id or the other Party's code; empty for all.</param>
    internal static async Task<CaseList> ReadAsync(Session session, AtRest node, Turn turn, string sought)
    {
        // References are encrypted, so what is sought is compared here, row by row, and the reading stops when the page is full.
        var cases = new List<Case>(Most);
        var rows = session.Connection.QueryUnbufferedAsync<DossierRow>(
            $"select {DossierRow.Columns} from dossier where {Condition(turn)} {Order}"
                + (sought.Length == 0 ? " limit @limit" : ""),
            new { limit = (long)Most + 1 },
            session.Transaction
        );
        await foreach (var row in rows)
        {
            var reference = DossierFile.ReferenceOf(row, node);
            if (sought.Length > 0 && !Fits(row, reference, sought))
            {
                continue;
            }

            if (cases.Count == Most)
            {
                return new CaseList(cases, HasMore: true);
            }

            cases.Add(new Case(row, reference));
        }

        return new CaseList(cases, HasMore: false);
    }

    private static bool Fits(DossierRow row, string reference, string sought) =>
        reference.Contains(sought, StringComparison.OrdinalIgnoreCase)
        || row.Id.StartsWith(sought, StringComparison.OrdinalIgnoreCase)
        || row.Peer.Equals(sought, StringComparison.OrdinalIgnoreCase);

    private static Turn TurnOf(bool isHome, string stage) =>
        !Names.TryParse<Stage>(stage, out var known) ? Turn.Theirs
        : Over.Contains(known) ? Turn.Ended
        : (isHome ? ForAsked : ForAsking).Contains(known) ? Turn.Ours
        : Turn.Theirs;

    private static string Condition(Turn turn)
    {
        var ours = $"((is_home = 1 and stage in ({List(ForAsked)})) or (is_home = 0 and stage in ({List(ForAsking)})))";
        return turn switch
        {
            Turn.Ours => ours,
            Turn.Ended => $"stage in ({List(Over)})",
            _ => $"not {ours} and stage not in ({List(Over)})",
        };
    }

    private static string List(IEnumerable<Stage> stages) => string.Join(", ", stages.Select(s => $"'{Names.Of(s)}'"));
}

/// <summary>A dossier in a list.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Reference">The reference people know it by; empty while nothing was asked, or when it was erased.</param>
public sealed record Case(DossierRow Row, string Reference);
