// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using Comity.Evidence;
using Comity.Exchange;
using Comity.Files;
using Comity.Files.Keys;
using Comity.Node.Acts;
using Comity.Node.Evidence;
using Comity.Node.Exchange;
using Comity.Node.Hosting;
using Comity.Node.Register;
using Comity.Node.Storage;
using Comity.Parties;
using Comity.Signatures;

namespace Comity.Node.Bags;

/// <summary>Packs a diplomatic bag: what is due to a peer, in a folder that only its node can read.</summary>
/// <remarks>
/// Changes nothing in the node but the chains of custody of what is packed: a bag that is lost has not been sent, and the next one holds the same again. Exhibits first,
/// then the letters, then the manifest, which makes a bag of it: what a crash leaves is no bag, and is gone on with.
/// </remarks>
internal sealed class Packing(NodeParts node)
{
    /// <summary>Everything, whether or not the peer has answered for it.</summary>
    public const long All = 0;

    /// <summary>Only what the peer has not answered for.</summary>
    public const long Due = long.MaxValue;

    /// <summary>What is due to a peer now.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="since">
    /// Seconds since 1970: acts issued and answers given from then on are due whether or not the peer has answered.
    /// </param>
    /// <param name="stop">Gives up waiting.</param>
    public Task<DueByBag> FindAsync(PartyId peer, long since, CancellationToken stop) =>
        node.Database.ReadAsync(
            async session =>
            {
                var acts = await BagTables.ActsAsync(session, peer, since);
                var answers = await BagTables.AnswersAsync(session, peer, since);
                var isMore = acts.Count > BagTables.Most || answers.Count > BagTables.Most;
                acts = [.. acts.Take(BagTables.Most)];
                var exhibits = await BagTables.ExhibitsAsync(session, peer, acts);
                var head = (await RegisterTables.HeadAsync(session))!;
                var unanswered = await BagTables.FirstUnansweredAsync(session, peer);
                return new DueByBag(
                    acts,
                    [.. answers.Take(BagTables.Most)],
                    [.. exhibits.Take(BagManifest.MaximumExhibits)],
                    (await PeerTables.FindAsync(session, peer))?.Taken ?? -1,
                    RegisterTables.Text(head.Checkpoint),
                    (unanswered ?? head.Size) - 1,
                    isMore || exhibits.Count > BagManifest.MaximumExhibits
                );
            },
            stop
        );

    /// <summary>Packs what is due.</summary>
    /// <param name="peer">The peer, whose entry names a key for bags.</param>
    /// <param name="due">What <see cref="FindAsync"/> found.</param>
    /// <param name="folder">An empty folder, one that does not exist, or one that an earlier packing was cut off in.</param>
    /// <param name="progress">Told the bytes of exhibits packed so far.</param>
    /// <param name="stop">Gives up; what was written stays, and is gone on with.</param>
    /// <returns>
    /// The manifest, or a refusal: <c>bag.no-recipient</c>, or <c>exhibit.damaged</c> when what is in the store is not what
    /// its name says, in which case there is no bag.
    /// </returns>
    /// <exception cref="IOException">The folder is not free, or the disk failed.</exception>
    public async Task<Outcome<BagManifest>> PackAsync(
        PartyId peer,
        DueByBag due,
        BagFolder folder,
        IProgress<long>? progress,
        CancellationToken stop
    )
    {
        var directory = await node.Directories.CurrentAsync(stop);
        if (
            directory.Find(peer)?.Entry.Bag is not { } text
            || Recipient.Parse(text) is not Outcome<Recipient>.Admitted recipient
        )
        {
            return BagFolder.Refuse<BagManifest>("bag.no-recipient", peer.ToString());
        }

        folder.Prepare();
        var files = new List<BagFile>();
        var before = 0L;
        foreach (var row in due.Exhibits)
        {
            var report = new ProgressFrom(progress, before);
            var name = Digest.TryParse(row.Sealed, out var parsed) ? parsed : default;
            await CustodyKeeping.ReadAsync(node, name, ReaderFor(peer), stop);
            if (await PackExhibitAsync(row, folder, report, stop) is not { } file)
            {
                await Damage.MarkAsync(node, name, stop);
                return BagFolder.Refuse<BagManifest>("exhibit.damaged", row.Sealed);
            }

            files.Add(file);
            before += file.Size;
        }

        var letters = await PackLettersAsync(due, recipient.Value, folder, stop);
        var own = await node.Directories.OwnAsync(stop);
        var manifest = new BagManifest(
            BagManifest.Version,
            node.Settings.Party,
            peer,
            node.Now,
            Convert.ToBase64String(own.Signed.Encoded.Span),
            due.Cursor,
            due.Checkpoint,
            due.Settled,
            letters,
            files
        );
        folder.Flush();
        await WriteAsync(folder, BagFolder.Manifest, Sign(manifest), recipient.Value, stop);
        return new Outcome<BagManifest>.Admitted(manifest);
    }

    private Deed ReaderFor(PartyId peer) =>
        new(
            CustodyEvent.Copied,
            node.Settings.Party,
            "operator of the node",
            Note: $"into a diplomatic bag for {peer}"
        );

    // The key that would show itself on the line: who may speak for a Party is one list in the directory, not two.
    private byte[] Sign(BagManifest manifest)
    {
        var connection = node.Keys.Connection;
        var input = SigningInput.For(ExchangeEncoding.Write(manifest), Certificates.TextOf(connection), manifest.Made);
        return Certificates.Sign(input, connection);
    }

    private async Task<List<BagFile>> PackLettersAsync(
        DueByBag due,
        Recipient recipient,
        BagFolder folder,
        CancellationToken stop
    )
    {
        var files = new List<BagFile>();
        async Task PackAsync(BagLetter letter) =>
            files.Add(
                await WriteAsync(
                    folder,
                    BagFolder.LetterName(files.Count),
                    ExchangeEncoding.Write(letter),
                    recipient,
                    stop
                )
            );

        foreach (var part in due.Answers.Chunk(Push.MaximumActs))
        {
            await PackAsync(new BagLetter([], await node.Database.ReadAsync(s => AnswersAsync(s, part), stop)));
        }

        for (var left = due.Acts; left.Count > 0; )
        {
            var rows = left;
            var (push, done) = await node.Database.ReadAsync(s => Outgoing.TakeAsync(s, node.Keys.AtRest, rows), stop);
            if (push.Acts.Count > 0)
            {
                await PackAsync(new BagLetter(push.Acts, []));
            }

            left = [.. left.Skip(done)];
        }

        return files;
    }

    private static async Task<ActAnswer[]> AnswersAsync(Session session, IReadOnlyList<AnswerRow> rows)
    {
        var entries = (await RegisterTables.AtAsync(session, [.. rows.Select(r => r.Idx)])).ToDictionary(e => e.Index);
        return await Answering.MakeAsync(
            session,
            [
                .. rows.Select(r => new Arrival(
                    entries[r.Idx].Leaf!.Act,
                    entries[r.Idx].Leaf!.Recorded is Comity.Register.LeafEntry.Admitted
                        ? ActVerdict.Admitted
                        : ActVerdict.NotAdmitted,
                    r.Idx,
                    ""
                )),
            ]
        );
    }

    private static async Task<BagFile> WriteAsync(
        BagFolder folder,
        string name,
        byte[] plain,
        Recipient recipient,
        CancellationToken stop
    )
    {
        using var file = folder.Create(name);
        var outcome = await Sealing.SealAsync(new MemoryStream(plain), file.Stream, [recipient], cancel: stop);
        var exhibit = ((Outcome<SealedExhibit>.Admitted)outcome).Value;
        file.Publish();
        return new BagFile(exhibit.Sealed.Sha256, exhibit.Sealed.Size);
    }

    // Nothing when the store does not hold what the name says: damaged evidence is never given to anyone.
    private async Task<BagFile?> PackExhibitAsync(
        BagExhibitRow row,
        BagFolder folder,
        IProgress<long>? progress,
        CancellationToken stop
    )
    {
        var digest = Digest.TryParse(row.Sealed, out var parsed) ? parsed : default;
        var listed = new BagFile(digest, row.Size);
        var name = BagFolder.ExhibitName(digest);
        if (await folder.PassAsync(name, listed, null, progress, stop) is null)
        {
            return listed; // an earlier packing that was cut off got this far
        }

        if (await node.Evidence.OpenAsync(digest, stop) is not { } opened)
        {
            return null;
        }

        folder.Discard(name);
        await using var stream = opened;
        using var file = folder.Create(name);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        long total = 0;
        int read;
        while ((read = await stream.ReadAsync(buffer, stop)) > 0)
        {
            total += read;
            hash.AppendData(buffer, 0, read);
            await file.Stream.WriteAsync(buffer.AsMemory(0, read), stop);
            progress?.Report(total);
        }

        if (total != row.Size || new Digest(hash.GetHashAndReset()) != digest)
        {
            return null;
        }

        file.Publish();
        return listed;
    }
}

/// <summary>What is due to a peer by bag.</summary>
/// <param name="Acts">Acts for it, in the order of our register.</param>
/// <param name="Answers">Answers to its acts, in the order in which we gave them.</param>
/// <param name="Exhibits">Exhibits of those acts.</param>
/// <param name="Cursor">How far we have answered for its register.</param>
/// <param name="Checkpoint">Our newest checkpoint.</param>
/// <param name="Settled">The index of our register up to which it has answered for everything.</param>
/// <param name="IsMore">Whether more is due than a bag holds: another is to be packed when this one was answered.</param>
internal sealed record DueByBag(
    IReadOnlyList<DeliveryRow> Acts,
    IReadOnlyList<AnswerRow> Answers,
    IReadOnlyList<BagExhibitRow> Exhibits,
    long Cursor,
    string Checkpoint,
    long Settled,
    bool IsMore
)
{
    /// <summary>Whether there is nothing to carry.</summary>
    public bool IsNothing => Acts.Count == 0 && Answers.Count == 0;

    /// <summary>Bytes of exhibits.</summary>
    public long Bytes => Exhibits.Sum(x => x.Size);
}
