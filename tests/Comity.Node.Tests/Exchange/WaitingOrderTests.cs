// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Exchange;
using Comity.Node.Tests.Register;
using Dapper;

namespace Comity.Node.Tests.Exchange;

/// <summary>What a peer already has and waits with does not keep from it what it has not seen, asked on each database.</summary>
public abstract class WaitingOrderTests(Engine engine) : RegisterTests(engine)
{
    [Fact]
    public async Task What_a_peer_has_not_seen_goes_before_what_it_waits_with_however_much_that_is()
    {
        await Parts.Database.WriteAsync(
            async session =>
            {
                for (var index = 0L; index < 6; index++)
                {
                    await session.Connection.ExecuteAsync(
                        "insert into delivery (peer, idx, act, is_answered) values ('XB', @index, @Act, 0)",
                        new { index, Act = NewDigest().ToString() },
                        session.Transaction
                    );
                }

                foreach (var index in new[] { 0, 1, 3 })
                {
                    await Deliveries.ParkAsync(session, "XB", index);
                }

                await Deliveries.AnswerAsync(session, "XB", 4);
                return 0;
            },
            Stop
        );

        Assert.Equal([2, 5, 0, 1, 3], await WaitingAsync(10));
        Assert.Equal([2, 5], await WaitingAsync(2));
    }

    private async Task<IEnumerable<long>> WaitingAsync(int limit) =>
        (await Parts.Database.ReadAsync(s => Deliveries.WaitingAsync(s, "XB", limit), Stop)).Select(d => d.Idx);
}

/// <summary>The queue in SQLite.</summary>
public sealed class SqliteWaitingOrderTests() : WaitingOrderTests(Engine.Sqlite);

/// <summary>The queue in PostgreSQL.</summary>
public sealed class PostgresWaitingOrderTests() : WaitingOrderTests(Engine.Postgres);
