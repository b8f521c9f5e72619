// SPDX-License-Identifier: EUPL-1.2
using Microsoft.Win32.SafeHandles;

namespace Comity.Files.Bundles;

/// <summary>The bytes of a container, read at any place and by any number of threads.</summary>
/// <remarks>Thread-safe. A file is never mapped or read whole, so a bundle may be larger than memory.</remarks>
public sealed class BundleBytes : IDisposable
{
    private readonly SafeFileHandle? file;
    private readonly ReadOnlyMemory<byte> memory;

    private BundleBytes(SafeFileHandle? file, ReadOnlyMemory<byte> memory, long length) =>
        (this.file, this.memory, Length) = (file, memory, length);

    /// <summary>How many there are, from when it was opened.</summary>
    public long Length { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="path">An existing file.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static BundleBytes Open(string path)
    {
        var file = File.OpenHandle(path);
        return new BundleBytes(file, default, RandomAccess.GetLength(file));
    }

    /// <summary>Bytes at hand.</summary>
    public static BundleBytes Of(ReadOnlyMemory<byte> bytes) => new(null, bytes, bytes.Length);

    /// <summary>Fills a buffer.</summary>
    /// <param name="offset">Where it begins; with the buffer inside <see cref="Length"/>.</param>
    /// <param name="destination">Filled to its end.</param>
    /// <exception cref="EndOfStreamException">The file has become shorter meanwhile.</exception>
    public void Read(long offset, Span<byte> destination)
    {
        if (file is null)
        {
            memory.Span.Slice((int)offset, destination.Length).CopyTo(destination);
            return;
        }

        while (!destination.IsEmpty)
        {
            var read = RandomAccess.Read(file, destination, offset);
            if (read == 0)
            {
                throw new EndOfStreamException("the file has become shorter while it was read");
            }

            destination = destination[read..];
            offset += read;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file?.Dispose();
}
