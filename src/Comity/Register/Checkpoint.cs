// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;
using System.Text;
using static Comity.Outcome<Comity.Register.Checkpoint>;

namespace Comity.Register;

/// <summary>A register's statement of its size and root, by which it can be held to its history.</summary>
/// <remarks>
/// Source: C2SP tlog-checkpoint. Two checkpoints of one origin between which no consistency proof exists are proof that
/// the register was forked or rewritten. Immutable; equal by value.
/// </remarks>
public sealed record Checkpoint
{
    private Checkpoint(string origin, long size, TreeHash root, string extension)
    {
        Origin = origin;
        Size = size;
        Root = root;
        Extension = extension;
    }

    /// <summary>
    /// Which register speaks: 1 to 255 bytes of UTF-8 on one line, by custom a URL without its scheme.
    /// </summary>
    public string Origin { get; }

    /// <summary>Number of entries, 0 to 2^63-1.</summary>
    public long Size { get; }

    /// <summary>The root hash over those entries.</summary>
    public TreeHash Root { get; }

    /// <summary>
    /// The lines after the third, each with its newline; empty when there are none. Kept because they are signed. This
    /// software writes none and reads no meaning into them.
    /// </summary>
    public string Extension { get; }

    /// <summary>States a size and a root.</summary>
    /// <param name="origin">A name that can also name the register's key; throws otherwise.</param>
    /// <param name="edge">The register's edge, from which both follow.</param>
    public static Checkpoint Of(string origin, TreeEdge edge) =>
        KeyName.IsUsable(origin)
            ? new Checkpoint(origin, edge.Size, edge.Root(), "")
            : throw new ArgumentException("an origin has no white space, plus or control character", nameof(origin));

    /// <summary>
    /// Reads a note's text as a checkpoint, without looking at signatures: for notes that were verified before.
    /// </summary>
    /// <returns>
    /// The checkpoint, or a refusal coded <c>register.checkpoint-malformed</c>, placed at a line where there is one.
    /// </returns>
    public static Outcome<Checkpoint> Parse(SignedNote note)
    {
        var lines = note.Text.Split('\n', 4);
        if (lines.Length != 4)
            return new Refused(RegisterRefusals.CheckpointMalformed);
        if (lines[0].Length == 0 || Encoding.UTF8.GetByteCount(lines[0]) > KeyName.MaximumBytes)
            return new Refused(RegisterRefusals.CheckpointMalformed.In("line", 1));
        if (!StrictText.TryDecimal(lines[1], out var size))
            return new Refused(RegisterRefusals.CheckpointMalformed.In("line", 2));
        if (!TreeHash.TryParseBase64(lines[2], out var root))
            return new Refused(RegisterRefusals.CheckpointMalformed.In("line", 3));
        var extension = lines[3];
        var blank = extension.StartsWith('\n') || extension.Contains("\n\n", StringComparison.Ordinal);
        if (blank || (extension.Length > 0 && !extension.EndsWith('\n')))
            return new Refused(RegisterRefusals.CheckpointMalformed.In("line", 4));
        return new Admitted(new Checkpoint(lines[0], size, root, extension));
    }

    /// <summary>Takes a checkpoint out of a note that the register's key has signed.</summary>
    /// <param name="note">From outside.</param>
    /// <param name="register">The register's key, of type <see cref="NoteKeyType.Log"/>.</param>
    /// <param name="origin">The origin that key is trusted for.</param>
    /// <returns>
    /// The checkpoint, or a refusal coded <c>register.key-type-wrong</c>, <c>register.checkpoint-unsigned</c>,
    /// <c>register.checkpoint-signature-wrong</c>, <c>register.checkpoint-malformed</c> or
    /// <c>register.checkpoint-origin</c>, in that order: nothing is read out of a note that is not verified.
    /// </returns>
    public static Outcome<Checkpoint> Open(SignedNote note, NoteVerifier register, string origin) =>
        (
            register.Type == NoteKeyType.Log
                ? note.SignedBy(register)
                : new Outcome<SignedNote>.Refused(RegisterRefusals.KeyTypeWrong)
        )
            .Then(Parse)
            .Then(checkpoint =>
                checkpoint.Origin == origin
                    ? (Outcome<Checkpoint>)new Admitted(checkpoint)
                    : new Refused(RegisterRefusals.CheckpointOrigin)
            );

    /// <summary>Whether this checkpoint only appends to an older one of the same register.</summary>
    /// <param name="older">The checkpoint known before, verified.</param>
    /// <param name="proof">The consistency proof between the two sizes.</param>
    /// <returns>
    /// This checkpoint, or a refusal coded <c>register.checkpoint-origin</c> (another register),
    /// <c>register.checkpoint-behind</c> (smaller than the older one: perhaps restored from a backup), or
    /// <c>register.not-consistent</c>. Of the last, equal sizes with different roots are proof of a fork by themselves;
    /// otherwise a wrong proof may also be the messenger's fault.
    /// </returns>
    public Outcome<Checkpoint> Extends(Checkpoint older, MerklePath proof)
    {
        if (older.Origin != Origin)
            return new Refused(RegisterRefusals.CheckpointOrigin);
        if (older.Size > Size)
            return new Refused(RegisterRefusals.CheckpointBehind);
        return MerkleProof.Extends(older.Size, older.Root, Size, Root, proof.Hashes)
            ? new Admitted(this)
            : new Refused(RegisterRefusals.NotConsistent);
    }

    /// <summary>The checkpoint as a note without signatures.</summary>
    public SignedNote ToNote() => SignedNote.Unsigned(ToString());

    /// <summary>The text that is signed, with its last newline.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Root}\n{Extension}");
}
