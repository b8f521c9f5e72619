// SPDX-License-Identifier: EUPL-1.2
using System.Net;
using Comity.Acts;
using Comity.Instruments;
using Comity.Node.Storage;
using Comity.Requests;

namespace Comity.Node.Tests.Desk;

public sealed class InboxTests(DeskPair pair) : IClassFixture<DeskPair>
{
    [Fact]
    public async Task What_expires_first_stands_first()
    {
        var later = await HarmAsync("XA-ORDER-LATER", 9);
        var sooner = await HarmAsync("XA-ORDER-SOONER", 3);
        using var officer = await pair.B.AtDeskAsync(TestNode.Drafter);

        var page = await officer.OpenAsync("/?find=XA-ORDER");

        Assert.InRange(
            page.Text.IndexOf("XA-ORDER-SOONER", StringComparison.Ordinal),
            0,
            page.Text.IndexOf("XA-ORDER-LATER", StringComparison.Ordinal)
        );
        Assert.Contains("Harm is expected", page.Text, StringComparison.Ordinal);
        Assert.Equal($"/dossiers/{sooner}", page.LinkTo("XA-ORDER-SOONER"));
        Assert.Equal($"/dossiers/{later}", page.LinkTo("XA-ORDER-LATER"));
    }

    [Fact]
    public async Task A_dossier_stands_with_the_side_whose_turn_it_is()
    {
        await HarmAsync("XA-TURN", 5);
        using var asking = await pair.A.AtDeskAsync(TestNode.Drafter);
        using var asked = await pair.B.AtDeskAsync(TestNode.Drafter);

        Assert.Contains("XA-TURN", (await asked.OpenAsync("/?show=ours&find=xa-turn")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "/dossiers/",
            (await asked.OpenAsync("/?show=theirs&find=XA-TURN")).Html,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "XA-TURN",
            (await asking.OpenAsync("/?show=theirs&find=XA-TURN")).Html,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_alarm_stands_in_plain_words_until_an_officer_has_seen_it()
    {
        await pair.B.Parts.Database.WriteAsync(
            async session =>
            {
                await AlarmTables.RaiseAsync(
                    session,
                    "act.signature-wrong",
                    pair.A.Party,
                    "an-act",
                    null,
                    DateTimeOffset.UtcNow
                );
                return 0;
            },
            TestContext.Current.CancellationToken
        );
        using var officer = await pair.B.AtDeskAsync(TestNode.Approver);

        var home = await officer.OpenAsync("/");
        var alarms = await officer.OpenAsync("/alarms");
        var seen = await officer.SendAsync(alarms.FormTo("/alarms/seen"));

        Assert.Contains("1 alarm nobody has seen", home.Text, StringComparison.Ordinal);
        Assert.Contains("The signature does not match. Do not act on it", alarms.Text, StringComparison.Ordinal);
        Assert.Contains("There is no alarm", seen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Looking_at_a_dossier_is_seen_by_whoever_looks_next()
    {
        var dossier = await HarmAsync("XA-LOOKED", 5);
        using var first = await pair.B.AtDeskAsync(TestNode.Approver);
        using var second = await pair.B.AtDeskAsync(TestNode.Drafter);
        await first.OpenAsync($"/dossiers/{dossier}");

        var page = await second.OpenAsync($"/dossiers/{dossier}");

        Assert.Contains("Ari Approve, dossier.read", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_act_is_got_as_the_exact_bytes_whose_digest_is_its_id()
    {
        var (dossier, act) = await pair.AskedAsync();
        using var officer = await pair.B.AtDeskAsync(TestNode.Drafter);

        var (status, bytes) = await officer.DownloadAsync($"/dossiers/{dossier}/acts/{act}.p7m");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(act, new ActId(Digest.Of(bytes)));
    }

    private async Task<DossierId> HarmAsync(string reference, int days)
    {
        var request = Pair.Request(Measure.Preservation) with
        {
            Reference = reference,
            Urgency = new Urgency(UrgencyLevel.Urgent, "Logs are deleted", Pair.Day(days)),
        };
        return (await pair.AskedAsync(request)).Dossier;
    }
}
