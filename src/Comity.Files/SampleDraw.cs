// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Files;

/// <summary>Numbers that look drawn and are the same for the same seed on every machine and in every year.</summary>
/// <remarks>SplitMix64 (Steele, Lea and Flood, 2014), as the framework does not promise what its own seeded draw gives.</remarks>
/// <param name="seed">Any number.</param>
internal sealed class SampleDraw(ulong seed)
{
    private ulong state = seed;

    public ulong Next()
    {
        unchecked
        {
            state += 0x9E37_79B9_7F4A_7C15;
            var mixed = (state ^ (state >> 30)) * 0xBF58_476D_1CE4_E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EB;
            return mixed ^ (mixed >> 31);
        }
    }

    /// <summary>A number from 0 up to and without a limit.</summary>
    public int Below(int limit) => (int)(Next() % (ulong)limit);

    public T Of<T>(IReadOnlyList<T> list) => list[Below(list.Count)];

    public byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
        {
            bytes[i] = (byte)(Next() >> 56);
        }

        return bytes;
    }
}
