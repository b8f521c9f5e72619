// SPDX-License-Identifier: EUPL-1.2
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Comity.Register;

/// <summary>
/// A witness's statement: at this time, this was the largest register it had seen, and it had only grown.
/// </summary>
/// <remarks>Source: C2SP tlog-cosignature, the Ed25519 type. Only verified ones exist as this type.</remarks>
/// <param name="Witness">The name of the witness's key.</param>
/// <param name="At">When it signed, UTC, whole seconds, by the witness's own clock.</param>
public sealed record Cosignature(string Witness, DateTimeOffset At)
{
    // The last second that has a four-digit year, 9999-12-31T23:59:59Z. The format itself goes to 2^63-1.
    private const ulong LastSecond = 253_402_300_799;

    /// <summary>Which of the witnesses one trusts have cosigned a note, and when.</summary>
    /// <param name="note">The note; its log signature is a different question.</param>
    /// <param name="witnesses">Keys of type <see cref="NoteKeyType.Cosigner"/>.</param>
    /// <returns>
    /// One cosignature per witness that signed, the latest, in the order of <paramref name="witnesses"/>; or a refusal
    /// coded <c>register.cosignature-wrong</c>, placed at the witness's name, when a line by one of them does not hold,
    /// or <c>register.key-type-wrong</c>, placed likewise, since a log's own signature is nobody's second opinion.
    /// </returns>
    public static Outcome<ImmutableArray<Cosignature>> Read(SignedNote note, IEnumerable<NoteVerifier> witnesses)
    {
        var found = ImmutableArray.CreateBuilder<Cosignature>();
        foreach (var witness in witnesses.Distinct())
        {
            if (witness.Type != NoteKeyType.Cosigner)
                return Refuse(RegisterRefusals.KeyTypeWrong, witness);
            var times = new List<DateTimeOffset>();
            foreach (var line in note.Signatures.Where(witness.IsNamedBy))
            {
                if (!witness.Verifies(note.Text, line) || !TryTime(line.Signature(), out var at))
                    return Refuse(RegisterRefusals.CosignatureWrong, witness);
                times.Add(at);
            }
            if (times.Count > 0)
                found.Add(new Cosignature(witness.Name, times.Max()));
        }
        return new Outcome<ImmutableArray<Cosignature>>.Admitted(found.ToImmutable());
    }

    /// <summary>
    /// What a witness signs: two lines that set it apart from a log's signature, then the note's text.
    /// </summary>
    /// <param name="text">A checkpoint's text, with its last newline.</param>
    /// <param name="at">UTC, whole seconds, from 1970. Throws otherwise.</param>
    public static byte[] Message(string text, DateTimeOffset at) =>
        Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {Seconds(at)}\n{text}")
        );

    /// <summary>The witness and the time.</summary>
    public override string ToString() => $"{Witness} {Instants.Format(At)}";

    /// <summary>Puts the time before the 64 bytes of the signature, as they stand on the line.</summary>
    internal static byte[] Join(DateTimeOffset at, ReadOnlySpan<byte> signature)
    {
        var joined = new byte[8 + signature.Length];
        BinaryPrimitives.WriteInt64BigEndian(joined, Seconds(at));
        signature.CopyTo(joined.AsSpan(8));
        return joined;
    }

    /// <summary>
    /// Reads the time off a cosignature: false when it is no cosignature or lies after the year 9999.
    /// </summary>
    internal static bool TryTime(ReadOnlySpan<byte> timeAndSignature, out DateTimeOffset at)
    {
        at = default;
        if (timeAndSignature.Length != 8 + 64)
            return false;
        var seconds = BinaryPrimitives.ReadUInt64BigEndian(timeAndSignature);
        if (seconds > LastSecond)
            return false;
        at = DateTimeOffset.FromUnixTimeSeconds((long)seconds);
        return true;
    }

    private static Outcome<ImmutableArray<Cosignature>> Refuse(Refusal why, NoteVerifier witness) =>
        new Outcome<ImmutableArray<Cosignature>>.Refused(why.Within(witness.Name));

    private static long Seconds(DateTimeOffset at) =>
        Instants.IsWhole(at)
            ? at.ToUnixTimeSeconds()
            : throw new ArgumentOutOfRangeException(
                nameof(at),
                "a cosignature's time is UTC in whole seconds, from 1970"
            );
}
