// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Evidence;

namespace Comity.Node.Tests.Desk;

/// <summary>A store on a disk that can fail, in both forms: nothing was done, or it was and the report says otherwise.</summary>
internal sealed class FullDisk : IEvidenceStore
{
    private IEvidenceStore inner = null!;

    public bool IsFull { get; set; }

    public bool HasPersisted { get; init; }

    public IEvidenceStore Over(IEvidenceStore store)
    {
        inner = store;
        return this;
    }

    public async Task PlaceAsync(string file, Digest digest, CancellationToken stop)
    {
        if (IsFull && !HasPersisted)
        {
            throw new IOException("no space left on device");
        }

        await inner.PlaceAsync(file, digest, stop);
        if (IsFull)
        {
            throw new IOException("reported failed, and did persist");
        }
    }

    public Task<Stream?> OpenAsync(Digest digest, CancellationToken stop) => inner.OpenAsync(digest, stop);

    public IAsyncEnumerable<Digest> ListAsync(CancellationToken stop) => inner.ListAsync(stop);

    public async Task DeleteAsync(Digest digest, CancellationToken stop)
    {
        if (IsFull && !HasPersisted)
        {
            throw new IOException("read-only file system");
        }

        await inner.DeleteAsync(digest, stop);
        if (IsFull)
        {
            throw new IOException("reported failed, and did delete");
        }
    }
}
