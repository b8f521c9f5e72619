// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json;
using Comity.Acts;

namespace Comity.Node.Demo;

/// <summary>What officers do at a desk: fill in a form, check it, sign it; have another approve it.</summary>
internal sealed class DeskWork(DemoNode node, CancellationToken stop)
{
    /// <summary>Drafts through a form: fills it in, looks at the check page, signs.</summary>
    /// <param name="path">The form's address.</param>
    /// <param name="fields">What is typed.</param>
    /// <returns>The page that comes of it.</returns>
    public async Task<DeskPageRead> DraftAsync(string path, params IReadOnlyList<(string Name, string? Value)> fields)
    {
        var desk = await node.AtDeskAsync(DemoNode.Drafter, stop);
        var page = await Patience.AskAsync(() => desk.OpenAsync(path), stop);
        var form = page.FormTo(path);
        var check = await Patience.AskAsync(() => desk.SendAsync(form, fields), stop);
        if (check.Forms.FirstOrDefault(f => f.Action == path && f["digest"].Length > 0) is not { } signing)
        {
            return check;
        }

        return await Patience.AskAsync(
            () => desk.SendAsync(signing, ("phrase", node.Phrases[DemoNode.Drafter]), ("step", "sign")),
            stop
        );
    }

    /// <summary>Approves whatever waits in a dossier, as the other officer.</summary>
    public async Task ApproveAsync(DossierId dossier)
    {
        var facts = await node.FactsAsync(dossier, stop);
        foreach (var draft in facts!.Value.GetProperty("drafts").EnumerateArray())
        {
            if (draft.GetProperty("state").GetString() != "waiting")
            {
                continue;
            }

            var path = $"/drafts/{draft.GetProperty("id").GetString()}";
            var desk = await node.AtDeskAsync(DemoNode.Approver, stop);
            var page = await Patience.AskAsync(() => desk.OpenAsync(path), stop);
            var form = page.FormTo(path);
            await Patience.AskAsync(
                () => desk.SendAsync(form, ("phrase", node.Phrases[DemoNode.Approver]), ("step", "approve")),
                stop
            );
        }
    }

    /// <summary>Drafts an answer about a request and has it approved.</summary>
    public async Task<DeskPageRead> ActAsync(
        DossierId dossier,
        string request,
        string kind,
        params IReadOnlyList<(string Name, string? Value)> fields
    )
    {
        var page = await DraftAsync($"/dossiers/{dossier}/requests/{request}/{kind}", fields);
        await ApproveAsync(dossier);
        return page;
    }

    /// <summary>Answers every question the safeguards ask of an assessor, from a list prepared by reading the request.</summary>
    public async Task AssessAsync(
        DossierId dossier,
        string request,
        IReadOnlyDictionary<string, (string Value, string Reason)> answers
    )
    {
        var path = $"/dossiers/{dossier}/requests/{request}/assess";
        var desk = await node.AtDeskAsync(DemoNode.Drafter, stop);
        var page = await Patience.AskAsync(() => desk.OpenAsync(path), stop);
        if (page.Forms.FirstOrDefault(f => f.Action == path) is not { } form)
        {
            return;
        }

        var typed = new List<(string, string?)> { ("phrase", node.Phrases[DemoNode.Drafter]) };
        for (var i = 0; form[$"answers[{i}].question"] is { Length: > 0 } question; i++)
        {
            if (answers.TryGetValue(question, out var answer))
            {
                typed.Add(($"answers[{i}].value", answer.Value));
                typed.Add(($"answers[{i}].reason", answer.Reason));
                typed.Add(($"answers[{i}].source", "The request, its facts and the provision attached"));
            }
        }

        await Patience.AskAsync(() => desk.SendAsync(form, typed), stop);
    }

    /// <summary>Waits until the node's desk shows something of a dossier.</summary>
    public Task<string> SeesAsync(DossierId dossier, Func<JsonElement, string?> look, string what) =>
        Patience.UntilAsync(
            async () => await node.FactsAsync(dossier, stop) is { } facts ? look(facts) : null,
            $"{node.Party} sees {what}",
            stop
        );

    /// <summary>Waits until a request, counted from the first, has reached a stage; gives its act's id.</summary>
    public Task<string> StageAsync(DossierId dossier, int request, string stage) =>
        SeesAsync(
            dossier,
            facts =>
                facts.GetProperty("requests").GetArrayLength() > request
                && facts.GetProperty("requests")[request] is var found
                && found.TryGetProperty("stage", out var reached)
                && reached.GetString() == stage
                    ? found.GetProperty("act").GetString()
                    : null,
            $"request {request + 1} {stage}"
        );
}
