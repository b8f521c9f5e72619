// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Evidence;
using Comity.Files.Dossiers;
using Comity.Node.Evidence;
using Comity.Node.Hosting;
using Comity.Node.Register;
using Comity.Node.Storage;
using Comity.Parties;
using Comity.Register;
using Dapper;

namespace Comity.Node.Acts;

/// <summary>Writes a dossier out, for a court or anyone who is to check it without trusting this node.</summary>
/// <remarks>Only what both Parties share. What a Party keeps to itself is not in it, nor is its number.</remarks>
internal static class NodeExport
{
    /// <summary>Writes a dossier into an empty folder.</summary>
    /// <returns>How many acts were written, or nothing when there is no such dossier.</returns>
    public static async Task<int?> WriteAsync(
        NodeParts node,
        DossierId id,
        string folder,
        IProgress<string>? progress,
        CancellationToken stop
    )
    {
        var content = await node.Database.ReadAsync(session => ReadAsync(session, node, id, stop), stop);
        if (content is null)
        {
            return null;
        }

        foreach (var exhibit in content.Exhibits)
        {
            var reader = new Deed(CustodyEvent.Copied, node.Settings.Party, "operator of the node", Note: "exported");
            await CustodyKeeping.ReadAsync(node, exhibit.Sealed, reader, stop);
        }

        await DossierFolder.WriteAsync(folder, content, progress, stop);
        return content.Acts.Count;
    }

    private static async Task<ExportedDossier?> ReadAsync(
        Session session,
        NodeParts node,
        DossierId id,
        CancellationToken stop
    )
    {
        if (await DossierFile.ReadAsync(session, id, node.Keys.AtRest) is not { } file)
        {
            return null;
        }

        var shared = file
            .Acts.Where(a => a.Signed.Act.Visibility == Visibility.Shared)
            .OrderBy(a => a.Home(file.Row.IsHome)?.Index ?? long.MaxValue)
            .ThenBy(a => a.Own.Index)
            .ToList();
        var entries = new List<StoredEntry>();
        foreach (var act in shared)
        {
            entries.Add((await RegisterTables.FindAsync(session, act.Signed.Id.Digest))!);
        }

        var own = await Receipts.MakeAsync(session, entries);
        var peer = PartyId.Of(file.Row.Peer);
        var acts = new List<ExportedAct>();
        foreach (var (act, receipt) in shared.Zip(own))
        {
            var receipts = new List<(PartyId, Receipt)> { (node.Settings.Party, receipt) };
            var theirs = await session.Connection.ExecuteScalarAsync<byte[]?>(
                "select receipt from peer_receipt where act = @Act and peer = @Peer",
                new { Act = act.Signed.Id.ToString(), file.Row.Peer },
                session.Transaction
            );
            if (theirs is not null && Receipt.Parse(theirs) is Outcome<Receipt>.Admitted parsed)
            {
                receipts.Add((peer, parsed.Value));
            }

            acts.Add(new ExportedAct(act.Signed, receipts));
        }

        return new ExportedDossier(
            acts,
            await EntriesAsync(session, node, peer),
            await ExhibitsAsync(session, node, id, stop)
        );
    }

    private static async Task<IReadOnlyList<SignedEntry>> EntriesAsync(Session session, NodeParts node, PartyId peer)
    {
        var rows = await session.Connection.QueryAsync<byte[]>(
            "select bytes from directory_entry where party in (@Own, @Peer) order by party, version",
            new { Own = node.Settings.Party.ToString(), Peer = peer.ToString() },
            session.Transaction
        );
        return [.. rows.Select(r => SignedEntry.Parse(r)).OfType<Outcome<SignedEntry>.Admitted>().Select(e => e.Value)];
    }

    private static async Task<IReadOnlyList<ExportedExhibit>> ExhibitsAsync(
        Session session,
        NodeParts node,
        DossierId id,
        CancellationToken stop
    )
    {
        var exhibits = new List<ExportedExhibit>();
        foreach (var row in await ExhibitTables.OfAsync(session, id))
        {
            var isHere = row.State is ExhibitTables.Whole || (row.State is ExhibitTables.Held && row.Act.Length > 0);
            if (isHere && Digest.TryParse(row.Sealed, out var digest))
            {
                exhibits.Add(
                    new ExportedExhibit(
                        digest,
                        async cancel =>
                            await node.Evidence.OpenAsync(digest, cancel)
                            ?? throw new IOException("an exhibit is not in the store: run 'comity-node check'")
                    )
                );
            }
        }

        stop.ThrowIfCancellationRequested();
        return exhibits;
    }
}
