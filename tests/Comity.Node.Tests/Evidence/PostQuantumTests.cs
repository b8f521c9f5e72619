// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using Comity.Acts;
using Comity.Evidence;
using Comity.Files;
using Comity.Node.Acts;
using Comity.Node.Evidence;
using Comity.Node.Tests.Bags;

namespace Comity.Node.Tests.Evidence;

/// <summary>An authority that lists a hybrid recipient gets evidence sealed to it, from the directory to the opening.</summary>
public sealed class PostQuantumTests : IAsyncLifetime
{
    private BagPair pair = null!;

    public async ValueTask InitializeAsync() => pair = await BagPair.StartAsync(isPostQuantum: true);

    public ValueTask DisposeAsync() => pair.DisposeAsync();

    [Fact]
    public async Task Evidence_put_in_plain_or_sealed_before_travels_in_a_bag_and_opens()
    {
        var (dossier, request) = await pair.GrantedAsync();
        var evidence = pair.A.Entry.Entry.Find("central")!.Evidence;
        var (plain, other) = (RandomNumberGenerator.GetBytes(150_000), RandomNumberGenerator.GetBytes(70_000));
        var (_, exhibit) = await pair.SupplyAsync(dossier, request, plain);
        var before = await TakeSealedAsync(dossier, other, [.. evidence.Select(r => Recipient.Parse(r).Admitted())]);

        var came = await pair.CarryAsync(pair.B);

        Assert.All([.. evidence, pair.A.Entry.Entry.Bag!], r => Assert.StartsWith("age1pq1", r));
        Assert.Equal(1, came!.Exhibits);
        Assert.Equal(plain, await OpenAsync(pair.A, exhibit));
        Assert.Equal(other, await OpenAsync(pair.B, before));
    }

    [Fact]
    public async Task Hybrid_and_other_recipients_do_not_share_a_file()
    {
        var (dossier, _) = await pair.GrantedAsync();
        var row = (await pair.B.Parts.Database.ReadAsync(s => DossierKeys.FindAsync(s, dossier), Stop))!;
        var mixed = new[] { pair.A, pair.B }
            .Select(n => Recipient.Parse(n.Entry.Entry.Find("central")!.Evidence[0]).Admitted())
            .ToList();

        var why = (
            await new PuttingIn(pair.B.Parts).SealAsync(
                row,
                new FileGiven("log.txt", null, null),
                mixed,
                new MemoryStream([1]),
                await pair.B.OfficerAsync(TestNode.Drafter),
                Stop
            )
        ).Refused();

        Assert.Equal("seal.recipients-mixed", why.Code);
        Assert.Empty(await pair.B.Parts.Database.ReadAsync(s => ExhibitTables.OfAsync(s, dossier), Stop));
    }

    private async Task<Digest> TakeSealedAsync(DossierId dossier, byte[] plain, IReadOnlyList<Recipient> recipients)
    {
        using var sealedFile = new MemoryStream();
        var exhibit = (
            await Sealing.SealAsync(new MemoryStream(plain), sealedFile, recipients, cancel: Stop)
        ).Admitted();
        sealedFile.Position = 0;
        var row = (await pair.B.Parts.Database.ReadAsync(s => DossierKeys.FindAsync(s, dossier), Stop))!;
        return (
            await new PuttingIn(pair.B.Parts).TakeSealedAsync(
                row,
                ManifestDocument.Of("other.txt", null, exhibit, recipients).Admitted(),
                recipients,
                sealedFile,
                await pair.B.OfficerAsync(TestNode.Drafter),
                Stop
            )
        )
            .Admitted()
            .Manifest.SealedSha256;
    }

    // With the key that lies offline, as an officer opens it at a workstation.
    private async Task<byte[]> OpenAsync(TestNode at, Digest exhibit)
    {
        var key = await File.ReadAllTextAsync(Path.Combine(pair.A.Offline, "central.agekey"), Stop);
        await using var stored = (await at.Parts.Evidence.OpenAsync(exhibit, Stop))!;
        using var plain = new MemoryStream();
        (await Opening.OpenAsync(stored, plain, KeyFile.ParseIdentities(key).Admitted(), cancel: Stop)).Admitted();
        return plain.ToArray();
    }
}
