// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using System.Text;

namespace Comity.Evidence;

/// <summary>What the three kinds of stanza have in common, and the one place that lists them.</summary>
internal static class StanzaKinds
{
    /// <summary>Bytes of the key that a stanza wraps and the payload key comes from.</summary>
    public const int FileKeySize = 16;

    private const int TagSize = 16;

    /// <summary>Checks the shape of one stanza, whoever it is for, so that every reader refuses the same files.</summary>
    /// <param name="stanza">Already spelt as a stanza should be.</param>
    /// <returns>Whether it has the shape of its kind; true for kinds we do not know, which are to be passed over.</returns>
    public static bool HasItsShape(SealStanza stanza) =>
        stanza.Kind switch
        {
            X25519Stanza.Kind => X25519Stanza.HasItsShape(stanza),
            HybridStanza.Kind => HybridStanza.HasItsShape(stanza),
            PassphraseStanza.Kind => PassphraseStanza.HasItsShape(stanza),
            _ => true,
        };

    /// <summary>Whether the body can be a wrapped file key. Checked before decrypting, so that no key fits two bodies.</summary>
    public static bool HasWrappedKey(SealStanza stanza) => stanza.Body.Length == FileKeySize + TagSize;

    /// <summary>Whether one argument is the canonical base64 of so many bytes.</summary>
    public static bool Carries(string argument, int size) =>
        RawBase64.TryDecode(Encoding.ASCII.GetBytes(argument), out var data) && data.Length == size;

    /// <summary>The bytes of an argument whose shape has been checked.</summary>
    public static byte[] Bytes(string argument) =>
        RawBase64.TryDecode(Encoding.ASCII.GetBytes(argument), out var data)
            ? data
            : throw new InvalidOperationException("the stanza's shape was not checked");

    /// <summary>Wraps the file key.</summary>
    /// <param name="key">32 bytes, used for this one stanza.</param>
    /// <param name="nonce">12 bytes; zeros where the kind makes a new key every time.</param>
    /// <param name="fileKey">16 bytes.</param>
    public static byte[] Wrap(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> fileKey)
    {
        var body = new byte[FileKeySize + TagSize];
        using ChaCha20Poly1305 aead = new(key);
        aead.Encrypt(nonce, fileKey, body.AsSpan(0, FileKeySize), body.AsSpan(FileKeySize));
        return body;
    }

    /// <summary>Unwraps the file key.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="nonce">12 bytes.</param>
    /// <param name="body">32 bytes.</param>
    /// <param name="fileKey">Takes 16 bytes; zeros when the answer is no.</param>
    /// <returns>Whether this key wrapped it.</returns>
    public static bool Unwrap(
        ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> body,
        Span<byte> fileKey
    )
    {
        using ChaCha20Poly1305 aead = new(key);
        try
        {
            aead.Decrypt(nonce, body[..FileKeySize], body[FileKeySize..], fileKey);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            // Not an error: the framework has no other way to say that a stanza is for somebody else.
            fileKey.Clear();
            return false;
        }
    }
}
