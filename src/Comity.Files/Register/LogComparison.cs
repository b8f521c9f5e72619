// SPDX-License-Identifier: EUPL-1.2
using Comity.Register;

namespace Comity.Files.Register;

/// <summary>Compares two copies of one log, each verified whole first.</summary>
/// <remarks>
/// Two that differ and both hold are proof that the log showed two histories: the two checkpoints are signed by its key, and
/// neither tree continues the other.
/// </remarks>
public static class LogComparison
{
    /// <summary>Verifies both and finds the first entry in which they differ.</summary>
    /// <param name="first">One copy.</param>
    /// <param name="second">The other.</param>
    /// <param name="key">The log's key.</param>
    /// <param name="origin">The origin that key is trusted for.</param>
    /// <param name="atOnce">Files that are read at once.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>The comparison, or the refusal of the copy that does not hold: those of <see cref="LogVerification"/>.</returns>
    /// <exception cref="IOException">A file could not be read.</exception>
    public static async Task<Outcome<LogsCompared>> CompareAsync(
        ITileSource first,
        ITileSource second,
        NoteVerifier key,
        string origin,
        int atOnce,
        CancellationToken stop
    )
    {
        var one = await LogVerification.VerifyAsync(first, key, origin, atOnce, null, stop).ConfigureAwait(false);
        if (one is not Outcome<VerifiedLog>.Admitted a)
        {
            return new Outcome<LogsCompared>.Refused(((Outcome<VerifiedLog>.Refused)one).Why);
        }

        var other = await LogVerification.VerifyAsync(second, key, origin, atOnce, null, stop).ConfigureAwait(false);
        if (other is not Outcome<VerifiedLog>.Admitted b)
        {
            return new Outcome<LogsCompared>.Refused(((Outcome<VerifiedLog>.Refused)other).Why);
        }

        var common = Math.Min(a.Value.Checkpoint.Size, b.Value.Checkpoint.Size);
        for (var index = 0L; index * Tile.FullWidth < common; index++)
        {
            var width = (int)Math.Min(Tile.FullWidth, common - index * Tile.FullWidth);
            var (left, right) = (
                await LeavesAsync(first, a.Value.Checkpoint.Size, index, width, stop).ConfigureAwait(false),
                await LeavesAsync(second, b.Value.Checkpoint.Size, index, width, stop).ConfigureAwait(false)
            );
            if (left is not Outcome<byte[]>.Admitted l || right is not Outcome<byte[]>.Admitted r)
            {
                var why = ((left as Outcome<byte[]>.Refused) ?? (Outcome<byte[]>.Refused)right).Why;
                return new Outcome<LogsCompared>.Refused(why);
            }

            var same = l.Value.AsSpan().CommonPrefixLength(r.Value) / Digest.Size;
            if (same < width)
            {
                return new Outcome<LogsCompared>.Admitted(
                    new LogsCompared(a.Value, b.Value, index * Tile.FullWidth + same)
                );
            }
        }

        return new Outcome<LogsCompared>.Admitted(new LogsCompared(a.Value, b.Value, null));
    }

    // The tile in the width this copy has it in, cut to the width both have.
    private static async Task<Outcome<byte[]>> LeavesAsync(
        ITileSource source,
        long size,
        long index,
        int width,
        CancellationToken stop
    )
    {
        var own = (int)Math.Min(Tile.FullWidth, size - index * Tile.FullWidth);
        var read = await LogReading.TileAsync(source, Tile.OfHashes(0, index, own), stop).ConfigureAwait(false);
        return read.Map(bytes => bytes[..(width * Digest.Size)]);
    }
}

/// <summary>Two copies of one log, both whole.</summary>
/// <param name="First">One.</param>
/// <param name="Second">The other.</param>
/// <param name="FirstDifference">The first entry in which they differ, from 0; nothing when one continues the other.</param>
public sealed record LogsCompared(VerifiedLog First, VerifiedLog Second, long? FirstDifference);
