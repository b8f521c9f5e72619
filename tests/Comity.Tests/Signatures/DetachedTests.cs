// SPDX-License-Identifier: EUPL-1.2
using Comity.Files.Keys;
using Comity.Signatures;

namespace Comity.Tests.Signatures;

public sealed class DetachedTests
{
    private static readonly byte[] Content = "<manifest/>"u8.ToArray();

    private static readonly byte[] Apart = Certificates.SignDetached(
        SigningInput.For(Content, Certificates.TextOf(Some.A.Seal), Some.Day(1)),
        Some.A.Seal
    );

    [Fact]
    public void A_signature_apart_from_its_content_is_read_beside_it()
    {
        var read = SignedBytes.ParseDetached(Apart, Content).Admitted();

        Assert.Equal(Some.Day(1), read.SignedAt);
        Assert.Equal(Content, read.Content.ToArray());
        Assert.True(Verifies(read));
    }

    [Fact]
    public void Beside_another_content_it_is_refused()
    {
        Assert.Equal("signature.attributes-differ", Refusal("<manifest />"u8.ToArray()));
        Assert.Equal("signature.attributes-differ", Refusal([]));

        static string Refusal(byte[] content) => SignedBytes.ParseDetached(Apart, content).Refused().Code;
    }

    [Fact]
    public void What_is_attached_is_not_detached_and_the_reverse()
    {
        var attached = Certificates.Sign(
            SigningInput.For(Content, Certificates.TextOf(Some.A.Seal), Some.Day(1)),
            Some.A.Seal
        );

        Assert.Equal("signature.not-canonical", SignedBytes.ParseDetached(attached, Content).Refused().Code);
        Assert.Equal("signature.malformed", SignedBytes.Parse(Apart, 1000).Refused().Code);
    }

    [Fact]
    public void Every_changed_byte_and_every_byte_more_is_found()
    {
        var passed = new List<int>();
        for (var i = 0; i < Apart.Length; i++)
        {
            var changed = Apart.ToArray();
            changed[i] ^= 1;
            if (
                SignedBytes.ParseDetached(changed, Content) is Outcome<SignedBytes>.Admitted read
                && Verifies(read.Value)
            )
            {
                passed.Add(i);
            }
        }

        Assert.Empty(passed);
        Assert.IsType<Outcome<SignedBytes>.Refused>(SignedBytes.ParseDetached(new byte[1 << 20], Content));
        Assert.IsType<Outcome<SignedBytes>.Refused>(
            SignedBytes.ParseDetached(Apart.Append((byte)0).ToArray(), Content)
        );
    }

    private static bool Verifies(SignedBytes read)
    {
        using var key = PinnedKey.TryImport(Certificates.TextOf(Some.A.Seal))!;
        return read.VerifiesWith(key);
    }
}
