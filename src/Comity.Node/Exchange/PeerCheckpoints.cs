// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Node.Register;
using Comity.Node.Storage;
using Comity.Parties;
using Comity.Register;

namespace Comity.Node.Exchange;

/// <summary>Remembers the newest checkpoint of each peer, and raises an alarm when its register goes back or forks.</summary>
/// <remarks>
/// Two checkpoints of the same size with different roots are proof of a fork by themselves; both are kept. A smaller one
/// than was seen before means that the peer was restored. Either warns: acts still enter (design 17.4).
/// </remarks>
internal static class PeerCheckpoints
{
    /// <summary>Notes the checkpoint of a receipt that was verified.</summary>
    public static Task NoteAsync(
        Session session,
        PartyId peer,
        Receipt? receipt,
        (NoteVerifier Key, string Origin)? register,
        DateTimeOffset now
    ) =>
        receipt is not null && register is { } known
            ? NoteAsync(session, peer, RegisterTables.Text(receipt.Checkpoint), known, now)
            : Task.CompletedTask;

    /// <summary>Notes a checkpoint that a peer stated.</summary>
    public static async Task NoteAsync(
        Session session,
        PartyId peer,
        string note,
        (NoteVerifier Key, string Origin) register,
        DateTimeOffset now
    )
    {
        var read = SignedNote
            .Parse(Encoding.UTF8.GetBytes(note))
            .Then(n => Checkpoint.Open(n, register.Key, register.Origin).Map(c => (Note: n, Checkpoint: c)));
        if (read is not Outcome<(SignedNote Note, Checkpoint Checkpoint)>.Admitted seen)
        {
            await AlarmTables.RaiseAsync(
                session,
                "exchange.checkpoint-wrong",
                peer,
                "standing",
                Encoding.UTF8.GetBytes(note),
                now
            );
            return;
        }

        var row = await PeerTables.FindAsync(session, peer);
        if (row is null or { Checkpoint: "" })
        {
            await PeerTables.OpenAsync(session, peer);
            await PeerTables.RememberAsync(session, peer, seen.Value.Note);
            return;
        }

        var known = Checkpoint.Parse(RegisterTables.Note(row.Checkpoint)) is Outcome<Checkpoint>.Admitted parsed
            ? parsed.Value
            : throw new InvalidDataException("a peer's checkpoint in the database is not one");
        var (newer, note2) = (seen.Value.Checkpoint, seen.Value.Note);
        if (newer.Size == known.Size && newer.Root != known.Root)
        {
            await AlarmTables.RaiseAsync(session, "register.fork", peer, $"size {newer.Size}", Both(row, note2), now);
        }
        else if (newer.Size < known.Size)
        {
            await AlarmTables.RaiseAsync(
                session,
                "register.went-back",
                peer,
                $"size {known.Size}",
                Both(row, note2),
                now
            );
        }
        else if (newer.Size > known.Size)
        {
            await PeerTables.RememberAsync(session, peer, note2);
        }
    }

    private static byte[] Both(PeerRow row, SignedNote other) =>
        Encoding.UTF8.GetBytes(row.Checkpoint + "\n" + RegisterTables.Text(other));
}
