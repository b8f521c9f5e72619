// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json;
using Comity.Exchange;
using Comity.Node.Acts;
using Comity.Node.Register;
using Comity.Node.Storage;

namespace Comity.Node.Exchange;

/// <summary>Answers for acts that were taken in: each with this node's receipt, but those that are parked.</summary>
internal static class Answering
{
    /// <summary>One answer an arrival, in their order.</summary>
    /// <param name="session">A read, after the acts became durable.</param>
    /// <param name="arrivals">What became of each.</param>
    public static async Task<ActAnswer[]> MakeAsync(Session session, IReadOnlyList<Arrival> arrivals)
    {
        // An act may stand in a push twice; it has one entry.
        var indices = arrivals.Select(a => a.Index).OfType<long>().Distinct().ToList();
        var entries = await RegisterTables.AtAsync(session, indices);
        var receipts = (await Receipts.MakeAsync(session, entries)).ToDictionary(r => r.Index);
        return
        [
            .. arrivals.Select(a => new ActAnswer(
                a.Act,
                a.Verdict,
                a.Index is { } index ? JsonElement.Parse(receipts[index].ToJson()) : null
            )),
        ];
    }
}
