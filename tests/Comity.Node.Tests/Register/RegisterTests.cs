// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using Comity.Node.Checking;
using Comity.Node.Hosting;
using Comity.Node.Register;
using Comity.Parties;
using Comity.Register;

namespace Comity.Node.Tests.Register;

/// <summary>A node's register that runs, and nothing else of the node.</summary>
public abstract class RegisterTests(Engine engine) : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("comity-register").FullName;

    internal ManualTime Time { get; } = new();

    internal TestNode Node { get; private set; } = null!;

    internal NodeParts Parts { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Node = await TestNode.MakeAsync(folder, PartyId.Of("XA"), Databases.New(engine), Time);
        Parts = Node.NewParts();
        await Parts.Register.StartAsync(Stop);
    }

    public async ValueTask DisposeAsync()
    {
        if (Parts is not null)
        {
            await Parts.Register.StopAsync(CancellationToken.None);
            await Parts.DisposeAsync();
            await Node.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    internal async Task HoldsAsync(long size)
    {
        var report = await NodeCheck.RunAsync(Parts, Stop);
        Assert.Empty(report.Faults);
        Assert.Contains($"register: {size} entries, epoch 1", report.Lines);
    }

    internal static async Task<long[]> AddAsync(RegisterBatch batch, int count)
    {
        var added = new long[count];
        for (var i = 0; i < count; i++)
        {
            added[i] = await batch.AddAsync(NewDigest(), new LeafEntry.NotAdmitted("act.malformed"), default);
        }

        return added;
    }

    internal static Digest NewDigest() => new(RandomNumberGenerator.GetBytes(32));
}
