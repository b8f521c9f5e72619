// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Node.Evidence;

/// <summary>What is being sent to this node: read only, forward only, and a fault of the sender told from one of our disk.</summary>
internal sealed class ArrivingStream(Stream inner) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await inner.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception cut) when (cut is IOException or InvalidDataException)
        {
            throw new ArrivalCutException(cut);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>The sender broke off, or sent more than it may.</summary>
internal sealed class ArrivalCutException(Exception cause)
    : Exception("what was being sent did not arrive whole", cause);
