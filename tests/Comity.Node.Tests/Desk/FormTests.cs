// SPDX-License-Identifier: EUPL-1.2
using System.Net;
using Comity.Acts;
using Comity.Instruments;
using Comity.Requests;
using Dapper;

namespace Comity.Node.Tests.Desk;

public sealed class FormTests(DeskPair pair) : IClassFixture<DeskPair>
{
    [Fact]
    public async Task A_wrong_phrase_costs_the_phrase_and_nothing_else()
    {
        var (dossier, request) = await pair.AskedAsync();
        using var officer = await pair.B.AtDeskAsync(TestNode.Drafter);
        var check = await officer.CheckAsync(Path(dossier, request, "acknowledge"), ("reference", "XB/77/2026"));

        var again = await officer.SendAsync(check.FormTo(check.Path), ("phrase", "not-the-phrase"), ("step", "sign"));
        var done = await officer.SignAsync(again, TestNode.Drafter);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.Status);
        Assert.Contains("does not open your key", again.Text, StringComparison.Ordinal);
        Assert.Contains("<title>Error: ", again.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("not-the-phrase", again.Html, StringComparison.Ordinal);
        Assert.Equal("XB/77/2026", again.FormTo(again.Path)["reference"]);
        Assert.Equal($"/dossiers/{dossier}?done=sealed", done.Path);
    }

    [Fact]
    public async Task A_wrong_phrase_under_a_new_request_opens_no_case()
    {
        using var officer = await pair.A.AtDeskAsync(TestNode.Drafter);
        var check = await officer.CheckAsync("/requests/new", Forms.Fields(Pair.Request(Measure.Preservation), pair.B));
        var before = await CasesAsync();

        var again = await officer.SendAsync(check.FormTo(check.Path), ("phrase", "not-the-phrase"), ("step", "sign"));

        Assert.Contains("does not open your key", again.Text, StringComparison.Ordinal);
        Assert.Equal(before, await CasesAsync());
    }

    [Fact]
    public async Task Whoever_guesses_phrases_holds_up_no_act_of_anybody_else()
    {
        var (dossier, request) = await pair.AskedAsync();
        using var guesser = await pair.B.AtDeskAsync(TestNode.Drafter);
        var check = await guesser.CheckAsync(Path(dossier, request, "acknowledge"), ("reference", "XB/79/2026"));
        var guesses = Enumerable
            .Range(0, 40)
            .Select(_ => guesser.SendAsync(check.FormTo(check.Path), ("phrase", "not-the-phrase"), ("step", "sign")))
            .ToList();
        await Task.WhenAny(guesses);

        await pair.B.Parts.Register.WriteAsync(_ => Task.FromResult(0), TestContext.Current.CancellationToken);

        Assert.True(guesses.Count(g => g.IsCompleted) < guesses.Count / 2);
        await Task.WhenAll(guesses);
    }

    [Fact]
    public async Task The_same_form_sent_twice_is_one_act()
    {
        var (dossier, request) = await pair.AskedAsync();
        using var officer = await pair.B.AtDeskAsync(TestNode.Drafter);
        var check = await officer.CheckAsync(Path(dossier, request, "acknowledge"), ("reference", "XB/78/2026"));

        var first = await officer.SignAsync(check, TestNode.Drafter);
        var second = await officer.SignAsync(check, TestNode.Drafter);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.Status, second.Status));
        Assert.Equal(["request", "acknowledge"], await KindsAsync(dossier));
    }

    [Fact]
    public async Task The_same_form_sent_twice_at_once_is_one_act()
    {
        using var officer = await pair.A.AtDeskAsync(TestNode.Drafter);
        var check = await officer.CheckAsync("/requests/new", Forms.Fields(Pair.Request(Measure.Preservation), pair.B));

        var sent = await Task.WhenAll(
            officer.SignAsync(check, TestNode.Drafter),
            officer.SignAsync(check, TestNode.Drafter)
        );

        Assert.Equal(sent[0].Path, sent[1].Path);
        var facts = await officer.FactsAsync(Forms.DossierOf(sent[0]));
        Assert.Equal(1, facts.GetProperty("drafts").GetArrayLength());
        Assert.Equal(1, facts.GetProperty("internal").GetArrayLength());
    }

    [Fact]
    public async Task Going_back_after_sending_and_sending_another_text_changes_nothing_and_says_so()
    {
        using var officer = await pair.A.AtDeskAsync(TestNode.Drafter);
        var start = (await officer.OpenAsync("/requests/new")).FormTo("/requests/new");
        var request = Pair.Request(Measure.Preservation);
        var first = await officer.SendAsync(start, Forms.Fields(request, pair.B));
        var sent = await officer.SignAsync(first, TestNode.Drafter);

        var other = await officer.SendAsync(start, Forms.Fields(request with { Reference = "XA-CHANGED" }, pair.B));
        var refused = await officer.SignAsync(other, TestNode.Drafter);
        var anew = await officer.SignAsync(refused, TestNode.Drafter);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("A different text was already sent with this form", refused.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, anew.Status);
        Assert.NotEqual(Forms.DossierOf(sent), Forms.DossierOf(anew));
    }

    [Fact]
    public async Task A_drafts_id_of_another_officer_or_made_up_signs_nothing()
    {
        await pair.A.AddOfficerAsync("second", Node.Officers.Role.Drafter);
        using var first = await pair.A.AtDeskAsync(TestNode.Drafter);
        using var second = await pair.A.AtDeskAsync("second");
        var request = Pair.Request(Measure.Preservation) with { Reference = "XA-TWO-OFFICERS" };
        var check = await first.CheckAsync("/requests/new", Forms.Fields(request, pair.B));
        await first.SignAsync(check, TestNode.Drafter);
        var taken = check.FormTo("/requests/new")["draft"];
        var mine = await second.CheckAsync("/requests/new", [.. Forms.Fields(request, pair.B), ("draft", taken)]);

        var stolen = await second.SignAsync(mine, "second");
        var madeUp = await second.SendAsync(
            mine.FormTo("/requests/new"),
            ("draft", "../../x"),
            ("phrase", TestNode.PhraseOf("second")),
            ("step", "sign")
        );

        Assert.Equal(HttpStatusCode.UnprocessableEntity, stolen.Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, madeUp.Status);
    }

    [Fact]
    public async Task What_is_signed_is_what_was_shown_or_nothing()
    {
        var (dossier, request) = await pair.AskedAsync();
        using var officer = await pair.B.AtDeskAsync(TestNode.Drafter);
        var check = await officer.CheckAsync(Path(dossier, request, "acknowledge"), ("reference", "SHOWN"));

        var changed = await officer.SendAsync(
            check.FormTo(check.Path),
            ("reference", "NOT-SHOWN"),
            ("phrase", TestNode.PhraseOf(TestNode.Drafter)),
            ("step", "sign")
        );

        Assert.Equal(HttpStatusCode.UnprocessableEntity, changed.Status);
        Assert.Equal(["request"], await KindsAsync(dossier));
    }

    [Fact]
    public async Task What_is_not_open_has_no_form_and_takes_none()
    {
        var (dossier, request) = await pair.AskedAsync();
        using var officer = await pair.B.AtDeskAsync(TestNode.Drafter);
        var token = (await officer.OpenAsync("/")).FormTo("/sign-out")["token"];

        var page = await officer.OpenAsync(Path(dossier, request, "supply"));
        var sent = await officer.SendAsync(
            Path(dossier, request, "withdraw"),
            [new("token", token), new("step", "sign")]
        );
        var unknown = await officer.OpenAsync(Path(dossier, request, "approve"));

        Assert.Equal(
            (HttpStatusCode.Conflict, HttpStatusCode.Conflict, HttpStatusCode.NotFound),
            (page.Status, sent.Status, unknown.Status)
        );
    }

    private static string Path(DossierId dossier, ActId request, string kind) =>
        $"/dossiers/{dossier}/requests/{request}/{kind}";

    private async Task<long> CasesAsync() =>
        await pair.A.Parts.Database.ReadAsync(
            s => s.Connection.ExecuteScalarAsync<long>("select count(*) from dossier", transaction: s.Transaction),
            TestContext.Current.CancellationToken
        );

    private async Task<IEnumerable<string>> KindsAsync(DossierId dossier) =>
        (await pair.B.DossierAsync(dossier))!.Dossier.Lines.Select(l => l.Entered.Act.Kind);
}
