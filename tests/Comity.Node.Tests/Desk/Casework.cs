// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Node.Demo;
using Comity.Requests;

namespace Comity.Node.Tests.Desk;

/// <summary>What officers do on the way to evidence: answer the safeguards' questions, approve what waits, grant.</summary>
internal static class Casework
{
    private static readonly (string Question, string Answer)[] Quiet =
    [
        ("communicates", "no"),
        ("authority", "no"),
        ("content", "no"),
        ("without-words", "yes"),
        ("right", "none"),
        ("necessity", "no-right-touched"),
        ("call-back", "confirmed"),
    ];

    /// <summary>Answers every question of the assessment of a request that touches no one's speech.</summary>
    public static async Task AssessAsync(this DeskVisitor officer, string path)
    {
        var form = (await officer.OpenAsync(path)).FormTo(path);
        var typed = new List<(string, string?)> { ("phrase", TestNode.PhraseOf(TestNode.Drafter)) };
        for (var i = 0; form[$"answers[{i}].question"].Length > 0; i++)
        {
            var question = form[$"answers[{i}].question"];
            typed.Add(($"answers[{i}].value", Quiet.Single(q => q.Question == question).Answer));
            typed.Add(($"answers[{i}].reason", "The facts speak of encryption and of nothing that was said."));
            typed.Add(($"answers[{i}].source", "The request, facts 1 to 4"));
        }

        var done = await officer.SendAsync(form, typed);
        Assert.EndsWith("?done=assessed", done.Path, StringComparison.Ordinal);
    }

    /// <summary>Approves the one draft of a dossier that waits.</summary>
    public static async Task ApproveAsync(this TestNode node, string dossier)
    {
        using var approver = await node.AtDeskAsync(TestNode.Approver);
        var path = await approver.WaitingAsync(dossier);
        var page = await approver.OpenAsync(path);
        var done = await approver.SendAsync(
            page.FormTo(path),
            ("phrase", TestNode.PhraseOf(TestNode.Approver)),
            ("step", "approve")
        );
        Assert.EndsWith("?done=sealed", done.Path, StringComparison.Ordinal);
    }

    /// <summary>The page of the one draft of a dossier that waits.</summary>
    public static async Task<string> WaitingAsync(this DeskVisitor officer, string dossier)
    {
        var waiting = (await officer.FactsAsync(dossier))
            .GetProperty("drafts")
            .EnumerateArray()
            .Single(d => d.GetProperty("state").GetString() == "waiting");
        return $"/drafts/{waiting.GetProperty("id").GetString()}";
    }

    /// <summary>A request for stored data that XA made and XB has granted.</summary>
    public static async Task<(DossierId Dossier, ActId Request)> GrantedAsync(this Pair pair)
    {
        var text = System.Text.Encoding.UTF8.GetBytes(Samples.Text("ransomware-stored-data.json"));
        var asked = (Request)ActEncoding.ReadBody(ActKind.Find("request", 1)!, text).Admitted();
        var dossier = Pair.NewDossier();
        var request = await pair.A.IssueAsync(pair.ByA(dossier, asked));
        await Pair.UntilAsync(
            async () => (await pair.B.DossierAsync(dossier))?.Dossier.Find(request) is not null,
            "the request arrives"
        );
        using var officer = await pair.B.AtDeskAsync(TestNode.Drafter);
        await officer.AssessAsync($"/dossiers/{dossier}/requests/{request}/assess");
        await officer.DraftAsync($"/dossiers/{dossier}/requests/{request}/grant", ("law", "Law of XB, section 102"));
        await pair.B.ApproveAsync(dossier.ToString());
        return (dossier, request);
    }
}
