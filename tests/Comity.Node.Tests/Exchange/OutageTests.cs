// SPDX-License-Identifier: EUPL-1.2
using Comity.Instruments;
using Comity.Node.Exchange;
using Comity.Parties;
using Dapper;

namespace Comity.Node.Tests.Exchange;

/// <summary>A peer that is down for long is tried again and again, a person is told, and in the end it gets everything.</summary>
public sealed class OutageTests
{
    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task An_act_waits_for_a_peer_that_is_down_and_is_delivered_when_it_is_back(Engine engine)
    {
        var time = new ManualTime();
        await using var pair = await Pair.MakeAsync(Databases.On(engine));
        (pair.A.Time, pair.B.Time) = (time, time);
        await pair.A.StartAsync();
        var issued = time.Now;
        var dossier = Pair.NewDossier();
        var request = await pair.A.IssueAsync(pair.ByA(dossier, Pair.Request(Measure.Preservation)));

        // Every wait is twice the last, and none is longer than an hour.
        var waits = new List<double>();
        var toldAfter = TimeSpan.Zero;
        for (
            var failures = await FailedAsync(pair.A, 1);
            failures < 38;
            failures = await FailedAsync(pair.A, failures + 1)
        )
        {
            var row = await PeerAsync(pair.A);
            var wait = DateTimeOffset.FromUnixTimeMilliseconds(row.NextTry) - time.Now;
            waits.Add(wait.TotalSeconds);
            if (toldAfter == TimeSpan.Zero && await IsToldAsync(pair.A))
            {
                toldAfter = time.Now - issued;
            }

            time.Now += wait;
            pair.A.Parts.Deliveries.Wake();
        }

        Assert.Equal(
            [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, .. Enumerable.Repeat(3600.0, waits.Count - 12)],
            waits
        );
        Assert.InRange(toldAfter, TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1), TimeSpan.FromHours(25));
        Assert.Equal("exchange.no-connection", (await PeerAsync(pair.A)).LastError);

        await pair.B.StartAsync();
        time.Now = time.Now.AddHours(1);
        pair.A.Parts.Deliveries.Wake();
        await Pair.UntilAsync(
            async () => (await pair.B.DossierAsync(dossier))?.Dossier.Find(request) is not null,
            "the request arrives"
        );
        await Pair.UntilAsync(
            async () => (await PeerAsync(pair.A)) is { Failures: 0, LastError: "" },
            "the peer is noted to be well"
        );
    }

    [Fact]
    public async Task The_next_act_that_does_not_get_through_is_another_alarm()
    {
        var time = new ManualTime();
        await using var pair = await Pair.MakeAsync();
        (pair.A.Time, pair.B.Time) = (time, time);
        await pair.A.StartAsync();
        for (var alarms = 1; alarms <= 2; alarms++)
        {
            var dossier = Pair.NewDossier();
            var act = await pair.A.IssueAsync(pair.ByA(dossier, Pair.Request(Measure.Preservation)));
            time.Now = time.Now.AddHours(25);
            pair.A.Parts.Deliveries.Wake();
            var expected = alarms;
            await Pair.UntilAsync(async () => await AlarmsAsync(pair.A) == expected, $"the {alarms}. alarm");

            await pair.B.StartAsync();
            await Pair.UntilAsync(
                async () =>
                {
                    time.Now = time.Now.AddHours(1);
                    pair.A.Parts.Deliveries.Wake();
                    return (await pair.B.DossierAsync(dossier))?.Dossier.Find(act) is not null;
                },
                "the act arrives"
            );
            await pair.B.StopAsync();
        }
    }

    // A transfer that fails is counted; returns when so many in a row have.
    private static async Task<long> FailedAsync(TestNode node, long failures)
    {
        await Pair.UntilAsync(
            async () => (await PeerAsync(node)).Failures >= failures,
            $"{failures} failures in a row"
        );
        return (await PeerAsync(node)).Failures;
    }

    private static async Task<PeerRow> PeerAsync(TestNode node) =>
        await node.Parts.Database.ReadAsync(s => PeerTables.FindAsync(s, PartyId.Of("XB")), Stop)
        ?? new PeerRow("XB", -1, 0, 0, null, "", "", "");

    private static async Task<bool> IsToldAsync(TestNode node) => await AlarmsAsync(node) > 0;

    private static Task<long> AlarmsAsync(TestNode node) =>
        node.Parts.Database.ReadAsync(
            s =>
                s.Connection.ExecuteScalarAsync<long>(
                    "select count(*) from alarm where code = 'exchange.undelivered'",
                    transaction: s.Transaction
                ),
            Stop
        );
}
