// SPDX-License-Identifier: EUPL-1.2
using static Comity.Outcome<Comity.Register.Receipt>;

namespace Comity.Register;

/// <summary>What a node gives for an act: where its register says what about it, and the proof of that.</summary>
/// <remarks>
/// One signature covers a whole batch: the checkpoint's. A receipt is nobody's word until <see cref="Verify"/> says so.
/// Immutable; equal by value.
/// </remarks>
public sealed record Receipt
{
    /// <summary>Largest receipt that is read, in bytes of JSON.</summary>
    public const int MaximumBytes = 16 * 1024;

    /// <summary>The specification a receipt follows: the value of its <c>version</c> member.</summary>
    public const string Version = "comity-register@v1";

    /// <summary>Puts a receipt together, as the node that keeps the register does.</summary>
    /// <param name="leaf">What the register says.</param>
    /// <param name="salt">The salt of its entry.</param>
    /// <param name="index">The entry, from 0; negative throws.</param>
    /// <param name="path">Its inclusion proof in the checkpoint's register.</param>
    /// <param name="checkpoint">The checkpoint with its signatures; at least one, or it throws.</param>
    public Receipt(Leaf leaf, Salt salt, long index, MerklePath path, SignedNote checkpoint)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfZero(checkpoint.Signatures.Length, nameof(checkpoint));
        Leaf = leaf;
        Salt = salt;
        Index = index;
        Path = path;
        Checkpoint = checkpoint;
    }

    /// <summary>What the register says about the act.</summary>
    public Leaf Leaf { get; }

    /// <summary>The salt of the entry.</summary>
    public Salt Salt { get; }

    /// <summary>The entry, from 0.</summary>
    public long Index { get; }

    /// <summary>The inclusion proof of the entry in the checkpoint's register.</summary>
    public MerklePath Path { get; }

    /// <summary>The checkpoint, with the register's signature and perhaps those of witnesses.</summary>
    public SignedNote Checkpoint { get; }

    /// <summary>Reads a receipt's JSON.</summary>
    /// <param name="json">Bytes from outside.</param>
    /// <returns>
    /// The receipt, not verified, or a refusal coded <c>register.receipt-too-large</c>,
    /// <c>register.receipt-malformed</c>, <c>register.receipt-version</c>, <c>register.leaf-not-canonical</c>,
    /// <c>register.proof-malformed</c>, <c>register.note-too-large</c> or <c>register.note-malformed</c>.
    /// </returns>
    public static Outcome<Receipt> Parse(ReadOnlySpan<byte> json) => ReceiptJson.Read(json);

    /// <summary>Reads the <c>.tlog-proof</c> form of a receipt.</summary>
    /// <param name="proof">A proof whose extra data is a salt and a leaf's canonical text.</param>
    /// <returns>
    /// The receipt, not verified, or a refusal coded <c>register.tlog-proof-without-leaf</c> (extra data too short for
    /// a salt) or <c>register.leaf-not-canonical</c>.
    /// </returns>
    public static Outcome<Receipt> Of(TlogProof proof)
    {
        var extra = proof.Extra.AsSpan();
        if (extra.Length < Salt.Size)
            return new Refused(RegisterRefusals.TlogProofWithoutLeaf);
        var salt = new Salt(extra[..Salt.Size]);
        return Leaf.Parse(extra[Salt.Size..])
            .Map(leaf => new Receipt(leaf, salt, proof.Index, proof.Path, proof.Checkpoint));
    }

    /// <summary>Checks everything a receipt claims, against a key and an origin that were agreed before.</summary>
    /// <remarks>
    /// Looks at no clock and at no witness: how fresh a checkpoint is and who cosigned it are read off
    /// <see cref="Cosignature.Read"/>. Does not know which act was meant: see <see cref="VerifyFor(Digest, NoteVerifier, string)"/>.
    /// </remarks>
    /// <param name="register">The register's key, from its Party's directory entry.</param>
    /// <param name="origin">The origin that key is trusted for.</param>
    /// <returns>
    /// This receipt, or a refusal coded <c>register.key-type-wrong</c>, <c>register.checkpoint-unsigned</c>,
    /// <c>register.checkpoint-signature-wrong</c>, <c>register.checkpoint-malformed</c>,
    /// <c>register.checkpoint-origin</c>, <c>register.index-out-of-range</c> or <c>register.proof-wrong</c>, in that
    /// order.
    /// </returns>
    public Outcome<Receipt> Verify(NoteVerifier register, string origin) =>
        Register.Checkpoint.Open(Checkpoint, register, origin).Then(CheckAgainst);

    /// <summary>The same, where many receipts carry one checkpoint and its signature is to be verified once.</summary>
    /// <param name="act">The act's id: the SHA-256 of the signed bytes at hand.</param>
    /// <param name="open">
    /// Must give what <see cref="Register.Checkpoint.Open"/> gives of that very note, with the register's key and origin.
    /// </param>
    /// <returns>As <see cref="VerifyFor(Digest, NoteVerifier, string)"/>.</returns>
    public Outcome<Receipt> VerifyFor(Digest act, Func<SignedNote, Outcome<Checkpoint>> open) =>
        Leaf.Act == act ? open(Checkpoint).Then(CheckAgainst) : new Refused(RegisterRefusals.ReceiptOtherAct);

    /// <summary>Checks a receipt and that it is for this act.</summary>
    /// <param name="act">The act's id: the SHA-256 of the signed bytes at hand.</param>
    /// <param name="register">The register's key, from its Party's directory entry.</param>
    /// <param name="origin">The origin that key is trusted for.</param>
    /// <returns>
    /// This receipt, or a refusal coded <c>register.receipt-other-act</c> or one of those of <see cref="Verify"/>.
    /// </returns>
    public Outcome<Receipt> VerifyFor(Digest act, NoteVerifier register, string origin) =>
        Leaf.Act == act ? Verify(register, origin) : new Refused(RegisterRefusals.ReceiptOtherAct);

    /// <summary>The receipt as JSON, always the same bytes for the same receipt.</summary>
    /// <remarks>
    /// Throws when it would be larger than anybody reads: then the checkpoint carries more signatures than a receipt
    /// has room for, and some of the witnesses' belong elsewhere.
    /// </remarks>
    public byte[] ToJson() => ReceiptJson.Write(this);

    /// <summary>The receipt as a <c>.tlog-proof</c>: salt and leaf are its extra data.</summary>
    public TlogProof ToTlogProof()
    {
        Span<byte> salt = stackalloc byte[Salt.Size];
        Salt.CopyTo(salt);
        return new TlogProof([.. salt, .. Leaf.Canonical()], Index, Path, Checkpoint);
    }

    private Outcome<Receipt> CheckAgainst(Checkpoint checkpoint)
    {
        if (Index >= checkpoint.Size)
            return new Refused(RegisterRefusals.IndexOutOfRange);
        var leaf = TreeHash.OfLeaf(Leaf.Entry(Salt));
        return MerkleProof.Includes(leaf, Index, checkpoint.Size, Path.Hashes, checkpoint.Root)
            ? new Admitted(this)
            : new Refused(RegisterRefusals.ProofWrong);
    }
}
