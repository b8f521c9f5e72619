// SPDX-License-Identifier: EUPL-1.2
using System.Net;

namespace Comity.Node.Tests.Desk;

public sealed class SignInTests
{
    [Fact]
    public async Task A_link_signs_in_once_and_looking_at_it_uses_nothing_up()
    {
        await using var pair = await Pair.StartAsync();
        var link = await pair.A.LinkAsync(TestNode.Drafter);
        using var first = pair.A.Visitor();
        using var second = pair.A.Visitor();

        var seen = await first.OpenAsync($"/sign-in/{link}");
        var also = await second.OpenAsync($"/sign-in/{link}");
        var home = await first.SendAsync(seen.FormTo("/sign-in"));
        var late = await second.SendAsync(also.FormTo("/sign-in"));

        Assert.Equal((HttpStatusCode.OK, "/"), (home.Status, home.Path));
        Assert.Contains("Dana Draft", home.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Gone, late.Status);
        Assert.Contains("used or too old", late.Text, StringComparison.Ordinal);
    }
}
