// SPDX-License-Identifier: EUPL-1.2
using Comity.Files.Register;
using Comity.Register;

namespace Comity.Node.Demo;

/// <summary>What anyone sees of the two registers: all of each, signed by the State, the other State and a third; and a lie found.</summary>
internal sealed class RegisterStory(
    IReadOnlyList<DemoNode> nodes,
    Narrator narrator,
    string folder,
    CancellationToken stop
)
{
    /// <summary>Seconds between two publications in a demo; a node waits a quarter of an hour.</summary>
    public const int PublishSeconds = 2;

    public async Task TellAsync()
    {
        narrator.Chapter("Anyone mirrors and checks both registers");
        foreach (var node in nodes)
        {
            await WitnessedAsync(node);
            await MirroredAsync(node);
        }
    }

    private async Task WitnessedAsync(DemoNode node)
    {
        using var client = new HttpClient();
        await Patience.UntilAsync(
            () =>
                Patience.AskAsync(
                    async () =>
                    {
                        var page = await client.GetStringAsync(new Uri(node.Public, "register"), stop);
                        return page.Contains(", witnessed: 2 of 2 ", StringComparison.Ordinal) ? page : null;
                    },
                    stop
                ),
            $"both witnesses cosign {node.Party}'s register",
            stop
        );
        narrator.Say(
            $"{node.Party}'s newest checkpoint bears the other State's line and that of a third, independent witness"
        );
    }

    private async Task MirroredAsync(DemoNode node)
    {
        var mirror = Path.Combine(folder, $"mirror-{node.Party}");
        Copy(node.RegisterFolder, mirror);
        var key = node.RegisterKey;
        var verified = await VerifyAsync(mirror, key);
        var size = (verified as Outcome<VerifiedLog>.Admitted)?.Value.Checkpoint.Size;
        narrator.Check(
            size is not null,
            $"A copy of {node.Party}'s register holds from its first entry to its checkpoint: {size} entries, padding among them"
        );
        // The largest: of partial tiles only the newest is part of what the checkpoint covers.
        var tile = Directory
            .EnumerateFiles(Path.Combine(mirror, "tile", "entries"), "*", SearchOption.AllDirectories)
            .MaxBy(f => new FileInfo(f).Length)!;
        var bytes = await File.ReadAllBytesAsync(tile, stop);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(tile, bytes, stop);
        narrator.Check(
            await VerifyAsync(mirror, key) is Outcome<VerifiedLog>.Refused { Why.Code: "register.tile-wrong" },
            "With one bit of an entry flipped it no longer does (register.tile-wrong)"
        );
    }

    private Task<Outcome<VerifiedLog>> VerifyAsync(string mirror, NoteVerifier key) =>
        LogVerification.VerifyAsync(new TileFolder(mirror), key, key.Name, Environment.ProcessorCount, null, stop);

    // The checkpoint first: what it covers was durable before it was shown, whatever is published meanwhile.
    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        File.Copy(Path.Combine(from, "checkpoint"), Path.Combine(to, "checkpoint"));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(from, "tile"), "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
