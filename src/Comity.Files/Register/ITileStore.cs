// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Files.Register;

/// <summary>Where a log's published files are kept, for anyone to copy: tiles, entries and the checkpoint.</summary>
/// <remarks>
/// The contract every implementation keeps, and the tests' double enforces:
/// <list type="bullet">
/// <item>
/// <see cref="PlaceAsync"/> and <see cref="ReplaceAsync"/> return when the file survives a kill of the process and a loss of
/// power. A reader finds the old file, the new one or none, never a part of one.
/// </item>
/// <item>
/// A call that throws has usually done nothing, but may have persisted. So every call can be repeated, and nobody assumes that
/// it did not happen.
/// </item>
/// <item>What was placed never changes: placing other bytes under the name throws and leaves what is there.</item>
/// <item>Once a call has returned, every later read sees what it did.</item>
/// <item>One writer at a time; readers need no lock.</item>
/// <item>Nothing is retried here. The publisher is: it repeats all it did for a checkpoint until that is out.</item>
/// </list>
/// </remarks>
public interface ITileStore : ITileSource
{
    /// <summary>Puts a file in its place, once and for ever.</summary>
    /// <param name="path">A path that a <c>Tile</c> gives.</param>
    /// <param name="bytes">All of it.</param>
    /// <param name="stop">Gives up; the file may be there.</param>
    /// <exception cref="IOException">The disk failed, or another file is there.</exception>
    Task PlaceAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken stop);

    /// <summary>Puts a file in the place of the one before: the checkpoint, which is the only one that changes.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="bytes">All of it.</param>
    /// <param name="stop">Gives up; the file may be the new one.</param>
    /// <exception cref="IOException">The disk failed.</exception>
    Task ReplaceAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken stop);

    /// <summary>Takes away the partial tiles that a full one has taken the place of. None there is no fault.</summary>
    /// <param name="full">The path of the full tile.</param>
    /// <param name="stop">Gives up; some may be gone.</param>
    /// <exception cref="IOException">The disk failed.</exception>
    Task PruneAsync(string full, CancellationToken stop);
}

/// <summary>Where a published log is read: a folder that holds a copy, or an address.</summary>
public interface ITileSource
{
    /// <summary>Reads a file whole.</summary>
    /// <param name="path"><c>checkpoint</c>, or a path that a <c>Tile</c> gives.</param>
    /// <param name="most">Most bytes that are read.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>
    /// The bytes; nothing when there is no such file. Of a larger file at least <paramref name="most"/> plus one byte, so that
    /// the caller sees that it is too large.
    /// </returns>
    /// <exception cref="IOException">The file could not be read: the disk or the line failed.</exception>
    Task<byte[]?> ReadAsync(string path, int most, CancellationToken stop);
}
