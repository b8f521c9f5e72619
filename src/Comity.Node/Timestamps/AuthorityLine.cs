// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Comity.Timestamps;

namespace Comity.Node.Timestamps;

/// <summary>Asks timestamp authorities over HTTP (RFC 3161, 3.4). Bounded in time and in bytes; follows nobody elsewhere.</summary>
/// <param name="patience">How long an answer may take, all of it.</param>
internal sealed class AuthorityLine(TimeSpan patience) : IDisposable
{
    /// <summary>What a node uses. Public authorities answer within a second; one that is slow holds up nothing here.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly Citation Source = new("docs/spec/timestamp.md", "2");

    private readonly HttpClient client = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = patience,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxResponseHeadersLength = 16,
        }
    )
    {
        Timeout = patience,
        MaxResponseContentBufferSize = TimestampResponse.MaximumBytes,
    };

    /// <summary>Sends a request and reads the answer.</summary>
    /// <returns>
    /// The token, not verified, or a refusal: <c>timestamp.unreachable</c> (where: what the line did), <c>timestamp.not-granted</c>
    /// (where: the HTTP status), <c>timestamp.too-large</c>, or one of <see cref="TimestampResponse.Parse"/>.
    /// </returns>
    public async Task<Outcome<TimestampToken>> AskAsync(Uri authority, TimestampRequest request, CancellationToken stop)
    {
        using var body = new ByteArrayContent(request.Encode());
        body.Headers.ContentType = new MediaTypeHeaderValue("application/timestamp-query");
        try
        {
            using var response = await client.PostAsync(authority, body, stop);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                var status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
                return Refuse("timestamp.not-granted", $"http {status}");
            }

            return TimestampResponse.Parse(await response.Content.ReadAsByteArrayAsync(stop));
        }
        catch (HttpRequestException bad) when (bad.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            return Refuse("timestamp.too-large", "");
        }
        catch (HttpRequestException bad)
        {
            return Refuse("timestamp.unreachable", bad.HttpRequestError.ToString());
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return Refuse("timestamp.unreachable", "Timeout");
        }
    }

    public void Dispose() => client.Dispose();

    private static Outcome<TimestampToken> Refuse(string code, string where) =>
        new Outcome<TimestampToken>.Refused(new Refusal(code, Source, where));
}
