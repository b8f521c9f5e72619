// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Evidence;

namespace Comity.Node.Tests.Faults;

/// <summary>A real store that fails to place a file, once, and holds whoever uses it to the contract of stores.</summary>
internal sealed class FaultyStore(IEvidenceStore inner) : IEvidenceStore
{
    /// <summary>How placing fails the next time.</summary>
    public Form? FailsNext { get; set; }

    public async Task PlaceAsync(string file, Digest digest, CancellationToken stop)
    {
        if (Digest.Of(await File.ReadAllBytesAsync(file, stop)) != digest)
        {
            throw new InvalidOperationException("a file is placed under the digest of its bytes, and no other");
        }

        var form = FailsNext;
        FailsNext = null;
        if (form == Form.Failed)
        {
            throw new IOException("injected");
        }

        await inner.PlaceAsync(file, digest, stop);
        if (File.Exists(file))
        {
            throw new InvalidOperationException("a file that was placed is gone from where it was");
        }

        if (form == Form.Persisted)
        {
            throw new IOException("injected");
        }
    }

    public Task<Stream?> OpenAsync(Digest digest, CancellationToken stop) => inner.OpenAsync(digest, stop);

    public IAsyncEnumerable<Digest> ListAsync(CancellationToken stop) => inner.ListAsync(stop);

    public Task DeleteAsync(Digest digest, CancellationToken stop) => inner.DeleteAsync(digest, stop);
}
