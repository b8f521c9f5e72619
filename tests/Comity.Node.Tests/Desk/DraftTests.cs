// SPDX-License-Identifier: EUPL-1.2
using System.Net;
using Comity.Acts;
using Comity.Node.Acts;
using Comity.Node.Demo;

namespace Comity.Node.Tests.Desk;

public sealed class DraftTests(DeskPair pair) : IClassFixture<DeskPair>
{
    [Fact]
    public async Task A_draft_can_be_taken_back_by_its_drafter_and_by_nobody_else_and_is_never_sent()
    {
        var (dossier, path) = await AskingAsync();
        await pair.B.AddOfficerAsync("other-drafter", Node.Officers.Role.Drafter);
        using var other = await pair.B.AtDeskAsync("other-drafter");
        using var officer = await pair.B.AtDeskAsync(TestNode.Drafter);
        var form = (await officer.OpenAsync(path)).FormTo($"{path}/take-back");
        var token = (await other.OpenAsync(path)).FormTo("/sign-out")["token"];

        var stranger = await other.SendAsync($"{path}/take-back", [new("token", token)]);
        var before = await StateAsync(officer, dossier);
        var mine = await officer.SendAsync(form);
        var twice = await officer.SendAsync(form);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, stranger.Status);
        Assert.Equal(DraftTables.Waiting, before);
        Assert.Contains("Taken back. Nothing was sent", mine.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, twice.Status);
        Assert.Equal(DraftTables.Returned, await StateAsync(officer, dossier));
        Assert.Single((await pair.B.DossierAsync(dossier))!.Dossier.Lines);
    }

    [Fact]
    public async Task A_draft_is_returned_only_with_a_reason_and_then_stays_here()
    {
        var (dossier, path) = await AskingAsync();
        using var approver = await pair.B.AtDeskAsync(TestNode.Approver);
        var form = (await approver.OpenAsync(path)).FormTo(path);
        var phrase = TestNode.PhraseOf(TestNode.Approver);

        var silent = await approver.SendAsync(form, ("phrase", phrase), ("step", "return"));
        var wrong = await approver.SendAsync(
            form,
            ("reason", "Ask it in one sentence."),
            ("phrase", "x"),
            ("step", "return")
        );
        var done = await approver.SendAsync(wrong.FormTo(path), ("phrase", phrase), ("step", "return"));

        Assert.Contains("Enter why you return it", silent.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Equal("Ask it in one sentence.", wrong.FormTo(path)["reason"]);
        Assert.Contains("Returned to its drafter", done.Text, StringComparison.Ordinal);
        Assert.Equal(DraftTables.Returned, await StateAsync(approver, dossier));
    }

    [Fact]
    public async Task Nobody_approves_what_they_wrote_themselves()
    {
        await pair.B.AddOfficerAsync("both", Node.Officers.Role.Drafter, Node.Officers.Role.Approver);
        var (dossier, request) = await pair.AskedAsync();
        using var officer = await pair.B.AtDeskAsync("both");
        var check = await officer.CheckAsync(
            $"/dossiers/{dossier}/requests/{request}/ask",
            ("purpose", "information"),
            ("questions[0].text", "Which records exactly?")
        );
        await officer.SignAsync(check, "both");
        var id = (await officer.FactsAsync(dossier.ToString())).GetProperty("drafts")[0].GetProperty("id").GetString();
        var page = await officer.OpenAsync($"/drafts/{id}");

        var own = await officer.SendAsync(
            $"/drafts/{id}",
            [
                new("token", page.FormTo("/sign-out")["token"]),
                new("phrase", TestNode.PhraseOf("both")),
                new("step", "approve"),
            ]
        );

        Assert.DoesNotContain(page.Forms, f => f.Action == $"/drafts/{id}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, own.Status);
        Assert.Contains("approval.same-officer", own.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sealed_draft_cannot_be_taken_back_and_approving_it_again_changes_nothing()
    {
        var (dossier, path) = await AskingAsync();
        using var officer = await pair.B.AtDeskAsync(TestNode.Drafter);
        using var approver = await pair.B.AtDeskAsync(TestNode.Approver);
        var back = (await officer.OpenAsync(path)).FormTo($"{path}/take-back");
        var approve = (await approver.OpenAsync(path)).FormTo(path);
        (string, string?)[] typed = [("phrase", TestNode.PhraseOf(TestNode.Approver)), ("step", "approve")];
        await approver.SendAsync(approve, typed);

        var again = await approver.SendAsync(approve, typed);
        var late = await officer.SendAsync(back);

        Assert.Contains("Sealed and on its way", again.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.Status);
        Assert.Contains("draft.not-waiting", late.Text, StringComparison.Ordinal);
        Assert.Equal(2, (await pair.B.DossierAsync(dossier))!.Dossier.Lines.Count);
    }

    private async Task<(DossierId Dossier, string Path)> AskingAsync()
    {
        var (dossier, request) = await pair.AskedAsync();
        using var officer = await pair.B.AtDeskAsync(TestNode.Drafter);
        await officer.DraftAsync(
            $"/dossiers/{dossier}/requests/{request}/ask",
            ("purpose", "information"),
            ("questions[0].text", "Which records exactly?")
        );
        var facts = await officer.FactsAsync(dossier.ToString());
        return (dossier, $"/drafts/{facts.GetProperty("drafts")[0].GetProperty("id").GetString()}");
    }

    private static async Task<string?> StateAsync(DeskVisitor officer, DossierId dossier) =>
        (await officer.FactsAsync(dossier.ToString())).GetProperty("drafts")[0].GetProperty("state").GetString();
}
