// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Dossiers;
using Comity.Instruments;
using Comity.Requests;

namespace Comity.Node.Tests.Exchange;

/// <summary>Whatever dates a peer writes, its acts enter and its dossier can be read.</summary>
public sealed class DatesTests(OnSqlite states) : IClassFixture<OnSqlite>
{
    private static readonly DateTimeOffset First = new(1970, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Last = new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_preservation_at_either_end_of_time(bool isLast)
    {
        var (dossier, request) = await states.AskAsync(Measure.Preservation);
        var period = isLast
            ? new PreservedPeriod(Last.AddDays(-1), Last)
            : new PreservedPeriod(First, First.AddSeconds(1));
        var grant = new Grant("Law", null, [], [], null, period);

        await GiveAsync(dossier, grant, request, states.Time.Now);

        Assert.Equal(period, (await states.Victim.DossierAsync(dossier))!.Dossier.Find(request)!.Preserved);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_instant_of_the_home_register_at_either_end_of_time(bool isLast)
    {
        var (dossier, request) = await states.AskAsync(Measure.Preservation);
        var acknowledge = new Acknowledge("B-1", null);

        await GiveAsync(dossier, acknowledge, request, isLast ? Last : First);

        Assert.Equal(Stage.InHand, (await states.Victim.DossierAsync(dossier))!.Dossier.Find(request)!.Stage);
    }

    private async Task GiveAsync(DossierId dossier, ActBody body, ActId request, DateTimeOffset at)
    {
        await states.GiveAsync(dossier, body, request, at);
        await states.HoldsAsync();
    }
}
