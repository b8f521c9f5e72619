// SPDX-License-Identifier: EUPL-1.2
using Comity.Requests;
using Comity.Safeguards;
using Comity.Safeguards.UnCybercrime;
using CsCheck;
using static Comity.Tests.Safeguards.Given;

namespace Comity.Tests.Safeguards;

/// <summary>Leaving out never looks better than saying: over the total order met, needs review, not met, unknown.</summary>
public sealed class RemovalTests
{
    /// <summary>
    /// What supports a request or a decision. Not in it, because taking it away asks for less and may well look better: an
    /// item, a category of data, an offence charged, a plea of urgency, a ground of refusal.
    /// </summary>
    private static IEnumerable<(string What, Case Without)> Removals(Case given)
    {
        var request = given.Request;
        yield return ("the requesting profile", given with { RequestingProfile = null });
        yield return ("the requested profile", given with { RequestedProfile = null });
        yield return (
            "the instruments of the requesting profile",
            given with
            {
                RequestingProfile = given.RequestingProfile! with { Instruments = [] },
            }
        );
        yield return ("the policies of the requested profile", given.WithHome(p => p with { DualCriminality = [] }));
        yield return ("the treaty", given.WithBasis(b => b with { Treaty = null }));
        yield return ("the undertaking", given.WithBasis(b => b with { Undertaking = null }));
        yield return ("the article", given.WithOffence(o => o with { Article = null }));
        yield return ("the law", given.WithOffence(o => o with { Provision = null }));
        yield return ("the law's text", Law(given, p => p with { Text = " " }));
        yield return ("the law's source", Law(given, p => p with { Source = null }));
        yield return ("the law's day", Law(given, p => p with { AsOf = null }));
        yield return ("the maximum penalty", Law(given, p => p with { MaximumPenalty = null }));
        yield return ("the proceeding", given.With(r => r with { Proceeding = null }));
        yield return ("the necessity", given.With(r => r with { Necessity = null }));
        yield return ("the intention", given.With(r => r with { Intention = null }));
        yield return ("the assistance", given.With(r => r with { Assistance = null }));
        yield return ("the purpose", given.With(r => r with { Purpose = null }));
        yield return ("the custodian", given.With(r => r with { Custodian = null }));
        yield return ("a period's start", given.WithItem(i => i with { From = null }));
        yield return ("a period's end", given.WithItem(i => i with { Until = null }));
        yield return ("the last fact", given.With(WithoutLastFact));
        yield return ("the check of the sender", given with { Sender = new SenderVerification.NotChecked() });
        for (var i = 0; i < request.Conduct.Count; i++)
        {
            var at = i;
            yield return ($"element {at}", given.With(r => r with { Conduct = Without(r.Conduct, at) }));
            yield return (
                $"the facts of element {at}",
                given.With(r => r with { Conduct = Instead(r.Conduct, at, c => c with { Facts = [] }) })
            );
        }

        for (var i = 0; i < request.Data.Count; i++)
        {
            var at = i;
            yield return (
                $"the necessity of data {at}",
                given.With(r => r with { Data = Instead(r.Data, at, d => d with { Necessity = null }) })
            );
            yield return (
                $"the facts of data {at}",
                given.With(r => r with { Data = Instead(r.Data, at, d => d with { Facts = [] }) })
            );
            yield return (
                $"one fact of data {at}",
                given.With(r => r with { Data = Instead(r.Data, at, d => d with { Facts = [.. d.Facts.Skip(1)] }) })
            );
        }

        for (var i = 0; i < given.Answers.Count; i++)
        {
            yield return (
                $"the answer {given.Answers[i].Safeguard}/{given.Answers[i].Question}",
                given with
                {
                    Answers = Without(given.Answers, i),
                }
            );
        }

        if (given.Decision is { } decision)
        {
            yield return ("the consultation", given with { Decision = decision with { Consultations = [] } });
            yield return (
                "the decision's support",
                given with
                {
                    Decision = decision with
                    {
                        Body = decision.Body switch
                        {
                            Grant grant => grant with { Law = null },
                            Refuse refuse => refuse with
                            {
                                Reasons = "",
                                Consulted = null,
                                Grounds = [.. refuse.Grounds.Select(g => g with { Law = null })],
                            },
                            Postpone postpone => postpone with { Reasons = "", Consulted = null },
                            var other => other,
                        },
                    },
                }
            );
        }
    }

    [Fact]
    public void Leaving_something_out_never_improves_a_finding() =>
        GenCase.Any.Sample(given =>
        {
            var before = Verdicts(given);
            foreach (var (what, without) in Removals(given))
            {
                var after = Verdicts(without);
                // The words that make the expression screen look are an alarm, not a support: without them there is none.
                var isQuieter = after["sg-3"] > before["sg-3"];
                Assert.True(
                    !isQuieter || IsText(what),
                    $"without {what}, sg-3 went from {before["sg-3"]} to {after["sg-3"]}"
                );
                foreach (var id in before.Keys.Where(id => id != "sg-3" && !(id == "sg-13" && isQuieter)))
                {
                    Assert.True(after[id] <= before[id], $"without {what}, {id} went from {before[id]} to {after[id]}");
                }
            }
        });

    [Fact]
    public void The_order_of_answers_changes_nothing() =>
        (
            from given in GenCase.Any
            from shuffled in Gen.Shuffle(given.Answers.ToArray())
            select (given, shuffled)
        ).Sample(pair =>
            Assert.Equal(
                Catalogue.All.Select(s => s.Find(pair.given).InFull),
                Catalogue.All.Select(s => s.Find(pair.given with { Answers = pair.shuffled }).InFull)
            )
        );

    [Fact]
    public void Adding_text_never_lowers_a_flag() =>
        (
            from given in GenCase.Any
            from before in Gen.String
            from after in Gen.String
            select (given, before, after)
        ).Sample(s =>
        {
            if (s.given.Verdict("sg-3") != Verdict.NeedsReview)
            {
                return;
            }

            var longer = s.given.With(r =>
                r with
                {
                    Facts =
                    [
                        .. r.Facts.Select(f => f with { Text = s.before + f.Text + s.after }),
                        new Fact(9, s.after),
                    ],
                    Conduct = [.. r.Conduct, new ConductElement(ElementKind.Act, "encrypt-data", s.before, [1])],
                }
            );
            Assert.Equal(Verdict.NeedsReview, longer.Verdict("sg-3"));
        });

    [Fact]
    public void Removing_a_law_of_the_requested_Party_never_makes_the_conduct_an_offence_there() =>
        GenCase.Any.Sample(given =>
        {
            for (var i = 0; i < given.RequestedProfile!.Provisions.Count; i++)
            {
                var at = i;
                var without = given.WithHome(p => p with { Provisions = Without(p.Provisions, at) });
                Assert.True(without.Verdict("sg-2") != Verdict.Met || given.Verdict("sg-2") == Verdict.Met);
            }
        });

    [Fact]
    public void Breadth_never_falls_when_more_is_asked() =>
        (
            from days in Gen.Int[1, 40_000]
            from more in Gen.Int[0, 4_000]
            from category in Gen.Enum<DataCategory>()
            select (days, more, category)
        ).Sample(s =>
        {
            var request = StoredData with
            {
                Items = [StoredData.Items[0] with { From = Now.AddDays(-s.days), Until = Now }],
            };
            var item = request.Items[0] with { Id = "i2" };
            var figure = Breadth.Of(request).Figure;
            Assert.All(
                [
                    request with
                    {
                        Items = [request.Items[0] with { From = Now.AddDays(-s.days - s.more) }],
                    },
                    request with
                    {
                        Items = [request.Items[0] with { From = null }],
                    },
                    request with
                    {
                        Items = [.. request.Items, item],
                    },
                    request with
                    {
                        Items = [.. request.Items, item],
                        Data = [.. request.Data.Select(d => d with { Items = ["i1", "i2"] })],
                    },
                    request with
                    {
                        Data = [.. request.Data, new DataSought(s.category, ["i1"], null, [])],
                    },
                ],
                broader => Assert.True(Breadth.Of(broader).Figure >= figure)
            );
        });

    private static bool IsText(string what) =>
        what.StartsWith("element", StringComparison.Ordinal)
        || what.StartsWith("the last fact", StringComparison.Ordinal)
        || what
            is "the law"
                or "the law's text"
                or "the proceeding"
                or "the necessity"
                or "the intention"
                or "the assistance"
                or "the purpose"
        || what.StartsWith("the necessity of data", StringComparison.Ordinal);

    private static Dictionary<string, Verdict> Verdicts(Case given) =>
        Catalogue.All.ToDictionary(s => s.Id, s => s.Find(given).Verdict);

    private static Request WithoutLastFact(Request request)
    {
        var last = request.Facts.Count;
        return request with
        {
            Facts = [.. request.Facts.SkipLast(1)],
            Conduct = [.. request.Conduct.Select(c => c with { Facts = [.. c.Facts.Where(f => f != last)] })],
            Data = [.. request.Data.Select(d => d with { Facts = [.. d.Facts.Where(f => f != last)] })],
        };
    }

    private static Case Law(Case given, Func<Provision, Provision> change) =>
        given.WithOffence(o => o with { Provision = change(o.Provision!) });

    private static IReadOnlyList<T> Without<T>(IReadOnlyList<T> list, int at) => [.. list.Where((_, i) => i != at)];

    private static IReadOnlyList<T> Instead<T>(IReadOnlyList<T> list, int at, Func<T, T> change) =>
        [.. list.Select((x, i) => i == at ? change(x) : x)];
}
