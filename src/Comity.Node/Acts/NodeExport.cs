// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography.X509Certificates;
using Comity.Acts;
using Comity.Evidence;
using Comity.Files.Bundles;
using Comity.Files.CaseUco;
using Comity.Files.Dossiers;
using Comity.Node.Evidence;
using Comity.Node.Hosting;
using Comity.Node.Officers;
using Comity.Node.Register;
using Comity.Node.Storage;
using Comity.Node.Timestamps;
using Comity.Parties;
using Comity.Register;
using Dapper;

namespace Comity.Node.Acts;

/// <summary>Writes a dossier out, for a court or anyone who is to check it without trusting this node.</summary>
/// <remarks>Only what both Parties share. What a Party keeps to itself is not in it, nor is its number.</remarks>
internal static class NodeExport
{
    /// <summary>Who takes a dossier out by a command, as the audit trail names it.</summary>
    public const string Operator = "comity-node export";

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
        if (await node.Database.ReadAsync(session => ReadAsync(session, node, id, stop), stop) is not var (content, _))
        {
            return null;
        }

        await NoteAsync(node, id, content, Operator, "operator of the node", stop);
        await DossierFolder.WriteAsync(folder, content, progress, stop);
        return content.Acts.Count;
    }

    /// <summary>Makes a dossier ready to be written into one signed file, and notes who takes it out.</summary>
    /// <param name="node">The node.</param>
    /// <param name="id">The dossier.</param>
    /// <param name="who">Who it is noted of: an officer's short name, or a program's.</param>
    /// <param name="progress">Told each exhibit as it is read.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>
    /// The bundle, or a refusal: <c>export.no-such-dossier</c>, <c>export.nothing-shared</c> when no act of it is shared yet,
    /// or <c>export.no-seal</c> when this node holds no seal that its Party's directory entry lists for an authority in it.
    /// </returns>
    /// <exception cref="IOException">An exhibit is missing from the store, or is not what it should be.</exception>
    public static async Task<Outcome<ReadyExport>> BundleAsync(
        NodeParts node,
        DossierId id,
        string who,
        IProgress<string>? progress,
        CancellationToken stop
    )
    {
        if (
            await node.Database.ReadAsync(session => ReadAsync(session, node, id, stop), stop)
            is not var (content, checkpoints)
        )
        {
            return Refuse("export.no-such-dossier");
        }

        if (content.Acts.Count == 0)
        {
            return Refuse("export.nothing-shared");
        }

        if (SealOf(node, content) is not var (office, seal))
        {
            return Refuse("export.no-seal");
        }

        // Read, checked and noted before a byte of it leaves.
        var inside = new BundleContent(content, office, node.Now)
        {
            Checkpoints = checkpoints,
            Case = CaseOfDossier.Describe(content.Acts) is { } described ? CaseWriter.Write(described) : null,
        };
        var bundle = await Bundle.PrepareAsync(inside, seal, progress, stop);
        await NoteAsync(node, id, content, who, who == Operator ? "operator of the node" : "officer", stop);
        return new Outcome<ReadyExport>.Admitted(new ReadyExport(bundle, content.Acts.Count, content.Exhibits.Count));
    }

    // The authority that speaks for this Party in the dossier signs what it gives out of it.
    private static (Office Office, X509Certificate2 Seal)? SealOf(NodeParts node, ExportedDossier content)
    {
        var own = content.Entries.Where(e => e.Entry.Party == node.Settings.Party).MaxBy(e => e.Entry.Version)?.Entry;
        return content
            .Acts.SelectMany(a => new[] { a.Signed.Act.From, a.Signed.Act.To })
            .Where(o => o.Party == node.Settings.Party)
            .Distinct()
            .Select(o =>
                ((Office Office, X509Certificate2 Seal)?)(node.Keys.Seal(o.Authority) is { } seal ? (o, seal) : null)
            )
            .FirstOrDefault(s =>
                s is var (office, seal)
                && own?.Find(office.Authority)?.Seals.Any(c => c.Certificate.Id == Digest.Of(seal.RawData)) == true
            );
    }

    // Who takes it out, in the audit trail and in the chain of each exhibit, durable before a byte leaves.
    private static async Task NoteAsync(
        NodeParts node,
        DossierId id,
        ExportedDossier content,
        string who,
        string role,
        CancellationToken stop
    )
    {
        foreach (var exhibit in content.Exhibits)
        {
            var officer = who == Operator ? null : who;
            var reader = new Deed(CustodyEvent.Copied, node.Settings.Party, role, officer, Note: "exported");
            await CustodyKeeping.ReadAsync(node, exhibit.Sealed, reader, stop);
        }

        await node.Database.WriteAsync(
            async session =>
            {
                var subjects = content.Exhibits.Select(e => e.Sealed.ToString()).Prepend(id.ToString());
                foreach (var subject in subjects)
                {
                    await Audit.NoteAsync(session, who, "dossier.exported", subject, node.Now);
                }

                return 0;
            },
            stop
        );
    }

    private static async Task<IReadOnlyList<StampedCheckpoint>> StampedAsync(
        Session session,
        IReadOnlyList<Publication> publications
    )
    {
        var stamped = new List<StampedCheckpoint>();
        foreach (var publication in publications)
        {
            var tokens = await TimestampTables.OfAsync(session, publication.Note);
            stamped.Add(
                new StampedCheckpoint(publication.Note, [.. tokens.Select(t => (ReadOnlyMemory<byte>)t.Token)])
            );
        }

        return stamped;
    }

    private static Outcome<ReadyExport> Refuse(string code) =>
        new Outcome<ReadyExport>.Refused(new Refusal(code, new Citation("docs/spec/bundle.md", "4")));

    private static async Task<ReadDossier?> ReadAsync(
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

        var (own, on) = await Receipts.MakeForCourtAsync(session, entries);
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

        var content = new ExportedDossier(
            acts,
            await EntriesAsync(session, node, peer),
            await ExhibitsAsync(session, node, id, stop)
        );
        return new ReadDossier(content, await StampedAsync(session, on));
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

/// <summary>A dossier as the database has it for a court.</summary>
/// <param name="Content">The dossier.</param>
/// <param name="Checkpoints">What the receipts of this register rest on.</param>
internal sealed record ReadDossier(ExportedDossier Content, IReadOnlyList<StampedCheckpoint> Checkpoints);

/// <summary>A bundle that is ready to be written.</summary>
/// <param name="Bundle">The bundle.</param>
/// <param name="Acts">How many acts are in it.</param>
/// <param name="Exhibits">How many exhibits.</param>
internal sealed record ReadyExport(Bundle Bundle, int Acts, int Exhibits);
