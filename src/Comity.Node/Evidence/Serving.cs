// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using Comity.Node.Hosting;

namespace Comity.Node.Evidence;

/// <summary>Gives a stored exhibit out, and never the whole of one that is not what its name says.</summary>
/// <remarks>
/// Whoever reads from the first byte to the last has it hashed on the way, and the last piece is given out only when all of
/// it adds up; otherwise the reading breaks off and the exhibit is marked (<see cref="Damage"/>). A reader that begins in the
/// middle goes on with what it had and hashes the whole itself, as every receiver must. Hashing it all before the first byte
/// would make a peer wait minutes for a large one.
/// </remarks>
internal static class Serving
{
    /// <summary>Opens an exhibit to be given out, or nothing when it is not here.</summary>
    /// <param name="node">The node.</param>
    /// <param name="sealedFile">The exhibit.</param>
    /// <param name="reader">Who gets it: a link of its chain of custody, durable before the first byte.</param>
    /// <param name="stop">Gives up waiting.</param>
    public static async Task<Stream?> OpenAsync(NodeParts node, Digest sealedFile, Deed reader, CancellationToken stop)
    {
        if (await node.Evidence.OpenAsync(sealedFile, stop) is not { } stream)
        {
            await Damage.MarkAsync(node, sealedFile, stop);
            return null;
        }

        try
        {
            await CustodyKeeping.ReadAsync(node, sealedFile, reader, stop);
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }

        return new HashedStream(stream, sealedFile, () => Damage.MarkAsync(node, sealedFile, CancellationToken.None));
    }

    private sealed class HashedStream(Stream inner, Digest name, Func<Task> onDamage) : Stream
    {
        private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private long hashed;

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => inner.Length;

        public override long Position
        {
            get => inner.Position;
            set => inner.Position = value;
        }

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            var at = inner.Position;
            var read = await inner.ReadAsync(buffer, cancellationToken);
            if (at != hashed)
            {
                return read; // not read from the beginning in one go: the receiver hashes the whole
            }

            hash.AppendData(buffer.Span[..read]);
            hashed += read;
            if (hashed == inner.Length && (read > 0 || at == 0) && new Digest(hash.GetCurrentHash()) != name)
            {
                await onDamage();
                throw new IOException($"exhibit {name} is not what its name says; the rest of it is not given out");
            }

            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override async ValueTask DisposeAsync()
        {
            hash.Dispose();
            await inner.DisposeAsync();
            await base.DisposeAsync();
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                hash.Dispose();
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
