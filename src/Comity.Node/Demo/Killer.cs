// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Node.Demo;

/// <summary>Kills a node at a random moment and starts it again, as often as it was told, while the story goes on.</summary>
internal sealed class Killer : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly Task killing;
    private volatile bool isOver;
    private int killed;

    /// <param name="nodes">The nodes.</param>
    /// <param name="times">How often in all; 0 for never.</param>
    /// <param name="seed">Seed of the moments.</param>
    /// <param name="narrator">Told each time.</param>
    public Killer(IReadOnlyList<DemoNode> nodes, int times, int seed, Narrator narrator)
    {
        if (times > 0)
        {
            narrator.Say($"A node will be killed {times} times while the story goes on (--seed {seed})");
        }

        killing = KillAsync(nodes, times, new Random(seed));
    }

    /// <summary>Whether there are kills left.</summary>
    public bool GoesOn => !killing.IsCompleted;

    /// <summary>Kills what is left to be killed, although the story is over, and waits until both nodes are up.</summary>
    public async Task FinishAsync(CancellationToken stop)
    {
        isOver = true;
        await killing.WaitAsync(stop);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await killing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
    }

    private async Task KillAsync(IReadOnlyList<DemoNode> nodes, int times, Random random)
    {
        while (killed < times)
        {
            // The story goes on a little between two kills, so that they fall all over it and not on its first page.
            var from = Patience.Answered + 1;
            while (Patience.Answered < from && !isOver)
            {
                await Task.Delay(5, stopping.Token);
            }

            await Task.Delay(random.Next(0, 1_000), stopping.Token);
            await nodes[random.Next(nodes.Count)].KillAsync(stopping.Token);
            killed++;
        }
    }
}
