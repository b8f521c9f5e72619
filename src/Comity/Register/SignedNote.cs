// SPDX-License-Identifier: EUPL-1.2
using System.Collections.Immutable;
using System.Text;
using static Comity.Outcome<Comity.Register.SignedNote>;

namespace Comity.Register;

/// <summary>
/// Text with signature lines below it (C2SP signed-note): how a checkpoint is kept, sent and exported.
/// </summary>
/// <remarks>
/// The text means nothing until <see cref="NoteVerifier"/> has found a good signature by a key one trusts. Lines of
/// unknown keys are kept as they are, so witnesses, other algorithms and new keys can be added without a new format.
/// What is read is written again byte for byte. Immutable; equal when the bytes are.
/// </remarks>
public sealed record SignedNote
{
    /// <summary>
    /// Largest note that is read, in bytes: 16 signatures of the largest kind C2SP foresees, and the text.
    /// </summary>
    public const int MaximumBytes = 128 * 1024;

    /// <summary>Most signature lines that are read. C2SP signed-note asks for at least 16.</summary>
    public const int MaximumSignatures = 64;

    // Strict: bytes that are not UTF-8 must not turn into replacement characters and verify as something else.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private SignedNote(string text, ImmutableArray<NoteSignature> signatures)
    {
        Text = text;
        Signatures = signatures;
    }

    /// <summary>What is signed, with its last newline.</summary>
    public string Text { get; }

    /// <summary>
    /// The signature lines, in order. At least one when the note came from outside; none is verified.
    /// </summary>
    public ImmutableArray<NoteSignature> Signatures { get; }

    /// <summary>A note to which <see cref="With"/> adds signatures.</summary>
    /// <param name="text">
    /// Valid Unicode, ending in a newline, without other control characters. Throws otherwise.
    /// </param>
    public static SignedNote Unsigned(string text)
    {
        Utf8.GetByteCount(text); // throws for half a surrogate pair
        return text.EndsWith('\n') && HasOnlyText(text)
            ? new SignedNote(text, [])
            : throw new ArgumentException("a note's text ends in a newline and has no control character", nameof(text));
    }

    /// <summary>Reads a note.</summary>
    /// <param name="note">Bytes from outside.</param>
    /// <returns>
    /// The note, not verified, or a refusal coded <c>register.note-too-large</c> or <c>register.note-malformed</c>. A
    /// line that stands twice is malformed; two different lines of one key are not.
    /// </returns>
    public static Outcome<SignedNote> Parse(ReadOnlySpan<byte> note)
    {
        if (note.Length > MaximumBytes)
            return new Refused(RegisterRefusals.NoteTooLarge);
        string all;
        try
        {
            all = Utf8.GetString(note);
        }
        catch (DecoderFallbackException)
        {
            return new Refused(RegisterRefusals.NoteMalformed);
        }
        // The text may hold empty lines itself; the last one in the note parts it from the signatures.
        var split = all.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0 || !HasOnlyText(all))
            return new Refused(RegisterRefusals.NoteMalformed);
        var (text, lines) = (all[..(split + 1)], all[(split + 2)..]);
        var number = text.AsSpan().Count('\n') + 1;
        var signatures = ImmutableArray.CreateBuilder<NoteSignature>();
        foreach (var range in lines.AsSpan().Split('\n'))
        {
            number++;
            var line = lines.AsSpan()[range];
            if (line.IsEmpty && range.Start.Value == lines.Length && signatures.Count > 0)
                break; // after the newline that ends the last line
            if (range.End.Value == lines.Length || signatures.Count == MaximumSignatures)
                return new Refused(RegisterRefusals.NoteMalformed.In("line", number));
            if (!NoteSignature.TryParse(line, out var signature) || signatures.Contains(signature))
                return new Refused(RegisterRefusals.NoteMalformed.In("line", number));
            signatures.Add(signature);
        }
        return new Admitted(new SignedNote(text, signatures.ToImmutable()));
    }

    /// <summary>The note with one more signature line, or the same note when it has that line.</summary>
    /// <remarks>Throws past <see cref="MaximumSignatures"/>, which no reader would take.</remarks>
    public SignedNote With(NoteSignature signature)
    {
        if (Signatures.Contains(signature))
            return this;
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Signatures.Length, MaximumSignatures, nameof(signature));
        return new SignedNote(Text, Signatures.Add(signature));
    }

    /// <summary>Whether a key has signed the text.</summary>
    /// <remarks>
    /// Every line that names the key must hold, not only one: a bad signature under a good key's name is somebody
    /// meddling, and C2SP signed-note says to turn the whole note away.
    /// </remarks>
    /// <returns>
    /// The note, or a refusal coded <c>register.checkpoint-unsigned</c> when no line is by the key, or
    /// <c>register.checkpoint-signature-wrong</c> when one is and does not hold.
    /// </returns>
    public Outcome<SignedNote> SignedBy(NoteVerifier key)
    {
        var byKey = Signatures.Where(key.IsNamedBy).ToList();
        if (byKey.Count == 0)
            return new Refused(RegisterRefusals.CheckpointUnsigned);
        return byKey.TrueForAll(signature => key.Verifies(Text, signature))
            ? new Admitted(this)
            : new Refused(RegisterRefusals.CheckpointSignatureWrong);
    }

    /// <summary>The note as text; its UTF-8 is the note's bytes.</summary>
    public override string ToString() => string.Concat([Text, "\n", .. Signatures.Select(line => line.ToString())]);

    /// <summary>The note's bytes.</summary>
    public byte[] ToBytes() => Utf8.GetBytes(ToString());

    /// <inheritdoc/>
    public bool Equals(SignedNote? other) =>
        other is not null && Text == other.Text && Signatures.AsSpan().SequenceEqual(other.Signatures.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    private static bool HasOnlyText(string text)
    {
        foreach (var c in text)
        {
            if (c < ' ' && c != '\n')
                return false;
        }
        return true;
    }
}
