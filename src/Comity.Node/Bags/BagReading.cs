// SPDX-License-Identifier: EUPL-1.2
using Comity.Exchange;
using Comity.Files;
using Comity.Node.Hosting;
using Comity.Parties;
using Comity.Signatures;

namespace Comity.Node.Bags;

/// <summary>Reads a diplomatic bag through before a word of it is believed: it is taken in whole, or refused whole.</summary>
/// <remarks>
/// Every file is opened or hashed to its end and every letter is read, and nothing is written meanwhile. Memory holds one
/// letter at a time. What changes on the medium afterwards is found again when it is taken in, by its digest.
/// </remarks>
internal sealed class BagReading(NodeParts node)
{
    private const int Envelope = CertificateText.MaximumBytes + 64 * 1024;

    private static readonly Citation Specification = new("docs/spec/bag.md", "4");

    /// <summary>Reads a bag.</summary>
    /// <param name="folder">The bag.</param>
    /// <param name="progress">Told the bytes of exhibits read so far.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>
    /// The bag, or a refusal whose place is the file it is about: <c>bag.file-missing</c>, <c>bag.file-differs</c>,
    /// <c>bag.malformed</c>, <c>bag.other-addressee</c>, <c>bag.sender-unknown</c>, <c>bag.signature-wrong</c>,
    /// <c>exchange.malformed</c>, <c>exchange.outside-limits</c>, or any of <see cref="Opening"/>, of
    /// <see cref="SignedBytes.Parse"/> and of <see cref="PartyDirectory.Accept"/>.
    /// </returns>
    public async Task<Outcome<ReadBag>> ReadAsync(BagFolder folder, IProgress<long>? progress, CancellationToken stop)
    {
        var opened = await OpenManifestAsync(folder, stop);
        if (opened is Outcome<SignedBytes>.Refused unread)
        {
            return At(BagFolder.Manifest, unread.Why);
        }

        var signed = ((Outcome<SignedBytes>.Admitted)opened).Value;
        var read = ExchangeEncoding.Read<BagManifest>(signed.Content.Span);
        if (read is Outcome<BagManifest>.Refused malformed)
        {
            return At(BagFolder.Manifest, malformed.Why);
        }

        var manifest = ((Outcome<BagManifest>.Admitted)read).Value;
        var sender = await SenderAsync(manifest, signed, stop);
        if (sender is Outcome<SignedEntry>.Refused stranger)
        {
            return At(BagFolder.Manifest, stranger.Why);
        }

        for (var i = 0; i < manifest.Letters.Count; i++)
        {
            if (await ReadLetterAsync(folder, manifest, i, stop) is Outcome<BagLetter>.Refused bad)
            {
                return At(BagFolder.LetterName(i), bad.Why);
            }
        }

        var before = 0L;
        foreach (var exhibit in manifest.Exhibits)
        {
            var name = BagFolder.ExhibitName(exhibit.Sha256);
            var report = new ProgressFrom(progress, before);
            if (await folder.PassAsync(name, exhibit, null, report, stop) is { } bad)
            {
                return At(name, bad);
            }

            before += exhibit.Size;
        }

        var entry = ((Outcome<SignedEntry>.Admitted)sender).Value;
        return new Outcome<ReadBag>.Admitted(new ReadBag(folder, manifest, signed.Id, entry));
    }

    /// <summary>Opens and reads a letter.</summary>
    public async Task<Outcome<BagLetter>> ReadLetterAsync(
        BagFolder folder,
        BagManifest manifest,
        int place,
        CancellationToken stop
    )
    {
        var bytes = await folder.ReadAsync(BagFolder.LetterName(place), manifest.Letters[place], stop);
        if (bytes is Outcome<byte[]>.Refused missing)
        {
            return new Outcome<BagLetter>.Refused(missing.Why);
        }

        var plain = await OpenAsync(new MemoryStream(((Outcome<byte[]>.Admitted)bytes).Value), stop);
        return plain.Then(letter =>
            letter.Length > BagLetter.MaximumBytes
                ? BagFolder.Refuse<BagLetter>("exchange.outside-limits", "")
                : ExchangeEncoding.Read<BagLetter>(letter)
        );
    }

    private async Task<Outcome<SignedBytes>> OpenManifestAsync(BagFolder folder, CancellationToken stop)
    {
        var file = folder.Open(BagFolder.Manifest, null);
        if (file is Outcome<FileStream>.Refused missing)
        {
            return new Outcome<SignedBytes>.Refused(missing.Why);
        }

        await using var stream = ((Outcome<FileStream>.Admitted)file).Value;
        var bytes = new byte[Math.Min(stream.Length, BagManifest.MaximumBytes + Envelope) + 1];
        var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, stop);
        return read == bytes.Length
            ? BagFolder.Refuse<SignedBytes>("bag.malformed", "")
            : (await OpenAsync(new MemoryStream(bytes, 0, read), stop)).Then(plain =>
                SignedBytes.Parse(plain, BagManifest.MaximumBytes)
            );
    }

    private async Task<Outcome<byte[]>> OpenAsync(MemoryStream sealedFile, CancellationToken stop)
    {
        using var plain = new MemoryStream();
        var outcome = await Opening.OpenAsync(sealedFile, plain, node.Keys.Bag, cancel: stop);
        return outcome.Map(_ => plain.ToArray());
    }

    // Who sent it is decided by the newest entry there is, the one in the bag included: its root signed it, and nothing of
    // it is kept before the whole bag has been read.
    private async Task<Outcome<SignedEntry>> SenderAsync(
        BagManifest manifest,
        SignedBytes signed,
        CancellationToken stop
    )
    {
        if (manifest.To != node.Settings.Party)
        {
            return Refuse("bag.other-addressee", "to");
        }

        if (manifest.Made != signed.SignedAt)
        {
            return Refuse("bag.malformed", "made");
        }

        var directory = await node.Directories.CurrentAsync(stop);
        var encoded = new byte[manifest.Entry.Length];
        if (
            !Convert.TryFromBase64String(manifest.Entry, encoded, out var length)
            || SignedEntry.Parse(encoded.AsMemory(0, length)) is not Outcome<SignedEntry>.Admitted entry
            || entry.Value.Entry.Party != manifest.From
        )
        {
            return Refuse("bag.malformed", "entry");
        }

        var accepted = directory.Accept(entry.Value, node.Now);
        if (accepted is Outcome<PartyDirectory>.Refused { Why.Code: not "directory.rollback" } refused)
        {
            // An entry older than the one held only says that the bag has travelled; any other is not the sender's.
            return new Outcome<SignedEntry>.Refused(refused.Why with { Where = "entry" });
        }

        var newest = accepted is Outcome<PartyDirectory>.Admitted admitted ? admitted.Value : directory;
        if (
            manifest.From == node.Settings.Party
            || newest.Find(manifest.From)?.Entry.Tls.All(c => c.Id != signed.Signer.Id) != false
        )
        {
            return Refuse("bag.sender-unknown", "from");
        }

        using var key = PinnedKey.TryImport(signed.Signer);
        return key is not null && signed.VerifiesWith(key)
            ? new Outcome<SignedEntry>.Admitted(newest.Find(manifest.From)!)
            : Refuse("bag.signature-wrong", "");
    }

    // The file first, then where in it, so that an operator knows which to look at.
    private static Outcome<ReadBag> At(string file, Refusal why) =>
        new Outcome<ReadBag>.Refused(
            why with
            {
                Where = why.Where.Length == 0 || why.Where == file ? file : $"{file}: {why.Where}",
            }
        );

    private static Outcome<SignedEntry> Refuse(string code, string where) =>
        new Outcome<SignedEntry>.Refused(new Refusal(code, Specification, where));
}

/// <summary>A bag that was read through and is what its sender packed.</summary>
/// <param name="Folder">Where it lies.</param>
/// <param name="Manifest">What it says of itself.</param>
/// <param name="Id">SHA-256 of the signed manifest.</param>
/// <param name="Entry">The sender's newest entry, from the bag or from before.</param>
internal sealed record ReadBag(BagFolder Folder, BagManifest Manifest, Digest Id, SignedEntry Entry);
