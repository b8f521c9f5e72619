// SPDX-License-Identifier: EUPL-1.2
using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Authentication;
using Comity.Exchange;
using Comity.Node.Keys;
using Comity.Node.Witnessing;
using Comity.Parties;
using Comity.Register;

namespace Comity.Node.Exchange;

/// <summary>Reaches peers over HTTPS with both ends' certificates pinned by the directory.</summary>
/// <param name="keys">The node's keys.</param>
/// <param name="patience">
/// How long a call may take, or a fetch be silent. A peer that answers a byte at a time must not hold a line for ever.
/// </param>
internal sealed class HttpPeerTransport(NodeKeys keys, TimeSpan patience) : IPeerTransport, IDisposable
{
    /// <summary>What a node uses: what a batch takes over a line of a few thousand bytes a second.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    private const int LargestAnswer = 8 * 1024 * 1024;
    private const int Piece = 128 * 1024;

    // A connection is kept for each set of pinned certificates: when a peer's change, so does the client.
    private readonly ConcurrentDictionary<string, HttpClient> clients = new();

    public async Task<Standing> StandingAsync(PartyEntry peer, IReadOnlyList<long> since, CancellationToken stop)
    {
        var query = string.Concat(since.Select((size, i) => $"{(i == 0 ? '?' : '&')}since={size}"));
        return Read<Standing>(
            await SendAsync(peer, new HttpRequestMessage(HttpMethod.Get, $"v1/standing{query}"), stop)
        );
    }

    public async Task<PushAnswer> PushAsync(PartyEntry peer, Push push, CancellationToken stop)
    {
        using var body = new ByteArrayContent(ExchangeEncoding.Write(push));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return Read<PushAnswer>(
            await SendAsync(peer, new HttpRequestMessage(HttpMethod.Post, "v1/acts") { Content = body }, stop)
        );
    }

    public async Task<WitnessAnswer> SubmitAsync(PartyEntry peer, Submission submission, CancellationToken stop)
    {
        using var body = new ByteArrayContent(submission.ToBytes());
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/witness/add-checkpoint") { Content = body };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(patience);
        return await OverTheLineAsync(
            async () =>
            {
                using var response = await ClientOf(peer)
                    .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
                return await PublicWitness.ReadAsync(response, limit.Token);
            },
            stop
        );
    }

    public Task<byte[]> EntryAsync(PartyEntry peer, CancellationToken stop) =>
        SendAsync(peer, new HttpRequestMessage(HttpMethod.Get, "v1/entry"), stop);

    public async Task FetchAsync(
        PartyEntry peer,
        Digest sealedFile,
        long from,
        long size,
        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> into,
        CancellationToken stop
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"v1/exhibits/{sealedFile}");
        request.Headers.Range = new RangeHeaderValue(from, size - 1);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(patience);
        using var response = await OverTheLineAsync(
            () => ClientOf(peer).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token),
            stop
        );
        var range = response.Content.Headers.ContentRange;
        if (response.StatusCode != HttpStatusCode.PartialContent)
        {
            throw new PeerUnreachableException(await OverTheLineAsync(() => CodeOfAsync(response, limit.Token), stop));
        }

        // A wrong range would put good bytes in the wrong place: refused before the first is taken.
        if (range is null || range.From != from || range.To != size - 1 || range.Length != size)
        {
            throw new PeerUnreachableException("exchange.wrong-range");
        }

        await using var content = await response.Content.ReadAsStreamAsync(stop);
        var buffer = new byte[Piece];
        var left = size - from;
        while (left > 0)
        {
            limit.CancelAfter(patience);
            var wanted = buffer.AsMemory(0, (int)Math.Min(buffer.Length, left));
            var read = await OverTheLineAsync(() => content.ReadAsync(wanted, limit.Token).AsTask(), stop);
            if (read == 0)
            {
                throw new PeerUnreachableException("exchange.cut-off");
            }

            // Outside what is caught for the line: a full disk here is ours, and never said to be the peer's.
            await into(buffer.AsMemory(0, read), stop);
            left -= read;
        }
    }

    public void Dispose()
    {
        foreach (var client in clients.Values)
        {
            client.Dispose();
        }
    }

    private async Task<byte[]> SendAsync(PartyEntry peer, HttpRequestMessage request, CancellationToken stop)
    {
        using var _ = request;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(patience);
        return await OverTheLineAsync(
            async () =>
            {
                using var response = await ClientOf(peer)
                    .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
                return response.IsSuccessStatusCode
                    ? await BoundedAsync(response, limit.Token)
                    : throw new PeerUnreachableException(await CodeOfAsync(response, limit.Token));
            },
            stop
        );
    }

    // Whatever the line does becomes one kind of failure with a code.
    private static async Task<T> OverTheLineAsync<T>(Func<Task<T>> call, CancellationToken stop)
    {
        try
        {
            return await call();
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            throw Unreachable(broken);
        }
        catch (OperationCanceledException late) when (!stop.IsCancellationRequested)
        {
            throw new PeerUnreachableException("exchange.timed-out", late);
        }
    }

    private static async Task<byte[]> BoundedAsync(HttpResponseMessage response, CancellationToken stop)
    {
        await using var content = await response.Content.ReadAsStreamAsync(stop);
        using var held = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await content.ReadAsync(buffer, stop)) > 0)
        {
            if (held.Length + read > LargestAnswer)
            {
                throw new PeerUnreachableException("exchange.answer-too-large");
            }

            held.Write(buffer, 0, read);
        }

        return held.ToArray();
    }

    private static T Read<T>(byte[] bytes) =>
        ExchangeEncoding.Read<T>(bytes) is Outcome<T>.Admitted message
            ? message.Value
            : throw new PeerUnreachableException("exchange.answer-malformed");

    private static async Task<string> CodeOfAsync(HttpResponseMessage response, CancellationToken stop)
    {
        var bytes = await BoundedAsync(response, stop);

        // What is no code is not repeated: it would stand in our logs and before our officers.
        return
            ExchangeEncoding.Read<TransportRefusal>(bytes) is Outcome<TransportRefusal>.Admitted refusal
            && LeafEntry.NotAdmitted.IsCode(refusal.Value.Code)
            ? refusal.Value.Code
            : $"exchange.status-{(int)response.StatusCode}";
    }

    private HttpClient ClientOf(PartyEntry peer)
    {
        var pinned = peer.Tls.Select(c => c.Id.ToString()).ToHashSet();
        var key = $"{peer.Endpoints.Exchange} {string.Join(' ', pinned.Order())}";
        return clients.GetOrAdd(
            key,
            _ => new HttpClient(
                new SocketsHttpHandler
                {
                    SslOptions = Pinned(pinned),
                    ConnectTimeout = TimeSpan.FromSeconds(10),
                    PooledConnectionLifetime = TimeSpan.FromMinutes(10),
                    AllowAutoRedirect = false,
                    UseCookies = false,
                    UseProxy = false,
                }
            )
            {
                BaseAddress = new Uri(peer.Endpoints.Exchange.TrimEnd('/') + "/"),
                Timeout = Timeout.InfiniteTimeSpan,
                DefaultRequestVersion = HttpVersion.Version11,
            }
        );
    }

    private SslClientAuthenticationOptions Pinned(HashSet<string> pinned) =>
        new()
        {
            EnabledSslProtocols = SslProtocols.Tls13,
            ClientCertificates = [keys.Connection],
            LocalCertificateSelectionCallback = (_, _, _, _, _) => keys.Connection,
            // The directory names the certificate itself, so neither a chain nor a host name adds anything to trust.
            RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                certificate is not null && pinned.Contains(Digest.Of(certificate.GetRawCertData()).ToString()),
        };

    private static PeerUnreachableException Unreachable(Exception broken) =>
        broken switch
        {
            _ when broken is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError }
                    || broken.InnerException is AuthenticationException => new("exchange.certificate-refused", broken),
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => new(
                "exchange.name-unknown",
                broken
            ),
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => new(
                "exchange.no-connection",
                broken
            ),
            _ => new("exchange.cut-off", broken),
        };
}
