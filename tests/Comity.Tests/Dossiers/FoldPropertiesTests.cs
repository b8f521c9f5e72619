// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Dossiers;
using CsCheck;

namespace Comity.Tests.Dossiers;

/// <summary>What holds of every dossier, whatever was said in it: drawn at random, open or not, right or wrong.</summary>
public sealed class FoldPropertiesTests
{
    private const int Tries = 300;

    [Fact]
    public void In_whatever_order_acts_arrive_and_however_often_both_nodes_show_the_same() =>
        Gen.Select(AnyCase.All, Gen.Int[0, int.MaxValue])
            .Sample(
                (acts, seed) =>
                {
                    var draw = new Random(seed);
                    var arrived = acts.Concat(acts.Where(_ => draw.Next(2) == 0)).OrderBy(_ => draw.Next()).ToList();
                    Assert.Equal(Print.Of(Fold(acts)), Print.Of(Fold(arrived)));
                },
                iter: Tries
            );

    [Fact]
    public void No_act_is_lost_and_each_stands_where_the_register_put_it() =>
        AnyCase.All.Sample(
            acts =>
                Assert.Equal(
                    acts.Where(a => a.Act.Dossier == Some.Dossier && a.Act.Visibility == Visibility.Shared)
                        .Select(a => a.Id),
                    Fold(acts).Lines.Select(l => l.Entered.Id)
                ),
            iter: Tries
        );

    [Fact]
    public void What_is_taken_in_later_changes_nothing_of_what_became_of_earlier_acts() =>
        Gen.Select(AnyCase.All, Gen.Int[0, 40])
            .Sample(
                (acts, length) =>
                {
                    var early = Fold(acts.Take(length)).Lines;
                    Assert.Equal(Print.Of(early), Print.Of(Fold(acts).Lines.Take(early.Count).ToList()));
                },
                iter: Tries
            );

    [Fact]
    public void Acts_that_were_not_open_might_as_well_never_have_come() =>
        AnyCase.All.Sample(
            acts =>
            {
                var whole = Fold(acts);
                var took = whole.Lines.Where(l => l.Effect is Effect.Took).ToList();
                var alone = Fold(took.Select(l => l.Entered));
                Assert.Equal(Print.Of(whole.Requests), Print.Of(alone.Requests));
                Assert.Equal(Print.Of(took), Print.Of(alone.Lines));
                Assert.Equal((whole.Requesting, whole.Requested), (alone.Requesting, alone.Requested));
            },
            iter: Tries
        );

    [Fact]
    public void Whatever_took_effect_cites_its_paragraph_and_whatever_did_not_has_its_code() =>
        AnyCase.All.Sample(
            acts =>
                Assert.All(
                    Fold(acts).Lines,
                    line =>
                        Assert.True(
                            line.Effect switch
                            {
                                Effect.Took took => took.Source.Provision.Length > 0,
                                Effect.None none => none.Why is { Code.Length: > 0, Source.Provision.Length: > 0 },
                                _ => false,
                            }
                        )
                ),
            iter: Tries
        );

    [Fact]
    public void A_request_that_has_ended_stays_as_it_ended() =>
        Gen.Select(AnyCase.All, Gen.Int[0, 40])
            .Sample(
                (acts, length) =>
                {
                    var whole = Fold(acts);
                    Assert.All(
                        Fold(acts.Take(length)).Requests.Where(r => r.IsEnded),
                        ended => Assert.Equal(Print.Of(ended), Print.Of(whole.Find(ended.Id)))
                    );
                },
                iter: Tries
            );

    [Fact]
    public void A_preservation_is_kept_for_exactly_the_undecided_requests_that_follow_it() =>
        AnyCase.All.Sample(
            acts =>
            {
                var dossier = Fold(acts);
                Assert.All(
                    dossier.Requests,
                    request =>
                        Assert.Equal(
                            request.IsEnded ? [] : request.FollowedBy.Where(f => !dossier.Find(f)!.IsDecided),
                            request.KeptFor
                        )
                );
            },
            iter: Tries
        );

    [Fact]
    public void Most_of_what_is_drawn_gets_somewhere()
    {
        var stages = new HashSet<Stage>();
        AnyCase.All.Sample(acts => stages.UnionWith(Fold(acts).Requests.Select(r => r.Stage)), iter: 2_000, threads: 1);

        Assert.Equal(Enum.GetValues<Stage>().ToHashSet(), stages);
    }

    private static Dossier Fold(IEnumerable<Entered> acts) => Dossier.Fold(Some.Dossier, acts);
}
