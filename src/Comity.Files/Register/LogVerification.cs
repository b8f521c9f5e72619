// SPDX-License-Identifier: EUPL-1.2
using Comity.Register;

namespace Comity.Files.Register;

/// <summary>Verifies a whole published log: that entries, tiles and checkpoint are one tree, signed by the log's key.</summary>
/// <remarks>
/// Reads every file once, many at a time, in memory that grows by an eighth of a byte an entry. What it does not say: that the
/// log shows everyone the same tree. For that there are witnesses, and other copies to compare with.
/// </remarks>
public static class LogVerification
{
    /// <summary>Verifies a log.</summary>
    /// <param name="source">Where it is.</param>
    /// <param name="key">The log's key.</param>
    /// <param name="origin">The origin that key is trusted for.</param>
    /// <param name="atOnce">Files that are read at once: processors for a disk, more for an address far away.</param>
    /// <param name="progress">Told the number of entries read so far.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>
    /// The log, or the first fault that was met, placed at its file: a refusal coded <c>register.tile-missing</c>,
    /// <c>register.tile-malformed</c>, <c>register.tile-wrong</c> (its hashes are not those of what lies below),
    /// <c>register.root-wrong</c> (the tree is whole and the checkpoint states another root), or one that
    /// <see cref="Checkpoint.Open"/> gives.
    /// </returns>
    /// <exception cref="IOException">A file could not be read.</exception>
    public static async Task<Outcome<VerifiedLog>> VerifyAsync(
        ITileSource source,
        NoteVerifier key,
        string origin,
        int atOnce,
        IProgress<long>? progress,
        CancellationToken stop
    )
    {
        var read = await LogReading.CheckpointAsync(source, stop).ConfigureAwait(false);
        if (read.Then(note => Checkpoint.Open(note, key, origin)) is not Outcome<Checkpoint>.Admitted opened)
        {
            var why = ((Outcome<Checkpoint>.Refused)read.Then(note => Checkpoint.Open(note, key, origin))).Why;
            return new Outcome<VerifiedLog>.Refused(why);
        }

        var note = ((Outcome<SignedNote>.Admitted)read).Value;
        var pass = new Pass(source, atOnce, progress);
        var checkpoint = opened.Value;
        return await pass.RootAsync(checkpoint.Size, stop).ConfigureAwait(false) switch
        {
            Outcome<TreeHash>.Refused why => new Outcome<VerifiedLog>.Refused(why.Why),
            Outcome<TreeHash>.Admitted root when root.Value != checkpoint.Root => new Outcome<VerifiedLog>.Refused(
                LogFaults.RootWrong with
                {
                    Where = LogReading.CheckpointPath,
                }
            ),
            _ => new Outcome<VerifiedLog>.Admitted(new VerifiedLog(note, checkpoint)),
        };
    }

    private sealed class Pass(ITileSource source, int atOnce, IProgress<long>? progress)
    {
        private readonly Lock gate = new();
        private Refusal? fault;
        private long entries;

        /// <summary>The root of the tree that the files make up, each compared with what lies below it.</summary>
        public async Task<Outcome<TreeHash>> RootAsync(long size, CancellationToken stop)
        {
            if (size == 0)
            {
                return new Outcome<TreeHash>.Admitted(TreeHash.EmptyTree);
            }

            // The last file first: a size that was only stated must not decide how much memory is taken.
            var last = Tile.OfEntries((size - 1) / Tile.FullWidth, (int)((size - 1) % Tile.FullWidth) + 1);
            var end = await LogReading.TileAsync(source, last, stop).ConfigureAwait(false);
            if (end is Outcome<byte[]>.Refused missing)
            {
                return new Outcome<TreeHash>.Refused(missing.Why);
            }

            // What each level leaves over to the right of its last full tile; the tree's cover, read from the top.
            var leftOver = new Stack<TreeHash[]>();
            TreeHash[] below = [];
            for (var (level, count) = (0, size); count > 0; (level, count) = (level + 1, count / Tile.FullWidth))
            {
                var (roots, rest) = await LevelAsync(level, count, below, stop).ConfigureAwait(false);
                if (fault is { } why)
                {
                    return new Outcome<TreeHash>.Refused(why);
                }

                leftOver.Push(rest);
                below = roots;
            }

            var cover = leftOver.SelectMany(rest =>
            {
                var tree = MemoryTree.Of(rest);
                return TreeEdge.Subtrees(rest.Length).Select(tree.Node);
            });
            return new Outcome<TreeHash>.Admitted(TreeEdge.Of(size, [.. cover]).Root());
        }

        private async Task<(TreeHash[] Roots, TreeHash[] LeftOver)> LevelAsync(
            int level,
            long count,
            TreeHash[] below,
            CancellationToken stop
        )
        {
            var roots = new TreeHash[count / Tile.FullWidth];
            TreeHash[] rest = [];
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var options = new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = enough.Token };
            try
            {
                await Parallel
                    .ForAsync(
                        0L,
                        (count + Tile.FullWidth - 1) / Tile.FullWidth,
                        options,
                        async (index, cancel) =>
                        {
                            var width = (int)Math.Min(Tile.FullWidth, count - index * Tile.FullWidth);
                            var tile = Tile.OfHashes(level, index, width);
                            var read = await TileAsync(tile, below, cancel).ConfigureAwait(false);
                            if (read is Outcome<byte[]>.Refused refused)
                            {
                                lock (gate)
                                {
                                    // Of several found at once, the one named is the first in the log.
                                    fault = fault is null || Before(refused.Why, fault) ? refused.Why : fault;
                                }

                                await enough.CancelAsync().ConfigureAwait(false);
                                return;
                            }

                            var bytes = ((Outcome<byte[]>.Admitted)read).Value;
                            if (tile.IsFull)
                            {
                                roots[index] = TileBytes.Root(bytes);
                            }
                            else
                            {
                                rest = TileBytes.Hashes(bytes);
                            }
                        }
                    )
                    .ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (fault is not null && !stop.IsCancellationRequested)
            {
                // A fault was found: the others were told to stop.
            }

            return (roots, rest);
        }

        // A tile that is what it should be: the hashes of the entries, or the roots of the tiles below.
        private async Task<Outcome<byte[]>> TileAsync(Tile tile, TreeHash[] below, CancellationToken stop)
        {
            byte[] computed;
            if (tile.Level == 0)
            {
                var entriesTile = Tile.OfEntries(tile.Index, tile.Width);
                var read = await LogReading.TileAsync(source, entriesTile, stop).ConfigureAwait(false);
                var hashes = read.Then(bytes => TileBytes.LeafHashes(entriesTile, bytes));
                if (hashes is not Outcome<byte[]>.Admitted admitted)
                {
                    return hashes;
                }

                computed = admitted.Value;
                progress?.Report(Interlocked.Add(ref entries, tile.Width));
            }
            else
            {
                computed = TileBytes.OfHashes(below.AsSpan((int)tile.First, tile.Width));
            }

            return (await LogReading.TileAsync(source, tile, stop).ConfigureAwait(false)).Then(stated =>
                stated.AsSpan().SequenceEqual(computed)
                    ? (Outcome<byte[]>)new Outcome<byte[]>.Admitted(computed)
                    : new Outcome<byte[]>.Refused(LogFaults.Wrong(tile))
            );
        }

        private static bool Before(Refusal one, Refusal other) => string.CompareOrdinal(one.Where, other.Where) < 0;
    }
}

/// <summary>A log that was verified from its first entry to its checkpoint.</summary>
/// <param name="Note">The checkpoint's note, with whatever cosignatures it has: none of them is checked.</param>
/// <param name="Checkpoint">What it states.</param>
public sealed record VerifiedLog(SignedNote Note, Checkpoint Checkpoint);
