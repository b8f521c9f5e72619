// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using Comity.Acts;
using Comity.Files.Keys;
using Comity.Requests;
using Comity.Signatures;
using CsCheck;

namespace Comity.Tests.Acts;

public sealed class SignedActTests
{
    private static readonly Act Act = Some.Act(new Withdraw("No longer needed"), concerns: Some.Id("r"));

    [Fact]
    public void An_acts_id_is_what_sha256sum_prints_for_its_file()
    {
        var bytes = Some.A.Sign(Act);

        var signed = SignedAct.Parse(bytes).Admitted();

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), signed.Id.ToString());
        Assert.Equal(bytes, signed.Signed.Encoded.ToArray());
        Assert.Equal(ActEncoding.Write(Act), ActEncoding.Write(signed.Act));
    }

    [Fact]
    public void A_signature_that_states_another_time_than_the_act_is_refused() =>
        Assert.Equal(
            new Refusal("act.time-differs", new Citation("docs/spec/act.md", "3"), "issued"),
            SignedAct.Parse(Sign(ActEncoding.Write(Act), Act.Issued.AddSeconds(1))).Refused()
        );

    [Fact]
    public void A_signature_over_something_that_is_no_act_is_refused_for_what_it_holds() =>
        Assert.Equal(
            new Refusal("act.malformed", new Citation("docs/spec/act.md", "2"), "byte 0"),
            SignedAct.Parse(Sign("Dear colleague,"u8.ToArray(), Act.Issued)).Refused()
        );

    [Fact]
    public void The_largest_payload_can_be_signed_and_one_byte_more_cannot()
    {
        byte[] Padded(int size) =>
            [.. ActEncoding.Write(Act), .. new byte[size - ActEncoding.Write(Act).Length].Select(_ => (byte)' ')];

        var largest = Sign(Padded(Act.MaximumBytes), Act.Issued);
        Assert.Equal(Act.MaximumBytes, SignedAct.Parse(largest).Admitted().Signed.Content.Length);
        Assert.True(largest.Length < SignedAct.MaximumBytes);
        Assert.Equal(
            new Refusal("signature.too-large", new Citation("docs/spec/act.md", "3")),
            SignedAct.Parse(Sign(Padded(Act.MaximumBytes + 1), Act.Issued)).Refused()
        );
        Assert.Equal(
            new Refusal("signature.too-large", new Citation("docs/spec/act.md", "3")),
            SignedAct.Parse(new byte[SignedAct.MaximumBytes + 1]).Refused()
        );
    }

    [Fact]
    public void Whatever_bytes_arrive_the_answer_is_an_act_or_a_refusal()
    {
        var good = Some.A.Sign(Act);

        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte, Gen.Int[0, good.Length - 1], Gen.Byte, Gen.Int[0, 3])
            .Sample(
                (at, value, also, other, cut) =>
                {
                    var bytes = good[..^cut];
                    bytes[at % bytes.Length] = value;
                    bytes[also % bytes.Length] = other;
                    Assert.True(SignedAct.Parse(bytes) is Outcome<SignedAct>.Admitted or Outcome<SignedAct>.Refused);
                },
                iter: 5_000
            );
    }

    private static byte[] Sign(byte[] content, DateTimeOffset at) =>
        Certificates.Sign(SigningInput.For(content, Certificates.TextOf(Some.A.Seal), at), Some.A.Seal);
}
