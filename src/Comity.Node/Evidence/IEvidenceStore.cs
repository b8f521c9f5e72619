// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Node.Evidence;

/// <summary>Where sealed evidence is kept: each file once, under the digest of its bytes.</summary>
/// <remarks>
/// The contract every implementation keeps, and the tests' double enforces:
/// <list type="bullet">
/// <item>Place returns when the file is durable, and only then. It may throw after it has placed the file.</item>
/// <item>A name's bytes never change. Placing the same digest again changes nothing.</item>
/// <item>Nothing is visible under its name before it is whole.</item>
/// <item>What arrives in parts is assembled on a local disk, so that an object store needs no append.</item>
/// <item>Nothing is retried here.</item>
/// </list>
/// </remarks>
internal interface IEvidenceStore
{
    /// <summary>Places a whole file whose digest the caller has just computed.</summary>
    /// <param name="file">A local file. It is gone when this returns.</param>
    /// <param name="digest">SHA-256 of its bytes.</param>
    /// <param name="stop">Gives up.</param>
    Task PlaceAsync(string file, Digest digest, CancellationToken stop);

    /// <summary>Opens a placed file for reading, seekable, or nothing when it is not here.</summary>
    Task<Stream?> OpenAsync(Digest digest, CancellationToken stop);

    /// <summary>Every file placed.</summary>
    IAsyncEnumerable<Digest> ListAsync(CancellationToken stop);

    /// <summary>Deletes a file, if it is there. When this returns it is gone for good, and stays so after a power failure.</summary>
    Task DeleteAsync(Digest digest, CancellationToken stop);
}
