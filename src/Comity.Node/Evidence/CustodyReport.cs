// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Evidence;
using Comity.Node.Acts;
using Comity.Node.Exchange;
using Comity.Node.Hosting;
using Comity.Node.Parties;
using Comity.Node.Storage;
using Comity.Parties;
using Comity.Register;
using Dapper;

namespace Comity.Node.Evidence;

/// <summary>Reads the chains of custody of a dossier's exhibits, and says where one is broken.</summary>
internal static class CustodyReport
{
    /// <summary>Reads them in one read, so that nothing that happens meanwhile is taken for a fault.</summary>
    /// <param name="session">A read.</param>
    /// <param name="node">The node.</param>
    /// <param name="file">The dossier, from the same read.</param>
    /// <param name="directory">The keys with which peers' receipts are checked.</param>
    public static async Task<IReadOnlyList<ExhibitCustody>> ReadAsync(
        Session session,
        NodeParts node,
        DossierFile file,
        PartyDirectory directory
    )
    {
        if (file.Row.Key is null)
        {
            return [];
        }

        using var cipher = DossierKeys.CipherOf(file.Row, node.Keys.AtRest);
        var rows = (await ExhibitTables.OfAsync(session, file.Dossier.Id)).ToDictionary(r => r.Sealed);
        var anchors = file
            .Internal.Where(a => IsAnchor(a, directory))
            .SelectMany(a => ((Custody)a.Signed.Act.Body).Exhibits)
            .ToList();
        var names = rows
            .Keys.Concat(await CustodyTables.ExhibitsAsync(session, file.Dossier.Id))
            .Concat(anchors.Select(a => a.SealedSha256.ToString()))
            .Distinct()
            .Order(StringComparer.Ordinal);
        var chains = new List<ExhibitCustody>();
        foreach (var name in names)
        {
            var exhibit = Digest.TryParse(name, out var parsed) ? parsed : default;
            var reading = CustodyChain.Check(
                exhibit,
                await CustodyTables.LinksAsync(session, cipher, exhibit),
                await CustodyTables.HeadAsync(session, cipher, exhibit),
                anchors
            );
            var row = rows.GetValueOrDefault(name);
            chains.Add(await CompleteAsync(session, node, file, directory, exhibit, row, reading));
        }

        return chains;
    }

    // Anyone with the database can put an act's row there; only the authority's seal makes it one that anchors.
    private static bool IsAnchor(StoredAct act, PartyDirectory directory) =>
        act.Signed.Act.Body is Custody
        && directory.Find(act.Signed.Act.From)?.Seals.Any(s => s.Certificate.Id == act.Signed.Signed.Signer.Id) == true;

    private static async Task<ExhibitCustody> CompleteAsync(
        Session session,
        NodeParts node,
        DossierFile file,
        PartyDirectory directory,
        Digest exhibit,
        ExhibitRow? row,
        CustodyReading reading
    )
    {
        var faults = reading.Faults.ToList();
        var receipts = new Dictionary<int, string>();
        var own = node.Settings.Party;
        foreach (
            var link in reading.Entries.Where(e => e.What == CustodyEvent.Sent && e.Party == own && e.Act is not null)
        )
        {
            var said = await ReceiptAsync(session, file, directory, link.Act!);
            receipts[link.Place] = said ?? "no receipt";
            if (said is null)
            {
                faults.Add(CustodyChain.Fault("custody.no-receipt", link.Place));
            }
        }

        var isHereUnsaid =
            row?.State == ExhibitTables.Whole
            && !reading.Entries.Any(e => e.What == CustodyEvent.Received && e.Party == own);
        if (isHereUnsaid)
        {
            faults.Add(CustodyChain.Fault("custody.not-received", reading.Entries.Count + 1));
        }

        return new ExhibitCustody(exhibit, row?.State ?? "gone", reading.Entries, receipts, faults);
    }

    // What the other side's register says of the act that sent it; nothing when it should say something and does not.
    private static async Task<string?> ReceiptAsync(
        Session session,
        DossierFile file,
        PartyDirectory directory,
        ActId act
    )
    {
        var peer = PartyId.Of(file.Row.Peer);
        var row = await session.Connection.QuerySingleOrDefaultAsync<byte[]?>(
            "select receipt from peer_receipt where act = @Act and peer = @Peer",
            new { Act = act.ToString(), file.Row.Peer },
            session.Transaction
        );
        if (row is null)
        {
            var isWaiting = (await Deliveries.WaitingAsync(session, file.Row.Peer, int.MaxValue)).Any(d =>
                d.Act == act.ToString()
            );
            return isWaiting ? $"on its way to {peer}, no receipt yet" : null;
        }

        var receipt = Directories.RegisterOf(directory, peer) is { } register
            ? Receipt.Parse(row).Then(r => r.VerifyFor(act.Digest, register.Key, register.Origin))
            : null;
        return receipt switch
        {
            Outcome<Receipt>.Admitted { Value: { Leaf.Recorded: LeafEntry.Admitted } good } =>
                $"receipt of {peer}: entry {good.Index}, {Instants.Format(good.Leaf.Entered)}",
            Outcome<Receipt>.Admitted { Value.Leaf.Recorded: LeafEntry.NotAdmitted not } =>
                $"not admitted by {peer}: {not.Code}",
            _ => null,
        };
    }
}

/// <summary>The chain of custody of one exhibit.</summary>
/// <param name="Exhibit">The SHA-256 of the sealed file.</param>
/// <param name="State">How the exhibit stands at this node; <c>gone</c> when there is no row of it any more.</param>
/// <param name="Links">The links that could be read.</param>
/// <param name="Receipts">What the other side's register says, by the place of the link.</param>
/// <param name="Faults">Where the chain is broken.</param>
public sealed record ExhibitCustody(
    Digest Exhibit,
    string State,
    IReadOnlyList<CustodyEntry> Links,
    IReadOnlyDictionary<int, string> Receipts,
    IReadOnlyList<Refusal> Faults
)
{
    /// <summary>Whose deed a link is, in one line.</summary>
    public static string By(CustodyEntry link) =>
        link.Officer is { } officer ? $"{officer} of {link.Party} ({link.Role})" : $"{link.Party}, {link.Role}";
}
