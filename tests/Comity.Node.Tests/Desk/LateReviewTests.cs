// SPDX-License-Identifier: EUPL-1.2
using System.Text.RegularExpressions;
using Comity.Acts;
using Comity.Instruments;
using Comity.Node.Acts;
using Comity.Node.Checking;
using Comity.Node.Storage;
using Dapper;

namespace Comity.Node.Tests.Desk;

/// <summary>A review not made in time is an alarm, once, whether or not anybody opens a page.</summary>
public abstract class LateReviewTests(Engine engine) : IAsyncLifetime
{
    private readonly ManualTime time = new();
    private Pair pair = null!;

    public async ValueTask InitializeAsync()
    {
        pair = await Pair.MakeAsync(Databases.On(engine));

        // Making the nodes took time, and a register never goes back before what it has entered.
        time.Now = Instants.ToSecond(DateTimeOffset.UtcNow);
        pair.A.Time = time;
        await pair.A.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await pair.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_review_not_made_in_time_raises_an_alarm_by_itself_and_once()
    {
        var first = await SentAloneAsync();
        time.Now = time.Now.AddSeconds(1);
        var second = await SentAloneAsync();
        var third = await SentAloneAsync();
        await ReviewAsync(third.Draft);

        // One second too late for the first is the last second for the second.
        time.Now = time.Now.AddHours(24);
        await AlarmsAsync(first.Draft);
        Assert.Equal([Fault(first.Act)], await FaultsAsync());

        await SeeAsync(first.Draft);
        time.Now = time.Now.AddSeconds(1);
        await AlarmsAsync(second.Draft);
        Assert.Equal(new[] { first.Act, second.Act }.Select(Fault).Order(), await FaultsAsync());

        // It can still be made, and then the node is whole again.
        await ReviewAsync(first.Draft);
        await ReviewAsync(second.Draft);
        Assert.Empty(await FaultsAsync());
    }

    [Fact]
    public async Task The_hours_are_the_nodes_own_also_for_what_was_sent_before_they_were_changed()
    {
        var sent = await SentAloneAsync();
        await pair.A.StopAsync();
        pair.A.Adjust = s => s with { NightReviewHours = 2 };
        await pair.A.StartAsync();

        time.Now = time.Now.AddHours(2).AddSeconds(1);

        await AlarmsAsync(sent.Draft);
        Assert.Equal([Fault(sent.Act)], await FaultsAsync());
    }

    [Fact]
    public async Task What_has_waited_longest_stands_first_with_when_it_is_due()
    {
        await SentAloneAsync("XA-SENT-FIRST");
        time.Now = time.Now.AddHours(1);
        await SentAloneAsync("XA-AND-THEN");
        time.Now = time.Now.AddHours(1);
        await SentAloneAsync("XA-LAST");
        time.Now = time.Now.AddHours(22).AddSeconds(1);
        using var approver = await pair.A.AtDeskAsync(TestNode.Approver);

        var page = await approver.OpenAsync("/");

        Assert.Equal(
            ["XA-SENT-FIRST", "XA-AND-THEN", "XA-LAST"],
            Regex
                .Matches(page.Html, "href=\"/drafts/[0-9a-f]+\">Request: (?<reference>[A-Z-]+)<")
                .Select(m => m.Groups["reference"].Value)
        );
        Assert.Equal(2, page.Text.Split("Not looked at in time").Length);
    }

    [Fact]
    public async Task A_renewed_certificate_makes_the_drafter_nobody_else()
    {
        await pair.A.AddOfficerAsync("night", Node.Officers.Role.Drafter, Node.Officers.Role.Approver);
        await pair.A.AddOfficerAsync("renewed", Node.Officers.Role.Approver);
        var sent = await SentAloneAsync();
        await RunAsync("update draft set drafter = 'night' where id = @id", sent.Draft);
        var night = await pair.A.OfficerAsync("night");
        var renewed = await pair.A.OfficerAsync("renewed") with { Id = night.Id };

        var outcome = await pair.A.Parts.Reviewing.ReviewAsync(
            sent.Draft,
            renewed,
            TestNode.PhraseOf("renewed"),
            ApprovalVerdict.Approves,
            null,
            Stop
        );

        Assert.Equal("approval.same-officer", outcome.Refused().Code);
    }

    [Fact]
    public async Task What_an_erased_dossier_said_waits_for_nobody()
    {
        var (erased, kept) = (await SentAloneAsync(), await SentAloneAsync());
        await RunAsync(
            "update dossier set key = null where id = (select dossier from draft where id = @id)",
            erased.Draft
        );
        time.Now = time.Now.AddHours(24).AddSeconds(1);
        await AlarmsAsync(kept.Draft);
        using var approver = await pair.A.AtDeskAsync(TestNode.Approver);

        var page = await approver.OpenAsync("/");

        Assert.Contains($"/drafts/{kept.Draft}", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain($"/drafts/{erased.Draft}", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_of_what_is_to_be_reviewed_is_held_to_the_signatures()
    {
        var sent = await SentAloneAsync();
        await pair.A.Parts.Database.WriteAsync(
            async session =>
            {
                await ReviewTables.WaitSinceAsync(session, sent.Draft, null);
                return 0;
            },
            Stop
        );

        Assert.Equal(
            [$"act {sent.Act}: the list of what is to be reviewed and the signatures differ"],
            await FaultsAsync()
        );
    }

    private async Task<(string Draft, ActId Act)> SentAloneAsync(string reference = "XA-2026-0001")
    {
        var dossier = Pair.NewDossier();
        var act = await pair.A.IssueAsync(
            pair.ByA(dossier, Pair.Request(Measure.Preservation) with { Reference = reference })
        );
        var drafts = await pair.A.Parts.Database.ReadAsync(s => DraftTables.OfAsync(s, dossier), Stop);
        return (Assert.Single(drafts).Id, act);
    }

    private async Task ReviewAsync(string draft) =>
        (
            await pair.A.Parts.Reviewing.ReviewAsync(
                draft,
                await pair.A.OfficerAsync(TestNode.Approver),
                TestNode.PhraseOf(TestNode.Approver),
                ApprovalVerdict.Approves,
                null,
                Stop
            )
        ).Admitted();

    private async Task RunAsync(string sql, string id) =>
        Assert.Equal(
            1,
            await pair.A.Parts.Database.WriteAsync(s => s.Connection.ExecuteAsync(sql, new { id }, s.Transaction), Stop)
        );

    private async Task<IReadOnlyList<string>> FaultsAsync() =>
        [.. (await NodeCheck.RunAsync(pair.A.Parts, Stop)).Faults.Order(StringComparer.Ordinal)];

    private static string Fault(ActId act) =>
        $"act {act} was sent on one officer's signature, and no other has looked at it in time (approval.review-overdue)";

    // Waits until these are the open alarms, and no other.
    private async Task AlarmsAsync(params string[] drafts)
    {
        await Pair.UntilAsync(async () => (await OpenAsync()).Count > 0, "the alarm is raised");
        Assert.Equal(
            drafts.Select(d => ("approval.review-overdue", "XB", d)),
            (await OpenAsync()).Select(a => (a.Code, a.Peer, a.Subject))
        );
    }

    private async Task<IReadOnlyList<AlarmRow>> OpenAsync() =>
        [
            .. (await pair.A.Parts.Database.ReadAsync(s => AlarmTables.OpenAsync(s, 100), Stop)).Where(a =>
                a.Code.StartsWith("approval.", StringComparison.Ordinal)
            ),
        ];

    private async Task SeeAsync(string draft) =>
        await pair.A.Parts.Database.WriteAsync(
            async session =>
            {
                var alarm = (await AlarmTables.OpenAsync(session, 100)).Single(a => a.Subject == draft);
                await AlarmTables.SeeAsync(session, alarm.Id, TestNode.Drafter, time.Now);
                return 0;
            },
            Stop
        );
}

/// <summary>With the data in SQLite.</summary>
public sealed class SqliteLateReviewTests() : LateReviewTests(Engine.Sqlite);

/// <summary>With the data in PostgreSQL.</summary>
public sealed class PostgresLateReviewTests() : LateReviewTests(Engine.Postgres);
