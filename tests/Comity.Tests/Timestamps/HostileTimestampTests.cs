// SPDX-License-Identifier: EUPL-1.2
using Comity.Timestamps;
using CsCheck;

namespace Comity.Tests.Timestamps;

/// <summary>Bytes from a hostile authority, a hostile asker, or a hostile file: refused, never a fault.</summary>
public sealed class HostileTimestampTests : IDisposable
{
    private readonly TestAuthority authority = new();

    public void Dispose() => authority.Dispose();

    [Fact]
    public void Every_change_of_one_byte_of_a_token_is_noticed()
    {
        var token = authority.Token();
        var trust = authority.Trust;
        var taken = new List<string>();
        foreach (var flip in new byte[] { 0x01, 0x02, 0x80, 0xFF })
        {
            for (var at = 0; at < token.Length; at++)
            {
                var changed = token.ToArray();
                changed[at] ^= flip;
                if (Check(changed, trust).Code() == "admitted")
                {
                    taken.Add($"byte {at} ^ {flip}");
                }
            }
        }

        Assert.Empty(taken);
    }

    [Fact]
    public void Every_token_cut_short_or_with_more_behind_it_is_refused()
    {
        var token = authority.Token();
        var trust = authority.Trust;

        Assert.All(
            Enumerable.Range(0, token.Length),
            length => Assert.NotEqual("admitted", Check(token[..length], trust).Code())
        );
        Assert.Equal(("timestamp.malformed", "token"), Check([.. token, 0], trust).CodeAndPlace());
    }

    [Fact]
    public void Whatever_comes_is_read_or_refused()
    {
        var trust = authority.Trust;
        byte[][] seeds =
        [
            TimestampResponse.Grant(authority.Token()),
            TimestampResponse.Reject(TimestampFailure.DataMalformed),
            authority.Token(),
            TestAuthority.Request.Encode(),
            authority.Signer.RawData,
        ];
        Mutations
            .Of(seeds)
            .Sample(
                bytes =>
                {
                    TimestampResponse.Parse(bytes).Then(t => t.SignedUnder(trust));
                    Check(bytes, trust);
                    TimestampRequest.Parse(bytes);
                    IssuedCertificate.TryParse(bytes);
                },
                iter: Mutations.Iterations
            );
    }

    private static Outcome<TimestampToken> Check(byte[] token, TimestampTrust trust) =>
        TimestampToken
            .Parse(token)
            .Then(t => t.Covers(TestAuthority.Content))
            .Then(t => t.Answers(TestAuthority.Request, TestAuthority.Asked, TestAuthority.Asked.AddSeconds(2)))
            .Then(t => t.SignedUnder(trust));
}
