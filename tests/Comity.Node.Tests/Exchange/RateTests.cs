// SPDX-License-Identifier: EUPL-1.2
using System.Net;
using System.Security.Authentication;

namespace Comity.Node.Tests.Exchange;

/// <summary>How often and how much at once a peer may ask, each State for itself.</summary>
public sealed class RateTests(OnSqlite states) : IClassFixture<OnSqlite>
{
    [Fact]
    public async Task A_State_that_asks_too_often_is_told_so_and_others_are_served()
    {
        await states.Victim.StopAsync();
        states.Victim.Adjust = s => s with { PeerRequestsPerMinute = 3 };
        await states.Victim.StartAsync();

        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
        {
            statuses.Add((await states.Hostile.GetAsync(states.Victim, "v1/standing")).Status);
        }

        Assert.All(statuses, s => Assert.Equal(HttpStatusCode.OK, s));
        Assert.Equal(
            (429, "exchange.too-many"),
            (await states.Hostile.GetAsync(states.Victim, "v1/standing")).Refusal()
        );
        Assert.Equal(HttpStatusCode.OK, (await states.Other.GetAsync(states.Victim, "v1/standing")).Status);
    }

    [Fact]
    public async Task A_State_that_holds_as_many_pushes_open_as_it_may_cannot_open_another()
    {
        await states.Victim.StopAsync();
        states.Victim.Adjust = s => s with { PeerRequestsPerMinute = 100_000 };
        await states.Victim.StartAsync();
        using var client = HostilePeer.Client(states.Victim, states.Hostile.Keys.Connection, SslProtocols.Tls13);
        using var body = new NeverEnding();

        // Each asks to be told to go on before it sends its body, which then does not end. Four are, the fifth is not.
        var held = Enumerable.Range(0, 5).Select(_ => PostAsync(client, body)).ToList();
        var first = await Task.WhenAny(held).WaitAsync(TimeSpan.FromSeconds(20), Stop);
        Assert.Equal(HttpStatusCode.TooManyRequests, await first);
        await body.Begun.WaitAsync(TimeSpan.FromSeconds(20), Stop);
        Assert.Equal(
            (400, "exchange.malformed"),
            (await states.Other.PostAsync(states.Victim, "{}"u8.ToArray())).Refusal()
        );

        body.End();
        await Task.WhenAll(held);
        Assert.Equal(
            (400, "exchange.malformed"),
            (await states.Hostile.PostAsync(states.Victim, "{}"u8.ToArray())).Refusal()
        );
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient client, NeverEnding body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/acts") { Content = body.Content() };
        request.Headers.ExpectContinue = true;
        using var response = await client.SendAsync(request, Stop);
        return response.StatusCode;
    }

    // Bodies that send one byte and then nothing until they are ended.
    private sealed class NeverEnding : IDisposable
    {
        private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int count;

        /// <summary>Four are under way.</summary>
        public Task Begun => begun.Task;

        public HttpContent Content() => new Body(this);

        public void End() => ended.TrySetResult();

        public void Dispose() => End();

        private sealed class Body(NeverEnding all) : HttpContent
        {
            protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
            {
                await stream.WriteAsync("{"u8.ToArray());
                await stream.FlushAsync();
                if (Interlocked.Increment(ref all.count) == 4)
                {
                    all.begun.SetResult();
                }

                await all.ended.Task;
            }

            protected override bool TryComputeLength(out long length)
            {
                length = 0;
                return false;
            }
        }
    }
}
