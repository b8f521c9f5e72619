// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography.X509Certificates;
using Comity.Evidence;
using Comity.Exchange;
using Comity.Files;
using Comity.Files.Keys;
using Comity.Node.Bags;
using Comity.Signatures;

namespace Comity.Node.Tests.Bags;

/// <summary>A bag in the hands of someone who keeps to no rule.</summary>
internal sealed class ForgedBag(string folder, Digest act, HostilePeer hostile) : IDisposable
{
    public string Folder { get; } = folder;

    public Digest Act { get; } = act;

    public void Dispose() => hostile.Keys.Dispose();

    /// <summary>Packs whatever is given for XA, in the name and with the keys of XB.</summary>
    /// <param name="pair">The nodes.</param>
    /// <param name="hostile">XB's keys.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="acts">What the one letter holds.</param>
    /// <param name="change">What the manifest says otherwise.</param>
    /// <param name="signer">Another certificate under the manifest.</param>
    /// <param name="key">Another key than the certificate's.</param>
    /// <param name="signedLater">By how much later it was signed than it says.</param>
    public static async Task PackAsync(
        BagPair pair,
        HostilePeer hostile,
        string folder,
        IReadOnlyList<PushedAct> acts,
        Func<BagManifest, BagManifest>? change = null,
        X509Certificate2? signer = null,
        X509Certificate2? key = null,
        TimeSpan signedLater = default
    )
    {
        Directory.CreateDirectory(Path.Combine(folder, "letters"));
        var recipient = Recipient.Parse(pair.A.Entry.Entry.Bag!).Admitted();
        var letter = ExchangeEncoding.Write(new BagLetter(acts, []));
        var listed = await SealAsync(Path.Combine(folder, BagFolder.LetterName(0)), letter, recipient);
        var manifest = new BagManifest(
            BagManifest.Version,
            hostile.Party,
            pair.A.Party,
            pair.A.Parts.Now,
            Convert.ToBase64String(pair.B.Entry.Signed.Encoded.Span),
            -1,
            "",
            -1,
            [listed],
            []
        );
        var certificate = signer ?? hostile.Keys.Connection;
        var said = change?.Invoke(manifest) ?? manifest;
        var input = SigningInput.For(
            ExchangeEncoding.Write(said),
            Certificates.TextOf(certificate),
            said.Made + signedLater
        );
        var signed = Certificates.Sign(input, key ?? certificate);
        await SealAsync(Path.Combine(folder, BagFolder.Manifest), signed, recipient);
    }

    private static async Task<BagFile> SealAsync(string file, byte[] plain, Recipient recipient)
    {
        await using var stream = File.Create(file);
        var exhibit = (await Sealing.SealAsync(new MemoryStream(plain), stream, [recipient], cancel: Stop)).Admitted();
        return new BagFile(exhibit.Sealed.Sha256, exhibit.Sealed.Size);
    }
}
