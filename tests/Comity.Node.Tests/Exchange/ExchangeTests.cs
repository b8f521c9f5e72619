// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Dossiers;
using Comity.Instruments;
using Comity.Requests;

namespace Comity.Node.Tests.Exchange;

public sealed class ExchangeTests
{
    [Fact]
    public async Task A_preservation_request_is_sent_granted_and_stands_alike_on_both_sides()
    {
        await using var pair = await Pair.StartAsync();
        var dossier = Pair.NewDossier();

        var request = await pair.A.IssueAsync(pair.ByA(dossier, Pair.Request(Measure.Preservation)));
        await StageAsync(pair.B, dossier, request, Stage.Received);
        var period = new PreservedPeriod(Pair.Day(0), Pair.Day(60));
        var grant = new Grant("Law of XB, s. 12", null, [], [], null, period);
        await pair.B.IssueAsync(pair.ByB(dossier, grant, request));
        await StageAsync(pair.A, dossier, request, Stage.Preserved);

        var (a, b) = (await pair.A.DossierAsync(dossier), await pair.B.DossierAsync(dossier));
        Assert.Equal(
            a!.Dossier.Lines.Select(l => (l.Entered.Id, l.Entered.Index, l.Entered.At, l.Effect.ToString())),
            b!.Dossier.Lines.Select(l => (l.Entered.Id, l.Entered.Index, l.Entered.At, l.Effect.ToString()))
        );
        Assert.Equal(period, b.Dossier.Find(request)!.Preserved);
    }

    private static Task StageAsync(TestNode node, DossierId dossier, ActId request, Stage stage) =>
        Pair.UntilAsync(
            async () => (await node.DossierAsync(dossier))?.Dossier.Find(request)?.Stage == stage,
            $"{node.Party} sees the request {stage}"
        );
}
