// SPDX-License-Identifier: EUPL-1.2
using System.Net;
using Comity.Acts;
using Comity.Instruments;
using Comity.Requests;

namespace Comity.Node.Tests.Desk;

public sealed class TypedTests(DeskPair pair) : IClassFixture<DeskPair>
{
    [Fact]
    public async Task A_field_of_a_million_characters_is_refused_with_everything_typed_kept()
    {
        var (dossier, request) = await pair.AskedAsync();
        using var officer = await pair.B.AtDeskAsync(TestNode.Drafter);
        var form = (await officer.OpenAsync(Path(dossier, request, "ask"))).FormTo(Path(dossier, request, "ask"));
        var endless = string.Concat(Enumerable.Repeat("Мороз ", 166_667))[..1_000_000];

        var again = await officer.SendAsync(
            form,
            ("purpose", "information"),
            ("questions[0].text", endless),
            ("questions[1].text", "And this?"),
            ("step", "check")
        );

        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.Status);
        Assert.Contains(
            "Shorten the question to 8,000 characters; there are 1,000,000",
            again.Text,
            StringComparison.Ordinal
        );
        var kept = again.FormTo(Path(dossier, request, "ask"));
        Assert.Equal(endless.Trim(), kept["questions[0].text"].Trim());
        Assert.Equal(("information", "And this?"), (kept["purpose"], kept["questions[1].text"]));
    }

    [Theory]
    [InlineData(1, 20_000_000)]
    [InlineData(5_000, 1)]
    public async Task A_form_beyond_every_limit_is_turned_away_with_a_page_that_says_so(int fields, int characters)
    {
        using var officer = await pair.A.AtDeskAsync(TestNode.Drafter);
        var form = (await officer.OpenAsync("/requests/new")).FormTo("/requests/new");
        var much = Enumerable.Range(0, fields).Select(i => ($"x{i}", (string?)new string('x', characters)));

        var page = await officer.SendAsync(form, [.. much]);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, page.Status);
        Assert.Contains("That was too large: nothing was done", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8_000, HttpStatusCode.OK)]
    [InlineData(8_001, HttpStatusCode.UnprocessableEntity)]
    public async Task A_field_takes_what_the_act_takes_and_not_a_character_more(int characters, HttpStatusCode status)
    {
        var (dossier, request) = await pair.AskedAsync();
        using var officer = await pair.B.AtDeskAsync(TestNode.Drafter);

        var page = await officer.CheckAsync(
            Path(dossier, request, "ask"),
            ("purpose", "information"),
            ("questions[0].text", new string('ß', characters))
        );

        Assert.Equal(status, page.Status);
    }

    [Fact]
    public async Task Characters_that_reorder_what_is_read_are_refused_at_their_field()
    {
        var (dossier, request) = await pair.AskedAsync();
        using var officer = await pair.B.AtDeskAsync(TestNode.Drafter);

        var page = await officer.CheckAsync(Path(dossier, request, "acknowledge"), ("reference", "a\u202Eb"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("href=\"#reference\"", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Script_in_every_text_of_a_request_comes_out_as_text_on_both_sides()
    {
        const string Script = "<script>alert('1')</script>\"'><img src=x onerror=alert(1)>";
        var (dossier, request) = await pair.AskedAsync(Everywhere(Script));
        foreach (var node in new[] { pair.A, pair.B })
        {
            using var officer = await node.AtDeskAsync(TestNode.Drafter);
            foreach (
                var path in new[]
                {
                    $"/dossiers/{dossier}",
                    $"/dossiers/{dossier}/acts/{request}",
                    $"/dossiers/{dossier}/requests/{request}/{(node == pair.B ? "grant" : "supplement")}",
                    "/?show=ours",
                    "/?show=theirs&find=" + Uri.EscapeDataString(Script),
                }
            )
            {
                var page = await officer.OpenAsync(path);
                Assert.Equal((path, HttpStatusCode.OK), (path, page.Status));
                Assert.DoesNotContain("<script", page.Html, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain("<img", page.Html, StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    [Fact]
    public async Task Script_typed_into_every_field_of_every_form_comes_out_as_text()
    {
        const string Script = "\"><script>alert(1)</script>";
        var (dossier, request) = await pair.AskedAsync();
        using var officer = await pair.B.AtDeskAsync(TestNode.Drafter);
        foreach (var kind in new[] { "acknowledge", "ask", "grant", "refuse" })
        {
            var path = Path(dossier, request, kind);
            var form = (await officer.OpenAsync(path)).FormTo(path);
            var typed = form.Fields.Where(f => f.Key is not ("token" or "step")).Select(f => (f.Key, (string?)Script));

            foreach (var step in new[] { "check", "change", "more:questions", "sign" })
            {
                var page = await officer.SendAsync(form, [.. typed, ("step", step)]);
                Assert.NotEqual(HttpStatusCode.InternalServerError, page.Status);
                Assert.DoesNotContain("<script", page.Html, StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    [Fact]
    public async Task A_request_that_does_not_say_what_the_Convention_asks_cannot_be_signed()
    {
        using var officer = await pair.A.AtDeskAsync(TestNode.Drafter);
        var request = Pair.Request(Measure.Preservation) with { Necessity = null, Facts = [], Data = [], Conduct = [] };

        var page = await officer.CheckAsync("/requests/new", Forms.Fields(request, pair.B));
        var back = await officer.SendAsync(page.FormTo("/requests/new"), ("step", "change"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("why preservation is necessary", page.Text, StringComparison.Ordinal);
        Assert.Contains("a brief summary of the facts", page.Text, StringComparison.Ordinal);
        Assert.Contains("request.content-missing", page.Text, StringComparison.Ordinal);
        Assert.Equal(Forms.FileOf(request), back.FormTo("/requests/new")["request"]);
    }

    [Theory]
    [InlineData("{", "act.malformed")]
    [InlineData("{\"measure\":\"preservation\",\"measure\":\"preservation\"}", "act.malformed")]
    [InlineData("", "Choose a request file, or paste its text")]
    public async Task A_request_file_that_is_none_is_shown_again_with_what_is_wrong(string text, string says)
    {
        using var officer = await pair.A.AtDeskAsync(TestNode.Drafter);

        var page = await officer.CheckAsync("/requests/new", ("to", "XB/central"), ("request", text));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains(says, page.Text, StringComparison.Ordinal);
        Assert.Equal(text, page.FormTo("/requests/new")["request"]);
    }

    [Fact]
    public async Task Preservation_for_less_than_60_days_is_refused_by_its_paragraph()
    {
        var (dossier, request) = await pair.AskedAsync();
        using var officer = await pair.B.AtDeskAsync(TestNode.Drafter);

        var page = await officer.CheckAsync(
            Path(dossier, request, "grant"),
            ("law", "Law of XB"),
            ("preserved.since", "2026-11-24T12:00"),
            ("preserved.until", "2027-01-23T11:59")
        );

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("preservation.too-short", page.Text, StringComparison.Ordinal);
        Assert.Contains("href=\"#preserved_until\"", page.Html, StringComparison.Ordinal);
    }

    private static string Path(DossierId dossier, ActId request, string kind) =>
        $"/dossiers/{dossier}/requests/{request}/{kind}";

    private static Request Everywhere(string text) =>
        Pair.Request(Measure.Preservation) with
        {
            Reference = text,
            Authority = new(text, text, null, text, text),
            Proceeding = new(text, ProceedingNature.Investigation, new(text, text, null, text, text), text),
            Offences = [new("o1", text, "10", new(text, text, text, null, null))],
            Facts = [new(1, text)],
            Conduct = [new(ElementKind.Act, "encrypt-data", text, [1])],
            Persons = [new(PersonRole.Suspect, text, text, text, null)],
            Items = [new("i1", ItemKind.Other, text, null, text, text, null, null)],
            Data = [new(DataCategory.Traffic, ["i1"], text, [1])],
            Custodian = new(text, text),
            Necessity = text,
            Intention = new(text, null),
            Assistance = new(text, text),
            Purpose = text,
            Urgency = new(UrgencyLevel.Urgent, text, null),
            Secrecy = new(text, Pair.Day(90), true),
            Undertakings = [new(UndertakingKind.Other, text)],
            Earlier = [new(RequestRelation.Repeats, null, text)],
            Attachments = [new(text.Replace('/', '|'), Digest.Of("x"u8), 1)],
        };
}
