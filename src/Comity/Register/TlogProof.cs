// SPDX-License-Identifier: EUPL-1.2
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using static Comity.Outcome<Comity.Register.TlogProof>;

namespace Comity.Register;

/// <summary>An inclusion proof with its checkpoint as a file for stock tools and other logs' software.</summary>
/// <remarks>
/// Source: C2SP tlog-proof, by custom a file named <c>.tlog-proof</c>. Line by line, so that <c>sed</c>, <c>base64</c>
/// and <c>openssl</c> can check it. Nothing in it is verified by being read. Immutable.
/// </remarks>
public sealed class TlogProof
{
    /// <summary>
    /// Largest file that is read, in bytes: the largest note, 63 hashes, the extra data, and the other lines.
    /// </summary>
    public const int MaximumBytes = SignedNote.MaximumBytes + 16 * 1024;

    /// <summary>Largest extra data, in bytes before base64.</summary>
    public const int MaximumExtraBytes = 8 * 1024;

    private const string Header = "c2sp.org/tlog-proof@v1";
    private const string ExtraKey = "extra ";
    private const string IndexKey = "index ";

    /// <summary>Puts a proof together.</summary>
    /// <param name="extra">Up to 8 KiB that the format does not look into; empty for none. More throws.</param>
    /// <param name="index">The entry, from 0; negative throws.</param>
    /// <param name="path">Its inclusion proof in the checkpoint's register.</param>
    /// <param name="checkpoint">The checkpoint with its signatures; at least one, or it throws.</param>
    public TlogProof(ReadOnlySpan<byte> extra, long index, MerklePath path, SignedNote checkpoint)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(extra.Length, MaximumExtraBytes, nameof(extra));
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfZero(checkpoint.Signatures.Length, nameof(checkpoint));
        Extra = [.. extra];
        Index = index;
        Path = path;
        Checkpoint = checkpoint;
    }

    /// <summary>
    /// Data that the proof does not cover. A reader uses it only to make the entry that the proof covers.
    /// </summary>
    public ImmutableArray<byte> Extra { get; }

    /// <summary>The entry, from 0.</summary>
    public long Index { get; }

    /// <summary>The inclusion proof.</summary>
    public MerklePath Path { get; }

    /// <summary>The checkpoint with its signatures.</summary>
    public SignedNote Checkpoint { get; }

    /// <summary>Reads the file.</summary>
    /// <returns>
    /// The proof, not verified, or a refusal coded <c>register.tlog-proof-too-large</c>,
    /// <c>register.tlog-proof-malformed</c> (placed at a line), or one of those of <see cref="MerklePath.Parse"/> and
    /// <see cref="SignedNote.Parse"/>, placed after <c>proof</c> and <c>checkpoint</c>.
    /// </returns>
    public static Outcome<TlogProof> Parse(ReadOnlySpan<byte> file)
    {
        if (file.Length > MaximumBytes)
            return new Refused(RegisterRefusals.TlogProofTooLarge);
        var split = file.IndexOf("\n\n"u8);
        if (split < 0)
            return new Refused(RegisterRefusals.TlogProofMalformed);
        var checkpoint = file[(split + 2)..].ToArray();
        // The head is ASCII; a byte that is not fails wherever it stands.
        var head = Encoding.Latin1.GetString(file[..split]).Split('\n');
        var line = 0;
        if (head[line++] != Header)
            return new Refused(RegisterRefusals.TlogProofMalformed.In("line", line));
        byte[] extra = [];
        if (line < head.Length && head[line].StartsWith(ExtraKey, StringComparison.Ordinal))
        {
            if (
                !StrictText.TryBase64(head[line++].AsSpan(ExtraKey.Length), out var data)
                || data.Length > MaximumExtraBytes
            )
                return new Refused(RegisterRefusals.TlogProofMalformed.In("line", line));
            extra = data;
        }
        var hasIndex = line < head.Length && head[line].StartsWith(IndexKey, StringComparison.Ordinal);
        if (!hasIndex || !StrictText.TryDecimal(head[line].AsSpan(IndexKey.Length), out var index))
            return new Refused(RegisterRefusals.TlogProofMalformed.In("line", line + 1));
        return MerklePath
            .Parse(head[(line + 1)..])
            .Within("proof")
            .Then(path =>
                SignedNote.Parse(checkpoint).Within("checkpoint").Map(note => new TlogProof(extra, index, path, note))
            );
    }

    /// <summary>The file's bytes.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(ToString());

    /// <summary>The same where the checkpoint's bytes are at hand, as many proofs carry one.</summary>
    /// <param name="checkpoint">What <see cref="SignedNote.ToBytes"/> gives of <see cref="Checkpoint"/>.</param>
    public byte[] ToBytes(ReadOnlySpan<byte> checkpoint) => [.. Encoding.UTF8.GetBytes(Head()), .. checkpoint];

    /// <summary>The file as text.</summary>
    public override string ToString() => Head() + Checkpoint;

    private string Head()
    {
        var text = new StringBuilder().Append(Header).Append('\n');
        if (!Extra.IsEmpty)
            text.Append(ExtraKey).Append(Convert.ToBase64String(Extra.AsSpan())).Append('\n');
        text.Append(IndexKey).Append(CultureInfo.InvariantCulture, $"{Index}\n");
        foreach (var hash in Path.ToBase64())
            text.Append(hash).Append('\n');
        return text.Append('\n').ToString();
    }
}
