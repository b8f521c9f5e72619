// SPDX-License-Identifier: EUPL-1.2
using Comity.Parties;

namespace Comity.Tests.Parties;

public sealed class PartyIdTests
{
    [Fact]
    public void A_Partys_code_is_assigned_or_left_to_users_or_the_one_organisation()
    {
        var codes =
            from first in Enumerable.Range('A', 26)
            from second in Enumerable.Range('A', 26)
            let code = $"{(char)first}{(char)second}"
            where PartyId.TryParse(code, out _)
            select code;

        // ISO 3166-1 assigns 249 codes and leaves XA to XZ to users; EU is reserved for the organisation.
        Assert.Equal(249 + 26 + 1, codes.Count());
    }

    [Theory]
    [InlineData("DE", false)]
    [InlineData("EU", false)]
    [InlineData("XA", true)]
    [InlineData("XZ", true)]
    public void Codes_that_ISO_leaves_to_users_are_States_that_do_not_exist(string code, bool isFictional) =>
        Assert.Equal(isFictional, PartyId.Of(code).IsFictional);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("X")]
    [InlineData("xa")]
    [InlineData("XAA")]
    [InlineData(" XA")]
    [InlineData("AA")]
    [InlineData("UK")]
    [InlineData("ХА")]
    public void Anything_else_is_nobody(string? code) => Assert.False(PartyId.TryParse(code, out _));

    [Theory]
    [InlineData("XA/a", true)]
    [InlineData("XA/0-9-", true)]
    [InlineData("XA/abcdefghijklmnopqrstuvwxyz012345", true)]
    [InlineData("XA/abcdefghijklmnopqrstuvwxyz0123456", false)]
    [InlineData("XA/", false)]
    [InlineData("XA", false)]
    [InlineData("XA/-a", false)]
    [InlineData("XA/A", false)]
    [InlineData("XA/a/b", false)]
    [InlineData("AA/a", false)]
    [InlineData("XA a", false)]
    [InlineData("XA/a\n", false)]
    public void An_office_is_a_Party_and_an_authoritys_short_name(string text, bool isOffice)
    {
        Assert.Equal(isOffice, Office.TryParse(text, out var office));
        Assert.Equal(isOffice ? text : null, office?.ToString());
    }
}
