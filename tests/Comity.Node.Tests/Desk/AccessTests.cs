// SPDX-License-Identifier: EUPL-1.2
using System.Net;
using Comity.Node.Desk;
using Comity.Node.Officers;

namespace Comity.Node.Tests.Desk;

public sealed class AccessTests(DeskPair pair) : IClassFixture<DeskPair>
{
    [Fact]
    public async Task Each_page_and_form_opens_for_its_roles_and_for_nobody_else()
    {
        var (dossier, request) = await pair.AskedAsync();
        var wrong = new List<string>();
        foreach (var role in Enum.GetValues<Role>())
        {
            await pair.B.AddOfficerAsync($"only-{Names.Of(role)}", role);
            foreach (var rule in Access.All.Where(r => r.Roles is not null))
            {
                // Signed in anew each time, as one of the forms signs out.
                using var visitor = await pair.B.AtDeskAsync($"only-{Names.Of(role)}");
                var token = (await visitor.OpenAsync("/alarms")).FormTo("/sign-out")["token"];
                using var answer = await visitor.AskAsync(
                    Ask(rule, PathOf(rule, dossier.ToString(), request.ToString()), token)
                );
                if ((answer.StatusCode == HttpStatusCode.Forbidden) == rule.Roles!.Contains(role))
                {
                    wrong.Add($"{role}: {rule.Method} {rule.Pattern} gave {answer.StatusCode}");
                }

                Assert.NotEqual(HttpStatusCode.InternalServerError, answer.StatusCode);
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Nothing_but_the_sign_in_opens_without_signing_in()
    {
        var opened = new List<string>();
        using var visitor = pair.B.Visitor();
        foreach (var rule in Access.All.Where(r => r.Roles is not null))
        {
            using var answer = await visitor.AskAsync(
                Ask(rule, PathOf(rule, new string('0', 32), new string('0', 64)), "")
            );
            if (answer.StatusCode != HttpStatusCode.Unauthorized)
            {
                opened.Add($"{rule.Method} {rule.Pattern} gave {answer.StatusCode}");
            }
        }

        Assert.Empty(opened);
    }

    [Fact]
    public async Task A_form_without_its_token_or_with_another_officers_is_not_accepted()
    {
        using var officer = await pair.B.AtDeskAsync(TestNode.Drafter);
        using var other = await pair.B.AtDeskAsync(TestNode.Approver);
        await pair.B.AddOfficerAsync("all", Enum.GetValues<Role>());
        var foreign = (await other.OpenAsync("/")).FormTo("/sign-out")["token"];
        var accepted = new List<string>();
        foreach (var rule in Access.All.Where(r => r.Method == "POST"))
        {
            foreach (var token in new[] { null, "", "nonsense", foreign })
            {
                using var visitor = await pair.B.AtDeskAsync("all");
                using var answer = await visitor.AskAsync(
                    Ask(rule, PathOf(rule, new string('0', 32), new string('0', 64)), token)
                );
                // A form that streams looks for its dossier first; both answers leave everything as it was.
                if (answer.StatusCode is not (HttpStatusCode.BadRequest or HttpStatusCode.NotFound))
                {
                    accepted.Add($"{rule.Pattern} with '{token}' gave {answer.StatusCode}");
                }
            }
        }

        Assert.Empty(accepted);
    }

    [Fact]
    public async Task A_form_that_another_site_sends_is_not_accepted_even_with_a_token()
    {
        using var officer = await pair.B.AtDeskAsync(TestNode.Drafter);
        var form = (await officer.OpenAsync("/")).FormTo("/sign-out");
        var request = Ask(Access.Of("POST", "/sign-out"), "/sign-out", form["token"]);
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        using var answer = await officer.AskAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await officer.OpenAsync("/")).Status);
    }

    [Fact]
    public async Task An_address_that_is_no_page_says_so()
    {
        using var officer = await pair.B.AtDeskAsync(TestNode.Drafter);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.OpenAsync("/v1/standing")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.OpenAsync("/dossiers/../../etc/passwd")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.OpenAsync("/dossiers/nonsense")).Status);
    }

    [Fact]
    public async Task No_page_lets_a_browser_run_a_script_load_from_elsewhere_be_framed_or_be_kept()
    {
        using var officer = await pair.B.AtDeskAsync(TestNode.Drafter);
        foreach (var path in new[] { "/", "/alarms", "/requests/new", "/sign-in/x", "/nowhere" })
        {
            using var answer = await officer.AskAsync(new(HttpMethod.Get, path));
            var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

            Assert.Equal(
                "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
                Assert.Single(answer.Headers.GetValues("Content-Security-Policy"))
            );
            Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.True(answer.Headers.CacheControl!.NoStore, path);
            Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(" style=", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("http://", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("https://", html, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task The_first_page_with_its_style_sheet_weighs_less_than_100_KB()
    {
        using var officer = await pair.B.AtDeskAsync(TestNode.Drafter);
        var page = await officer.OpenAsync("/");
        var sheet = System.Text.RegularExpressions.Regex.Match(page.Html, "href=\"(/desk-[0-9a-f]{16}\\.css)\"").Groups[
            1
        ];
        var (status, css) = await officer.DownloadAsync(sheet.Value);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.InRange(page.Html.Length + css.Length, 5_000, 100_000);
    }

    private static string PathOf(AccessRule rule, string dossier, string request) =>
        rule
            .Pattern.Replace("{dossier}", dossier, StringComparison.Ordinal)
            .Replace("{request}", request, StringComparison.Ordinal)
            .Replace("{act}", request, StringComparison.Ordinal)
            .Replace("{kind}", "acknowledge", StringComparison.Ordinal)
            .Replace("{draft}", new string('0', 32), StringComparison.Ordinal)
            .Replace("{sealed}", new string('0', 64), StringComparison.Ordinal)
            .Replace("{peer}", "XA", StringComparison.Ordinal)
            .Replace("{digest}", new string('0', 64), StringComparison.Ordinal)
            .Replace("{link}", "x", StringComparison.Ordinal);

    private static HttpRequestMessage Ask(AccessRule rule, string path, string? token)
    {
        var request = new HttpRequestMessage(new HttpMethod(rule.Method), path);
        if (rule.Method == "POST")
        {
            var fields = token is null ? [] : new[] { new KeyValuePair<string, string>("token", token) };
            request.Content = rule.Streams ? Multipart(fields) : new FormUrlEncodedContent(fields);
        }

        return request;
    }

    private static MultipartFormDataContent Multipart(IEnumerable<KeyValuePair<string, string>> fields)
    {
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in fields.Append(new("last", "x")))
        {
            content.Add(new StringContent(value), $"\"{name}\"");
        }

        return content;
    }
}
