// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography.X509Certificates;
using Comity.Acts;
using Comity.Evidence;
using Comity.Files.Bundles;
using Comity.Files.Dossiers;
using Comity.Parties;
using Comity.Register;
using Comity.Requests;

namespace Comity.Tests.Files;

/// <summary>A whole case between XA and XB as a folder: a request for stored data, granted, supplied with one exhibit.</summary>
internal sealed class ExportedCase
{
    private readonly LogSigner logA = new("xa.example/register", Some.Digest("log a").ToArray());
    private readonly LogSigner logB = new("xb.example/register", Some.Digest("log b").ToArray());
    private readonly List<(SignedAct Signed, bool IsByA)> acts = [];

    /// <param name="sizeOff">By how much XB says the sealed file is larger than it is.</param>
    public ExportedCase(long sizeOff = 0)
    {
        EntryA = Entry(Some.A, logA);
        EntryB = Entry(Some.B, logB);
        Sealed = "age-encryption.org/v1\nnot really sealed, only the digest matters here"u8.ToArray();
        var request = Say(Some.Request(Comity.Instruments.Measure.StoredData), byA: true);
        Say(new Grant("Law of XB", null, [], [], null, null), byA: false, request);
        Say(
            new Supply(
                [
                    new Exhibit(
                        new ExhibitManifest(
                            "access.log",
                            null,
                            Sealed.Length,
                            Digest.Of(Sealed),
                            Sealed.Length + sizeOff,
                            Digest.Of(Sealed),
                            null
                        ),
                        ["age1example"],
                        new HandlingToken("The proceeding", [], OnwardTransfer.Refused, null, null, [])
                    ),
                ],
                true,
                null
            ),
            byA: false,
            request
        );
    }

    public SignedEntry EntryA { get; }

    public SignedEntry EntryB { get; }

    public byte[] Sealed { get; }

    public IReadOnlyList<SignedAct> Acts => [.. acts.Select(a => a.Signed)];

    /// <summary>What XA would have XB's entry say, signed by XA's own root.</summary>
    public static SignedEntry EntryOfBByA => Some.A.Sign(Some.B.Describe());

    public static string RootsPem =>
        Some.A.Root.ExportCertificatePem() + "\n" + Some.B.Root.ExportCertificatePem() + "\n";

    public static TrustRoots Roots => TrustRoots.Parse(RootsPem).Admitted();

    public Task WriteAsync(string folder) => WriteAsync(folder, _ => null, [EntryA, EntryB]);

    /// <summary>Writes the case with what XB's register would say otherwise, and with other directory entries.</summary>
    public async Task WriteAsync(string folder, Func<int, LeafEntry?> saidByB, IReadOnlyList<SignedEntry> entries) =>
        await DossierFolder.WriteAsync(folder, Export(saidByB, entries), null, TestContext.Current.CancellationToken);

    /// <summary>The case as XA exports it.</summary>
    public ExportedDossier Export() => Export(_ => null, [EntryA, EntryB]);

    /// <summary>What XA puts into a bundle.</summary>
    public BundleContent Content() => new(Export(), Some.XaCentral, Some.Day(5));

    /// <summary>A bundle's bytes.</summary>
    public static async Task<byte[]> BundleAsync(BundleContent content, X509Certificate2? seal = null)
    {
        using var bytes = new MemoryStream();
        var stop = TestContext.Current.CancellationToken;
        var bundle = await Bundle.PrepareAsync(content, seal ?? Some.A.Seal, null, stop);
        await bundle.WriteAsync(bytes, null, stop);
        return bytes.ToArray();
    }

    /// <summary>A checkpoint of XA's register as it publishes them.</summary>
    public SignedNote CheckpointOfA() => Receipted(_ => null)[0].Receipts[0].Receipt.Checkpoint;

    private ExportedDossier Export(Func<int, LeafEntry?> saidByB, IReadOnlyList<SignedEntry> entries) =>
        new(
            Receipted(saidByB),
            entries,
            [new ExportedExhibit(Digest.Of(Sealed), _ => Task.FromResult<Stream>(new MemoryStream(Sealed)))]
        );

    private ActId Say(ActBody body, bool byA, ActId? concerns = null)
    {
        var (from, to, party) = byA
            ? (Some.XaCentral, Some.XbCentral, Some.A)
            : (Some.XbCentral, Some.XaCentral, Some.B);
        var number = acts.Count(a => a.IsByA == byA) + 1;
        var signed = party.Signed(Some.Act(body, from, to, number, concerns));
        acts.Add((signed, byA));
        return signed.Id;
    }

    private List<ExportedAct> Receipted(Func<int, LeafEntry?> saidByB)
    {
        var a = Book(logA, EntryA, isOfA: true, _ => null);
        var b = Book(logB, EntryB, isOfA: false, saidByB);
        return [.. acts.Select((act, i) => new ExportedAct(act.Signed, [(Some.XA, a[i]), (Some.XB, b[i])]))];
    }

    private List<Receipt> Book(LogSigner log, SignedEntry entry, bool isOfA, Func<int, LeafEntry?> said)
    {
        var leaves = acts.Select(
                (act, i) =>
                    new Leaf(
                        act.Signed.Id.Digest,
                        said(i) ?? (act.IsByA == isOfA ? new LeafEntry.Issued() : new LeafEntry.Admitted()),
                        Some.Day(i + 1),
                        entry.Id
                    )
            )
            .ToList();
        var salts = leaves.Select((_, i) => new Salt(Some.Digest($"salt {i}").ToArray())).ToList();
        var tree = MemoryTree.Of([.. leaves.Select((l, i) => TreeHash.OfLeaf(l.Entry(salts[i])))]);
        var note = Checkpoint.Of(log.Verifier.Name, tree.Edge(leaves.Count)).ToNote();
        var signedNote = note.With(log.Sign(note.Text));
        return
        [
            .. leaves.Select(
                (l, i) => new Receipt(l, salts[i], i, tree.Inclusion(i, leaves.Count).Admitted(), signedNote)
            ),
        ];
    }

    private static SignedEntry Entry(TestParty party, LogSigner log) =>
        party.Sign(party.Describe() with { Register = new RegisterKey(log.Verifier.Name, log.Verifier.ToString()) });
}
