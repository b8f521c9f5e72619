// SPDX-License-Identifier: EUPL-1.2
using Comity.Files.Bundles;

namespace Comity.Bench;

/// <summary>
/// <c>comity verify</c> of a bundle of 10,000 acts, the process from start to end: container, every act and seal, two
/// registers' receipts for each and their proofs, the fold, the report. Beside it <c>openssl cms -verify</c> in a loop over
/// the acts, which checks their signatures and nothing else.
/// </summary>
internal static class BundleBench
{
    private const int Rounds = 3;

    public static async Task RunAsync(Scale scale)
    {
        var count = scale == Scale.Full ? 10_000 : 1_000;
        var looped = count / 10;
        var folder = Directory.CreateTempSubdirectory("comity-bench-").FullName;
        try
        {
            var file = Path.Combine(folder, "case.asice");
            var many = new ManyActs();
            var bundle = await Bundle.PrepareAsync(many.Make(count), many.Seal, null, default);
            await bundle.WriteFileAsync(file, null, default);
            await File.WriteAllTextAsync(Path.Combine(folder, "roots.pem"), many.Roots);

            // What a defence lawyer runs is the published file; it is there after ./publish.
            var program = Shell.Published ?? Shell.Comity;
            Report.Note($"with {(Shell.Published is null ? "the program as built" : "the published native program")}");
            var best = TimeSpan.MaxValue;
            for (var round = 0; round < Rounds; round++)
            {
                var took = await Shell.TimeAsync(
                    folder,
                    $"{program} verify case.asice --roots roots.pem > report && tail -n 1 report | grep -q '^holds: '"
                );
                best = took.Wall < best ? took.Wall : best;
            }

            var loop = await Shell.TimeAsync(
                folder,
                $"""
                unzip -q case.asice 'data/acts/*'
                for act in $(ls data/acts/*.p7m | sed -n 1,{looped}p); do
                  openssl cms -verify -cades -binary -purpose any -inform DER -attime 1794000000 -in "$act" -CAfile roots.pem -out /dev/null 2> said || exit 1
                done
                """
            );
            var (ours, theirs) = (count / best.TotalSeconds, looped / loop.Wall.TotalSeconds);
            Report.Note(
                $"verify a bundle of {count} acts, {bundle.Length >> 20} MiB: {best.TotalSeconds:0.00} s, {ours:0}/s on {Environment.ProcessorCount} processors"
            );
            Report.Note(
                $"openssl cms -verify, one after another: {looped} in {loop.Wall.TotalSeconds:0.0} s, {theirs:0}/s"
            );
            Report.Ratio("bundle-verify", ours / theirs, goal: 50);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
