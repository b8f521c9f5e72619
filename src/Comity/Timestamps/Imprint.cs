// SPDX-License-Identifier: EUPL-1.2
using System.Formats.Asn1;
using System.Security.Cryptography;
using Comity.Signatures;

namespace Comity.Timestamps;

/// <summary>The hash that is sent instead of what is stamped (RFC 3161 MessageImprint), so that an authority learns no more.</summary>
/// <remarks>We ask with SHA-256 only; a token from elsewhere may have SHA-384 or SHA-512. Immutable; equal when the bytes are.</remarks>
public sealed record Imprint
{
    private Imprint(string algorithm, ReadOnlyMemory<byte> hash, ReadOnlyMemory<byte> encoded) =>
        (Algorithm, Hash, Encoded) = (algorithm, hash, encoded);

    /// <summary>Object identifier of the hash.</summary>
    public string Algorithm { get; }

    /// <summary>The hash.</summary>
    public ReadOnlyMemory<byte> Hash { get; }

    /// <summary>The imprint in DER, as it stands: an authority sends it back to the byte.</summary>
    internal ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>Whether the hash is one that is taken: SHA-256, SHA-384 or SHA-512, and as long as it should be.</summary>
    internal bool IsKnown =>
        SigningAlgorithm.HashOf(Algorithm) is { } hash && Hash.Length == SigningAlgorithm.LengthOf(hash);

    /// <summary>The imprint of content with that SHA-256.</summary>
    /// <param name="digest">The content's SHA-256.</param>
    public static Imprint Of(Digest digest)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Oids.Sha256);
            }

            writer.WriteOctetString(digest.ToArray());
        }

        return new Imprint(Oids.Sha256, digest.ToArray(), writer.Encode());
    }

    /// <summary>Whether it is the hash of that content.</summary>
    /// <param name="content">All of it.</param>
    public bool Covers(ReadOnlySpan<byte> content) =>
        SigningAlgorithm.HashOf(Algorithm) is { } hash
        && Hash.Span.SequenceEqual(CryptographicOperations.HashData(hash, content));

    /// <inheritdoc/>
    public bool Equals(Imprint? other) =>
        other is not null && Algorithm == other.Algorithm && Hash.Span.SequenceEqual(other.Hash.Span);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var code = new HashCode();
        code.Add(Algorithm);
        code.AddBytes(Hash.Span);
        return code.ToHashCode();
    }

    /// <summary>Reads the next value; throws <see cref="AsnContentException"/> when it is no imprint.</summary>
    internal static Imprint Read(AsnReader reader)
    {
        var encoded = reader.ReadEncodedValue();
        var imprint = new AsnReader(encoded, AsnEncodingRules.DER).ReadSequence();
        var algorithm = AlgorithmName.Read(imprint);
        if (
            !imprint.TryReadPrimitiveOctetString(out var hash)
            || hash.Length > SHA512.HashSizeInBytes
            || algorithm.HasParameters
        )
        {
            throw new AsnContentException();
        }

        imprint.ThrowIfNotEmpty();
        return new Imprint(algorithm.Oid, hash, encoded);
    }
}

/// <summary>An AlgorithmIdentifier (RFC 5280 4.1.1.2).</summary>
/// <param name="Oid">The algorithm.</param>
/// <param name="Parameters">Its parameters in DER; empty when absent.</param>
internal sealed record AlgorithmName(string Oid, ReadOnlyMemory<byte> Parameters)
{
    private static ReadOnlySpan<byte> Null => [0x05, 0x00];

    /// <summary>Whether there are parameters that say something: NULL says nothing.</summary>
    public bool HasParameters => !Parameters.IsEmpty && !Parameters.Span.SequenceEqual(Null);

    public static AlgorithmName Read(AsnReader reader, Asn1Tag? tag = null)
    {
        var name = reader.ReadSequence(tag);
        var oid = name.ReadObjectIdentifier();
        var parameters = name.HasData ? name.ReadEncodedValue() : default;
        name.ThrowIfNotEmpty();
        return new AlgorithmName(oid, parameters);
    }
}
