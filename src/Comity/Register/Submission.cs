// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;
using System.Text;
using static Comity.Outcome<Comity.Register.Submission>;

namespace Comity.Register;

/// <summary>What a log gives a witness: its newest checkpoint, and the proof that it only grew since the one before.</summary>
/// <remarks>Source: C2SP tlog-witness, add-checkpoint. Says nothing until <see cref="Judge"/> has looked at it.</remarks>
/// <param name="OldSize">The size that the log believes the witness has cosigned last.</param>
/// <param name="Proof">The consistency proof from that size.</param>
/// <param name="Checkpoint">The checkpoint, with the log's signature.</param>
public sealed record Submission(long OldSize, MerklePath Proof, SignedNote Checkpoint)
{
    /// <summary>Largest body that is read, in bytes: a note, 63 hashes, and the line before them.</summary>
    public const int MaximumBytes = SignedNote.MaximumBytes + 4 * 1024;

    /// <summary>Reads the body of a request.</summary>
    /// <param name="body">Bytes from outside.</param>
    /// <returns>
    /// The submission, not verified, or a refusal coded <c>register.submission-too-large</c>,
    /// <c>register.submission-malformed</c>, <c>register.proof-malformed</c>, <c>register.note-too-large</c> or
    /// <c>register.note-malformed</c>.
    /// </returns>
    public static Outcome<Submission> Parse(ReadOnlySpan<byte> body)
    {
        if (body.Length > MaximumBytes)
        {
            return new Refused(RegisterRefusals.SubmissionTooLarge);
        }

        var end = body.IndexOf("\n\n"u8);
        if (end < 0)
        {
            return new Refused(RegisterRefusals.SubmissionMalformed);
        }

        var lines = Encoding.Latin1.GetString(body[..end]).Split('\n');
        if (
            !lines[0].StartsWith("old ", StringComparison.Ordinal)
            || !StrictText.TryDecimal(lines[0].AsSpan(4), out var oldSize)
        )
        {
            return new Refused(RegisterRefusals.SubmissionMalformed.In("line", 1));
        }

        return MerklePath.Parse(lines[1..]) switch
        {
            Outcome<MerklePath>.Admitted proof => SignedNote
                .Parse(body[(end + 2)..])
                .Map(note => new Submission(oldSize, proof.Value, note)),
            Outcome<MerklePath>.Refused why => new Refused(why.Why),
            _ => throw new InvalidOperationException("an outcome is admitted or refused"),
        };
    }

    /// <summary>The body of the request.</summary>
    public byte[] ToBytes() =>
        Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"old {OldSize}\n")
                + string.Concat(Proof.ToBase64().Select(hash => hash + "\n"))
                + "\n"
                + Checkpoint
        );

    /// <summary>What a witness makes of it.</summary>
    /// <param name="register">The log's key.</param>
    /// <param name="origin">The origin that key is trusted for.</param>
    /// <param name="last">The last checkpoint of this origin the witness has cosigned; nothing when there is none.</param>
    public Judgement Judge(NoteVerifier register, string origin, Checkpoint? last)
    {
        if (Register.Checkpoint.Open(Checkpoint, register, origin) is not Outcome<Checkpoint>.Admitted opened)
        {
            var why = ((Outcome<Checkpoint>.Refused)Register.Checkpoint.Open(Checkpoint, register, origin)).Why;
            return new Judgement.NotItsOwn(why);
        }

        var stated = opened.Value;
        var known = last?.Size ?? 0;
        if (OldSize > stated.Size)
        {
            return new Judgement.OutOfOrder(stated);
        }

        // Of equal size with another root: a fork by itself, whatever size the log names as the old one.
        if (last is not null && stated.Size == known && stated.Root != last.Root)
        {
            return new Judgement.Forked(stated, known);
        }

        if (OldSize != known)
        {
            return new Judgement.NotTheLast(stated, known);
        }

        var root = last?.Root ?? TreeHash.EmptyTree;
        return MerkleProof.Extends(known, root, stated.Size, stated.Root, Proof.Hashes)
            ? new Judgement.Grown(stated)
            : new Judgement.NotConsistent(stated);
    }
}

/// <summary>What a witness answers, and what the answer's status is in C2SP tlog-witness.</summary>
public abstract record Judgement
{
    private Judgement() { }

    /// <summary>The checkpoint only grew, or is the one that was cosigned: it is cosigned now (200).</summary>
    public sealed record Grown(Checkpoint Stated) : Judgement;

    /// <summary>No signature of the log's key holds (403). Nothing is learned from it about the log.</summary>
    public sealed record NotItsOwn(Refusal Why) : Judgement;

    /// <summary>The old size lies beyond the new one (400).</summary>
    public sealed record OutOfOrder(Checkpoint Stated) : Judgement;

    /// <summary>
    /// The old size is not that of the last checkpoint cosigned (409, with that size): the log asks again from there. A log that
    /// is itself smaller than that size was put back, or lies.
    /// </summary>
    public sealed record NotTheLast(Checkpoint Stated, long Known) : Judgement;

    /// <summary>The log has signed two roots for one size (409). Both notes together are proof for anyone.</summary>
    public sealed record Forked(Checkpoint Stated, long Known) : Judgement;

    /// <summary>
    /// The log has signed a checkpoint for which it cannot show that it only grew (422). Proof once nobody can show it.
    /// </summary>
    public sealed record NotConsistent(Checkpoint Stated) : Judgement;
}
