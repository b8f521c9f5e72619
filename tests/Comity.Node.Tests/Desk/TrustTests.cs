// SPDX-License-Identifier: EUPL-1.2
using System.Net;
using Comity.Acts;
using Comity.Exchange;
using Comity.Instruments;
using Comity.Node.Tests.Exchange;
using Comity.Register;

namespace Comity.Node.Tests.Desk;

/// <summary>A State whose register was forked is not taken at its word until an officer has decided, and what cannot wait enters.</summary>
public sealed class TrustTests : IAsyncLifetime
{
    private readonly OnSqlite states = new();
    private HostilePeer fork = null!;

    public async ValueTask InitializeAsync()
    {
        await states.InitializeAsync();

        // Two acts at one place of its register: the fork shows at the second one, which preserves data and so enters.
        fork = states.Hostile.Fork();
        await states.AdmittedAsync(states.Hostile.Issue(states.Hostile.Sign(states.Request())));
        var second = fork.Sign(states.Request());
        await states.AdmittedAsync(
            HostilePeer.With(second.Signed.Encoded.ToArray(), fork.EnterAt(0, second.Id.Digest))
        );
    }

    public ValueTask DisposeAsync() => states.DisposeAsync();

    [Fact]
    public async Task What_asks_for_disclosure_is_held_and_is_neither_admitted_nor_refused()
    {
        var asked = fork.Issue(fork.Sign(StoredData()));

        var answer = Assert.Single((await fork.PushAsync(states.Victim, asked)).Push().Answers);

        Assert.Equal(ActVerdict.Parked, answer.Verdict);
        Assert.Contains(("register.held", answer.Act.ToString()), await states.AlarmsAsync());
        await states.HoldsAsync();
    }

    [Fact]
    public async Task What_preserves_data_enters_with_an_alarm_of_its_own()
    {
        var preserved = fork.Issue(fork.Sign(states.Request()));

        var receipt = await states.AdmittedAsync(preserved);

        Assert.Contains(("register.admitted-untrusted", receipt.Leaf.Act.ToString()), await states.AlarmsAsync());
    }

    [Fact]
    public async Task An_officer_who_says_why_takes_the_state_at_its_word_again_and_what_was_held_enters()
    {
        var held = fork.Sign(StoredData());
        await fork.PushAsync(states.Victim, fork.Issue(held));
        using var officer = await states.Victim.AtDeskAsync(TestNode.Approver);

        var alarms = await officer.OpenAsync("/alarms");
        Assert.Contains("XB is not taken at its word", alarms.Text, StringComparison.Ordinal);
        var page = await officer.OpenAsync("/alarms/trust/XB");
        Assert.Contains("are held: one so far", page.Text, StringComparison.Ordinal);
        var empty = await officer.SendAsync(page.FormTo("/alarms/trust/XB"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.Status);
        await officer.SendAsync(
            page.FormTo("/alarms/trust/XB"),
            ("reason", "Called the authority: a disk was replaced.")
        );

        var file = await states.Victim.DossierAsync(held.Act.Dossier);
        Assert.Equal([held.Id], file!.Acts.Select(a => a.Signed.Id));
        Assert.DoesNotContain(
            "not taken at its word",
            (await officer.OpenAsync("/alarms")).Text,
            StringComparison.Ordinal
        );
        Assert.Equal(HttpStatusCode.NotFound, (await officer.OpenAsync("/alarms/trust/XB")).Status);

        // The same proof once more stops nothing: a person has decided about it.
        await states.AdmittedAsync(fork.Issue(fork.Sign(StoredData())));
    }

    [Fact]
    public async Task Who_approves_nothing_sees_why_and_may_not_decide()
    {
        using var officer = await states.Victim.AtDeskAsync(TestNode.Drafter);

        var page = await officer.OpenAsync("/alarms/trust/XB");

        Assert.Contains(
            "An officer who approves acts may take XB at its word again",
            page.Text,
            StringComparison.Ordinal
        );
        Assert.Throws<InvalidOperationException>(() => page.FormTo("/alarms/trust/XB"));
    }

    [Fact]
    public async Task Both_statements_are_there_to_be_shown_to_anyone()
    {
        using var officer = await states.Victim.AtDeskAsync(TestNode.Approver);

        var (status, bytes) = await officer.DownloadAsync(
            $"/alarms/proof?alarm={Uri.EscapeDataString("register.fork/XB/entry 0")}"
        );

        Assert.Equal(HttpStatusCode.OK, status);
        var receipts = System
            .Text.Encoding.UTF8.GetString(bytes)
            .Split('\n')
            .Select(l => Receipt.Parse(Utf8(l)).Admitted());
        Assert.Equal([0L, 0L], receipts.Select(r => r.Index));
        Assert.Equal(HttpStatusCode.NotFound, (await officer.DownloadAsync("/alarms/proof?alarm=none")).Status);
    }

    private static byte[] Utf8(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private Act StoredData() =>
        states.Hostile.Act(states.Victim, Pair.NewDossier(), Pair.Request(Measure.StoredData), states.Time.Now);
}
