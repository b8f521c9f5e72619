// SPDX-License-Identifier: EUPL-1.2
using System.Net;

namespace Comity.Node.Demo;

/// <summary>The other job: a request that labels a critic's post illegal access. Where it stops, and why.</summary>
internal sealed class AbusiveStory(DemoNode xa, DemoNode xb, Narrator narrator, CancellationToken stop)
{
    private readonly DeskWork a = new(xa, stop);
    private readonly DeskWork b = new(xb, stop);

    /// <summary>Tells it.</summary>
    public async Task TellAsync()
    {
        narrator.Chapter("XA then asks for the account of a critic of its ruler, and calls the post illegal access.");
        var page = await a.DraftAsync(
            "/requests/new",
            ("to", "XB/central"),
            ("request", DemoSamples.Request("abusive-illegal-access"))
        );
        var dossier = HonestStory.DossierOf(page);
        await a.ApproveAsync(dossier);
        var request = await b.StageAsync(dossier, 0, "received");
        narrator.Say("It is complete and well formed, so it arrives: no machine turns a State away");

        var stopped = await b.DraftAsync(
            $"/dossiers/{dossier}/requests/{request}/grant",
            ("law", "Code of Criminal Procedure of XB, section 99")
        );
        narrator.Check(
            stopped.Status == HttpStatusCode.UnprocessableEntity
                && stopped.Text.Contains("decision.finding-open", StringComparison.Ordinal),
            "An officer of XB tries to grant it. The desk does not let it out: decision.finding-open"
        );
        foreach (var finding in await FindingsAsync(dossier.ToString()))
        {
            narrator.Say($"  {finding}");
        }

        await b.ActAsync(
            dossier,
            request,
            "refuse",
            ("grounds", "40(8)"),
            ("grounds", "40(22)"),
            ("primary", "40(8)"),
            (
                "reasons",
                "The conduct described is the publication of an opinion. It is no offence under the law of XB, and there are "
                    + "substantial grounds to believe that it is pursued for political opinions."
            )
        );
        await a.StageAsync(dossier, 0, "refused");
        narrator.Say(
            "XB refuses, with grounds and reasons that are sent (arts 40(8), 40(22), 40(25)). XA's desk shows both"
        );
    }

    private async Task<IReadOnlyList<string>> FindingsAsync(string dossier)
    {
        var desk = await xb.AtDeskAsync(DemoNode.Drafter, stop);
        var facts = (await Patience.AskAsync(() => desk.FactsAsync(dossier), stop)).GetProperty("requests")[0];
        return
        [
            .. facts
                .GetProperty("findings")
                .EnumerateArray()
                .SelectMany(f =>
                    f.GetProperty("points")
                        .EnumerateArray()
                        .Where(p => p.GetProperty("verdict").GetString() is "not-met" or "needs-review")
                        .Take(2)
                        .Select(p =>
                            $"{f.GetProperty("title").GetString()}: {p.GetProperty("because").GetString()} [{p.GetProperty("source").GetString()}]"
                        )
                ),
        ];
    }
}
