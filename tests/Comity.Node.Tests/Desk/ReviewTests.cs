// SPDX-License-Identifier: EUPL-1.2
using System.Net;
using System.Text.Json;
using Comity.Acts;
using Comity.Instruments;
using Comity.Node.Checking;
using Comity.Node.Demo;

namespace Comity.Node.Tests.Desk;

/// <summary>What one officer sent alone is looked at again by another, on paper that is signed and never leaves.</summary>
public sealed class ReviewTests(DeskPair pair) : IClassFixture<DeskPair>
{
    private static readonly string Phrase = TestNode.PhraseOf(TestNode.Approver);

    [Fact]
    public async Task A_second_officer_finds_what_was_sent_alone_reads_it_and_has_nothing_to_object()
    {
        var (dossier, path) = await SentAloneAsync("XA-AT-NIGHT");
        using var approver = await pair.A.AtDeskAsync(TestNode.Approver);

        var inbox = await approver.OpenAsync("/");
        var draft = await approver.OpenAsync(inbox.LinkTo("Request: XA-AT-NIGHT"));
        var done = await approver.SendAsync(
            draft.FormTo($"{path}/review"),
            ("verdict", "approves"),
            ("reason", "The logs would be gone."),
            ("phrase", Phrase)
        );

        Assert.Contains("Signed by one officer, to be looked at again", inbox.Text, StringComparison.Ordinal);
        Assert.Contains("Dana Draft wrote it and signed", draft.Text, StringComparison.Ordinal);
        Assert.Contains("The provider deletes logs after 30 days", draft.Text, StringComparison.Ordinal);
        Assert.EndsWith("?done=reviewed", done.Path, StringComparison.Ordinal);
        Assert.Contains(
            "Sent on one signature. Ari Approve looked at it again and has nothing to object",
            done.Text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "An officer of XA looked at the request again and has nothing to object",
            done.Text,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("XA-AT-NIGHT", await SectionAsync(approver), StringComparison.Ordinal);
        Assert.Contains(
            "Ari Approve looked at it again and has nothing to object: The logs would be gone.",
            (await approver.OpenAsync(path)).Text,
            StringComparison.Ordinal
        );
        Assert.Equal("approves", (await DraftAsync(approver, dossier)).GetProperty("review").GetString());
        Assert.Empty((await NodeCheck.RunAsync(pair.A.Parts, Stop)).Faults);
    }

    [Fact]
    public async Task A_review_is_signed_with_the_reviewers_key_over_what_was_sent_and_stays_at_home()
    {
        var (dossier, path) = await SentAloneAsync();
        using var approver = await pair.A.AtDeskAsync(TestNode.Approver);
        await ReviewAsync(approver, path, "approves");
        var file = (await pair.A.DossierAsync(dossier))!;
        var sent = file.Acts.Single(a => a.Signed.Act.Visibility == Visibility.Shared).Signed;
        await Pair.UntilAsync(async () => (await pair.B.DossierAsync(dossier))?.Acts.Count > 0, "the request arrives");

        var review = file.Internal.Single(a =>
            a.Signed.Signed.Signer.Id != file.Internal.First().Signed.Signed.Signer.Id
        );

        Assert.Equal(
            new Approve(ActContent.Of(sent.Act).Digest(), ApprovalRole.Reviewer, ApprovalVerdict.Approves, null),
            review.Signed.Act.Body
        );
        Assert.Equal((await pair.A.OfficerAsync(TestNode.Approver)).Certificate, review.Signed.Signed.Signer);
        Assert.Equal((Visibility.Party, sent.Act.From), (review.Signed.Act.Visibility, review.Signed.Act.To));
        Assert.Equal([sent.Id], (await pair.B.DossierAsync(dossier))!.Acts.Select(a => a.Signed.Id));
    }

    [Fact]
    public async Task The_same_review_sent_twice_is_one_review_and_another_one_is_not_taken()
    {
        var (dossier, path) = await SentAloneAsync();
        await pair.A.AddOfficerAsync("late-approver", Node.Officers.Role.Approver);
        using var approver = await pair.A.AtDeskAsync(TestNode.Approver);
        using var late = await pair.A.AtDeskAsync("late-approver");
        var form = (await approver.OpenAsync(path)).FormTo($"{path}/review");
        var others = (await late.OpenAsync(path)).FormTo($"{path}/review");
        (string, string?)[] typed = [("verdict", "approves"), ("phrase", Phrase)];

        await approver.SendAsync(form, typed);
        var again = await approver.SendAsync(form, typed);
        var turned = await approver.SendAsync(form, ("verdict", "returns"), ("reason", "No."), ("phrase", Phrase));
        var second = await late.SendAsync(
            others,
            ("verdict", "approves"),
            ("phrase", TestNode.PhraseOf("late-approver"))
        );

        Assert.EndsWith("?done=reviewed", again.Path, StringComparison.Ordinal);
        Assert.All(
            [turned, second],
            page =>
            {
                Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
                Assert.Contains("approval.reviewed", page.Text, StringComparison.Ordinal);
            }
        );
        Assert.Equal(2, (await pair.A.DossierAsync(dossier))!.Internal.Count());
    }

    [Fact]
    public async Task Nobody_reviews_what_they_sent_themselves_also_not_with_two_roles()
    {
        await pair.A.AddOfficerAsync("night", Node.Officers.Role.Drafter, Node.Officers.Role.Approver);
        var (dossier, path) = await SentAloneAsync("XA-MY-OWN", "night");
        using var night = await pair.A.AtDeskAsync("night");
        using var drafter = await pair.A.AtDeskAsync(TestNode.Drafter);

        var page = await night.OpenAsync(path);
        var own = await PostAsync(night, path, "night");
        var foreign = await PostAsync(drafter, path, TestNode.Drafter);

        Assert.DoesNotContain(page.Forms, f => f.Action == $"{path}/review");
        Assert.Contains("Another officer with the role of approver is to look", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("XA-MY-OWN", await SectionAsync(night), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, own.Status);
        Assert.Contains("approval.same-officer", own.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, foreign.Status);
        Assert.Single((await pair.A.DossierAsync(dossier))!.Internal);
    }

    [Fact]
    public async Task A_wrong_phrase_reviews_nothing_and_keeps_what_was_typed()
    {
        var (dossier, path) = await SentAloneAsync();
        using var approver = await pair.A.AtDeskAsync(TestNode.Approver);
        var form = (await approver.OpenAsync(path)).FormTo($"{path}/review");

        var page = await approver.SendAsync(
            form,
            ("verdict", "returns"),
            ("reason", "The period is too long."),
            ("phrase", "not the phrase")
        );

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("does not open your key", page.Text, StringComparison.Ordinal);
        var kept = page.FormTo($"{path}/review");
        Assert.Equal(("returns", "The period is too long.", ""), (kept["verdict"], kept["reason"], kept["phrase"]));
        Assert.Single((await pair.A.DossierAsync(dossier))!.Internal);
        await ReviewAsync(approver, path, "approves");
    }

    [Theory]
    [InlineData(null, "x", "Choose what you think of it")]
    [InlineData("perhaps", "x", "Choose what you think of it")]
    [InlineData("returns", "", "Enter why you object")]
    [InlineData("approves", "a\u202Eb", "has characters that cannot be shown")]
    public async Task A_review_that_does_not_say_what_is_thought_or_why_is_not_taken(
        string? verdict,
        string reason,
        string says
    )
    {
        var (dossier, path) = await SentAloneAsync();
        using var approver = await pair.A.AtDeskAsync(TestNode.Approver);
        var form = (await approver.OpenAsync(path)).FormTo($"{path}/review");

        var page = await approver.SendAsync(form, ("verdict", verdict), ("reason", reason), ("phrase", Phrase));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains(says, page.Text, StringComparison.Ordinal);
        Assert.Single((await pair.A.DossierAsync(dossier))!.Internal);
    }

    [Fact]
    public async Task An_objection_undoes_nothing_and_is_shown_to_whoever_opens_the_dossier_and_as_an_alarm()
    {
        const string Reason = "The address is another hospital's.";
        var (dossier, path) = await SentAloneAsync();
        using var approver = await pair.A.AtDeskAsync(TestNode.Approver);
        using var drafter = await pair.A.AtDeskAsync(TestNode.Drafter);

        var done = await ReviewAsync(approver, path, "returns", Reason);
        var seen = await drafter.OpenAsync($"/dossiers/{dossier}");
        var alarms = await drafter.OpenAsync("/alarms");

        Assert.EndsWith("?done=objected", done.Path, StringComparison.Ordinal);
        Assert.Contains("Objected to Ari Approve looked at it again and objects", seen.Text, StringComparison.Ordinal);
        Assert.Contains(
            $": {Reason} It was sent on one signature, and what was sent stands",
            seen.Text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "An officer of XA looked at the request again and objects",
            seen.Text,
            StringComparison.Ordinal
        );
        Assert.Contains("What was sent stands: read why", alarms.Text, StringComparison.Ordinal);
        Assert.Contains($"approval.objected about {path.Split('/')[2]}", alarms.Text, StringComparison.Ordinal);
        Assert.Contains(
            Reason,
            (
                await drafter.OpenAsync(
                    alarms.LinkTo($"See what was sent and who signed it: approval.objected of XB, {path.Split('/')[2]}")
                )
            ).Text,
            StringComparison.Ordinal
        );
        var draft = await DraftAsync(drafter, dossier);
        Assert.Equal(
            ("sealed", "returns"),
            (draft.GetProperty("state").GetString(), draft.GetProperty("review").GetString())
        );
        await Pair.UntilAsync(
            async () => (await pair.B.DossierAsync(dossier))?.Dossier.Requests.Count == 1,
            "what was sent arrives all the same"
        );
        Assert.Empty((await NodeCheck.RunAsync(pair.A.Parts, Stop)).Faults);
    }

    [Fact]
    public async Task What_waits_for_a_second_signature_or_has_two_is_not_to_be_reviewed()
    {
        var (dossier, request) = await pair.AskedAsync();
        using var drafter = await pair.B.AtDeskAsync(TestNode.Drafter);
        using var approver = await pair.B.AtDeskAsync(TestNode.Approver);
        await drafter.DraftAsync(
            $"/dossiers/{dossier}/requests/{request}/ask",
            ("purpose", "information"),
            ("questions[0].text", "Which records exactly?")
        );
        var path = $"/drafts/{(await DraftAsync(approver, dossier)).GetProperty("id").GetString()}";

        var early = await PostAsync(approver, path, TestNode.Approver);
        await approver.SendAsync(
            (await approver.OpenAsync(path)).FormTo(path),
            ("phrase", Phrase),
            ("step", "approve")
        );
        var sealedByTwo = await PostAsync(approver, path, TestNode.Approver);

        Assert.All(
            [early, sealedByTwo],
            page =>
            {
                Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
                Assert.Contains("approval.not-alone", page.Text, StringComparison.Ordinal);
                Assert.DoesNotContain(page.Forms, f => f.Action == $"{path}/review");
            }
        );
        Assert.False((await DraftAsync(approver, dossier)).TryGetProperty("reviewDue", out _));
    }

    // XA's officer asks for a preservation, with forms and alone.
    private async Task<(DossierId Dossier, string Path)> SentAloneAsync(
        string reference = "XA-2026-0001",
        string officer = TestNode.Drafter
    )
    {
        using var asking = await pair.A.AtDeskAsync(officer);
        var request = Pair.Request(Measure.Preservation) with { Reference = reference };
        var check = await asking.CheckAsync("/requests/new", Forms.Fields(request, pair.B));
        var sent = await asking.SignAsync(check, officer);
        Assert.True(DossierId.TryParse(Forms.DossierOf(sent), out var dossier));
        return (dossier, $"/drafts/{(await DraftAsync(asking, dossier)).GetProperty("id").GetString()}");
    }

    private static async Task<DeskPageRead> ReviewAsync(
        DeskVisitor approver,
        string path,
        string verdict,
        string? reason = null
    )
    {
        var form = (await approver.OpenAsync(path)).FormTo($"{path}/review");
        return await approver.SendAsync(form, ("verdict", verdict), ("reason", reason), ("phrase", Phrase));
    }

    // As whoever makes up the form that the page does not show.
    private static async Task<DeskPageRead> PostAsync(DeskVisitor visitor, string path, string officer)
    {
        var token = (await visitor.OpenAsync(path)).FormTo("/sign-out")["token"];
        return await visitor.SendAsync(
            $"{path}/review",
            [new("token", token), new("verdict", "approves"), new("phrase", TestNode.PhraseOf(officer))]
        );
    }

    private static async Task<string> SectionAsync(DeskVisitor visitor)
    {
        var text = (await visitor.OpenAsync("/")).Text;
        var from = text.IndexOf("Signed by one officer", StringComparison.Ordinal);
        return from < 0 ? "" : text[from..text.IndexOf(" Dossiers ", from, StringComparison.Ordinal)];
    }

    private static async Task<JsonElement> DraftAsync(DeskVisitor visitor, DossierId dossier) =>
        (await visitor.FactsAsync(dossier.ToString())).GetProperty("drafts")[0];
}
