// SPDX-License-Identifier: EUPL-1.2
using Comity.Register;

namespace Comity.Files.Register;

/// <summary>Reads a published log's files, bounded and in the length that they have to have.</summary>
internal static class LogReading
{
    public const string CheckpointPath = "checkpoint";

    /// <summary>The checkpoint's note, not verified.</summary>
    /// <returns>The note, or a refusal coded <c>register.tile-missing</c>, placed at it, or one of a note.</returns>
    public static async Task<Outcome<SignedNote>> CheckpointAsync(ITileSource source, CancellationToken stop) =>
        await source.ReadAsync(CheckpointPath, SignedNote.MaximumBytes, stop).ConfigureAwait(false) is { } bytes
            ? SignedNote.Parse(bytes)
            : new Outcome<SignedNote>.Refused(LogFaults.Missing(CheckpointPath));

    /// <summary>The bytes of a tile, from itself or, when it has given way to the full one, from that.</summary>
    /// <returns>
    /// The bytes in the tile's length, or a refusal coded <c>register.tile-missing</c> or <c>register.tile-malformed</c>,
    /// placed at the tile's path.
    /// </returns>
    public static async Task<Outcome<byte[]>> TileAsync(ITileSource source, Tile tile, CancellationToken stop)
    {
        var bytes = await source.ReadAsync(tile.Path, TileBytes.Length(tile), stop).ConfigureAwait(false);
        if (bytes is null && !tile.IsFull)
        {
            var most = TileBytes.Length(tile.Full);
            return (await source.ReadAsync(tile.Full.Path, most, stop).ConfigureAwait(false)) is { } full
                ? TileBytes.Of(tile.Full, full).Map(whole => whole[..TileBytes.Length(tile)])
                : new Outcome<byte[]>.Refused(LogFaults.Missing(tile.Path));
        }

        return bytes is null ? new Outcome<byte[]>.Refused(LogFaults.Missing(tile.Path)) : TileBytes.Of(tile, bytes);
    }
}
