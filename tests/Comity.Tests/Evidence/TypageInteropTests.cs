// SPDX-License-Identifier: EUPL-1.2
using Comity.Files;

namespace Comity.Tests.Evidence;

/// <summary>The npm package age-encryption, which knows post-quantum keys as Debian's <c>age</c> does not yet.</summary>
public sealed class TypageInteropTests
{
    public static TheoryData<int> Sizes => [0, 1, 65536, 200_000];

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task It_opens_what_we_seal_to_a_post_quantum_key(int size)
    {
        var plain = Seals.Bytes(50, size);
        var sealedFile = await Seals.SealAsync(plain, SealForm.Binary, Seals.Rosa.Recipient, Seals.Quentin.Recipient);
        Assert.Equal(plain, await RunAsync("decrypt", Seals.Quentin.Reveal(), sealedFile));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task We_open_what_it_seals_to_a_post_quantum_key(int size)
    {
        var plain = Seals.Bytes(51, size);
        var sealedFile = await RunAsync("encrypt", Seals.Quentin.Recipient.ToString(), plain);
        var (outcome, released) = await Seals.OpenAsync(sealedFile, Seals.Quentin);
        Assert.Equal(Seals.Measure(plain), outcome.Value().Plain);
        Assert.Equal(plain, released);
    }

    private static async Task<byte[]> RunAsync(string work, string key, byte[] input)
    {
        _ = Checkout.NpmFile("age-encryption/package.json");
        var script = Path.Combine(Checkout.NpmVectors, "typage.mjs");
        var run = await ChildProcess.RunAsync(ChildProcess.Find("node"), [script, work, key], input);
        Assert.Equal((0, ""), (run.Exit, run.Error));
        return run.Output;
    }
}
