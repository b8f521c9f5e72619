// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Generators;

namespace Comity.Evidence;

/// <summary>The file key wrapped with a passphrase. C2SP age, "scrypt recipient stanza"; RFC 7914.</summary>
internal static class PassphraseStanza
{
    public const string Kind = "scrypt";
    public const int SaltSize = 16;

    private const int BlockSize = 8;

    private static ReadOnlySpan<byte> Label => "age-encryption.org/v1/scrypt"u8;

    public static bool HasItsShape(SealStanza stanza) =>
        stanza.Arguments.Count == 3
        && StanzaKinds.Carries(stanza.Arguments[1], SaltSize)
        && IsNumber(stanza.Arguments[2])
        && StanzaKinds.HasWrappedKey(stanza);

    /// <summary>The logarithm of the scrypt cost that a stanza asks for.</summary>
    /// <param name="stanza">Of this kind and shape.</param>
    /// <returns>1 to 22, or a refusal as <c>seal.work-factor-too-high</c>.</returns>
    public static Outcome<int> WorkFactor(SealStanza stanza) =>
        int.TryParse(stanza.Arguments[2], NumberStyles.None, CultureInfo.InvariantCulture, out var factor)
        && factor <= SealLimits.MaxWorkFactor
            ? new Outcome<int>.Admitted(factor)
            : new Outcome<int>.Refused(
                new Refusal(SealRefusals.WorkFactorTooHigh, SealRefusals.Ours("4"), "stanza[0]")
            );

    /// <summary>Wraps the file key with a passphrase.</summary>
    /// <param name="passphrase">UTF-8, as typed.</param>
    /// <param name="workFactor">Logarithm of the scrypt cost.</param>
    /// <param name="salt">16 random bytes, never used again.</param>
    /// <param name="fileKey">16 bytes.</param>
    public static SealStanza Wrap(
        ReadOnlySpan<byte> passphrase,
        int workFactor,
        ReadOnlySpan<byte> salt,
        ReadOnlySpan<byte> fileKey
    )
    {
        var key = Derive(passphrase, workFactor, salt);
        byte[] body = StanzaKinds.Wrap(key, stackalloc byte[12], fileKey);
        CryptographicOperations.ZeroMemory(key);
        var factor = workFactor.ToString(CultureInfo.InvariantCulture);
        return new SealStanza([Kind, RawBase64.Encode(salt), factor], body);
    }

    /// <summary>Unwraps the file key with a passphrase.</summary>
    /// <param name="passphrase">UTF-8, as typed.</param>
    /// <param name="stanza">Of this kind and shape.</param>
    /// <param name="fileKey">Takes 16 bytes.</param>
    /// <returns>Whether it was this passphrase, or a refusal as <c>seal.work-factor-too-high</c>.</returns>
    public static Outcome<bool> Unwrap(ReadOnlySpan<byte> passphrase, SealStanza stanza, Span<byte> fileKey)
    {
        var factor = WorkFactor(stanza);
        if (factor is not Outcome<int>.Admitted bounded)
        {
            return factor.Map(_ => false);
        }

        var key = Derive(passphrase, bounded.Value, StanzaKinds.Bytes(stanza.Arguments[1]));
        bool right = StanzaKinds.Unwrap(key, stackalloc byte[12], stanza.Body, fileKey);
        CryptographicOperations.ZeroMemory(key);
        return new Outcome<bool>.Admitted(right);
    }

    private static byte[] Derive(ReadOnlySpan<byte> passphrase, int workFactor, ReadOnlySpan<byte> salt)
    {
        var secret = passphrase.ToArray();
        var key = SCrypt.Generate(secret, [.. Label, .. salt], 1 << workFactor, BlockSize, 1, 32);
        CryptographicOperations.ZeroMemory(secret);
        return key;
    }

    private static bool IsNumber(string text) => text[0] is >= '1' and <= '9' && text.All(char.IsAsciiDigit);
}
