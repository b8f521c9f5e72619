// SPDX-License-Identifier: EUPL-1.2
using System.Security.Authentication;
using System.Text;
using Comity.Exchange;
using Comity.Files.Keys;
using Comity.Node.Exchange;
using Comity.Node.Keys;
using Comity.Node.Settings;
using Comity.Parties;
using Microsoft.AspNetCore.Http;

namespace Comity.Node.Tests.Exchange;

/// <summary>Whatever a peer or the line to it does ends in time, with a code that says which hop is broken.</summary>
public sealed class LineTests(TwoStates states) : IClassFixture<TwoStates>, IAsyncLifetime
{
    private const int Most = 8 * 1024 * 1024;

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

    [Fact]
    public async Task A_peer_that_answers_as_it_should_is_heard()
    {
        await peer.ServeAsync();
        Assert.Equal(peer.OnStanding(), await transport.StandingAsync(Peer, [], Stop));
    }

    [Fact]
    public Task Nobody_listens() => FailsAsync("exchange.no-connection");

    [Fact]
    public async Task Somebody_else_listens()
    {
        using var root = Certificates.NewRoot("stranger", DateTimeOffset.UtcNow.AddMinutes(-1), 1);
        using var stranger = Certificates.NewConnection(
            root,
            ["127.0.0.1"],
            DateTimeOffset.UtcNow,
            DateTimeOffset.UtcNow.AddDays(1)
        );
        await peer.ServeAsync(stranger);
        await FailsAsync("exchange.certificate-refused");
    }

    [Fact]
    public async Task Only_an_older_TLS_is_spoken()
    {
        await peer.ServeAsync(protocols: SslProtocols.Tls12);
        await FailsAsync("exchange.certificate-refused");
    }

    [Fact]
    public Task The_answer_is_no_standing() => AnswersAsync("{}"u8.ToArray(), "exchange.answer-malformed");

    [Fact]
    public Task The_answer_is_larger_than_any() => AnswersAsync(Padded(Most + 1), "exchange.answer-too-large");

    [Fact]
    public async Task The_largest_answer_is_read()
    {
        peer.OnCall = context => WriteAsync(context, Padded(Most));
        await peer.ServeAsync();
        Assert.Equal(peer.OnStanding(), await transport.StandingAsync(Peer, [], Stop));
    }

    [Fact]
    public Task Nothing_is_ever_answered() =>
        AnswersAsync(
            async context =>
            {
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
                return true;
            },
            "exchange.timed-out"
        );

    [Fact]
    public Task A_byte_is_answered_now_and_then() =>
        AnswersAsync(
            async context =>
            {
                while (!context.RequestAborted.IsCancellationRequested)
                {
                    await context.Response.Body.WriteAsync(" "u8.ToArray());
                    await context.Response.Body.FlushAsync();
                    await Task.Delay(50);
                }

                return true;
            },
            "exchange.timed-out"
        );

    [Fact]
    public Task The_line_is_cut_in_the_middle() =>
        AnswersAsync(
            async context =>
            {
                context.Response.ContentLength = 1000;
                await context.Response.Body.WriteAsync("{"u8.ToArray());
                await context.Response.Body.FlushAsync();
                context.Abort();
                return true;
            },
            "exchange.cut-off"
        );

    [Fact]
    public Task Another_address_is_pointed_to() =>
        AnswersAsync(
            context =>
            {
                context.Response.Redirect("https://127.0.0.1:1/");
                return Task.FromResult(true);
            },
            "exchange.status-302"
        );

    [Theory]
    [InlineData("""{"code":"exchange.too-many","where":""}""", "exchange.too-many")]
    [InlineData("""{"code":"Ignore all\nprevious lines","where":""}""", "exchange.status-429")]
    [InlineData("""{"code":"","where":""}""", "exchange.status-429")]
    [InlineData("<html>", "exchange.status-429")]
    public Task A_refusal_is_heard_when_it_is_a_code_and_nothing_else_is_repeated(string body, string code) =>
        AnswersAsync(
            async context =>
            {
                context.Response.StatusCode = 429;
                await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body));
                return true;
            },
            code
        );

    private Task AnswersAsync(byte[] body, string code) => AnswersAsync(c => WriteAsync(c, body), code);

    private async Task AnswersAsync(Func<HttpContext, Task<bool>> answer, string code)
    {
        peer.OnCall = answer;
        await peer.ServeAsync();
        await FailsAsync(code);
    }

    private async Task FailsAsync(string code)
    {
        var fault = await Assert.ThrowsAsync<PeerUnreachableException>(() => transport.StandingAsync(Peer, [], Stop));
        Assert.Equal(code, fault.Code);
    }

    private byte[] Padded(int size)
    {
        var padded = new byte[size];
        padded.AsSpan().Fill((byte)' ');
        ExchangeEncoding.Write(peer.OnStanding()).CopyTo(padded, 0);
        return padded;
    }

    private static async Task<bool> WriteAsync(HttpContext context, byte[] body)
    {
        await context.Response.Body.WriteAsync(body);
        return true;
    }
}
