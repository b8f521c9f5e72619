// SPDX-License-Identifier: EUPL-1.2
using System.Net;
using Comity.Files.Register;

namespace Comity.Cli;

/// <summary>Where a register is read: a folder, or an address over HTTP.</summary>
internal sealed class TileAddress : ITileSource, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ITileSource? folder;
    private readonly HttpClient? client;
    private readonly string address;

    private TileAddress(string where)
    {
        address = where.TrimEnd('/');
        if (IsAddress(where))
        {
            client = new HttpClient(
                new SocketsHttpHandler
                {
                    AutomaticDecompression = DecompressionMethods.None,
                    AllowAutoRedirect = false,
                    UseCookies = false,
                }
            )
            {
                Timeout = Patience,
            };
        }
        else
        {
            folder = new TileFolder(where);
        }
    }

    /// <summary>How many files are read at once: what a disk gives the processors, or what a line is patient with.</summary>
    public int AtOnce => client is null ? Environment.ProcessorCount : 8;

    /// <summary>Opens a folder, or an address that begins with <c>http://</c> or <c>https://</c>.</summary>
    public static TileAddress Open(string where) => new(where);

    /// <inheritdoc/>
    public async Task<byte[]?> ReadAsync(string path, int most, CancellationToken stop)
    {
        if (client is null)
        {
            return await folder!.ReadAsync(path, most, stop).ConfigureAwait(false);
        }

        try
        {
            using var response = await client
                .GetAsync($"{address}/{path}", HttpCompletionOption.ResponseHeadersRead, stop)
                .ConfigureAwait(false);
            if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
            {
                return null;
            }

            response.EnsureSuccessStatusCode();
            var content = await response.Content.ReadAsStreamAsync(stop).ConfigureAwait(false);
            await using (content.ConfigureAwait(false))
            {
                var bytes = new byte[most + 1];
                var read = await content.ReadAtLeastAsync(bytes, bytes.Length, false, stop).ConfigureAwait(false);
                return bytes[..read];
            }
        }
        catch (HttpRequestException broken)
        {
            throw new IOException($"{address}/{path}: {broken.Message}", broken);
        }
        catch (OperationCanceledException late) when (!stop.IsCancellationRequested)
        {
            throw new IOException($"{address}/{path}: no answer", late);
        }
    }

    public void Dispose() => client?.Dispose();

    private static bool IsAddress(string where) =>
        where.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        || where.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
}
