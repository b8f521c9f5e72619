// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Evidence;
using Comity.Exchange;
using Comity.Node.Acts;
using Comity.Node.Bags;
using Comity.Node.Checking;
using Comity.Node.Evidence;
using Comity.Node.Exchange;
using Comity.Node.Tests.Desk;
using Comity.Node.Tests.Faults;

namespace Comity.Node.Tests.Bags;

/// <summary>Two nodes that run, with a line between them that a test opens and cuts, and bags that go both ways.</summary>
internal sealed class BagPair : IAsyncDisposable
{
    private int bags;

    private BagPair(Pair pair) => Pair = pair;

    public Pair Pair { get; }

    public TestNode A => Pair.A;

    public TestNode B => Pair.B;

    /// <summary>Whether there is a line.</summary>
    public bool IsLineOpen { get; private set; }

    public static async Task<BagPair> StartAsync(bool isPostQuantum = false)
    {
        var made = new BagPair(await DeskPair.MakeAsync(isPostQuantum));
        foreach (var node in new[] { made.A, made.B })
        {
            node.WrapTransport = transport => new FaultyTransport(transport)
            {
                Plan = _ => made.IsLineOpen ? null : Form.Failed,
            };
            await node.StartAsync();
        }

        return made;
    }

    public ValueTask DisposeAsync() => Pair.DisposeAsync();

    /// <summary>Opens the line, and lets both nodes know.</summary>
    public async Task OpenLineAsync()
    {
        IsLineOpen = true;
        foreach (var node in new[] { A, B })
        {
            await node.Parts.Database.WriteAsync(PeerTables.TryNowAsync, Stop);
            node.Parts.Deliveries.Wake();
        }
    }

    public void CutLine() => IsLineOpen = false;

    /// <summary>Packs what is due to the other, in a folder of its own; nothing when nothing is.</summary>
    public async Task<string?> PackAsync(TestNode from, long since = Packing.Due)
    {
        var folder = Path.Combine(Pair.Folder, $"bag-{++bags}");
        return await PackAsync(from, folder, since) is null ? null : folder;
    }

    /// <summary>Packs what is due to the other into a folder.</summary>
    public async Task<BagManifest?> PackAsync(TestNode from, string folder, long since = Packing.Due)
    {
        var packing = new Packing(from.Parts);
        var due = await packing.FindAsync(OtherOf(from).Party, since, Stop);
        return due.IsNothing
            ? null
            : (await packing.PackAsync(OtherOf(from).Party, due, new BagFolder(folder), null, Stop)).Admitted();
    }

    /// <summary>Reads a bag through.</summary>
    public static Task<Outcome<ReadBag>> ReadAsync(TestNode by, string folder) =>
        new BagReading(by.Parts).ReadAsync(new BagFolder(folder), null, Stop);

    /// <summary>Takes a bag in.</summary>
    public static async Task<Unpacked> TakeAsync(TestNode by, string folder)
    {
        var read = (await ReadAsync(by, folder)).Admitted();
        return (await new Unpacking(by.Parts).TakeAsync(read, null, Stop)).Admitted();
    }

    /// <summary>Packs and takes in at once.</summary>
    public async Task<Unpacked?> CarryAsync(TestNode from) =>
        await PackAsync(from) is { } folder ? await TakeAsync(OtherOf(from), folder) : null;

    public TestNode OtherOf(TestNode node) => node == A ? B : A;

    /// <summary>XB puts a file in, sealed to XA's authority, and supplies it.</summary>
    public async Task<(ActId Act, Digest Sealed)> SupplyAsync(DossierId dossier, ActId request, byte[] plain)
    {
        var document = await PutInAsync(dossier, plain);
        var handling = new HandlingToken("The proceeding named", [], OnwardTransfer.Refused, null, null, []);
        var supply = new Supply([new Exhibit(document.Manifest, document.SealedTo, handling)], true, null);
        return (await B.IssueAsync(Pair.ByB(dossier, supply, request)), document.Manifest.SealedSha256);
    }

    /// <summary>XB puts a file in, sealed to XA's authority.</summary>
    public async Task<ManifestDocument> PutInAsync(DossierId dossier, byte[] plain)
    {
        var row = (await B.Parts.Database.ReadAsync(s => DossierKeys.FindAsync(s, dossier), Stop))!;
        var recipients = A.Entry.Entry.Find("central")!.Evidence.Select(r => Recipient.Parse(r).Admitted()).ToList();
        return (
            await new PuttingIn(B.Parts).SealAsync(
                row,
                new FileGiven("log.txt", "text/plain", null),
                recipients,
                new MemoryStream(plain),
                await B.OfficerAsync(TestNode.Drafter),
                Stop
            )
        ).Admitted();
    }

    /// <summary>A request for stored data that was granted, by wire.</summary>
    public async Task<(DossierId Dossier, ActId Request)> GrantedAsync()
    {
        await OpenLineAsync();
        var granted = await Pair.GrantedAsync();
        await Pair.UntilAsync(
            async () => (await A.DossierAsync(granted.Dossier))!.Dossier.Find(granted.Request)?.Decision is not null,
            "XA hears of the grant"
        );
        CutLine();
        return granted;
    }

    /// <summary>Both hold the same of a dossier, nothing waits, and each node's check finds nothing.</summary>
    public async Task AreAlikeAsync(params IReadOnlyList<DossierId> dossiers)
    {
        foreach (var dossier in dossiers)
        {
            var (a, b) = (await A.DossierAsync(dossier), await B.DossierAsync(dossier));
            Assert.Equal(a!.Dossier.Lines.Select(Line), b!.Dossier.Lines.Select(Line));
            Assert.Empty(a.Pending);
            Assert.Empty(b.Pending);
        }

        foreach (var node in new[] { A, B })
        {
            Assert.Empty((await NodeCheck.RunAsync(node.Parts, Stop)).Faults);
        }
    }

    private static (ActId, long, DateTimeOffset, string?) Line(Comity.Dossiers.DossierLine line) =>
        (line.Entered.Id, line.Entered.Index, line.Entered.At, line.Effect.ToString());
}
