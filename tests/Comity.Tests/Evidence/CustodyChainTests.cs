// SPDX-License-Identifier: EUPL-1.2
using Comity.Evidence;

namespace Comity.Tests.Evidence;

/// <summary>A chain of custody is unbroken, or the place where it is not is said.</summary>
public sealed class CustodyChainTests
{
    private static readonly Digest Exhibit = Some.Digest("sealed");

    [Fact]
    public void An_unbroken_chain_is_read_whole()
    {
        var chain = Chain(4);

        var reading = CustodyChain.Check(Exhibit, chain, HeadOf(chain, 4), [HeadOf(chain, 2), HeadOf(chain, 4)]);

        Assert.Empty(reading.Faults);
        Assert.Equal([1, 2, 3, 4], reading.Entries.Select(e => e.Place));
        Assert.Equal([null, Digest.Of(chain[0].Bytes!)], reading.Entries.Take(2).Select(e => e.Previous));
    }

    [Fact]
    public void Every_changed_byte_of_every_link_is_found_where_it_is()
    {
        var chain = Chain(3);
        for (var link = 0; link < 3; link++)
        {
            for (var at = 0; at < chain[link].Bytes!.Length; at++)
            {
                var changed = chain.ToList();
                byte[] bytes = [.. chain[link].Bytes!];
                bytes[at] ^= 1;
                changed[link] = (link + 1, bytes);

                var faults = Faults(changed, HeadOf(chain, 3));

                Assert.Contains(faults, f => f.Code == "custody.altered" && f.Place >= link + 1 && f.Place <= link + 2);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_link_that_was_taken_out_is_a_gap(int place)
    {
        var chain = Chain(4);

        var faults = Faults([.. chain.Where(l => l.Place != place)], HeadOf(chain, 4));

        Assert.Equal([("custody.gap", place)], faults);
    }

    [Fact]
    public void A_link_that_was_taken_out_and_the_rest_moved_up_does_not_join()
    {
        var chain = Chain(4);
        var moved = chain.Where(l => l.Place != 2).Select((l, i) => (i + 1, l.Bytes)).ToList();

        Assert.Contains(("custody.altered", 2), Faults(moved, HeadOf(chain, 4)));
    }

    [Fact]
    public void An_end_that_was_cut_off_is_found_by_what_is_kept_apart_and_by_what_acts_have_said()
    {
        var chain = Chain(4);
        var cut = chain.Take(2).ToList();

        Assert.Equal([("custody.cut-off", 3)], Faults(cut, HeadOf(chain, 4)));
        Assert.Equal([("custody.anchor-differs", 3)], Faults(cut, HeadOf(chain, 2), HeadOf(chain, 3)));
        Assert.Equal([("custody.altered", 2)], Faults(cut, null));
    }

    [Fact]
    public void A_chain_written_anew_contradicts_what_an_act_has_said()
    {
        var (chain, other) = (Chain(3), Chain(3, "another role"));

        Assert.Equal([("custody.anchor-differs", 2)], Faults(other, HeadOf(other, 3), HeadOf(chain, 2)));
    }

    [Fact]
    public void No_link_at_all_and_one_that_does_not_open_are_said()
    {
        var chain = Chain(2);

        Assert.Equal([("custody.not-kept", 1)], Faults([], null));
        Assert.Equal([("custody.not-kept", 1), ("custody.cut-off", 1)], Faults([], HeadOf(chain, 2)));
        Assert.Equal(("custody.altered", 1), Faults([(1, null), chain[1]], HeadOf(chain, 2))[0]);
    }

    [Fact]
    public void A_link_of_another_exhibit_is_none_of_this_chain() =>
        Assert.Equal(
            ("custody.altered", 1),
            CustodyChain.Check(Some.Digest("other"), Chain(1), null, []).Faults.Select(Short).First()
        );

    [Theory]
    [InlineData("\"place\": 1", "\"place\": 0", "place")]
    [InlineData("\"role\": \"drafter\"", "\"role\": \"\"", "role")]
    [InlineData("\"salt\": \"", "\"salt\": \"0", "salt")]
    public void A_link_outside_its_limits_is_refused_at_the_member(string member, string wrong, string where)
    {
        var text = System.Text.Encoding.UTF8.GetString(Chain(1)[0].Bytes!);
        Assert.Contains(member, text, StringComparison.Ordinal);

        var changed = text.Replace(member, wrong, StringComparison.Ordinal);

        var why = CustodyEntry.Parse(System.Text.Encoding.UTF8.GetBytes(changed)).Refused();
        Assert.Equal(("custody.outside-limits", where), (why.Code, why.Where));
        Assert.Equal("custody.malformed", CustodyEntry.Parse("[]"u8).Refused().Code);
    }

    private static List<(int Place, byte[]? Bytes)> Chain(int length, string role = "drafter")
    {
        var links = new List<(int, byte[]?)>();
        Digest? previous = null;
        for (var place = 1; place <= length; place++)
        {
            var what = (CustodyEvent)((place - 1) % 8);
            var bytes = new CustodyEntry(
                Exhibit,
                place,
                what,
                Some.Day(place),
                Some.XA,
                role,
                "dana",
                null,
                null,
                previous,
                new string('0', 2 * CustodyEntry.SaltBytes)
            ).Write();
            links.Add((place, bytes));
            previous = Digest.Of(bytes);
        }

        return links;
    }

    private static CustodyHead HeadOf(List<(int Place, byte[]? Bytes)> chain, int place) =>
        new(Exhibit, place, Digest.Of(chain[place - 1].Bytes!));

    private static IReadOnlyList<(string Code, int Place)> Faults(
        IReadOnlyList<(int Place, byte[]? Bytes)> chain,
        CustodyHead? head,
        params IReadOnlyList<CustodyHead> anchors
    ) => [.. CustodyChain.Check(Exhibit, chain, head, anchors).Faults.Select(Short)];

    private static (string Code, int Place) Short(Refusal fault) =>
        (fault.Code, int.Parse(fault.Where["link ".Length..], System.Globalization.CultureInfo.InvariantCulture));
}
