// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Exchange;
using Comity.Node.Keys;
using Comity.Node.Settings;
using Comity.Parties;
using Microsoft.AspNetCore.Http;

namespace Comity.Node.Tests.Exchange;

/// <summary>However an exhibit stops coming, no byte is taken that was not asked for, and the code says which hop is broken.</summary>
public sealed class ExhibitLineTests(TwoStates states) : IClassFixture<TwoStates>, IAsyncLifetime
{
    private readonly HostilePeer peer = new(states.B);
    private readonly HttpPeerTransport transport = new(
        NodeKeys.Load(NodeSettings.Load(states.A.Data).Settings!),
        TimeSpan.FromMilliseconds(700)
    );

    private PartyEntry Peer => states.B.Entry.Entry;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        transport.Dispose();
        await peer.DisposeAsync();
    }

    [Theory]
    [InlineData("bytes 0-99/100", "exchange.wrong-range")]
    [InlineData("bytes 10-98/100", "exchange.wrong-range")]
    [InlineData("bytes 10-99/101", "exchange.wrong-range")]
    [InlineData("bytes 10-99/*", "exchange.wrong-range")]
    [InlineData(null, "exchange.wrong-range")]
    public Task An_exhibit_comes_with_another_range_than_the_one_asked_for(string? range, string code) =>
        FetchesAsync(
            async context =>
            {
                context.Response.StatusCode = 206;
                context.Response.Headers.ContentRange = range;
                await context.Response.Body.WriteAsync(new byte[90]);
                return true;
            },
            code,
            taken: 0
        );

    [Fact]
    public Task An_exhibit_comes_whole_where_a_part_was_asked_for() =>
        FetchesAsync(
            async context =>
            {
                await context.Response.Body.WriteAsync(new byte[100]);
                return true;
            },
            "exchange.status-200",
            taken: 0
        );

    [Fact]
    public Task An_exhibit_ends_before_its_end() =>
        FetchesAsync(
            async context =>
            {
                context.Response.StatusCode = 206;
                context.Response.Headers.ContentRange = "bytes 10-99/100";
                await context.Response.Body.WriteAsync(new byte[40]);
                return true;
            },
            "exchange.cut-off",
            taken: 40
        );

    [Fact]
    public Task An_exhibit_stops_coming() =>
        FetchesAsync(
            async context =>
            {
                context.Response.StatusCode = 206;
                context.Response.Headers.ContentRange = "bytes 10-99/100";
                await context.Response.Body.WriteAsync(new byte[40]);
                await context.Response.Body.FlushAsync();
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
                return true;
            },
            "exchange.timed-out",
            taken: 40
        );

    [Fact]
    public async Task Of_an_exhibit_that_goes_on_no_byte_is_taken_past_its_end()
    {
        peer.OnCall = async context =>
        {
            context.Response.StatusCode = 206;
            context.Response.Headers.ContentRange = "bytes 10-99/100";
            await context.Response.Body.WriteAsync(new byte[300_000]);
            return true;
        };
        await peer.ServeAsync();
        Assert.Equal(90, await FetchAsync());
    }

    [Fact]
    public async Task A_disk_that_is_full_here_is_not_said_to_be_the_line()
    {
        peer.OnCall = async context =>
        {
            context.Response.StatusCode = 206;
            context.Response.Headers.ContentRange = "bytes 10-99/100";
            await context.Response.Body.WriteAsync(new byte[90]);
            return true;
        };
        await peer.ServeAsync();

        var fault = await Assert.ThrowsAsync<IOException>(() =>
            transport.FetchAsync(
                Peer,
                Digest.Of([1]),
                10,
                100,
                (_, _) => throw new IOException("No space left on device"),
                Stop
            )
        );
        Assert.Equal("No space left on device", fault.Message);
    }

    private async Task FetchesAsync(Func<HttpContext, Task<bool>> answer, string code, long taken)
    {
        peer.OnCall = answer;
        await peer.ServeAsync();
        var sofar = 0L;
        var fault = await Assert.ThrowsAsync<PeerUnreachableException>(() => FetchAsync(n => sofar += n));
        Assert.Equal((code, taken), (fault.Code, sofar));
    }

    private async Task<long> FetchAsync(Action<int>? count = null)
    {
        var taken = 0L;
        await transport.FetchAsync(
            Peer,
            Digest.Of([1]),
            10,
            100,
            (bytes, _) =>
            {
                taken += bytes.Length;
                count?.Invoke(bytes.Length);
                return ValueTask.CompletedTask;
            },
            Stop
        );
        return taken;
    }
}
