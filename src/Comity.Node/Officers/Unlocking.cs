// SPDX-License-Identifier: EUPL-1.2
using System.Collections.Concurrent;

namespace Comity.Node.Officers;

/// <summary>Tries officers' phrases: one at a time for each officer, and never while anybody else waits for the register.</summary>
/// <remarks>
/// A try costs a core a good part of a second, so that phrases cannot be guessed from a stolen database. Whoever sends wrong
/// ones to the desk would otherwise hold up every act of every Party, and at the worst every core.
/// </remarks>
internal sealed class Unlocking
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> turns = new(StringComparer.Ordinal);

    /// <summary>Opens an officer's key.</summary>
    /// <param name="officer">The officer.</param>
    /// <param name="phrase">The phrase as typed.</param>
    /// <param name="stop">Gives up waiting.</param>
    /// <returns>The key, or nothing when the phrase does not open it.</returns>
    public async Task<UnlockedKey?> UnlockAsync(Officer officer, string phrase, CancellationToken stop)
    {
        var turn = turns.GetOrAdd(officer.Id, _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(stop);
        try
        {
            return OfficerKey.Unlock(officer, phrase);
        }
        finally
        {
            turn.Release();
        }
    }
}
