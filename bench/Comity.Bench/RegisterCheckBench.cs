// SPDX-License-Identifier: EUPL-1.2
using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using Comity.Files.Register;
using Comity.Register;

namespace Comity.Bench;

/// <summary>
/// Entries of a published log that are verified each second, from the first file to the checkpoint: 10 million in a folder of the
/// temporary disk, which is read from memory where it fits. The ratio is over a million a second; beside it one core that only
/// makes the two hashes an entry costs.
/// </summary>
internal static class RegisterCheckBench
{
    private const double Goal = 1_000_000;

    private static readonly LogSigner Key = new("bench.example/register", new byte[32]);

    public static async Task RunAsync(Scale scale)
    {
        var size = scale == Scale.Full ? 10_000_000 : 200_000;
        var folder = Directory.CreateTempSubdirectory("comity-bench-").FullName;
        try
        {
            Write(folder, size);
            var source = new TileFolder(folder);
            var watch = Stopwatch.StartNew();
            var verified = await LogVerification.VerifyAsync(
                source,
                Key.Verifier,
                Key.Verifier.Name,
                Environment.ProcessorCount,
                null,
                default
            );
            var took = watch.Elapsed;
            if (verified is not Outcome<VerifiedLog>.Admitted { Value.Checkpoint.Size: var held } || held != size)
            {
                throw new InvalidOperationException($"the log does not hold: {verified}");
            }

            var rate = size / took.TotalSeconds;
            var hashed = Hashed();
            Report.Note(
                $"verify a log of {size} entries: {took.TotalSeconds:0.0} s, {rate:0}/s on {Environment.ProcessorCount} processors, {Environment.WorkingSet >> 20} MiB"
            );
            Report.Note(
                $"beside it, one core makes the two hashes of {hashed:0} entries a second ({rate / hashed:0.00} of that)"
            );
            Report.Ratio("register-check", rate / Goal, goal: 1);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Without a flush for each file, as a copy of somebody's log is made.
    private static void Write(string folder, int size)
    {
        var below = new TreeHash[size];
        foreach (var tile in Tile.Grown(0, size).Where(t => t.Level is null))
        {
            var entries = Enumerable.Range((int)tile.First, tile.Width).Select(EntryOf).ToArray();
            Save(folder, tile, TileBytes.OfEntries(entries));
            for (var i = 0; i < entries.Length; i++)
            {
                below[tile.First + i] = TreeHash.OfLeaf(entries[i]);
            }
        }

        var root = TreeEdge.Empty.Append(below).After;
        for (var level = 0; below.Length > 0; level++)
        {
            var above = new TreeHash[below.Length / Tile.FullWidth];
            for (var first = 0; first < below.Length; first += Tile.FullWidth)
            {
                var width = Math.Min(Tile.FullWidth, below.Length - first);
                var bytes = TileBytes.OfHashes(below.AsSpan(first, width));
                Save(folder, Tile.OfHashes(level, first / Tile.FullWidth, width), bytes);
                if (width == Tile.FullWidth)
                {
                    above[first / Tile.FullWidth] = TileBytes.Root(bytes);
                }
            }

            below = above;
        }

        var note = Checkpoint.Of(Key.Verifier.Name, root).ToNote();
        File.WriteAllBytes(Path.Combine(folder, "checkpoint"), note.With(Key.Sign(note.Text)).ToBytes());
    }

    private static Digest EntryOf(int index)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, index);
        return Digest.Of(bytes);
    }

    private static void Save(string folder, Tile tile, byte[] bytes)
    {
        var file = Path.Combine(folder, tile.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, bytes);
    }

    private static double Hashed()
    {
        const int Times = 1_000_000;
        Span<byte> leaf = stackalloc byte[33];
        Span<byte> node = stackalloc byte[65];
        Span<byte> hash = stackalloc byte[32];
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Times; i++)
        {
            SHA256.HashData(leaf, hash);
            SHA256.HashData(node, hash);
        }

        return Times / watch.Elapsed.TotalSeconds;
    }
}
