// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;

namespace Comity.Register;

/// <summary>Every refusal of the register, in one place, so that a code has one meaning and one source.</summary>
internal static class RegisterRefusals
{
    private static readonly Citation Inclusion = new("RFC 6962", "2.1.1");
    private static readonly Citation Consistency = new("RFC 6962", "2.1.2");
    private static readonly Citation SignedNote = new("C2SP", "signed-note");
    private static readonly Citation TlogCheckpoint = new("C2SP", "tlog-checkpoint");
    private static readonly Citation TlogCosignature = new("C2SP", "tlog-cosignature");
    private static readonly Citation TlogProof = new("C2SP", "tlog-proof");
    private static readonly Citation TlogTiles = new("C2SP", "tlog-tiles");
    private static readonly Citation TlogWitness = new("C2SP", "tlog-witness");
    private static readonly Citation LeafForm = new("docs/spec/register.md", "1");
    private static readonly Citation ReceiptForm = new("docs/spec/register.md", "4");
    private static readonly Citation ReceiptCheck = new("docs/spec/register.md", "5");

    internal static Refusal IndexOutOfRange { get; } = new("register.index-out-of-range", Inclusion);
    internal static Refusal SizeOutOfRange { get; } = new("register.size-out-of-range", Consistency);
    internal static Refusal ProofMalformed { get; } = new("register.proof-malformed", Inclusion);
    internal static Refusal ProofWrong { get; } = new("register.proof-wrong", Inclusion);
    internal static Refusal NotConsistent { get; } = new("register.not-consistent", Consistency);
    internal static Refusal CheckpointBehind { get; } = new("register.checkpoint-behind", TlogCheckpoint);

    internal static Refusal NoteMalformed { get; } = new("register.note-malformed", SignedNote);
    internal static Refusal NoteTooLarge { get; } = new("register.note-too-large", SignedNote);
    internal static Refusal KeyMalformed { get; } = new("register.key-malformed", SignedNote);
    internal static Refusal KeyIdWrong { get; } = new("register.key-id-wrong", SignedNote);
    internal static Refusal KeyTypeWrong { get; } = new("register.key-type-wrong", SignedNote);

    internal static Refusal CheckpointMalformed { get; } = new("register.checkpoint-malformed", TlogCheckpoint);
    internal static Refusal CheckpointOrigin { get; } = new("register.checkpoint-origin", TlogCheckpoint);
    internal static Refusal CheckpointUnsigned { get; } = new("register.checkpoint-unsigned", SignedNote);
    internal static Refusal CheckpointSignatureWrong { get; } = new("register.checkpoint-signature-wrong", SignedNote);
    internal static Refusal CosignatureWrong { get; } = new("register.cosignature-wrong", TlogCosignature);

    internal static Refusal TileMissing { get; } = new("register.tile-missing", TlogTiles);
    internal static Refusal TileWrong { get; } = new("register.tile-wrong", TlogTiles);
    internal static Refusal RootWrong { get; } = new("register.root-wrong", TlogCheckpoint);
    internal static Refusal TileMalformed { get; } = new("register.tile-malformed", TlogTiles);
    internal static Refusal SubmissionMalformed { get; } = new("register.submission-malformed", TlogWitness);
    internal static Refusal SubmissionTooLarge { get; } = new("register.submission-too-large", TlogWitness);

    internal static Refusal LeafNotCanonical { get; } = new("register.leaf-not-canonical", LeafForm);
    internal static Refusal ReceiptTooLarge { get; } = new("register.receipt-too-large", ReceiptForm);
    internal static Refusal ReceiptMalformed { get; } = new("register.receipt-malformed", ReceiptForm);
    internal static Refusal ReceiptVersion { get; } = new("register.receipt-version", ReceiptForm);
    internal static Refusal ReceiptOtherAct { get; } = new("register.receipt-other-act", ReceiptCheck);
    internal static Refusal TlogProofTooLarge { get; } = new("register.tlog-proof-too-large", TlogProof);
    internal static Refusal TlogProofMalformed { get; } = new("register.tlog-proof-malformed", TlogProof);
    internal static Refusal TlogProofWithoutLeaf { get; } = new("register.tlog-proof-without-leaf", ReceiptForm);

    /// <summary>The same refusal, with a place such as <c>line 3</c> or <c>byte 17</c>.</summary>
    internal static Refusal In(this Refusal refusal, string unit, int number) =>
        refusal with
        {
            Where = $"{unit} {number.ToString(CultureInfo.InvariantCulture)}",
        };

    /// <summary>The same refusal, with a place one level further out: <c>proof</c> and <c>hash 2</c>.</summary>
    internal static Refusal Within(this Refusal refusal, string member) =>
        refusal with
        {
            Where = refusal.Where.Length == 0 ? member : $"{member} {refusal.Where}",
        };

    /// <inheritdoc cref="Within(Refusal, string)"/>
    internal static Outcome<T> Within<T>(this Outcome<T> outcome, string member) =>
        outcome is Outcome<T>.Refused refused ? new Outcome<T>.Refused(refused.Why.Within(member)) : outcome;
}
