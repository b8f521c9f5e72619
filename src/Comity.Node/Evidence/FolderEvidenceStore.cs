// SPDX-License-Identifier: EUPL-1.2
using System.Runtime.CompilerServices;
using Comity.Files;

namespace Comity.Node.Evidence;

/// <summary>Evidence in a folder beside the node, two levels deep, so that a million files stay listable.</summary>
internal sealed class FolderEvidenceStore(string folder) : IEvidenceStore
{
    public Task PlaceAsync(string file, Digest digest, CancellationToken stop)
    {
        var target = PathOf(digest);
        var shelf = Path.GetDirectoryName(target)!;
        Directory.CreateDirectory(shelf);

        // 1. The bytes. A crash here leaves a file in the arriving folder, which is fetched or put in again.
        using (var bytes = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, 0))
        {
            bytes.Flush(flushToDisk: true);
        }

        // 2. The name, in one step. A crash here leaves the file whole under its name or not there at all. If it was
        // there before, these are the same bytes.
        File.Move(file, target, overwrite: true);

        // 3. The folders. A crash before this may forget step 2, which is then done again: nobody was told yet.
        FolderEntries.Flush(shelf);
        FolderEntries.Flush(folder);
        return Task.CompletedTask;
    }

    public Task<Stream?> OpenAsync(Digest digest, CancellationToken stop)
    {
        var path = PathOf(digest);
        return Task.FromResult<Stream?>(
            File.Exists(path)
                ? new FileStream(
                    path,
                    FileMode.Open,
                    FileAccess.Read,
                    FileShare.Read,
                    128 * 1024,
                    FileOptions.Asynchronous | FileOptions.SequentialScan
                )
                : null
        );
    }

    public async IAsyncEnumerable<Digest> ListAsync([EnumeratorCancellation] CancellationToken stop)
    {
        await Task.CompletedTask;
        foreach (
            var shelf in Directory.Exists(folder)
                ? Directory.GetDirectories(folder).Order()
                : Enumerable.Empty<string>()
        )
        {
            foreach (var file in Directory.EnumerateFiles(shelf).Order())
            {
                stop.ThrowIfCancellationRequested();

                // On its own shelf only: what is still arriving lies in a folder beside them.
                var name = Path.GetFileName(file);
                if (Digest.TryParse(name, out var digest) && Path.GetFileName(shelf) == name[..2])
                {
                    yield return digest;
                }
            }
        }
    }

    public Task DeleteAsync(Digest digest, CancellationToken stop)
    {
        var path = PathOf(digest);
        if (File.Exists(path))
        {
            File.Delete(path);

            // Without this a power failure may bring back what was said to be gone.
            FolderEntries.Flush(Path.GetDirectoryName(path)!);
        }

        return Task.CompletedTask;
    }

    private string PathOf(Digest digest)
    {
        var name = digest.ToString();
        return Path.Combine(folder, name[..2], name);
    }
}
