// SPDX-License-Identifier: EUPL-1.2
using Comity.Evidence;

namespace Comity.Files;

/// <summary>A run of chunks on its way from one thread to the other. A handful of them are used over and over.</summary>
internal sealed class Block
{
    /// <summary>Chunks in a block: enough that handing it over costs nothing beside the work in it.</summary>
    public const int Chunks = 16;

    public byte[] Plain { get; } = GC.AllocateUninitializedArray<byte>(Chunks * SealChunks.PlainSize);

    public byte[] Sealed { get; } = GC.AllocateUninitializedArray<byte>(Chunks * SealChunks.SealedSize);

    public int PlainLength { get; set; }

    public int SealedLength { get; set; }

    /// <summary>Place of the first chunk in the file.</summary>
    public long First { get; set; }

    public RunEnd End { get; set; }

    /// <summary>Whether the chunks have been sealed or opened already, by whichever thread had the time.</summary>
    public bool IsDone { get; set; }

    /// <summary>What is wrong with the run, if anything. Nothing follows such a block.</summary>
    public Refusal? Why { get; set; }

    /// <summary>Whether the input ended before giving the block anything.</summary>
    public bool IsEmpty => PlainLength == 0 && SealedLength == 0 && Why is null;

    /// <summary>Clears what the last use left, except the bytes.</summary>
    /// <param name="first">Place of the first chunk in the file.</param>
    public void Begin(long first)
    {
        (First, PlainLength, SealedLength, IsDone, Why) = (first, 0, 0, false, null);
    }
}
