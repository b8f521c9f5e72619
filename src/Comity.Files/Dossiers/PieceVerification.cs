// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using Comity.Acts;
using Comity.Evidence;
using Comity.Parties;
using Comity.Register;

namespace Comity.Files.Dossiers;

/// <summary>Verifies what lies by itself, offline: a register's receipt or proof, or a file of evidence.</summary>
public static class PieceVerification
{
    /// <summary>Reads a receipt in either of its forms.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <returns>
    /// Nothing when it is in neither form; otherwise the receipt, not verified, or a refusal of <see cref="TlogProof.Parse"/>
    /// or <see cref="Comity.Register.Receipt.Of"/>.
    /// </returns>
    public static Outcome<Receipt>? ReadReceipt(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("c2sp.org/tlog-proof@"u8) ? TlogProof.Parse(bytes).Then(Comity.Register.Receipt.Of)
        : Comity.Register.Receipt.Parse(bytes) is Outcome<Receipt>.Admitted receipt ? receipt
        : null;

    /// <summary>Verifies a receipt or a proof.</summary>
    /// <param name="name">What to call it in the report.</param>
    /// <param name="read">What was read.</param>
    /// <param name="act">The act it should be for, when that is known.</param>
    /// <param name="key">The register's key, when it was given.</param>
    /// <param name="entries">Directory entries at hand, which have registers' keys.</param>
    public static VerificationReport Receipt(
        string name,
        Outcome<Receipt> read,
        ActId? act,
        NoteVerifier? key,
        IEnumerable<SignedEntry> entries
    )
    {
        var report = new VerificationReport();
        if (read is not Outcome<Receipt>.Admitted receipt)
        {
            report.Bad(name, "is a receipt", ((Outcome<Receipt>.Refused)read).Why.Code);
            return report;
        }

        var leaf = receipt.Value.Leaf;
        if (act is null)
        {
            report.Open(
                name,
                "is for the act meant",
                $"it is for {leaf.Act}: give the act with --act, or its id with --id"
            );
        }
        else if (leaf.Act == act.Digest)
        {
            report.Good(name, "is for the act meant", act.ToString());
        }
        else
        {
            report.Bad(name, "is for the act meant", $"register.receipt-other-act: it is for {leaf.Act}");
        }

        if (KeyFor(receipt.Value, key, entries) is not { } known)
        {
            report.Open(
                name,
                "is in its register",
                "the register's key was not given: give it with --key, or its Party's directory entry with --entry"
            );
            return report;
        }

        var what = $"is in the register {known.Origin}";
        if (receipt.Value.Verify(known.Key, known.Origin) is Outcome<Receipt>.Refused refused)
        {
            report.Bad(name, what, refused.Why.Code);
        }
        else
        {
            report.Good(
                name,
                what,
                $"entry {receipt.Value.Index}, {ActVerification.RecordedOf(leaf)}, {Instants.Format(leaf.Entered)}"
            );
        }

        return report;
    }

    /// <summary>Verifies a file of evidence, sealed or opened, by reading it once.</summary>
    /// <param name="name">What to call it in the report.</param>
    /// <param name="beginning">Its first bytes, already read.</param>
    /// <param name="rest">The others, of any number.</param>
    /// <param name="supply">The act that should supply it, when that was given.</param>
    /// <param name="expected">The digest it should have, when that was given.</param>
    /// <param name="stop">Stops the reading.</param>
    public static async Task<VerificationReport> ExhibitAsync(
        string name,
        ReadOnlyMemory<byte> beginning,
        Stream rest,
        SignedAct? supply,
        Digest? expected,
        CancellationToken stop
    )
    {
        var report = new VerificationReport();
        var (digest, size) = await MeasureAsync(beginning, rest, stop).ConfigureAwait(false);
        if (expected is not null)
        {
            const string what = "has the digest given";
            if (digest == expected)
            {
                report.Good(name, what, digest.ToString());
            }
            else
            {
                report.Bad(name, what, $"exhibit.differs: it is {digest}");
            }
        }

        if (supply is not null)
        {
            var manifests = supply.Act.Body is Supply body ? body.Exhibits.Select(e => e.Manifest).ToList() : [];
            var what = $"is an exhibit that the act {supply.Id} supplies";
            if (manifests.Find(m => (m.SealedSha256, m.SealedSize) == (digest, size)) is { } asSealed)
            {
                report.Good(name, what, $"{asSealed.Name}, sealed, {size} bytes");
            }
            else if (manifests.Find(m => (m.Sha256, m.Size) == (digest, size)) is { } opened)
            {
                report.Good(name, what, $"{opened.Name}, opened, {size} bytes");
            }
            else
            {
                report.Bad(name, what, $"exhibit.differs: its digest is {digest}");
            }
        }

        return report;
    }

    private static (string Origin, NoteVerifier Key)? KeyFor(
        Receipt receipt,
        NoteVerifier? given,
        IEnumerable<SignedEntry> entries
    )
    {
        if (given is not null)
        {
            return (given.Name, given);
        }

        var origin = receipt.Checkpoint.Text.Split('\n')[0];
        var stated = entries
            .Where(e => e.Entry.Register.Origin == origin)
            .OrderByDescending(e => e.Entry.Version)
            .FirstOrDefault();
        return stated is not null && NoteVerifier.Parse(stated.Entry.Register.Key) is Outcome<NoteVerifier>.Admitted key
            ? (origin, key.Value)
            : null;
    }

    private static async Task<(Digest Digest, long Size)> MeasureAsync(
        ReadOnlyMemory<byte> beginning,
        Stream rest,
        CancellationToken stop
    )
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(beginning.Span);
        var buffer = new byte[1 << 20];
        long size = beginning.Length;
        int read;
        while ((read = await rest.ReadAsync(buffer, stop).ConfigureAwait(false)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            size += read;
        }

        return (new Digest(hash.GetHashAndReset()), size);
    }
}
