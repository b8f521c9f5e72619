// SPDX-License-Identifier: EUPL-1.2
using Comity.Evidence;
using Comity.Files;

namespace Comity.Tests.Evidence;

/// <summary>What is sealed again opens with the new key and no other, to the same bytes, or there is a refusal.</summary>
public sealed class ResealTests
{
    private const int Chunk = SealChunks.PlainSize;
    private const int Run = 16 * Chunk;

    public static TheoryData<int> Sizes =>
        [0, 1, Chunk - 1, Chunk, Chunk + 1, Run - 1, Run, Run + 1, 2 * Run, (2 * Run) + 1, (3 * Run) - Chunk];

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Any_size_comes_out_as_it_was(int size)
    {
        var plain = Seals.Bytes(5, size);
        var first = await Seals.SealAsync(plain, SealForm.Binary, Seals.Anna.Recipient);

        var (outcome, second) = await ResealAsync(first, Seals.Anna, SealForm.Binary, Seals.Boris.Recipient);

        Assert.Equal(new Resealed(Seals.Measure(plain), Seals.Measure(first), Seals.Measure(second)), outcome.Value());
        Assert.Equal(plain, (await Seals.OpenAsync(second, Seals.Boris)).Released);
        Assert.Equal(
            SealRefusals.NoMatchingKey,
            ((Outcome<SealedExhibit>.Refused)(await Seals.OpenAsync(second, Seals.Anna)).Outcome).Why.Code
        );
    }

    [Theory]
    [InlineData(SealForm.Binary, SealForm.Armored)]
    [InlineData(SealForm.Armored, SealForm.Binary)]
    [InlineData(SealForm.Armored, SealForm.Armored)]
    public async Task Text_and_bytes_go_either_way(SealForm from, SealForm to)
    {
        var plain = Seals.Bytes(6, Run + 7);
        var first = await Seals.SealAsync(plain, from, Seals.Anna.Recipient);

        var (outcome, second) = await ResealAsync(first, Seals.Anna, to, Seals.Boris.Recipient);

        Assert.Equal(new Resealed(Seals.Measure(plain), Seals.Measure(first), Seals.Measure(second)), outcome.Value());
        Assert.Equal(plain, (await Seals.OpenAsync(second, Seals.Boris)).Released);
    }

    [Fact]
    public async Task To_post_quantum_keys_and_back()
    {
        var plain = Seals.Bytes(7, 100_000);
        var first = await Seals.SealAsync(plain, SealForm.Binary, Seals.Anna.Recipient);

        var (_, second) = await ResealAsync(
            first,
            Seals.Anna,
            SealForm.Binary,
            Seals.Quentin.Recipient,
            Seals.Rosa.Recipient
        );
        var (_, third) = await ResealAsync(second, Seals.Rosa, SealForm.Binary, Seals.Boris.Recipient);

        Assert.Equal(plain, (await Seals.OpenAsync(third, Seals.Boris)).Released);
    }

    [Fact]
    public async Task A_change_or_a_cut_anywhere_is_refused_and_what_was_written_opens_as_cut_off()
    {
        var first = await Seals.SealAsync(Seals.Bytes(8, (2 * Run) + 9), SealForm.Binary, Seals.Anna.Recipient);
        foreach (var at in new[] { 30, 200, first.Length / 2, first.Length - Run, first.Length - 1 })
        {
            byte[] changed = [.. first];
            changed[at] ^= 1;
            foreach (var bad in new[] { changed, first[..at] })
            {
                var (outcome, written) = await ResealAsync(bad, Seals.Anna, SealForm.Binary, Seals.Boris.Recipient);

                Assert.IsType<Outcome<Resealed>.Refused>(outcome);
                Assert.IsType<Outcome<SealedExhibit>.Refused>((await Seals.OpenAsync(written, Seals.Boris)).Outcome);
            }
        }

        var (longer, _) = await ResealAsync([.. first, 0], Seals.Anna, SealForm.Binary, Seals.Boris.Recipient);
        Assert.IsType<Outcome<Resealed>.Refused>(longer);
    }

    [Fact]
    public async Task Without_a_key_that_opens_it_or_with_recipients_that_cannot_share_a_file_nothing_is_written()
    {
        var first = await Seals.SealAsync([1], SealForm.Binary, Seals.Anna.Recipient);

        var (unopened, nothing) = await ResealAsync(first, Seals.Boris, SealForm.Binary, Seals.Boris.Recipient);
        var (mixed, none) = await ResealAsync(
            first,
            Seals.Anna,
            SealForm.Binary,
            Seals.Boris.Recipient,
            Seals.Quentin.Recipient
        );

        Assert.Equal(SealRefusals.NoMatchingKey, ((Outcome<Resealed>.Refused)unopened).Why.Code);
        Assert.Equal(SealRefusals.RecipientsMixed, ((Outcome<Resealed>.Refused)mixed).Why.Code);
        Assert.Equal((0, 0), (nothing.Length, none.Length));
    }

    private static async Task<(Outcome<Resealed> Outcome, byte[] Written)> ResealAsync(
        byte[] sealedFile,
        Identity identity,
        SealForm form,
        params Recipient[] recipients
    )
    {
        using MemoryStream output = new();
        var outcome = await Resealing.ResealAsync(
            new MemoryStream(sealedFile),
            output,
            [identity],
            recipients,
            form,
            cancel: TestContext.Current.CancellationToken
        );
        return (outcome, output.ToArray());
    }
}
