// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;
using Comity.Acts;
using Comity.Exchange;
using Comity.Files.Keys;
using Comity.Node.Acts;
using Comity.Requests;

namespace Comity.Node.Tests.Exchange;

/// <summary>No Party can make a dossier so large that it holds up all others: what is more is kept and shown, and not folded.</summary>
public abstract class DossierBoundTests(HostileFixture states)
{
    [Fact]
    public async Task Acts_of_a_Party_in_a_dossier_are_as_many_as_may_be_and_one_more_is_kept_and_shown()
    {
        var dossier = Pair.NewDossier();
        var acts = Enumerable.Range(1, Admitting.MostActs).Select(n => Issued(states.Request(dossier, n)));
        await AllAdmittedAsync(acts);

        await states.NotAdmittedAsync(Issued(states.Request(dossier, Admitting.MostActs + 1)), "act.dossier-full");

        // Another dossier has room of its own.
        await states.AdmittedAsync(Issued(states.Request()));
    }

    [Fact]
    public async Task Bytes_of_a_Party_in_a_dossier_are_as_many_as_may_be_and_one_act_more_is_kept_and_shown()
    {
        var dossier = Pair.NewDossier();
        var fitting = (Admitting.MostBytes / Act.MaximumBytes) + 1;
        var acts = Enumerable.Range(1, fitting).Select(n => Padded(dossier, n)).ToList();
        var answers = new List<ActVerdict>();
        foreach (var batch in acts.Chunk(16))
        {
            answers.AddRange(
                (await states.Hostile.PushAsync(states.Victim, batch)).Push().Answers.Select(a => a.Verdict)
            );
        }

        // At rest and signed, an act is a little larger than its text, so fewer than the quotient fill the dossier.
        var admitted = answers.TakeWhile(v => v == ActVerdict.Admitted).Count();
        Assert.InRange(admitted, fitting - 3, fitting - 1);
        Assert.All(answers.Skip(admitted), v => Assert.Equal(ActVerdict.NotAdmitted, v));
        Assert.Contains("act.dossier-full", (await states.AlarmsAsync()).Select(a => a.Item1));
        await states.AdmittedAsync(Issued(states.Request()));
    }

    private PushedAct Issued(Act act) => states.Hostile.Issue(states.Hostile.Sign(act));

    private async Task AllAdmittedAsync(IEnumerable<PushedAct> acts)
    {
        foreach (var batch in acts.Chunk(Push.MaximumActs))
        {
            var answers = (await states.Hostile.PushAsync(states.Victim, batch)).Push().Answers;
            Assert.All(answers, a => Assert.Equal(ActVerdict.Admitted, a.Verdict));
        }
    }

    private PushedAct Padded(DossierId dossier, int number)
    {
        var act = states.Request(dossier, number) with
        {
            Kind = "novelty",
            Body = new NotUnderstood("""{"text":""}"""),
        };
        var missing = Act.MaximumBytes - ActEncoding.Write(act).Length;
        var text = string.Create(CultureInfo.InvariantCulture, $$"""{"text":"{{new string('x', missing)}}"}""");
        var input = SignedAct.Prepare(
            act with
            {
                Body = new NotUnderstood(text),
            },
            Certificates.TextOf(states.Hostile.Seal)
        );
        return states.Hostile.Issue(Certificates.Sign(input, states.Hostile.Seal));
    }
}

/// <summary>The attacked node keeps its data in SQLite.</summary>
public sealed class SqliteDossierBoundTests(OnSqlite states) : DossierBoundTests(states), IClassFixture<OnSqlite>;

/// <summary>The attacked node keeps its data in PostgreSQL.</summary>
public sealed class PostgresDossierBoundTests(OnPostgres states) : DossierBoundTests(states), IClassFixture<OnPostgres>;
