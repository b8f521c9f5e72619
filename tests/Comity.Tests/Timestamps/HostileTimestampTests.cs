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

/// <summary>Bytes that were something once: changed, cut, doubled, swapped.</summary>
internal static class Mutations
{
    /// <summary>How many are tried: few in the suite, more when <c>COMITY_FUZZ</c> says so.</summary>
    public static long Iterations { get; } =
        long.TryParse(
            Environment.GetEnvironmentVariable("COMITY_FUZZ"),
            System.Globalization.CultureInfo.InvariantCulture,
            out var many
        )
            ? many
            : 20_000;

    public static Gen<byte[]> Of(IReadOnlyList<byte[]> seeds)
    {
        var step = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 1 << 20], Gen.Int[0, 64], Gen.Byte);
        return Gen.Select(
            Gen.Int[0, seeds.Count - 1],
            step.List[1, 4],
            (seed, steps) => steps.Aggregate(seeds[seed], Apply)
        );
    }

    private static byte[] Apply(byte[] bytes, (int Kind, int At, int Length, byte Value) step)
    {
        if (bytes.Length == 0)
        {
            return [step.Value];
        }

        var at = step.At % bytes.Length;
        var end = Math.Min(bytes.Length, at + step.Length);
        var changed = bytes.ToArray();
        switch (step.Kind)
        {
            case 0:
                changed[at] = step.Value;
                return changed;
            case 1:
                changed[at] ^= (byte)(1 << (step.Value % 8));
                return changed;
            case 2:
                return [.. bytes[..at], .. bytes[end..]];
            case 3:
                return [.. bytes[..end], .. bytes[at..]];
            case 4:
                return bytes[..at];
            default:
                return [.. bytes[..at], .. new byte[step.Length], .. bytes[at..]];
        }
    }
}
