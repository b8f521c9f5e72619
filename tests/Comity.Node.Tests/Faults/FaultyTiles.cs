// SPDX-License-Identifier: EUPL-1.2
using Comity.Files.Register;
using Comity.Register;

namespace Comity.Node.Tests.Faults;

/// <summary>A real folder of tiles that fails when a test says so, and holds the publisher to the contract of such folders.</summary>
/// <remarks>
/// A checkpoint that is placed before every tile it needs is durable throws, and so does a tile that was changed, two writers at
/// once, and pruning before the full tile is there.
/// </remarks>
internal sealed class FaultyTiles(ITileStore inner) : ITileStore
{
    private long calls;
    private int writers;

    /// <summary>Whether the change of that number fails, from 1, and how.</summary>
    public Func<long, Form?> Plan { get; set; } = _ => null;

    /// <summary>Changes asked for so far.</summary>
    public long Calls => Interlocked.Read(ref calls);

    public Task PlaceAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken stop) =>
        ChangeAsync(
            async () =>
            {
                if (!Tile.TryParse(path, out var tile) || bytes.Length != TileBytes.Length(tile))
                {
                    throw new InvalidOperationException($"{path} is no tile in the length it has");
                }

                if (
                    await inner.ReadAsync(path, bytes.Length, stop) is { } there
                    && !there.AsSpan().SequenceEqual(bytes.Span)
                )
                {
                    throw new InvalidOperationException($"{path} was published with other bytes");
                }
            },
            () => inner.PlaceAsync(path, bytes, stop)
        );

    public Task ReplaceAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken stop) =>
        ChangeAsync(
            async () =>
            {
                var size = Checkpoint.Parse(SignedNote.Parse(bytes.Span).Admitted()).Admitted().Size;
                foreach (var tile in Tile.Grown(0, size))
                {
                    if (
                        await inner.ReadAsync(tile.Path, TileBytes.MaximumBytes, stop) is null
                        && await inner.ReadAsync(tile.Full.Path, TileBytes.MaximumBytes, stop) is null
                    )
                    {
                        throw new InvalidOperationException($"a checkpoint of {size} is shown before {tile} is there");
                    }
                }
            },
            () => inner.ReplaceAsync(path, bytes, stop)
        );

    public Task PruneAsync(string full, CancellationToken stop) =>
        ChangeAsync(
            async () =>
            {
                if (await inner.ReadAsync(full, TileBytes.MaximumBytes, stop) is null)
                {
                    throw new InvalidOperationException(
                        $"{full} is not there yet, and its partial tiles are taken away"
                    );
                }
            },
            () => inner.PruneAsync(full, stop)
        );

    public Task<byte[]?> ReadAsync(string path, int most, CancellationToken stop) => inner.ReadAsync(path, most, stop);

    private async Task ChangeAsync(Func<Task> check, Func<Task> change)
    {
        if (Interlocked.Increment(ref writers) > 1)
        {
            throw new InvalidOperationException("two write at once");
        }

        try
        {
            await check();
            var form = Plan(Interlocked.Increment(ref calls));
            if (form == Form.Failed)
            {
                throw new IOException("injected");
            }

            await change();
            if (form == Form.Persisted)
            {
                throw new IOException("injected");
            }
        }
        finally
        {
            Interlocked.Decrement(ref writers);
        }
    }
}
