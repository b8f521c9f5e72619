// SPDX-License-Identifier: EUPL-1.2
using CsCheck;

namespace Comity.Tests;

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
