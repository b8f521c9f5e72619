// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Dossiers;
using Comity.Evidence;
using Comity.Node.Acts;
using Comity.Node.Hosting;
using Comity.Node.Keys;
using Comity.Node.Storage;

namespace Comity.Node.Evidence;

/// <summary>Adds the links that follow from acts, and those that are due before someone gets an exhibit.</summary>
internal static class CustodyKeeping
{
    /// <summary>Adds what the other Party's acts of a dossier say of exhibits, once each. In the transaction that took them in.</summary>
    /// <param name="session">A write.</param>
    /// <param name="file">The dossier as it now is.</param>
    /// <param name="node">The node's key.</param>
    public static async Task FollowAsync(Session session, DossierFile file, AtRest node)
    {
        var theirs = file
            .Dossier.Lines.Where(l =>
                l.Effect is Effect.Took
                && l.Entered.Act.From.Party.ToString() == file.Row.Peer
                && l.Entered.Act.Body is Supply or Confirm
            )
            .ToList();
        if (theirs.Count == 0 || file.Row.Key is null)
        {
            return;
        }

        using var cipher = DossierKeys.CipherOf(file.Row, node);
        foreach (var line in theirs)
        {
            await SayAsync(session, file.Row, cipher, line.Entered.Act, line.Entered.Id, line.Entered.At);
        }
    }

    /// <summary>Adds what an act of ours says of exhibits, when it is sealed.</summary>
    /// <returns>The exhibits it is about.</returns>
    public static async Task<IReadOnlyList<Digest>> SayAsync(
        Session session,
        DossierRow dossier,
        AtRest cipher,
        Act act,
        ActId id,
        DateTimeOffset at
    )
    {
        IEnumerable<(Digest Exhibit, CustodyEvent What)> said = act.Body switch
        {
            Supply supply => supply.Exhibits.Select(x => (x.Manifest.SealedSha256, CustodyEvent.Sent)),
            Confirm confirm => confirm
                .Exhibits.Where(x => x.Verdict is ExhibitVerdict.Whole or ExhibitVerdict.Opened)
                .Select(x =>
                    (x.SealedSha256, x.Verdict == ExhibitVerdict.Opened ? CustodyEvent.Opened : CustodyEvent.Received)
                ),
            Destroy destroy => [(destroy.SealedSha256, CustodyEvent.Destroyed)],
            _ => [],
        };
        var exhibits = new List<(Digest Exhibit, CustodyEvent What)>();
        foreach (var (exhibit, what) in said)
        {
            // One that stands in another dossier was announced twice, which a person is told; its chain is that dossier's.
            if (await CustodyTables.DossierOfAsync(session, exhibit) is { } other && other != dossier.Id)
            {
                continue;
            }

            exhibits.Add((exhibit, what));
            await CustodyTables.AddOnceAsync(session, dossier.Id, cipher, exhibit, Deed.Said(what, act.From, id), at);
        }

        return [.. exhibits.Select(x => x.Exhibit)];
    }

    /// <summary>Notes that an exhibit is about to be given to someone. Durable when this returns: then the bytes may go.</summary>
    /// <param name="node">The node.</param>
    /// <param name="exhibit">The exhibit.</param>
    /// <param name="deed">Who gets it.</param>
    /// <param name="stop">Gives up waiting.</param>
    public static Task ReadAsync(NodeParts node, Digest exhibit, Deed deed, CancellationToken stop) =>
        node.Database.WriteAsync(
            async session =>
            {
                if (
                    await ExhibitTables.FindAsync(session, exhibit) is { } row
                    && await OpenAsync(session, row, node.Keys.AtRest) is { } cipher
                )
                {
                    using (cipher)
                    {
                        await CustodyTables.AddReadingAsync(session, row.Dossier, cipher, exhibit, deed, node.Now);
                    }
                }

                return 0;
            },
            stop
        );

    /// <summary>The cipher of an exhibit's dossier, or nothing when that was erased. The caller disposes of it.</summary>
    public static async Task<AtRest?> OpenAsync(Session session, ExhibitRow row, AtRest node) =>
        DossierId.TryParse(row.Dossier, out var id)
        && await DossierKeys.FindAsync(session, id) is { Key: not null } dossier
            ? DossierKeys.CipherOf(dossier, node)
            : null;
}
