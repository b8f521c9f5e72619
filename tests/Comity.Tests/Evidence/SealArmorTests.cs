// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Evidence;
using Comity.Files;
using CsCheck;

namespace Comity.Tests.Evidence;

public sealed class SealArmorTests
{
    private static readonly byte[] Content = Seals.Bytes(20, 1000);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(47)]
    [InlineData(48)]
    [InlineData(49)]
    [InlineData(1000)]
    public void What_is_written_is_read_back(int length)
    {
        var bytes = Seals.Bytes(21, length);
        Assert.Equal(bytes, ReadWhole(Armored(bytes), pieces: 7));
    }

    [Fact]
    public void How_the_text_is_cut_into_pieces_makes_no_difference()
    {
        var text = Armored(Content);
        Gen.Int[1, text.Length].Sample(size => Assert.Equal(Content, ReadWhole(text, size)), iter: 100);
    }

    [Fact]
    public void Line_ends_of_either_kind_are_read() =>
        Assert.Equal(Content, ReadWhole(Encoding.ASCII.GetBytes(Text(Content).ReplaceLineEndings("\r\n")), 64));

    [Fact]
    public void White_space_around_it_is_read_up_to_the_limit_on_each_side()
    {
        var most = new string('\n', SealLimits.MaxArmorWhiteSpace);
        Assert.Equal(Content, ReadWhole(Encoding.ASCII.GetBytes(most + Text(Content) + most), 64));
        Assert.Equal(Malformed("line 1025"), Read(Encoding.ASCII.GetBytes(most + "\n" + Text(Content)), 64).Why);
        Assert.NotNull(Read(Encoding.ASCII.GetBytes(Text(Content) + most + "\n"), 64).Why);
    }

    [Theory]
    [InlineData(" -----BEGIN AGE ENCRYPTED FILE-----\nAAAA\n-----END AGE ENCRYPTED FILE-----\n", "line 1")]
    [InlineData("\n\n-----BEGIN AGE ENCRYPTED FILE-----\nAAA\n-----END AGE ENCRYPTED FILE-----\n", "line 4")]
    [InlineData("-----BEGIN AGE ENCRYPTED FILE-----\nAAAA\nAAAA\n-----END AGE ENCRYPTED FILE-----\n", "line 3")]
    [InlineData("-----BEGIN AGE ENCRYPTED FILE-----\nAAAA\n-----END AGE ENCRYPTED FILE-----\nx", "line 4")]
    [InlineData("-----BEGIN AGE ENCRYPTED FILE-----\nAAAA\n", "line 3")]
    [InlineData("", "line 1")]
    public void What_is_not_strict_is_refused_at_its_line(string text, string where) =>
        Assert.Equal(Malformed(where), Read(Encoding.ASCII.GetBytes(text), 64).Why);

    [Fact]
    public async Task A_file_in_armor_opens_whichever_side_of_a_block_it_ends_on()
    {
        // Header and nonce differ in length from a line, and a block from both, so the sizes fall everywhere.
        await Gen.Int[0, 3_000_000]
            .SampleAsync(
                async length =>
                {
                    var plain = Seals.Bytes(22, length);
                    var text = await Seals.SealAsync(plain, SealForm.Armored, Seals.Anna.Recipient);
                    var (outcome, released) = await Seals.OpenAsync(text, Seals.Anna);
                    Assert.Equal(new SealedExhibit(Seals.Measure(plain), Seals.Measure(text)), outcome.Value());
                    Assert.Equal(plain, released);
                },
                iter: 10
            );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task An_armored_file_of_whole_blocks_with_something_after_it_is_refused_for_its_armor(int blocks)
    {
        var plain = Seals.Bytes(23, blocks * 16 * SealChunks.PlainSize);
        var text = await Seals.SealAsync(plain, SealForm.Armored, Seals.Anna.Recipient);
        var (outcome, _) = await Seals.OpenAsync([.. text, (byte)'x'], Seals.Anna);
        Assert.Equal(SealRefusals.ArmorMalformed, outcome.Code());
    }

    private static Refusal Malformed(string where) =>
        new(SealRefusals.ArmorMalformed, new Citation("C2SP age", "ASCII armor"), where);

    private static string Text(byte[] bytes) => Encoding.ASCII.GetString(Armored(bytes));

    private static byte[] Armored(byte[] bytes)
    {
        var lines = new byte[SealArmor.TextLength(bytes.Length)];
        Assert.Equal(lines.Length, SealArmor.EncodeLines(bytes, lines));
        return [.. SealArmor.Begin, .. lines, .. SealArmor.End];
    }

    private static byte[] ReadWhole(byte[] text, int pieces)
    {
        var (bytes, why) = Read(text, pieces);
        Assert.Null(why);
        return bytes;
    }

    private static (byte[] Bytes, Refusal? Why) Read(byte[] text, int pieces)
    {
        SealArmorReader reader = new();
        List<byte> read = [];
        foreach (var piece in text.Chunk(pieces))
        {
            var bytes = new byte[piece.Length + SealArmor.BytesPerLine];
            if (reader.Push(piece, bytes, out var written) is { } why)
            {
                return ([.. read], why);
            }

            read.AddRange(bytes[..written]);
        }

        return ([.. read], reader.Finish());
    }
}
