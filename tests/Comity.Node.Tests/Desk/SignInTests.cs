// SPDX-License-Identifier: EUPL-1.2
using System.Collections.Concurrent;
using System.Net;
using Comity.Node.Officers;
using Dapper;
using Microsoft.Extensions.Logging;

namespace Comity.Node.Tests.Desk;

public sealed class SignInTests
{
    [Fact]
    public async Task A_link_signs_in_once_and_looking_at_it_uses_nothing_up()
    {
        await using var pair = await Pair.StartAsync();
        var link = await pair.A.LinkAsync(TestNode.Drafter);
        using var first = pair.A.Visitor();
        using var second = pair.A.Visitor();

        var seen = await first.OpenAsync($"/sign-in/{link}");
        var also = await second.OpenAsync($"/sign-in/{link}");
        var home = await first.SendAsync(seen.FormTo("/sign-in"));
        var late = await second.SendAsync(also.FormTo("/sign-in"));

        Assert.Equal((HttpStatusCode.OK, "/"), (home.Status, home.Path));
        Assert.Contains("Dana Draft", home.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Gone, late.Status);
        Assert.Contains("used or too old", late.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_is_too_old_after_half_an_hour_and_a_visit_ends_after_an_hour_without_a_sign_of_life()
    {
        await using var pair = await Pair.MakeAsync();
        var clock = new ShiftedClock();
        pair.A.Time = clock;
        await pair.A.StartAsync();
        var old = await pair.A.LinkAsync(TestNode.Drafter);
        clock.Shift = TimeSpan.FromMinutes(31);
        using var late = pair.A.Visitor();
        var refused = await late.SendAsync((await late.OpenAsync($"/sign-in/{old}")).FormTo("/sign-in"));
        using var officer = await pair.A.AtDeskAsync(TestNode.Drafter);
        var form = (await officer.OpenAsync("/requests/new")).FormTo("/requests/new");
        clock.Shift = TimeSpan.FromMinutes(31 + 61);
        var ended = await officer.SendAsync(form, ("request", "typed for an hour"), ("step", "check"));

        // What was typed is still in the browser's form; signed in again, the same form is taken.
        await officer.SignInAsync(await pair.A.LinkAsync(TestNode.Drafter));
        var again = await officer.SendAsync(form, ("request", "typed for an hour"), ("step", "check"));

        Assert.Equal(HttpStatusCode.Gone, refused.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, ended.Status);
        Assert.Contains("Your visit has ended: nothing was sent", ended.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.Status);
        Assert.Contains("typed for an hour", again.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("insert into sign_in (token, officer, expires) values (@Token, @Officer, @Later)")]
    [InlineData(
        "insert into visit (token, officer, began, seen, expires) values (@Token, @Officer, @Now, @Now, @Later)"
    )]
    public async Task Whoever_writes_to_the_database_cannot_make_up_a_link_or_a_visit(string sql)
    {
        await using var pair = await Pair.StartAsync();
        var token = Convert.ToHexString(new byte[32]);
        var now = DateTimeOffset.UtcNow;
        await pair.A.Parts.Database.WriteAsync(
            s =>
                s.Connection.ExecuteAsync(
                    sql,
                    new
                    {
                        Token = Digest.Of(System.Text.Encoding.UTF8.GetBytes(token)).ToString(),
                        Officer = TestNode.Drafter,
                        Now = now.ToUnixTimeSeconds(),
                        Later = now.AddHours(1).ToUnixTimeSeconds(),
                    },
                    s.Transaction
                ),
            Stop
        );

        Assert.Null(await pair.A.Parts.Visits.BeginAsync(token, Stop));
        Assert.Null(await pair.A.Parts.Visits.OfAsync(token, Stop));
    }

    [Fact]
    public async Task Signing_out_ends_the_visit_in_every_window()
    {
        await using var pair = await Pair.StartAsync();
        using var officer = await pair.A.AtDeskAsync(TestNode.Drafter);
        var home = await officer.OpenAsync("/");

        var left = await officer.SendAsync(home.FormTo("/sign-out"));
        var after = await officer.OpenAsync("/");

        Assert.Equal("/signed-out", left.Path);
        Assert.Equal(HttpStatusCode.Unauthorized, after.Status);
    }

    [Fact]
    public async Task An_administrator_is_led_to_the_alarms_and_sees_no_dossier()
    {
        await using var pair = await Pair.StartAsync();
        await pair.A.AddOfficerAsync("admin", Role.Administrator);
        using var officer = pair.A.Visitor();
        var page = await officer.OpenAsync($"/sign-in/{await pair.A.LinkAsync("admin")}");

        var home = await officer.SendAsync(page.FormTo("/sign-in"));

        Assert.Equal((HttpStatusCode.OK, "/alarms"), (home.Status, home.Path));
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.OpenAsync("/")).Status);
    }

    [Fact]
    public async Task Neither_a_link_nor_a_cookie_nor_a_phrase_nor_a_name_stands_in_any_log()
    {
        await using var pair = await Pair.MakeAsync();
        var log = new EverythingLogged();
        pair.A.Logging = log;
        await pair.A.StartAsync();
        var link = await pair.A.LinkAsync(TestNode.Drafter);
        using var officer = pair.A.Visitor();
        await officer.SignInAsync(link);
        await officer.OpenAsync("/dossiers/no-such-dossier");
        await officer.SendAsync(
            (await officer.OpenAsync("/requests/new")).FormTo("/requests/new"),
            ("request", "{\"secret-word\":1}"),
            ("phrase", "secret-phrase-2026")
        );

        Assert.NotEmpty(log.Lines);
        Assert.DoesNotContain(
            log.Lines,
            l =>
                l.Contains(link, StringComparison.Ordinal)
                || l.Contains("secret", StringComparison.Ordinal)
                || l.Contains("sign-in/", StringComparison.Ordinal)
                || l.Contains("no-such-dossier", StringComparison.Ordinal)
                || l.Contains("Dana", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Another_replica_takes_a_form_that_this_one_has_shown()
    {
        await using var pair = await Pair.MakeAsync();
        await pair.A.StartAsync();
        using var officer = await pair.A.AtDeskAsync(TestNode.Drafter);
        var form = (await officer.OpenAsync("/")).FormTo("/sign-out");
        await pair.A.StopAsync();
        await pair.A.StartAsync();

        var left = await officer.SendAsync(form);

        Assert.Equal("/signed-out", left.Path);
    }

    [Fact]
    public async Task The_keys_of_forms_lie_in_the_database_encrypted()
    {
        await using var pair = await Pair.StartAsync();
        using var officer = await pair.A.AtDeskAsync(TestNode.Drafter);

        var keys = new Comity.Node.Desk.FormKeyTable(pair.A.Parts).GetAllElements();

        var xml = Assert.Single(keys).ToString();
        Assert.Contains("encryptedSecret", xml, StringComparison.Ordinal);
        Assert.DoesNotContain("masterKey", xml, StringComparison.Ordinal);
    }

    private sealed class ShiftedClock : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
    }

    private sealed class EverythingLogged : ILoggerFactory, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) { }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose() { }
    }
}
