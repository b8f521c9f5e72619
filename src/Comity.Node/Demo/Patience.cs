// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Node.Demo;

/// <summary>What a person does when a page does not answer: waits a little and sends the same again.</summary>
/// <remarks>Safe, because a form carries its draft's id: sent twice, it is one draft.</remarks>
internal static class Patience
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);
    private static int answered;

    /// <summary>How often there was an answer: how far the story has got.</summary>
    public static int Answered => Volatile.Read(ref answered);

    /// <summary>Asks until there is an answer.</summary>
    public static async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken stop)
    {
        var since = DateTimeOffset.UtcNow;
        while (true)
        {
            try
            {
                var answer = await ask();
                Interlocked.Increment(ref answered);
                return answer;
            }
            catch (Exception silent)
                when (silent is HttpRequestException or IOException && DateTimeOffset.UtcNow - since < Longest)
            {
                await Task.Delay(Pause, stop);
            }
        }
    }

    /// <summary>Does something, and once more from the beginning when it was interrupted.</summary>
    public static Task OnceMoreAsync(Func<Task> work, CancellationToken stop) =>
        AskAsync(
            async () =>
            {
                try
                {
                    await work();
                }
                catch (InvalidOperationException refused)
                {
                    // A one-time link that was used before the answer was lost: the next round takes a new one.
                    throw new HttpRequestException(refused.Message, refused);
                }

                return 0;
            },
            stop
        );

    /// <summary>Waits until something holds.</summary>
    /// <exception cref="TimeoutException">It never did.</exception>
    public static async Task<T> UntilAsync<T>(Func<Task<T?>> look, string what, CancellationToken stop)
        where T : class
    {
        var since = DateTimeOffset.UtcNow;
        while (DateTimeOffset.UtcNow - since < Longest)
        {
            if (await look() is { } found)
            {
                return found;
            }

            await Task.Delay(Pause, stop);
        }

        throw new TimeoutException($"never came about: {what}");
    }
}
