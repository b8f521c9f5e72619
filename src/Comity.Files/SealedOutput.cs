// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using Comity.Evidence;

namespace Comity.Files;

/// <summary>How the seal is written down.</summary>
public enum SealForm
{
    /// <summary>As bytes.</summary>
    Binary,

    /// <summary>As text, for channels that carry nothing else; a third larger.</summary>
    Armored,
}

/// <summary>Where sealed bytes go: armored if asked, and hashed as they stand in the file.</summary>
/// <remarks>
/// Bytes are hashed when they are handed to <see cref="Measure"/>, ahead of their writing; text only comes into being
/// with the writing and is hashed there.
/// </remarks>
internal sealed class SealedOutput(Stream stream, SealForm form) : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] line = new byte[SealArmor.BytesPerLine];
    private byte[] text = [];
    private int inLine;
    private long size;

    /// <summary>Hashes the next bytes of the seal. Each is measured before it is written, in the order of the file.</summary>
    public void Measure(ReadOnlySpan<byte> bytes)
    {
        if (form == SealForm.Binary)
        {
            hash.AppendData(bytes);
            size += bytes.Length;
        }
    }

    /// <summary>Writes the next bytes of the seal.</summary>
    /// <param name="bytes">Measured already.</param>
    /// <param name="cancel">Stops the writing.</param>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        if (form == SealForm.Binary)
        {
            await stream.WriteAsync(bytes, cancel).ConfigureAwait(false);
            return;
        }

        if (size == 0)
        {
            await PutAsync(SealArmor.Begin.ToArray(), cancel).ConfigureAwait(false);
        }

        // Lines are 48 bytes and chunks are not, so what does not fill a line waits for the next call.
        while (inLine + bytes.Length >= line.Length)
        {
            var taken = line.Length - inLine;
            bytes[..taken].CopyTo(line.AsMemory(inLine));
            bytes = bytes[taken..];
            await PutLinesAsync(line, cancel).ConfigureAwait(false);
            inLine = 0;
            var whole = bytes.Length / line.Length * line.Length;
            await PutLinesAsync(bytes[..whole], cancel).ConfigureAwait(false);
            bytes = bytes[whole..];
        }

        bytes.CopyTo(line.AsMemory(inLine));
        inLine += bytes.Length;
    }

    /// <summary>Writes what is left and says what the whole file is.</summary>
    public async ValueTask<ContentDigest> FinishAsync(CancellationToken cancel)
    {
        if (form == SealForm.Armored)
        {
            await PutLinesAsync(line.AsMemory(0, inLine), cancel).ConfigureAwait(false);
            await PutAsync(SealArmor.End.ToArray(), cancel).ConfigureAwait(false);
        }

        await stream.FlushAsync(cancel).ConfigureAwait(false);
        return new ContentDigest(size, new Digest(hash.GetCurrentHash()));
    }

    /// <inheritdoc/>
    public void Dispose() => hash.Dispose();

    private async ValueTask PutLinesAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        var length = SealArmor.TextLength(bytes.Length);
        if (text.Length < length)
        {
            text = new byte[length];
        }

        var written = SealArmor.EncodeLines(bytes.Span, text);
        await PutAsync(text.AsMemory(0, written), cancel).ConfigureAwait(false);
    }

    private async ValueTask PutAsync(ReadOnlyMemory<byte> characters, CancellationToken cancel)
    {
        hash.AppendData(characters.Span);
        size += characters.Length;
        await stream.WriteAsync(characters, cancel).ConfigureAwait(false);
    }
}
