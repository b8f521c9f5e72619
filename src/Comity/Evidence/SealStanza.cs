// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Evidence;

/// <summary>One recipient's copy of the file key, wrapped. Which recipient it is cannot be read from it.</summary>
/// <remarks>Immutable. Two stanzas are equal when they are written alike. C2SP age, "Recipient stanza".</remarks>
public sealed class SealStanza : IEquatable<SealStanza>
{
    private readonly string[] arguments;
    private readonly byte[] body;

    internal SealStanza(string[] arguments, byte[] body)
    {
        this.arguments = arguments;
        this.body = body;
    }

    /// <summary>The kind first, such as <c>X25519</c>, <c>scrypt</c> or <c>mlkem768x25519</c>, then what that kind needs.</summary>
    public IReadOnlyList<string> Arguments => arguments;

    /// <summary>The wrapped file key: 32 bytes in every kind we know.</summary>
    public ReadOnlySpan<byte> Body => body;

    /// <summary>The first argument.</summary>
    public string Kind => arguments[0];

    /// <summary>Whether both are written alike.</summary>
    public bool Equals(SealStanza? other) =>
        other is not null
        && arguments.AsSpan().SequenceEqual(other.arguments)
        && body.AsSpan().SequenceEqual(other.body);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SealStanza);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var argument in arguments)
        {
            hash.Add(argument, StringComparer.Ordinal);
        }

        hash.AddBytes(body);
        return hash.ToHashCode();
    }
}
