// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;
using CsCheck;

namespace Comity.Tests;

public sealed class StrictTextTests
{
    [Fact]
    public void Base64_of_any_length_has_one_spelling() =>
        Gen
            .Byte.Array[1, 100]
            .Sample(bytes =>
            {
                Assert.True(StrictText.TryBase64(Convert.ToBase64String(bytes), out var read));
                Assert.Equal(bytes, read);
                Assert.False(StrictText.TryBase64(Convert.ToBase64String(bytes) + "=", out _));
                Assert.False(StrictText.TryBase64(" " + Convert.ToBase64String(bytes), out _));
            });

    [Fact]
    public void Decimals_have_one_spelling_up_to_the_largest()
    {
        Gen.Long[0, long.MaxValue]
            .Sample(number =>
            {
                var text = number.ToString(CultureInfo.InvariantCulture);
                Assert.True(StrictText.TryDecimal(text, out var read));
                Assert.Equal(number, read);
                Assert.False(StrictText.TryDecimal("0" + text, out _));
            });
        Assert.True(StrictText.TryDecimal("9223372036854775807", out var largest));
        Assert.Equal(long.MaxValue, largest);
        Assert.All(
            ["", "9223372036854775808", "9999999999999999999", "10000000000000000000", "-1", "+1", "1 ", "1_0", "٣"],
            text => Assert.False(StrictText.TryDecimal(text, out _))
        );
    }
}
