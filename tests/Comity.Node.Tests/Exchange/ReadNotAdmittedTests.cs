// SPDX-License-Identifier: EUPL-1.2
using System.Net;
using Comity.Acts;
using Comity.Node.Officers;
using Comity.Node.Tests.Desk;

namespace Comity.Node.Tests.Exchange;

/// <summary>A duty officer reads what was not admitted, without it doing anything to them.</summary>
public sealed class ReadNotAdmittedTests(OnSqlite states) : IClassFixture<OnSqlite>
{
    [Fact]
    public async Task An_act_that_was_not_admitted_is_read_as_text_and_got_as_it_came()
    {
        var bytes = states.Hostile.Sign(Request("<script>alert(1)</script>")).Signed.Encoded.ToArray();
        var path = await NotAdmittedAsync(bytes, "act.wrong-addressee");
        using var officer = await states.Victim.AtDeskAsync(TestNode.Approver);

        var alarms = await officer.OpenAsync("/alarms");
        var page = await officer.OpenAsync(
            alarms.LinkTo($"Look at what came: act.wrong-addressee of XB, {Digest.Of(bytes)}")
        );
        var (status, got) = await officer.DownloadAsync($"{path}/bytes");

        Assert.Equal(path, page.Path);
        Assert.Contains($"href=\"{path}\"", alarms.Html, StringComparison.Ordinal);
        Assert.Contains("Says it is from XB/central", page.Text, StringComparison.Ordinal);
        Assert.Contains("\"reference\": \"<script>alert(1)</script>\"", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page.Html, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(bytes, got);
        Assert.Equal(
            ["not-admitted.downloaded", "not-admitted.read"],
            (
                await states.Parts.Database.ReadAsync(s => Audit.OfAsync(s, Digest.Of(bytes).ToString(), 10), Stop)
            ).Select(l => l.What)
        );
    }

    [Fact]
    public async Task Characters_that_would_turn_what_is_read_are_written_out()
    {
        var act = states.Request() with
        {
            Kind = "novelty",
            To = states.Other.Central,
            Body = new NotUnderstood("{\"text\":\"pay \u202Eereh\u2066\uFEFF\U000E0041 now\"}"),
        };
        var path = await NotAdmittedAsync(states.Hostile.Sign(act).Signed.Encoded.ToArray(), "act.wrong-addressee");
        using var officer = await states.Victim.AtDeskAsync(TestNode.Approver);

        var page = await officer.OpenAsync(path);

        Assert.Contains("pay \\u202Eereh\\u2066\\uFEFF\\uDB40\\uDC41 now", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_reads_as_no_act_is_not_shown_and_a_browser_is_told_to_keep_it_shut()
    {
        var bytes = "<html><script>alert(1)</script>"u8.ToArray();
        var path = await NotAdmittedAsync(bytes, "signature.malformed");
        using var officer = await states.Victim.AtDeskAsync(TestNode.Drafter);

        var page = await officer.OpenAsync(path);
        using var answer = await officer.AskAsync(new(HttpMethod.Get, $"{path}/bytes"));

        Assert.Contains($"Size {bytes.Length} bytes SHA-256 {Digest.Of(bytes)}", page.Text, StringComparison.Ordinal);
        Assert.Contains("It does not read as an act", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("alert(1)", page.Text, StringComparison.Ordinal);
        Assert.Equal(
            ("application/octet-stream", "attachment", $"{Digest.Of(bytes)}.bin"),
            (
                answer.Content.Headers.ContentType!.MediaType,
                answer.Content.Headers.ContentDisposition!.DispositionType,
                answer.Content.Headers.ContentDisposition.FileName
            )
        );
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task Of_another_State_or_other_bytes_there_is_no_such_page()
    {
        var path = await NotAdmittedAsync("nothing"u8.ToArray(), "signature.malformed");
        using var officer = await states.Victim.AtDeskAsync(TestNode.Drafter);

        foreach (
            var other in new[]
            {
                path.Replace("/XB/", "/XC/", StringComparison.Ordinal),
                path[..^1] + (path[^1] == '0' ? '1' : '0'),
                path.Replace("/XB/", "/xb/", StringComparison.Ordinal),
                path[..^1],
            }
        )
        {
            Assert.Equal(HttpStatusCode.NotFound, (await officer.OpenAsync(other)).Status);
        }
    }

    [Fact]
    public async Task Who_only_looks_after_the_node_sees_that_something_came_and_not_what()
    {
        var path = await NotAdmittedAsync("something"u8.ToArray(), "signature.malformed");
        await states.Victim.AddOfficerAsync("keeper", Role.Administrator);
        using var keeper = await states.Victim.AtDeskAsync("keeper");

        var alarms = await keeper.OpenAsync("/alarms");

        Assert.Contains($"SHA-256 {path.Split('/')[^1]}", alarms.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/alarms/not-admitted", alarms.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await keeper.OpenAsync(path)).Status);
    }

    private Act Request(string reference) =>
        states.Request() with
        {
            To = states.Other.Central,
            Body = Pair.Request(Instruments.Measure.Preservation) with { Reference = reference },
        };

    private async Task<string> NotAdmittedAsync(byte[] bytes, string code)
    {
        await states.NotAdmittedAsync(states.Hostile.Issue(bytes), code);
        return $"/alarms/not-admitted/XB/{Digest.Of(bytes)}";
    }
}
