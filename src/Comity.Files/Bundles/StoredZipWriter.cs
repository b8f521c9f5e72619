// SPDX-License-Identifier: EUPL-1.2
using System.IO.Hashing;

namespace Comity.Files.Bundles;

/// <summary>A file that is to go into a container.</summary>
/// <param name="Name">A name that <see cref="ZipEntry.IsName"/> admits.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Crc">CRC-32 of them.</param>
/// <param name="OpenAsync">Opens them, from the first on.</param>
internal sealed record ZipInput(string Name, long Size, uint Crc, Func<CancellationToken, Task<Stream>> OpenAsync)
{
    /// <summary>A file that is at hand.</summary>
    public static ZipInput Of(string name, ReadOnlyMemory<byte> bytes) =>
        new(
            name,
            bytes.Length,
            Crc32.HashToUInt32(bytes.Span),
            _ => Task.FromResult<Stream>(new MemoryStream(bytes.ToArray(), writable: false))
        );
}

/// <summary>Writes a container from its first byte to its last, to a stream that need not be seekable.</summary>
internal sealed class StoredZipWriter
{
    private readonly IReadOnlyList<(ZipInput Input, ZipEntry Entry)> entries;
    private readonly byte[] directory;
    private readonly byte[] end;

    /// <param name="inputs">The files, in any order. A name that is none, or stands twice, throws.</param>
    public StoredZipWriter(IEnumerable<ZipInput> inputs)
    {
        var placed = new List<(ZipInput, ZipEntry)>();
        var central = new MemoryStream();
        var at = 0L;
        foreach (var input in inputs.OrderBy(i => i.Name, Comparer<string>.Create(ZipEntry.Compare)))
        {
            var entry = new ZipEntry(input.Name, input.Size, input.Crc, at);
            placed.Add((input, entry));
            central.Write(StoredZip.CentralHeader(entry));
            at = entry.End;
        }

        if (ZipNames.WhyNot([.. placed.Select(p => p.Item2.Name)]) is { } why)
        {
            throw new ArgumentException($"no container has these names: {why.Code} {why.Where}", nameof(inputs));
        }

        (entries, directory) = (placed, central.ToArray());
        end = StoredZip.End(placed.Count, directory.Length, at);
        Length = at + directory.Length + end.Length;
    }

    /// <summary>Bytes of the whole container, known before it is written.</summary>
    public long Length { get; }

    /// <summary>Writes it. Holds no more than a buffer of it in memory.</summary>
    /// <param name="output">Where to; not closed.</param>
    /// <param name="progress">Told how many bytes are written, from time to time.</param>
    /// <param name="stop">Stops the writing.</param>
    /// <exception cref="IOException">
    /// A file turned out to be another than was announced; what is written then is no container, and must be thrown away.
    /// </exception>
    public async Task WriteAsync(Stream output, IProgress<long>? progress, CancellationToken stop)
    {
        var buffer = new byte[1 << 20];
        foreach (var (input, entry) in entries)
        {
            await output.WriteAsync(StoredZip.LocalHeader(entry), stop).ConfigureAwait(false);
            await CopyAsync(input, output, buffer, stop).ConfigureAwait(false);
            progress?.Report(entry.End);
        }

        await output.WriteAsync(directory, stop).ConfigureAwait(false);
        await output.WriteAsync(end, stop).ConfigureAwait(false);
        progress?.Report(Length);
    }

    private static async Task CopyAsync(ZipInput input, Stream output, byte[] buffer, CancellationToken stop)
    {
        var crc = new Crc32();
        var left = input.Size;
        var source = await input.OpenAsync(stop).ConfigureAwait(false);
        await using (source.ConfigureAwait(false))
        {
            int read;
            while ((read = await source.ReadAsync(buffer, stop).ConfigureAwait(false)) > 0 && read <= left)
            {
                crc.Append(buffer.AsSpan(0, read));
                await output.WriteAsync(buffer.AsMemory(0, read), stop).ConfigureAwait(false);
                left -= read;
            }

            if (left != 0 || read != 0 || crc.GetCurrentHashAsUInt32() != input.Crc)
            {
                throw new IOException($"{input.Name} has changed while it was exported");
            }
        }
    }
}
