// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Timestamps;
using Comity.Timestamps;
using Microsoft.AspNetCore.Http;

namespace Comity.Node.Tests.Timestamps;

/// <content>What an authority that lies, hangs or is not the one it was gives is never kept.</content>
public abstract partial class StamperTests
{
    [Fact]
    public async Task An_authority_that_hangs_holds_up_no_other()
    {
        await first.StartAsync();
        await second.StartAsync();
        first.Instead = async (_, context) =>
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
            return [];
        };
        var stamper = await RunAsync(first, second);
        var checkpoint = await PublishAsync(stamper, 1);

        Assert.Equal(second.Url.AbsoluteUri, (await StampedAsync(checkpoint, 1)).Single().Authority);
        await LoggedAsync("timestamp.unreachable Timeout");
    }

    [Fact]
    public async Task An_answer_over_another_hash_is_not_kept() =>
        await NeverKeptAsync(
            "timestamp.other-content",
            (_, _) => Answer(TimestampRequest.For(Digest.Of("other"u8), new byte[8]).Encode())
        );

    [Fact]
    public async Task An_old_answer_given_again_is_not_kept() =>
        await NeverKeptAsync(
            "timestamp.nonce-differs",
            (query, _) =>
            {
                var asked = TimestampRequest.Parse(query).Admitted();
                return Answer(TimestampRequest.For(new Digest(asked.Imprint.Hash.Span), new byte[8]).Encode());
            }
        );

    [Fact]
    public async Task An_answer_from_another_time_is_not_kept() =>
        await NeverKeptAsync(
            "timestamp.time-wrong",
            (query, _) => Task.FromResult(first.House.Answer(query, time.Now.AddMinutes(6)))
        );

    [Fact]
    public async Task The_token_of_another_authority_is_not_kept() =>
        await NeverKeptAsync(
            "timestamp.untrusted",
            (query, _) => Task.FromResult(second.House.Answer(query, time.Now))
        );

    [Fact]
    public async Task An_authority_whose_certificate_has_expired_is_not_believed()
    {
        time.Now = time.Now.AddYears(HouseAuthority.Years + 1);
        await NeverKeptAsync("timestamp.certificate-expired", instead: null);
    }

    [Fact]
    public async Task Garbage_is_not_kept() =>
        await NeverKeptAsync("timestamp.malformed", (_, _) => Task.FromResult("<html>busy</html>"u8.ToArray()));

    [Fact]
    public async Task An_answer_without_end_is_given_up() =>
        await NeverKeptAsync(
            "timestamp.too-large",
            (_, _) => Task.FromResult(new byte[TimestampResponse.MaximumBytes + 1])
        );

    [Fact]
    public async Task An_authority_that_sends_us_elsewhere_is_not_followed()
    {
        await second.StartAsync();
        await NeverKeptAsync(
            "timestamp.not-granted http 307",
            (_, context) =>
            {
                context.Response.StatusCode = 307;
                context.Response.Headers.Location = second.Url.ToString();
                return Task.FromResult<byte[]>([]);
            }
        );
        Assert.Empty(second.Asked);
    }

    private async Task NeverKeptAsync(string code, Func<byte[], HttpContext, Task<byte[]>>? instead)
    {
        await first.StartAsync();
        first.Instead = instead;
        var stamper = await RunAsync(first);
        var checkpoint = await PublishAsync(stamper, 1);

        await LoggedAsync(code);

        Assert.Empty(await OfAsync(checkpoint));
    }
}
