// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Files;

/// <summary>Reads that fill their buffer, and that can be called off.</summary>
internal static class WholeReads
{
    /// <summary>Reads until the buffer is full or the stream ends.</summary>
    /// <param name="stream">Any stream, also one whose reads ignore being called off, as standard input's do.</param>
    /// <param name="buffer">After a call-off the stream may still write to it, so it is of no further use.</param>
    /// <param name="cancel">Ends the waiting, if not the reading.</param>
    /// <returns>Bytes read; fewer than the buffer holds only at the end.</returns>
    public static async ValueTask<int> ReadWholeAsync(
        this Stream stream,
        Memory<byte> buffer,
        CancellationToken cancel
    ) =>
        await stream
            .ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel)
            .AsTask()
            .WaitAsync(cancel)
            .ConfigureAwait(false);
}
