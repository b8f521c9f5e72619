// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;

namespace Comity.Bench;

/// <summary>
/// <c>comity seal</c> and <c>comity open</c>, whole processes with their start, against the pipe of <c>age</c> and
/// <c>sha256sum</c> that does the same work: it leaves the same two digests and the same file. All in memory
/// (/dev/shm), so that no disk is measured. The best of three rounds, taken in turn.
/// </summary>
internal static class SealBench
{
    private const int Rounds = 3;

    /// <summary>Hash the plaintext, seal it, hash the sealed bytes, write them.</summary>
    public static async Task SealAsync(Scale scale)
    {
        using var bench = await Workplace.CreateAsync(scale);
        var ours = $"{Shell.Comity} seal -r {bench.Recipient} -o ours.age --json plain > ours.json";
        // The process substitution is waited for, so that the plain digest is there when the clock stops.
        const string Theirs =
            "tee >(sha256sum > plain.sum) < plain | age -r RECIPIENT | tee theirs.age | sha256sum > sealed.sum; wait $!";

        var best = await bench.RaceAsync(
            ours,
            Theirs.Replace("RECIPIENT", bench.Recipient, StringComparison.Ordinal),
            ["ours.age", "theirs.age"]
        );
        bench.MustAgree("ours.json", "plain.sum");
        Print("seal", bench, best, goal: 3);
    }

    /// <summary>Open the file, hash the plaintext, write it. Ours hashes the sealed bytes too, theirs does not.</summary>
    public static async Task OpenAsync(Scale scale)
    {
        using var bench = await Workplace.CreateAsync(scale);
        _ = await Shell.TimeAsync(bench.Folder, $"{Shell.Comity} seal -r {bench.Recipient} plain; rm plain");
        var best = await bench.RaceAsync(
            $"{Shell.Comity} open -i key -o ours --json plain.age > ours.json",
            "age -d -i key plain.age | tee theirs | sha256sum > plain.sum",
            ["ours", "theirs"]
        );
        bench.MustAgree("ours.json", "plain.sum");
        Print("open", bench, best, goal: 2);
    }

    private static void Print(string name, Workplace bench, (Took Ours, Took Theirs) best, double goal)
    {
        var mebibytes = bench.Size / 1024.0 / 1024.0;
        var (ours, theirs) = best;
        Report.Note(
            $"{name} {mebibytes:0} MiB: ours {ours.Wall.TotalSeconds:0.00} s ({mebibytes / ours.Wall.TotalSeconds:0} MiB/s), age and sha256sum {theirs.Wall.TotalSeconds:0.00} s"
        );
        Report.Note(
            $"processor: ours {ours.Processor.TotalSeconds:0.00} s, age and sha256sum {theirs.Processor.TotalSeconds:0.00} s"
        );
        Report.Ratio(name, theirs.Wall / ours.Wall, goal);
    }

    /// <summary>A folder in memory with a file of random bytes and a key.</summary>
    private sealed class Workplace : IDisposable
    {
        private Workplace(string folder, long size) => (Folder, Size) = (folder, size);

        public string Folder { get; }

        public long Size { get; }

        public string Recipient { get; private set; } = "";

        public static async Task<Workplace> CreateAsync(Scale scale)
        {
            var folder = Directory.CreateDirectory(Path.Combine("/dev/shm", $"comity-bench-{Environment.ProcessId}"));
            Workplace bench = new(folder.FullName, scale == Scale.Full ? 1L << 30 : 128L << 20);
            _ = await Shell.TimeAsync(bench.Folder, $"{Shell.Comity} keygen -o key > recipient");
            bench.Recipient = (await File.ReadAllTextAsync(bench.In("recipient"))).Trim();
            await using var plain = File.Create(bench.In("plain"));
            for (long written = 0; written < bench.Size; written += 1 << 20)
            {
                await plain.WriteAsync(RandomNumberGenerator.GetBytes(1 << 20));
            }

            return bench;
        }

        public async Task<(Took Ours, Took Theirs)> RaceAsync(string ours, string theirs, string[] outputs)
        {
            List<Took> byUs = [];
            List<Took> byThem = [];
            for (var round = 0; round < Rounds; round++)
            {
                byUs.Add(await Shell.TimeAsync(Folder, ours));
                byThem.Add(await Shell.TimeAsync(Folder, theirs));
                foreach (var output in outputs)
                {
                    File.Delete(In(output));
                }
            }

            return (byUs.MinBy(took => took.Wall)!, byThem.MinBy(took => took.Wall)!);
        }

        /// <summary>Both sides must have found the same digest of the plaintext, or the race means nothing.</summary>
        public void MustAgree(string json, string sum)
        {
            var digest = File.ReadAllText(In(sum)).Split(' ')[0];
            if (digest.Length != 64 || !File.ReadAllText(In(json)).Contains(digest, StringComparison.Ordinal))
            {
                throw new InvalidOperationException("the two sides did not do the same work");
            }
        }

        public void Dispose() => Directory.Delete(Folder, recursive: true);

        private string In(string name) => Path.Combine(Folder, name);
    }
}
