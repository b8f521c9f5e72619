// SPDX-License-Identifier: EUPL-1.2
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace Comity.Node.Hosting;

/// <summary>Reads a request's body whole, up to a bound.</summary>
internal static class BoundedBody
{
    /// <summary>The body, or nothing when it is larger than the bound.</summary>
    /// <remarks>Counted here: the server's own limit counts the framing of a chunked body too.</remarks>
    /// <exception cref="BadHttpRequestException">Its framing is none: the sender's fault, and none of ours to be logged.</exception>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int most, CancellationToken stop)
    {
        if (request.ContentLength > most)
        {
            return null;
        }

        using var held = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await ReadAsync(request.Body, buffer, stop)) > 0)
        {
            if (held.Length + read > most)
            {
                return null;
            }

            held.Write(buffer, 0, read);
        }

        return held.ToArray();
    }

    private static async Task<int> ReadAsync(Stream body, byte[] buffer, CancellationToken stop)
    {
        try
        {
            return await body.ReadAsync(buffer, stop);
        }
        catch (IOException bad) when (bad is not BadHttpRequestException)
        {
            throw new BadHttpRequestException("the body is not one", StatusCodes.Status400BadRequest, bad);
        }
    }
}
