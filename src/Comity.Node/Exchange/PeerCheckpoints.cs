// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Exchange;
using Comity.Node.Register;
using Comity.Node.Storage;
using Comity.Parties;
using Comity.Register;

namespace Comity.Node.Exchange;

/// <summary>Remembers the newest checkpoint of each peer, and stops taking it at its word when its register went wrong.</summary>
/// <remarks>
/// <para>
/// A peer that is asked for its newest checkpoint shows that it continues the ones seen before. Two checkpoints of the same size
/// with different roots are proof of a fork by themselves; one that is smaller than what was known before it was asked means that
/// the peer was put back; one that does not continue what was known means either. Both notes are kept (<see cref="PeerTrust"/>).
/// </para>
/// <para>
/// A receipt's checkpoint carries no such proof, and one that was cosigned was proven against another. Either is remembered
/// beside the proven one and held against the next; a smaller one means nothing, as receipts travel.
/// </para>
/// </remarks>
internal static class PeerCheckpoints
{
    /// <summary>The sizes from which a peer is asked to show that its register only grew.</summary>
    public static IReadOnlyList<long> Since(PeerRow row) => [.. Known(row).Select(k => k.Checkpoint.Size)];

    /// <summary>The newest checkpoint seen of a peer, proven or not; empty for none.</summary>
    public static string NewestOf(PeerRow row) =>
        Known(row).OrderBy(k => k.Checkpoint.Size).Select(k => k.Note).LastOrDefault("");

    /// <summary>Notes a checkpoint that a receipt carried, or that was cosigned.</summary>
    public static async Task NoteSeenAsync(
        Session session,
        PartyId peer,
        SignedNote? checkpoint,
        (NoteVerifier Key, string Origin)? register,
        DateTimeOffset now
    )
    {
        if (checkpoint is null || register is not { } own)
        {
            return;
        }

        await PeerTables.OpenAsync(session, peer);
        var row = (await PeerTables.FindAsync(session, peer))!;
        var note = RegisterTables.Text(checkpoint);
        if (await OpenAsync(session, peer, note, own, now) is not { } stated)
        {
            return;
        }

        foreach (var known in Known(row))
        {
            if (known.Checkpoint.Size == stated.Size && known.Checkpoint.Root != stated.Root)
            {
                await ForkedAsync(session, peer, known, stated, note, now);
                return;
            }
        }

        if (Known(row).All(k => k.Checkpoint.Size < stated.Size))
        {
            await PeerTables.RememberSeenAsync(session, peer, note);
        }
    }

    /// <summary>Notes the checkpoint that a peer, asked, states as its newest.</summary>
    /// <param name="session">A write.</param>
    /// <param name="before">The peer's row as it was before it was asked, with <see cref="Since"/> of it.</param>
    /// <param name="standing">What it answered.</param>
    /// <param name="register">Its register.</param>
    /// <param name="now">When.</param>
    public static async Task NoteStatedAsync(
        Session session,
        PeerRow before,
        Standing standing,
        (NoteVerifier Key, string Origin) register,
        DateTimeOffset now
    )
    {
        var peer = PartyId.Of(before.Party);
        var note = standing.Checkpoint;
        if (await OpenAsync(session, peer, note, register, now) is not { } stated)
        {
            return;
        }

        foreach (var (i, known) in Known(before).Index())
        {
            if (stated.Size == known.Checkpoint.Size && stated.Root != known.Checkpoint.Root)
            {
                await ForkedAsync(session, peer, known, stated, note, now);
                return;
            }

            if (stated.Size < known.Checkpoint.Size)
            {
                var size = $"size {known.Checkpoint.Size}";
                await PeerTrust.StopAsync(session, peer, "register.went-back", size, Both(known, note), now);
                return;
            }

            if (!Continues(stated, known.Checkpoint, standing.Proofs?.ElementAtOrDefault(i) ?? []))
            {
                var size = $"size {known.Checkpoint.Size}";
                await PeerTrust.StopAsync(session, peer, "register.not-consistent", size, Both(known, note), now);
                return;
            }
        }

        // Another round, or another replica, may have seen more in between.
        var row = (await PeerTables.FindAsync(session, peer))!;
        if (row.Checkpoint == before.Checkpoint)
        {
            await PeerTables.RememberAsync(session, peer, note, before.Seen);
        }
    }

    private static bool Continues(Checkpoint stated, Checkpoint known, IReadOnlyList<string> proof) =>
        MerklePath.Parse(proof) is Outcome<MerklePath>.Admitted path
        && stated.Extends(known, path.Value) is Outcome<Checkpoint>.Admitted;

    private static async Task<Checkpoint?> OpenAsync(
        Session session,
        PartyId peer,
        string note,
        (NoteVerifier Key, string Origin) register,
        DateTimeOffset now
    )
    {
        var bytes = Encoding.UTF8.GetBytes(note);
        var read = SignedNote.Parse(bytes).Then(n => Checkpoint.Open(n, register.Key, register.Origin));
        if (read is Outcome<Checkpoint>.Admitted stated)
        {
            return stated.Value;
        }

        await AlarmTables.RaiseAsync(
            session,
            "exchange.checkpoint-wrong",
            peer,
            $"note {Digest.Of(bytes)}",
            bytes,
            now
        );
        return null;
    }

    private static Task ForkedAsync(
        Session session,
        PartyId peer,
        KnownCheckpoint known,
        Checkpoint stated,
        string note,
        DateTimeOffset now
    ) => PeerTrust.StopAsync(session, peer, "register.fork", $"size {stated.Size}", Both(known, note), now);

    private static List<KnownCheckpoint> Known(PeerRow row) =>
        [
            .. new[] { row.Checkpoint, row.Seen }
                .Where(text => text.Length > 0)
                .Select(text =>
                    Checkpoint.Parse(RegisterTables.Note(text)) is Outcome<Checkpoint>.Admitted parsed
                        ? new KnownCheckpoint(text, parsed.Value)
                        : throw new InvalidDataException("a peer's checkpoint in the database is not one")
                ),
        ];

    private static byte[] Both(KnownCheckpoint known, string other) =>
        Encoding.UTF8.GetBytes(known.Note + "\n" + other);

    private sealed record KnownCheckpoint(string Note, Checkpoint Checkpoint);
}
