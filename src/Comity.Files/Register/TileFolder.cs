// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Files.Register;

/// <summary>A published log in a folder, laid out so that any web server serves it and any copier mirrors it.</summary>
/// <param name="folder">The log's folder. Made when the first file is placed.</param>
public sealed class TileFolder(string folder) : ITileStore
{
    private readonly string root = Path.GetFullPath(folder);

    /// <inheritdoc/>
    public async Task PlaceAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        var target = Target(path);
        if (await ReadAsync(path, bytes.Length, stop).ConfigureAwait(false) is { } there)
        {
            if (!there.AsSpan().SequenceEqual(bytes.Span))
            {
                throw new IOException($"{target} is there with other bytes: a published tile never changes");
            }

            // Placed before, by a call that did not come to its end: the name may not be durable yet.
            FlushFolders(target);
            return;
        }

        MakeFolders(target);
        using var file = DurableFile.Create(target);
        await file.Stream.WriteAsync(bytes, stop).ConfigureAwait(false);
        file.Publish();
        FlushFolders(target);
    }

    /// <inheritdoc/>
    public async Task ReplaceAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        var target = Target(path);
        MakeFolders(target);

        // 1. The bytes beside it. A crash here leaves a file that is written over at the next attempt.
        var temporary = target + ".part";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 0))
        {
            await file.WriteAsync(bytes, stop).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
        }

        // 2. The name, in one step. A crash before the folder is flushed leaves the old file or the new one.
        File.Move(temporary, target, overwrite: true);
        FlushFolders(target);
    }

    /// <inheritdoc/>
    public Task PruneAsync(string full, CancellationToken stop)
    {
        // A crash in between leaves some of them, which are right and only take up room; the next full tile does not look
        // again, so they stay. Readers that still want one find the full tile.
        var partials = Target(full) + ".p";
        if (Directory.Exists(partials))
        {
            Directory.Delete(partials, recursive: true);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<byte[]?> ReadAsync(string path, int most, CancellationToken stop)
    {
        try
        {
            using var file = File.OpenHandle(
                Target(path),
                FileMode.Open,
                FileAccess.Read,
                FileShare.Read | FileShare.Delete
            );
            var bytes = new byte[(int)Math.Min(RandomAccess.GetLength(file), (long)most + 1)];
            var read = 0;
            while (read < bytes.Length)
            {
                var more = await RandomAccess.ReadAsync(file, bytes.AsMemory(read), read, stop).ConfigureAwait(false);
                if (more == 0)
                {
                    return bytes[..read];
                }

                read += more;
            }

            return bytes;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new IOException($"{Target(path)} cannot be read", denied);
        }
    }

    private string Target(string path) => Path.Combine(root, path);

    private static void MakeFolders(string target) => Directory.CreateDirectory(Path.GetDirectoryName(target)!);

    // Every folder on the way may be new, and a folder's own name is durable only when its parent is.
    private void FlushFolders(string target)
    {
        var above = Path.GetDirectoryName(root);
        for (var at = Path.GetDirectoryName(target); at is not null; at = Path.GetDirectoryName(at))
        {
            FolderEntries.Flush(at);
            if (at == above)
            {
                break;
            }
        }
    }
}
