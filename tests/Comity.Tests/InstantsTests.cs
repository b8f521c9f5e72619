// SPDX-License-Identifier: EUPL-1.2
using Comity.Tests.Register;
using CsCheck;

namespace Comity.Tests;

public sealed class InstantsTests
{
    [Fact]
    public void Instants_that_are_not_whole_seconds_of_utc_cannot_be_written()
    {
        Assert.All(
            [
                Register.Some.Noon.AddTicks(1),
                Register.Some.Noon.AddMilliseconds(1),
                Register.Some.Noon.ToOffset(TimeSpan.FromHours(1)),
                new DateTimeOffset(1969, 12, 31, 23, 59, 59, TimeSpan.Zero),
            ],
            instant => Assert.Throws<ArgumentOutOfRangeException>(() => Instants.Format(instant))
        );
        Assert.Equal("2026-11-24T12:00:00Z", Instants.Format(Register.Some.Noon));
    }

    [Fact]
    public void Every_whole_second_is_written_and_read_the_same() =>
        Gen.Long[0, 253_402_300_799]
            .Sample(seconds =>
            {
                var instant = DateTimeOffset.FromUnixTimeSeconds(seconds);
                Assert.Equal(instant, Instants.Parse(Instants.Format(instant)).Value());
            });

    [Fact]
    public void Text_that_is_no_instant_is_refused_where_it_stands() =>
        Assert.Equal(
            new Refusal("instant.not-canonical", new Citation("RFC 3339", "5.6"), "body.until"),
            Instants.Parse("2026-11-24T12:00:00", "body.until").Why()
        );
}
