// SPDX-License-Identifier: EUPL-1.2
using Comity.Evidence;

namespace Comity.Tests.Evidence;

public sealed class KeyFileTests
{
    private static readonly string Anna = Seals.Anna.Recipient.ToString();

    [Fact]
    public void What_is_written_is_read_back()
    {
        var text = KeyFile.Write(Seals.Quentin, "2026-03-02T09:00:00Z");
        Assert.StartsWith(
            $"# created: 2026-03-02T09:00:00Z\n# public key: {Seals.Quentin.Recipient}\n",
            text,
            StringComparison.Ordinal
        );
        Assert.Equal([Seals.Quentin], KeyFile.ParseIdentities(text).Value());
    }

    [Fact]
    public void Comments_and_empty_lines_are_passed_over_and_either_line_end_will_do() =>
        Assert.Equal(
            [Seals.Anna.Recipient, Seals.Boris.Recipient],
            KeyFile.ParseRecipients($"# the duty officers\r\n\r\n{Anna}\r\n{Seals.Boris.Recipient}").Value()
        );

    [Fact]
    public void A_line_that_is_no_key_is_named_by_its_number_and_never_repeated()
    {
        var secret = Seals.Anna.Reveal();
        var refused = KeyFile.ParseIdentities($"# key\n{secret}x\n");
        Assert.Equal((SealRefusals.IdentityMalformed, "line 2"), refused.CodeAndPlace());
        Assert.DoesNotContain(secret, refused.ToString(), StringComparison.Ordinal);
        Assert.Equal((SealRefusals.RecipientMalformed, "line 1"), KeyFile.ParseRecipients($" {Anna}").CodeAndPlace());
    }

    [Fact]
    public void A_file_without_a_key_is_of_no_use() =>
        Assert.Equal(KeyFile.Unusable, KeyFile.ParseIdentities("# nothing\n\n").Code());

    [Fact]
    public void A_file_at_the_limit_is_read_and_a_longer_one_is_not()
    {
        var longest = Anna + "\n#" + new string('x', KeyFile.MaxLength - Anna.Length - 2);
        Assert.Equal([Seals.Anna.Recipient], KeyFile.ParseRecipients(longest).Value());
        Assert.Equal(KeyFile.Unusable, KeyFile.ParseRecipients(longest + "x").Code());
    }
}
