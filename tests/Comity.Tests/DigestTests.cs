// SPDX-License-Identifier: EUPL-1.2
using CsCheck;

namespace Comity.Tests;

public sealed class DigestTests
{
    private const string OfNothingHex = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private const string OfNothingBase64 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

    private static readonly Gen<byte[]> Bytes = Gen.Byte.Array[32];

    [Fact]
    public void The_digest_of_nothing_is_the_known_one()
    {
        Assert.Equal((OfNothingHex, OfNothingBase64), (Digest.Of([]).ToHex(), Digest.Of([]).ToBase64()));
        Assert.Equal(OfNothingHex, Digest.Of([]).ToString());
    }

    [Fact]
    public void A_digest_is_written_and_read_the_same() =>
        Bytes.Sample(bytes =>
        {
            var digest = new Digest(bytes);
            Assert.True(Digest.TryParseHex(digest.ToHex(), out var fromHex));
            Assert.True(Digest.TryParseBase64(digest.ToBase64(), out var fromBase64));
            Assert.Equal((digest, digest, digest), (fromHex, fromBase64, new Digest(digest.ToArray())));
        });

    [Fact]
    public void Digests_that_differ_in_one_bit_are_not_equal() =>
        Gen.Select(Bytes, Gen.Int[0, 255])
            .Sample(
                (bytes, bit) =>
                {
                    var digest = new Digest(bytes);
                    bytes[bit / 8] ^= (byte)(1 << (bit % 8));
                    Assert.NotEqual(digest, new Digest(bytes));
                }
            );

    [Theory]
    [InlineData("")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8555")]
    [InlineData("E3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("g3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(" 3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public void Anything_but_64_lower_case_digits_is_no_digest_in_hexadecimal(string text)
    {
        Assert.False(Digest.TryParseHex(text, out var digest));
        Assert.Equal(default, digest);
    }

    [Theory]
    [InlineData("")]
    [InlineData("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU")]
    [InlineData("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=")] // a bit set in the padding
    [InlineData("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=")] // the alphabet for web addresses
    [InlineData("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFUA")] // 33 bytes
    [InlineData("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSug==")] // 31 bytes
    [InlineData("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3h uFU=")]
    [InlineData("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hS=FU=")]
    public void Anything_but_44_canonical_characters_is_no_digest_in_base64(string text)
    {
        Assert.False(Digest.TryParseBase64(text, out var digest));
        Assert.Equal(default, digest);
    }

    [Theory]
    [InlineData(31)]
    [InlineData(33)]
    public void A_digest_of_another_length_is_a_broken_program(int length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Digest(new byte[length]));
}
