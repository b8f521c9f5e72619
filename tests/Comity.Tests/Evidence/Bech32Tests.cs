// SPDX-License-Identifier: EUPL-1.2
using Comity.Evidence;

namespace Comity.Tests.Evidence;

public sealed class Bech32Tests
{
    // The keys of the age specification, "The X25519 recipient type".
    private const string Secret = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";
    private const string Public = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";

    [Fact]
    public void The_specification_s_own_identity_has_the_specification_s_own_recipient()
    {
        var identity = Identity.Parse(Secret).Value();
        Assert.Equal(Public, identity.Recipient.ToString());
        Assert.Equal(Secret, identity.Reveal());
        Assert.Equal(identity.Recipient, Recipient.Parse(Public).Value());
    }

    [Fact]
    public void Any_one_changed_character_of_a_recipient_is_noticed() =>
        Assert.All(
            Enumerable.Range(0, Public.Length),
            i =>
            {
                var other = Public[i] == 'q' ? 'p' : 'q';
                var changed = Public.Remove(i, 1).Insert(i, other.ToString());
                Assert.Equal(SealRefusals.RecipientMalformed, Recipient.Parse(changed).Code());
            }
        );

    [Theory]
    [InlineData("")]
    [InlineData("age1")]
    [InlineData("1")]
    [InlineData("age1qqqqqq")]
    [InlineData(" " + Public)]
    [InlineData(Public + "\n")]
    [InlineData("Age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj")]
    [InlineData("AGE1ZVKYG2LQZRAA2LNJVQEJ32NKUU0UES2S82HZRYE869XEEXVN73EQUNUJWJ")]
    [InlineData(Secret)]
    public void What_is_almost_a_recipient_is_none(string text) =>
        Assert.Equal(SealRefusals.RecipientMalformed, Recipient.Parse(text).Code());

    [Theory]
    [InlineData("")]
    [InlineData(Public)]
    [InlineData("age-secret-key-1gfpyysjzgfpyysjzgfpyysjzgfpyysjzgfpyysjzgfpyysjzgfpq4egaex")]
    [InlineData(Secret + " ")]
    public void What_is_almost_an_identity_is_none(string text) =>
        Assert.Equal(SealRefusals.IdentityMalformed, Identity.Parse(text).Code());

    [Theory]
    [InlineData(31)]
    [InlineData(33)]
    public void A_key_of_another_length_is_no_key(int length)
    {
        var text = Bech32.Encode("age", Seals.Bytes(7, length));
        Assert.Equal(SealRefusals.RecipientMalformed, Recipient.Parse(text).Code());
    }

    [Theory]
    [InlineData("age1pyysjzgfpyysjzgfpyysjzgfpyysjzgfpyysjzgfpyysjzgfpyy39sttt0")] // a spare bit set
    [InlineData("age1pyysjzgfpyysjzgfpyysjzgfpyysjzgfpyysjzgfpyysjzgfpyysqd2jzh0")] // a character more
    public void A_key_has_one_spelling_only(string other)
    {
        const string Canonical = "age1pyysjzgfpyysjzgfpyysjzgfpyysjzgfpyysjzgfpyysjzgfpyyscxl7ka";
        Assert.Equal(Canonical, Recipient.Parse(Canonical).Value().ToString());
        Assert.Equal(SealRefusals.RecipientMalformed, Recipient.Parse(other).Code());
    }

    [Fact]
    public void A_public_key_with_which_nothing_stays_secret_is_refused()
    {
        var zero = new byte[32];
        byte[] one = [1, .. new byte[31]];
        Assert.Equal(SealRefusals.RecipientMalformed, Recipient.Parse(Bech32.Encode("age", zero)).Code());
        Assert.Equal(SealRefusals.RecipientMalformed, Recipient.Parse(Bech32.Encode("age", one)).Code());
    }

    [Fact]
    public void A_post_quantum_key_outside_the_field_is_refused()
    {
        var key = Bech32.Decode(Seals.Quentin.Recipient.ToString(), "age1pq", 1216);
        Assert.IsType<Recipient.Hybrid>(Recipient.Parse(Bech32.Encode("age1pq", key)).Value());

        // FIPS 203, section 7.2: coefficients are below 3,329; the highest that is, and the lowest that is not.
        (key[0], key[1]) = (0x00, (byte)((key[1] & 0xf0) | 0x0d));
        Assert.IsType<Recipient.Hybrid>(Recipient.Parse(Bech32.Encode("age1pq", key)).Value());
        (key[0], key[1]) = (0x01, (byte)((key[1] & 0xf0) | 0x0d));
        Assert.Equal(SealRefusals.RecipientMalformed, Recipient.Parse(Bech32.Encode("age1pq", key)).Code());
    }

    [Fact]
    public void Printing_an_identity_does_not_print_the_secret() =>
        Assert.Equal(
            ["X25519 identity", "Hybrid identity", "Passphrase identity"],
            new[] { Seals.Anna, Seals.Quentin, new Identity.Passphrase("open sesame") }.Select(i => i.ToString())
        );
}
