// SPDX-License-Identifier: EUPL-1.2
using System.Net;
using Comity.Files.Register;

namespace Comity.Node.Public;

/// <summary>A published register at an address, read over HTTP. Follows nothing, and reads no more than is asked for.</summary>
/// <param name="address">Its address: <c>http</c> or <c>https</c>.</param>
internal sealed class TileAddress(Uri address) : ITileSource, IDisposable
{
    /// <summary>How many files are asked for at once.</summary>
    public const int AtOnce = 8;

    private readonly string prefix = address.ToString().TrimEnd('/');

    private readonly HttpClient client = new(
        new SocketsHttpHandler
        {
            AutomaticDecompression = DecompressionMethods.None,
            AllowAutoRedirect = false,
            UseCookies = false,
        }
    )
    {
        Timeout = TimeSpan.FromSeconds(60),
    };

    public async Task<byte[]?> ReadAsync(string path, int most, CancellationToken stop)
    {
        try
        {
            using var response = await client.GetAsync(
                $"{prefix}/{path}",
                HttpCompletionOption.ResponseHeadersRead,
                stop
            );
            if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
            {
                return null;
            }

            response.EnsureSuccessStatusCode();
            await using var content = await response.Content.ReadAsStreamAsync(stop);
            var bytes = new byte[most + 1];
            return bytes[..await content.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, stop)];
        }
        catch (HttpRequestException broken)
        {
            throw new IOException($"{prefix}/{path}: {broken.Message}", broken);
        }
        catch (OperationCanceledException late) when (!stop.IsCancellationRequested)
        {
            throw new IOException($"{prefix}/{path}: no answer", late);
        }
    }

    public void Dispose() => client.Dispose();
}
