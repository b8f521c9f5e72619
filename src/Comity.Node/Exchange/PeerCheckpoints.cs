// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Node.Register;
using Comity.Node.Storage;
using Comity.Parties;
using Comity.Register;

namespace Comity.Node.Exchange;

/// <summary>Remembers the newest checkpoint of each peer, and raises an alarm when its register goes back or forks.</summary>
/// <remarks>
/// Two checkpoints of the same size with different roots are proof of a fork by themselves; both are kept. One that a peer
/// states as its newest and that is smaller than what was known before it was asked means that the peer was restored; a
/// smaller one in a receipt means nothing, as receipts travel. Either warns: acts still enter (design 17.4).
/// </remarks>
internal static class PeerCheckpoints
{
    /// <summary>Notes the checkpoint of a receipt that was verified.</summary>
    public static async Task NoteSeenAsync(
        Session session,
        PartyId peer,
        Receipt? receipt,
        (NoteVerifier Key, string Origin)? register,
        DateTimeOffset now
    )
    {
        if (receipt is not null && register is { } known)
        {
            await PeerTables.OpenAsync(session, peer);
            var row = (await PeerTables.FindAsync(session, peer))!;
            await CompareAsync(session, row, null, RegisterTables.Text(receipt.Checkpoint), known, now);
        }
    }

    /// <summary>Notes the checkpoint that a peer, asked, states as its newest.</summary>
    /// <param name="session">A write.</param>
    /// <param name="before">The peer's row as it was before it was asked.</param>
    /// <param name="note">What it states.</param>
    /// <param name="register">Its register.</param>
    /// <param name="now">When.</param>
    public static async Task NoteStatedAsync(
        Session session,
        PeerRow before,
        string note,
        (NoteVerifier Key, string Origin) register,
        DateTimeOffset now
    )
    {
        var row = (await PeerTables.FindAsync(session, PartyId.Of(before.Party)))!;
        await CompareAsync(session, row, before, note, register, now);
    }

    private static async Task CompareAsync(
        Session session,
        PeerRow row,
        PeerRow? before,
        string note,
        (NoteVerifier Key, string Origin) register,
        DateTimeOffset now
    )
    {
        var peer = PartyId.Of(row.Party);
        var bytes = Encoding.UTF8.GetBytes(note);
        var read = SignedNote.Parse(bytes).Then(n => Checkpoint.Open(n, register.Key, register.Origin));
        if (read is not Outcome<Checkpoint>.Admitted seen)
        {
            var subject = $"note {Digest.Of(bytes)}";
            await AlarmTables.RaiseAsync(session, "exchange.checkpoint-wrong", peer, subject, bytes, now);
            return;
        }

        var newer = seen.Value;
        if (Known(row) is not { } known || newer.Size > known.Size)
        {
            await PeerTables.RememberAsync(session, peer, note);
        }
        else if (newer.Size == known.Size && newer.Root != known.Root)
        {
            await AlarmTables.RaiseAsync(session, "register.fork", peer, $"size {newer.Size}", Both(row, note), now);
        }
        else if (before is not null && Known(before) is { } earlier && newer.Size < earlier.Size)
        {
            await AlarmTables.RaiseAsync(
                session,
                "register.went-back",
                peer,
                $"from {earlier.Size} to {newer.Size}",
                Both(before, note),
                now
            );
        }
    }

    private static Checkpoint? Known(PeerRow row) =>
        row.Checkpoint.Length == 0 ? null
        : Checkpoint.Parse(RegisterTables.Note(row.Checkpoint)) is Outcome<Checkpoint>.Admitted parsed ? parsed.Value
        : throw new InvalidDataException("a peer's checkpoint in the database is not one");

    private static byte[] Both(PeerRow row, string other) => Encoding.UTF8.GetBytes(row.Checkpoint + "\n" + other);
}
