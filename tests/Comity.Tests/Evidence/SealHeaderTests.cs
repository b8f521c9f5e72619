// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Evidence;

namespace Comity.Tests.Evidence;

public sealed class SealHeaderTests
{
    private const string Version = "age-encryption.org/v1\n";
    private const string Mac = "--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n";
    private const string AnyStanza = "-> example.org/any\n\n";

    private static readonly byte[] FileKey = Seals.Bytes(9, SealHeader.FileKeySize);
    private static readonly Citation Limits = new("docs/spec/seal.md", "4");

    [Fact]
    public void A_header_opens_for_each_recipient_and_for_nobody_else()
    {
        var header = SealHeader.Parse(Write(Seals.Anna.Recipient, Seals.Boris.Recipient)).Value();
        Assert.Equal(["X25519", "X25519"], header.Stanzas.Select(s => s.Kind));
        Assert.Equal(FileKey, header.FileKey([Seals.Anna]).Value());
        Assert.Equal(FileKey, header.FileKey([Seals.Quentin, Seals.Boris]).Value());
        Assert.Equal(
            new Outcome<byte[]>.Refused(
                new Refusal(SealRefusals.NoMatchingKey, new Citation("C2SP age", "Recipient stanza"))
            ),
            header.FileKey([Seals.Quentin, new Identity.X25519(Seals.Bytes(5, 32))])
        );
        Assert.Equal(SealRefusals.NoMatchingKey, header.FileKey([]).Code());
    }

    [Fact]
    public void A_post_quantum_header_opens_for_each_recipient_and_for_nobody_else()
    {
        var header = SealHeader.Parse(Write(Seals.Quentin.Recipient, Seals.Rosa.Recipient)).Value();
        Assert.Equal(FileKey, header.FileKey([Seals.Quentin]).Value());
        Assert.Equal(FileKey, header.FileKey([Seals.Rosa]).Value());
        Assert.Equal(SealRefusals.NoMatchingKey, header.FileKey([Seals.Anna]).Code());
    }

    [Fact]
    public void A_passphrase_header_opens_with_the_passphrase_only()
    {
        var header = SealHeader.Parse(Write(new Recipient.Passphrase("open sesame", 4))).Value();
        Assert.True(header.NeedsPassphrase);
        Assert.Equal(FileKey, header.FileKey([new Identity.Passphrase("open sesame")]).Value());
        Assert.Equal(SealRefusals.NoMatchingKey, header.FileKey([new Identity.Passphrase("open Sesame")]).Code());
    }

    [Fact]
    public void The_same_lots_give_the_same_header_so_nothing_in_the_core_is_random() =>
        Assert.Equal(
            Write(Seals.Quentin.Recipient, Seals.Rosa.Recipient),
            Write(Seals.Quentin.Recipient, Seals.Rosa.Recipient)
        );

    [Fact]
    public void A_stanza_taken_out_or_put_in_after_sealing_is_noticed()
    {
        var both = Encoding.ASCII.GetString(Write(Seals.Anna.Recipient, Seals.Boris.Recipient));
        var second = both.LastIndexOf("->", StringComparison.Ordinal);
        var end = both.LastIndexOf("---", StringComparison.Ordinal);
        Assert.Equal(SealRefusals.MacWrong, FileKeyOf(both.Remove(second, end - second), Seals.Anna).Code());
        Assert.Equal(SealRefusals.MacWrong, FileKeyOf(both.Insert(end, AnyStanza), Seals.Anna).Code());
    }

    [Fact]
    public void There_must_be_somebody_to_seal_to() => Assert.Equal(SealRefusals.NoRecipients, TryWrite([]).Code());

    [Fact]
    public void As_many_recipients_as_the_limit_are_fine_and_one_more_is_not()
    {
        var most = Enumerable.Repeat(Seals.Quentin.Recipient, SealLimits.MaxStanzas).ToList();
        var header = TryWrite(most).Value();
        Assert.InRange(header.Length, 1, SealLimits.MaxHeaderBytes);
        Assert.Equal(SealLimits.MaxStanzas, SealHeader.Parse(header).Value().Stanzas.Count);
        Assert.Equal(SealRefusals.TooManyRecipients, TryWrite([.. most, Seals.Quentin.Recipient]).Code());
    }

    [Fact]
    public void Post_quantum_recipients_share_a_file_with_no_others_and_a_passphrase_with_nobody()
    {
        Recipient passphrase = new Recipient.Passphrase("open sesame", 1);
        Assert.All(
            new List<Recipient>[]
            {
                [Seals.Quentin.Recipient, Seals.Anna.Recipient],
                [Seals.Anna.Recipient, Seals.Quentin.Recipient],
                [passphrase, Seals.Anna.Recipient],
                [Seals.Anna.Recipient, passphrase],
                [passphrase, passphrase],
            },
            recipients => Assert.Equal(SealRefusals.RecipientsMixed, TryWrite(recipients).Code())
        );
    }

    [Theory]
    [InlineData("", SealRefusals.NotASeal, "byte 0")]
    [InlineData("age-encryption.org/v2\n" + AnyStanza + Mac, SealRefusals.NotASeal, "byte 0")]
    [InlineData("age-encryption.org/v1\r\n" + AnyStanza + Mac, SealRefusals.NotASeal, "byte 0")]
    [InlineData(Version, SealRefusals.HeaderMalformed, "byte 22")]
    [InlineData(Version + Mac, SealRefusals.HeaderMalformed, "byte 22")]
    [InlineData(Version + AnyStanza, SealRefusals.HeaderMalformed, "byte 42")]
    [InlineData(Version + "->  two\n\n" + Mac, SealRefusals.HeaderMalformed, "byte 22")]
    [InlineData(Version + "-> tab\tin it\n\n" + Mac, SealRefusals.HeaderMalformed, "byte 22")]
    [InlineData(Version + "-> any\nAB\n" + Mac, SealRefusals.HeaderMalformed, "byte 29")]
    [InlineData(Version + "-> any\nAA==\n" + Mac, SealRefusals.HeaderMalformed, "byte 29")]
    [InlineData(Version + "-> X25519 AAAA\n\n" + Mac, SealRefusals.StanzaMalformed, "stanza[0]")]
    public void What_is_not_spelt_like_a_header_is_refused_at_its_place(string text, string code, string where) =>
        Assert.Equal((code, where), SealHeader.Parse(Encoding.ASCII.GetBytes(text)).CodeAndPlace());

    [Fact]
    public void Sixteen_arguments_are_read_and_seventeen_are_not()
    {
        var most = Version + "->" + Repeat(" x", SealLimits.MaxArguments) + "\n\n" + Mac;
        Assert.Equal(SealLimits.MaxArguments, Parse(most).Value().Stanzas[0].Arguments.Count);
        Assert.Equal(TooLarge("byte 22"), Parse(most.Replace("->", "-> x", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_argument_at_the_limit_is_read_and_a_longer_one_is_not()
    {
        var longest = Version + "-> " + Repeat("x", SealLimits.MaxArgumentLength) + "\n\n" + Mac;
        Assert.Equal(SealLimits.MaxArgumentLength, Parse(longest).Value().Stanzas[0].Kind.Length);
        Assert.Equal(TooLarge("byte 22"), Parse(longest.Replace("-> ", "-> x", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_body_at_the_limit_is_read_and_a_longer_one_is_not()
    {
        var line = Repeat("A", 64) + "\n";
        var full = SealLimits.MaxBodyBytes / 48;
        var rest = RawBase64.Encode(new byte[SealLimits.MaxBodyBytes % 48]);
        var more = RawBase64.Encode(new byte[(SealLimits.MaxBodyBytes % 48) + 1]);
        var head = Version + "-> any\n" + Repeat(line, full);
        Assert.Equal(SealLimits.MaxBodyBytes, Parse(head + rest + "\n" + Mac).Value().Stanzas[0].Body.Length);
        Assert.Equal(TooLarge($"byte {head.Length}"), Parse(head + more + "\n" + Mac));
    }

    [Fact]
    public void As_many_stanzas_as_the_limit_are_read_and_one_more_is_not()
    {
        var most = Version + Repeat(AnyStanza, SealLimits.MaxStanzas);
        Assert.Equal(SealLimits.MaxStanzas, Parse(most + Mac).Value().Stanzas.Count);
        Assert.Equal(TooLarge($"stanza[{SealLimits.MaxStanzas}]"), Parse(most + AnyStanza + Mac));
    }

    [Fact]
    public void A_header_at_the_limit_is_read_and_a_longer_one_is_not()
    {
        // 127 stanzas of the largest size that fits, and one that fills up what is left.
        var stanza = "-> " + Repeat("x", 2000) + "\n\n";
        var text = new StringBuilder(Version).Insert(Version.Length, stanza, 127).ToString();
        var left = SealLimits.MaxHeaderBytes - text.Length - Mac.Length - "-> \n\n".Length;
        var arguments = string.Join(' ', Enumerable.Repeat(Repeat("y", 1023), 16))[..left];
        var exact = text + "-> " + arguments + "\n\n" + Mac;

        Assert.Equal(SealLimits.MaxHeaderBytes, exact.Length);
        Assert.Equal(SealLimits.MaxHeaderBytes, Parse(exact + "payload").Value().Length);
        var over = text + "-> " + arguments + "y\n\n" + Mac;
        Assert.Equal(TooLarge($"byte {SealLimits.MaxHeaderBytes}"), Parse(over + "payload"));
    }

    [Fact]
    public void A_passphrase_is_tried_up_to_the_work_limit_and_not_beyond()
    {
        // Only the number is judged here: the work at the limit takes 4 GiB.
        var stanza = SealHeader.Parse(Write(new Recipient.Passphrase("open sesame", 1))).Value().Stanzas[0];
        Assert.Equal(22, PassphraseStanza.WorkFactor(With(stanza, "22")).Value());
        Assert.Equal(
            (SealRefusals.WorkFactorTooHigh, "stanza[0]"),
            PassphraseStanza.WorkFactor(With(stanza, "23")).CodeAndPlace()
        );
        Assert.Equal(SealRefusals.WorkFactorTooHigh, PassphraseStanza.WorkFactor(With(stanza, "99999999999")).Code());
    }

    [Fact]
    public void Sealing_with_a_passphrase_costs_what_the_age_command_makes_it_cost() =>
        Assert.Equal(18, new Recipient.Passphrase("open sesame").WorkFactor);

    private static SealStanza With(SealStanza stanza, string factor) =>
        new([stanza.Arguments[0], stanza.Arguments[1], factor], stanza.Body.ToArray());

    private static Outcome<SealHeader> Parse(string text) => SealHeader.Parse(Encoding.ASCII.GetBytes(text));

    private static Outcome<byte[]> FileKeyOf(string text, Identity identity) =>
        Parse(text).Then(header => header.FileKey([identity]));

    private static byte[] Write(params Recipient[] recipients) => TryWrite(recipients).Value();

    private static Outcome<byte[]> TryWrite(IReadOnlyList<Recipient> recipients) =>
        SealHeader.Write(FileKey, recipients, Seals.Bytes(11, SealHeader.RandomSize(recipients)));

    private static Outcome<SealHeader> TooLarge(string where) =>
        new Outcome<SealHeader>.Refused(new Refusal(SealRefusals.HeaderTooLarge, Limits, where));

    private static string Repeat(string text, int times) => new StringBuilder().Insert(0, text, times).ToString();
}
