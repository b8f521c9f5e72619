// SPDX-License-Identifier: EUPL-1.2
using System.Data.Common;
using Comity.Acts;
using Comity.Dossiers;
using Comity.Instruments;
using Comity.Node.Checking;
using Comity.Parties;
using Comity.Requests;

namespace Comity.Node.Tests.Faults;

/// <summary>A preservation from its request to its second extension, told between two nodes whatever befalls them.</summary>
internal static class Story
{
    /// <summary>What is told, in the words of a dossier: kind, whose, the number, and whether it took.</summary>
    public static readonly IReadOnlyList<string> Told =
    [
        "request XA 1 took",
        "acknowledge XB 1 took",
        "ask XB 2 took",
        "supplement XA 2 took",
        "grant XB 3 took",
        "extend XA 3 took",
        "extend XB 4 took",
    ];

    /// <summary>Tells it. Every step waits until the other side has seen the one before.</summary>
    /// <param name="pair">The nodes.</param>
    /// <param name="time">Their clock, when it is to be moved on to whatever was put off.</param>
    public static async Task<DossierId> TellAsync(Pair pair, ManualTime? time = null)
    {
        var dossier = Pair.NewDossier();
        var contact = new Contact("Point of contact of XB", null, null, null, null);
        var request = await StepAsync(pair, time, pair.A, pair.ByA(dossier, Pair.Request(Measure.Preservation)));
        await StepAsync(pair, time, pair.B, pair.ByB(dossier, new Acknowledge("B-1", contact), request));
        var ask = new Ask(AskPurpose.Information, [new Question("q1", "Which accounts?")], null);
        await StepAsync(pair, time, pair.B, pair.ByB(dossier, ask, request));
        var answer = new Supplement([new Answer("q1", "All that the server hosts.")], [], [], [], []);
        await StepAsync(pair, time, pair.A, pair.ByA(dossier, answer, request));
        var grant = new Grant("Law of XB, s. 12", null, [], [], null, new PreservedPeriod(Pair.Day(0), Pair.Day(60)));
        await StepAsync(pair, time, pair.B, pair.ByB(dossier, grant, request));
        await StepAsync(pair, time, pair.A, pair.ByA(dossier, new Extend(Pair.Day(90), "Not done"), request));
        await StepAsync(pair, time, pair.B, pair.ByB(dossier, new Extend(Pair.Day(90), null), request));
        return dossier;
    }

    /// <summary>Both nodes hold all of it, once, alike, and each node's check finds nothing.</summary>
    public static async Task WasToldAsync(Pair pair, DossierId dossier)
    {
        var (a, b) = (await pair.A.DossierAsync(dossier), await pair.B.DossierAsync(dossier));
        Assert.Equal(Told, a!.Dossier.Lines.Select(Line));
        Assert.Equal(
            a.Dossier.Lines.Select(l => (l.Entered.Id, l.Entered.Index, l.Entered.At)),
            b!.Dossier.Lines.Select(l => (l.Entered.Id, l.Entered.Index, l.Entered.At))
        );
        Assert.Empty(a.Pending);
        Assert.Empty(b.Pending);
        foreach (var node in new[] { pair.A, pair.B })
        {
            Assert.Empty((await NodeCheck.RunAsync(node.Parts, Stop)).Faults);
        }
    }

    private static async Task<ActId> StepAsync(Pair pair, ManualTime? time, TestNode by, ActContent content)
    {
        var id = Guid.NewGuid().ToString("N");
        var act = await IssueAsync(by, id, content);
        await Pair.UntilAsync(
            async () =>
            {
                if (await HasAsync(pair.A, content.Dossier, act) && await HasAsync(pair.B, content.Dossier, act))
                {
                    return true;
                }

                if (time is not null)
                {
                    time.Now = time.Now.AddSeconds(30);
                    pair.A.Parts.Deliveries.Wake();
                    pair.B.Parts.Deliveries.Wake();
                }

                return false;
            },
            $"both nodes have taken in {content.Kind.Name}",
            seconds: 60
        );
        return act;
    }

    // An officer whose page says that it failed sends the same form again.
    private static async Task<ActId> IssueAsync(TestNode node, string id, ActContent content)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await node.IssueAsync(content, id);
            }
            catch (DbException) when (attempt < 20)
            {
                await Task.Delay(20, Stop);
            }
        }
    }

    private static async Task<bool> HasAsync(TestNode node, DossierId dossier, ActId act) =>
        (await node.DossierAsync(dossier))?.Dossier.Lines.Any(l => l.Entered.Id == act) == true;

    private static string Line(DossierLine line) =>
        $"{line.Entered.Act.Kind} {line.Entered.Act.From.Party} {line.Entered.Act.Number} "
        + (line.Effect is Effect.Took ? "took" : "did not take");
}
