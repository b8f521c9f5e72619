// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Files.Keys;
using Comity.Instruments;
using Comity.Node.Acts;
using Comity.Parties;
using Comity.Requests;
using Comity.Safeguards;

namespace Comity.Node.Tests.Exchange;

/// <summary>Acts are judged by the newest entry of their State: what its seals are, and what its authorities may do.</summary>
public abstract class KeysTests(HostileFixture states) : IAsyncLifetime
{
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    // The next test finds the State as it was.
    public async ValueTask DisposeAsync()
    {
        await AcceptAsync(states.Hostile.NextEntry(e => e));
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_authority_without_competence_for_the_measure_is_not_admitted()
    {
        await AnnounceAsync(central => central with { Competences = [new(Measure.StoredData, [Power.Request])] });
        await states.NotAdmittedAsync(states.Hostile.Issue(states.Hostile.Sign(states.Request())), "act.not-competent");

        await AnnounceAsync(central => central with { Competences = [new(Measure.Preservation, [Power.Answer])] });
        await states.NotAdmittedAsync(states.Hostile.Issue(states.Hostile.Sign(states.Request())), "act.not-competent");

        await AnnounceAsync(central => central with { Competences = [new(Measure.Preservation, [Power.Request])] });
        await states.AdmittedAsync(states.Hostile.Issue(states.Hostile.Sign(states.Request())));
    }

    [Fact]
    public async Task A_seal_is_good_until_the_second_before_it_was_replaced()
    {
        var from = states.Time.Now.AddHours(1);
        using var next = states.Hostile.NewSeal(states.Time.Now, states.Time.Now.AddDays(9));
        await AnnounceAsync(central =>
            central with
            {
                Seals = [new(Certificates.TextOf(states.Hostile.Seal), from), new(Certificates.TextOf(next), null)],
            }
        );

        states.Time.Now = from.AddSeconds(-1);
        await states.AdmittedAsync(states.Hostile.Issue(states.Hostile.Sign(states.Request())));
        states.Time.Now = from;
        await states.NotAdmittedAsync(
            states.Hostile.Issue(states.Hostile.Sign(states.Request())),
            "act.certificate-replaced"
        );
        await states.AdmittedAsync(states.Hostile.Issue(states.Hostile.Sign(states.Request(), next)));
    }

    [Fact]
    public async Task A_seal_is_good_up_to_the_last_second_of_its_certificate()
    {
        var until = states.Time.Now.AddHours(1);
        using var brief = states.Hostile.NewSeal(states.Time.Now, until);
        await AnnounceAsync(central =>
            central with
            {
                Seals = [new(Certificates.TextOf(states.Hostile.Seal), null), new(Certificates.TextOf(brief), null)],
            }
        );

        states.Time.Now = until;
        await states.AdmittedAsync(states.Hostile.Issue(states.Hostile.Sign(states.Request(), brief)));
        states.Time.Now = until.AddSeconds(1);
        await states.NotAdmittedAsync(
            states.Hostile.Issue(states.Hostile.Sign(states.Request(), brief)),
            "act.certificate-expired"
        );
    }

    [Fact]
    public async Task A_seal_is_not_good_before_its_certificate_begins_but_for_the_five_minutes_of_clocks()
    {
        var from = states.Time.Now.AddHours(1);
        using var coming = states.Hostile.NewSeal(from, from.AddDays(1));
        await AnnounceAsync(central =>
            central with
            {
                Seals = [new(Certificates.TextOf(states.Hostile.Seal), null), new(Certificates.TextOf(coming), null)],
            }
        );

        states.Time.Now = from.AddMinutes(-5).AddSeconds(-1);
        await states.NotAdmittedAsync(
            states.Hostile.Issue(states.Hostile.Sign(states.Request(), coming)),
            "act.certificate-not-yet-valid"
        );
        states.Time.Now = from.AddMinutes(-5);
        await states.AdmittedAsync(states.Hostile.Issue(states.Hostile.Sign(states.Request(), coming)));
    }

    [Fact]
    public async Task An_entry_that_expired_still_lets_a_preservation_in_and_says_so_and_nothing_else()
    {
        var expires = states.Time.Now.AddHours(1);
        await AcceptAsync(states.Hostile.NextEntry(e => e with { Issued = states.Time.Now, Expires = expires }));
        states.Time.Now = expires;

        var preserve = states.Hostile.Sign(states.Request());
        await states.AdmittedAsync(states.Hostile.Issue(preserve));
        Assert.Contains(("directory.expired", preserve.Id.ToString()), await states.AlarmsAsync());
        Assert.Equal(Verdict.NeedsReview, await SenderFindingAsync(preserve));

        var request = states.Request() with { Body = Pair.Request(Measure.StoredData) };
        await states.NotAdmittedAsync(states.Hostile.Issue(states.Hostile.Sign(request)), "act.directory-expired");
        await AcceptAsync(
            states.Hostile.NextEntry(e => e with { Issued = states.Time.Now, Expires = states.Time.Now.AddDays(300) })
        );
        var current = states.Hostile.Sign(request);
        await states.AdmittedAsync(states.Hostile.Issue(current));
        Assert.Equal(Verdict.Met, await SenderFindingAsync(current));
    }

    [Fact]
    public async Task An_act_sealed_with_a_key_announced_after_it_came_is_admitted_when_it_comes_again()
    {
        using var next = states.Hostile.NewSeal(states.Time.Now, states.Time.Now.AddDays(9));
        var early = states.Hostile.Issue(states.Hostile.Sign(states.Request(), next));
        await states.NotAdmittedAsync(early, "act.signer-unknown");

        await AnnounceAsync(central =>
            central with
            {
                Seals = [new(Certificates.TextOf(states.Hostile.Seal), null), new(Certificates.TextOf(next), null)],
            }
        );

        await states.AdmittedAsync(early);
        await states.HoldsAsync();
    }

    private Task AnnounceAsync(Func<Authority, Authority> change) =>
        AcceptAsync(states.Hostile.NextEntry(e => e with { Authorities = [change(e.Authorities[0])] }));

    private async Task AcceptAsync(SignedEntry entry) =>
        (await states.Parts.Directories.AcceptAsync(entry, Stop)).Admitted();

    // SG-21, as whoever assesses the request reads it at the desk.
    private async Task<Verdict> SenderFindingAsync(SignedAct request)
    {
        var parts = states.Parts;
        var file = await parts.Database.ReadAsync(
            s => DossierFile.ReadAsync(s, request.Act.Dossier, parts.Keys.AtRest),
            Stop
        );
        var asked = file!.Dossier.Find(request.Id)!;
        var assessment = parts.Assessing.Assess(file, asked, decision: null, states.Time.Now);
        return assessment.Findings.Single(f => f.Safeguard.Id == "sg-21").Verdict;
    }
}
