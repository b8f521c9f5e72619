// SPDX-License-Identifier: EUPL-1.2
using Comity.Register;

namespace Comity.Files.Register;

/// <summary>Copies a published log into a folder, from where the copy got to, and verifies the whole before it counts.</summary>
/// <remarks>
/// The copy's checkpoint is replaced last, and only when every file under it holds: a log that went another way than the copy is
/// refused, and the copy stays what it was. A crash before that leaves tiles that the next attempt finds there.
/// </remarks>
public static class LogMirror
{
    /// <summary>Copies and verifies.</summary>
    /// <param name="from">The log.</param>
    /// <param name="to">The copy, perhaps begun before.</param>
    /// <param name="key">The log's key.</param>
    /// <param name="origin">The origin that key is trusted for.</param>
    /// <param name="atOnce">Files that are fetched at once.</param>
    /// <param name="progress">Told the number of files copied so far.</param>
    /// <param name="stop">Gives up; what was copied stays.</param>
    /// <returns>The log, or one of the refusals of <see cref="LogVerification"/>: the copy shows what it showed before.</returns>
    /// <exception cref="IOException">A file could not be read or written.</exception>
    public static async Task<Outcome<VerifiedLog>> CopyAsync(
        ITileSource from,
        ITileStore to,
        NoteVerifier key,
        string origin,
        int atOnce,
        IProgress<long>? progress,
        CancellationToken stop
    )
    {
        var stated = await LogReading.CheckpointAsync(from, stop).ConfigureAwait(false);
        if (stated is not Outcome<SignedNote>.Admitted { Value: var note })
        {
            return new Outcome<VerifiedLog>.Refused(((Outcome<SignedNote>.Refused)stated).Why);
        }

        if (Checkpoint.Open(note, key, origin) is not Outcome<Checkpoint>.Admitted { Value: var checkpoint })
        {
            return new Outcome<VerifiedLog>.Refused(
                ((Outcome<Checkpoint>.Refused)Checkpoint.Open(note, key, origin)).Why
            );
        }

        var begun = (await LogReading.CheckpointAsync(to, stop).ConfigureAwait(false)).Then(n =>
            Checkpoint.Open(n, key, origin)
        );
        var had = begun is Outcome<Checkpoint>.Admitted shown ? shown.Value.Size : 0;
        var copied = 0L;
        foreach (var tiles in Tile.Grown(Math.Min(had, checkpoint.Size), checkpoint.Size).Chunk(atOnce))
        {
            var read = await Task.WhenAll(tiles.Select(t => LogReading.TileAsync(from, t, stop))).ConfigureAwait(false);
            foreach (var (tile, file) in tiles.Zip(read))
            {
                if (file is not Outcome<byte[]>.Admitted bytes)
                {
                    return new Outcome<VerifiedLog>.Refused(((Outcome<byte[]>.Refused)file).Why);
                }

                // Beyond what the copy shows nothing is verified yet: what an earlier attempt left there may be spoilt.
                await to.ReplaceAsync(tile.Path, bytes.Value, stop).ConfigureAwait(false);
                progress?.Report(++copied);
            }
        }

        var verified = await LogVerification
            .VerifyAsync(new Under(to, note), key, origin, Environment.ProcessorCount, null, stop)
            .ConfigureAwait(false);
        if (verified is Outcome<VerifiedLog>.Admitted && checkpoint.Size >= had)
        {
            await to.ReplaceAsync(LogReading.CheckpointPath, note.ToBytes(), stop).ConfigureAwait(false);
        }

        return verified;
    }

    /// <summary>The copy's files under a checkpoint that it does not show yet.</summary>
    private sealed class Under(ITileSource files, SignedNote note) : ITileSource
    {
        public Task<byte[]?> ReadAsync(string path, int most, CancellationToken stop) =>
            path == LogReading.CheckpointPath
                ? Task.FromResult<byte[]?>(note.ToBytes())
                : files.ReadAsync(path, most, stop);
    }
}
