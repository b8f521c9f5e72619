// SPDX-License-Identifier: EUPL-1.2
using Comity.Register;

namespace Comity.Tests.Register;

public sealed class SaltTests
{
    [Theory]
    [InlineData(31)]
    [InlineData(33)]
    public void A_salt_of_another_length_is_a_broken_program(int length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Salt(new byte[length]));

    [Fact]
    public void A_salt_is_written_and_read_the_same_and_only_in_lower_case()
    {
        Assert.True(Salt.TryParseHex(Some.Salt.ToHex(), out var read));
        Assert.Equal(Some.Salt, read);
        Assert.False(Salt.TryParseHex(Some.Salt.ToHex().ToUpperInvariant(), out _));
        Assert.False(Salt.TryParseHex(Some.Salt.ToHex().AsSpan(1), out _));
    }

    [Fact]
    public void A_salt_is_never_printed()
    {
        Assert.Equal("salt", Some.Salt.ToString());
        Assert.DoesNotContain(Some.Salt.ToHex(), Some.Receipt().ToString(), StringComparison.Ordinal);
    }
}
