// SPDX-License-Identifier: EUPL-1.2
using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Security.Cryptography;
using Comity.Instruments;
using Comity.Node.Evidence;
using Comity.Node.Tests.Commands;
using Comity.Node.Tests.Exchange;
using Comity.Requests;
using Dapper;

namespace Comity.Node.Tests.Evidence;

/// <summary>An exhibit larger than a node may hold in memory passes through it, in and out, and its memory stays flat.</summary>
public sealed class MemoryTests(OnSqlite states) : IClassFixture<OnSqlite>
{
    private const long Size = 300 << 20;

    /// <summary>What a node may have resident more for an exhibit than without one, in bytes.</summary>
    private const long Budget = 64 << 20;

    [Fact]
    public async Task An_exhibit_of_300_MiB_arrives_and_leaves_in_flat_memory()
    {
        // A small one first, so that what is loaded once is loaded.
        var small = Supplied.Repeated(1 << 20);
        var large = Supplied.Repeated(Size);
        var (dossier, request) = await states.AskAsync(Measure.StoredData);
        await states.GiveAsync(dossier, new Grant("Law of XB, s. 12", null, [], [], null, null), request);
        await states.GiveAsync(dossier, Supplied.In(small), request, number: 2);
        await states.GiveAsync(dossier, Supplied.In(large), request, number: 3);
        await states.Victim.StopAsync();
        states.Hostile.OnCall = small.ServeAsync;

        await using var node = await NodeProgram.ServeAsync(states.Victim.Data);
        await WholeAsync(small);
        await DownloadAsync(small);
        var before = node.PeakMemory();

        states.Hostile.OnCall = large.ServeAsync;
        await WholeAsync(large);
        var arrived = node.PeakMemory();
        await DownloadAsync(large);
        var left = node.PeakMemory();

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"resident at most: {before >> 20} MiB before, {arrived >> 20} in, {left >> 20} out"
        );
        Assert.InRange(arrived - before, 0, Budget);
        Assert.InRange(left - before, 0, Budget);
    }

    private async Task WholeAsync(Supplied file)
    {
        await using var parts = states.Victim.NewParts();
        await Pair.UntilAsync(
            async () =>
            {
                // Put off while it was not served; its time has come.
                await parts.Database.WriteAsync(ExhibitTables.TryNowAsync, Stop);
                return (await parts.Database.ReadAsync(s => ExhibitTables.FindAsync(s, file.Digest), Stop))?.State
                    == ExhibitTables.Whole;
            },
            "the exhibit arrives",
            seconds: 120
        );

        // As if it had been put in here and supplied to XC.
        await parts.Database.WriteAsync(
            async s =>
            {
                await s.Connection.ExecuteAsync(
                    "update exhibit set state = 'held', act = @Sealed where sealed = @Sealed",
                    new { Sealed = file.Digest.ToString() },
                    s.Transaction
                );
                return await s.Connection.ExecuteAsync(
                    "insert into delivery (peer, idx, act, is_answered) values ('XC', @Size, @Sealed, 1)",
                    new { file.Size, Sealed = file.Digest.ToString() },
                    s.Transaction
                );
            },
            Stop
        );
    }

    private async Task DownloadAsync(Supplied file)
    {
        using var client = HostilePeer.Client(states.Victim, states.Other.Keys.Connection, SslProtocols.Tls13);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"v1/exhibits/{file.Digest}");
        request.Headers.Range = new RangeHeaderValue(0, file.Size - 1);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        await using var body = await response.Content.ReadAsStreamAsync(Stop);
        Assert.Equal(file.Digest, new Digest(await SHA256.HashDataAsync(body, Stop)));
    }
}
