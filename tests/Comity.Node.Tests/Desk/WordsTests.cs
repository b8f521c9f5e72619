// SPDX-License-Identifier: EUPL-1.2
using System.Text.RegularExpressions;
using Comity.Acts;
using Comity.Dossiers;
using Comity.Instruments;
using Comity.Node.Desk.Words;

namespace Comity.Node.Tests.Desk;

public sealed class WordsTests
{
    [Fact]
    public void Every_code_that_an_officer_can_meet_has_a_sentence_that_says_what_to_do()
    {
        var listed = Regex.Matches(
            File.ReadAllText(Samples.Path("../docs/spec/refusals.md")),
            @"^\| `(?<code>[a-z-]+\.[a-z-]+)` \|.*\| (?<who>[^|]*) \|$",
            RegexOptions.Multiline
        );
        var silent = listed
            .Where(m => Regex.IsMatch(m.Groups["who"].Value, "drafter|duty officer|both"))
            .Select(m => m.Groups["code"].Value)
            .Where(c => !Codes.Knows(c));

        Assert.NotEmpty(listed);
        Assert.Empty(silent);
    }

    [Fact]
    public void Every_kind_stage_measure_and_date_has_a_name()
    {
        Assert.All(ActKind.All, k => Assert.NotEqual(k.Name, Said.Of(k.Name)));
        Assert.All(Enum.GetValues<Stage>(), s => Assert.NotEqual(Names.Of(s), Said.Of(s)));
        Assert.All(Enum.GetValues<Measure>(), m => Assert.NotEqual(Names.Of(m), Said.Of(m)));
        Assert.All(Enum.GetValues<ClockKind>(), c => Assert.NotEqual(Names.Of(c), Said.Of(c)));
    }

    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(999, "999 bytes")]
    [InlineData(1_000, "1 KB")]
    [InlineData(1_500_000, "1.5 MB")]
    [InlineData(long.MaxValue, "9.2 EB")]
    public void A_size_is_said_in_the_unit_that_fits(long bytes, string said) => Assert.Equal(said, Said.Bytes(bytes));
}
