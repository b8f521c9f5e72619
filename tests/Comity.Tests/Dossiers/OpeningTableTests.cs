// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Dossiers;
using Comity.Instruments;

namespace Comity.Tests.Dossiers;

/// <summary>
/// Who may do what, and when: the tables below are written from the Convention's words, not from the code, and every pair of
/// stage and act, open or closed, is tried against them on either side.
/// </summary>
public sealed class OpeningTableTests
{
    // act; by whom; while the request is; by what
    private const string Preservation = """
        acknowledge         | requested  | received                             | UNCC 41(4)
        ask for information | requested  | received, in-hand, asked             | UNCC 40(16)
        consult             | requested  | received, in-hand, asked             | UNCC 40(28)
        warn of prejudice   | requested  | received, in-hand, asked, preserved  | UNCC 42(7)
        supplement          | requesting | received, in-hand, asked, preserved  | UNCC 40(16)
        grant               | requested  | received, in-hand, asked             | UNCC 42(4)
        grant on conditions | requested  | received, in-hand, asked             | UNCC 42(4)
        refuse              | requested  | received, in-hand, asked             | UNCC 42(6)
        extend              | requesting | preserved                            | UNCC 42(9)
        extend              | requested  | preserved                            | UNCC 42(9)
        withdraw            | requesting | received, in-hand, asked, preserved  | UNCC 40(26)
        close               | requesting | preserved                            | docs/spec/dossier.md 3.11
        """;

    private const string StoredData = """
        acknowledge         | requested  | received                                                                      | UNCC 40(26)
        ask for information | requested  | received, in-hand, asked, postponed                                           | UNCC 40(16)
        consult             | requested  | received, in-hand, asked, postponed                                           | UNCC 40(28)
        supplement          | requesting | received, in-hand, asked, postponed, granted-on-conditions, granted           | UNCC 40(16)
        grant               | requested  | received, in-hand, asked, postponed                                           | UNCC 40(17)
        grant on conditions | requested  | received, in-hand, asked, postponed                                           | UNCC 40(28)
        accept              | requesting | granted-on-conditions                                                         | UNCC 40(28)
        postpone            | requested  | received, in-hand, asked, postponed                                           | UNCC 40(27)
        refuse              | requested  | received, in-hand, asked, postponed, granted-on-conditions, granted, supplying | UNCC 40(25)
        supply in part      | requested  | granted, supplying, supplied                                                  | UNCC 44(1)
        supply all          | requested  | granted, supplying, supplied                                                  | UNCC 44(1)
        confirm             | requesting | supplying, supplied                                                           | docs/spec/dossier.md 3.9
        withdraw            | requesting | received, in-hand, asked, postponed, granted-on-conditions, granted, supplying | UNCC 40(26)
        close               | requesting | granted-on-conditions, granted, supplying, supplied                           | docs/spec/dossier.md 3.11
        """;

    public static TheoryData<Measure, Stage, string, Side> Everything =>
        [
            .. from measure in Enum.GetValues<Measure>()
            from stage in Moves.StagesOf(measure)
            from move in Moves.All.Keys
            from side in new[] { Side.Requesting, Side.Requested }
            select (measure, stage, move, side),
        ];

    [Theory]
    [MemberData(nameof(Everything))]
    public void What_a_paragraph_opens_is_open_and_everything_else_is_closed(
        Measure measure,
        Stage stage,
        string move,
        Side side
    )
    {
        var story = Moves.At(measure, stage);
        var before = Print.Of(story.State);

        story.Says(side, Moves.All[move], Some.Day(9));

        if (SourceIn(measure, stage, move, side) is { } source)
        {
            Assert.Equal(source, Assert.IsType<Effect.Took>(story.Effect).Source.ToString());
        }
        else
        {
            Assert.Equal(
                new Effect.None(new Refusal("dossier.not-open", new Citation("docs/spec/dossier.md", "3"))),
                story.Effect
            );
            Assert.Equal(before, Print.Of(story.State));
        }
    }

    [Theory]
    [InlineData(Measure.Preservation)]
    [InlineData(Measure.StoredData)]
    public void The_openings_a_desk_shows_are_those_of_the_table(Measure measure)
    {
        foreach (var stage in Moves.StagesOf(measure))
        {
            var story = Moves.At(measure, stage);
            foreach (var (side, party) in new[] { (Side.Requesting, Some.XA), (Side.Requested, Some.XB) })
            {
                var shown = story.Dossier.Open(story.Request, party).Select(o => (o.Kind, o.Source.ToString()));
                var expected =
                    from row in Rows(measure)
                    where row.By == side && row.While.Contains(stage)
                    select (Moves.All[row.Act].GetType(), row.Source);
                Assert.Equal(expected.Distinct().Order(ByText), shown.Distinct().Order(ByText));
            }
        }

        Assert.Empty(Story.Of(measure).Dossier.Open(Some.Id("no request"), Some.XA));
        Assert.Empty(Story.Of(measure).Dossier.Open(Story.Of(measure).Request, Comity.Parties.PartyId.Of("XC")));
    }

    [Fact]
    public void An_act_kept_at_home_is_never_open()
    {
        foreach (var kind in ActKind.All.Where(k => k.By == Side.Internal))
        {
            var story = Story.Of(Measure.StoredData).XbSays(Specimens.Bodies[kind.Name], Some.Day(1));

            Assert.Equal("dossier.not-open", Assert.IsType<Effect.None>(story.Effect).Why.Code);
        }
    }

    [Fact]
    public void Every_kind_that_is_sent_has_its_line_here()
    {
        var kinds = Moves.All.Values.Select(b => ActKind.Of(b).Name).Append("request").Append("transcribed");

        Assert.Equal(
            ActKind.All.Where(k => k.By != Side.Internal).Select(k => k.Name).Order(StringComparer.Ordinal),
            kinds.Distinct().Order(StringComparer.Ordinal)
        );
    }

    private static readonly Comparer<(Type, string)> ByText = Comparer<(Type, string)>.Create(
        (a, b) => string.CompareOrdinal($"{a}", $"{b}")
    );

    private static string? SourceIn(Measure measure, Stage stage, string move, Side side) =>
        Rows(measure).SingleOrDefault(r => r.Act == move && r.By == side && r.While.Contains(stage))?.Source;

    private static IEnumerable<Row> Rows(Measure measure) =>
        from line in (measure == Measure.Preservation ? Preservation : StoredData).Split('\n')
        let cells = line.Split('|', StringSplitOptions.TrimEntries)
        let stages = cells[2]
            .Split(", ")
            .Select(name => Names.TryParse<Stage>(name, out var stage) ? stage : throw new FormatException(name))
        select new Row(cells[0], cells[1] == "requesting" ? Side.Requesting : Side.Requested, [.. stages], cells[3]);

    private sealed record Row(string Act, Side By, IReadOnlyList<Stage> While, string Source);
}
