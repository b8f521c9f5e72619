// SPDX-License-Identifier: EUPL-1.2
using Comity.Evidence;
using Comity.Files;

namespace Comity.Tests.Evidence;

/// <summary>Keys and short forms that the tests of the seal share.</summary>
internal static class Seals
{
    public static readonly Identity Anna = new Identity.X25519(Bytes(1, 32));
    public static readonly Identity Boris = new Identity.X25519(Bytes(2, 32));
    public static readonly Identity Quentin = new Identity.Hybrid(Bytes(3, 32));
    public static readonly Identity Rosa = new Identity.Hybrid(Bytes(4, 32));

    /// <summary>Bytes that are the same in every run and different for every seed.</summary>
    public static byte[] Bytes(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Seals in memory.</summary>
    public static async Task<byte[]> SealAsync(byte[] plain, SealForm form, params Recipient[] recipients)
    {
        using MemoryStream output = new();
        var outcome = await Sealing.SealAsync(new MemoryStream(plain), output, recipients, form);
        var exhibit = outcome.Value();
        Assert.Equal(new SealedExhibit(Measure(plain), Measure(output.ToArray())), exhibit);
        return output.ToArray();
    }

    /// <summary>Opens in memory, and returns what was given out too.</summary>
    public static async Task<(Outcome<SealedExhibit> Outcome, byte[] Released)> OpenAsync(
        byte[] sealedFile,
        params Identity[] identities
    )
    {
        using MemoryStream output = new();
        var outcome = await Opening.OpenAsync(new MemoryStream(sealedFile), output, identities);
        return (outcome, output.ToArray());
    }

    public static ContentDigest Measure(byte[] bytes) => new(bytes.Length, Digest.Of(bytes));
}
