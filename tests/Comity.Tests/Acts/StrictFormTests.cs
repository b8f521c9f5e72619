// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using System.Text.Json;
using Comity.Acts;
using Comity.Requests;

namespace Comity.Tests.Acts;

/// <summary>Strict JSON, byte by byte, also where the kind is not understood (docs/spec/act.md, 2.1).</summary>
public sealed class StrictFormTests
{
    private static readonly Citation Form = new("docs/spec/act.md", "2");
    private static readonly Citation Limits = new("docs/spec/act.md", "4");
    private static readonly string Withdrawal = Encoding.UTF8.GetString(
        ActEncoding.Write(Some.Act(new Withdraw("No longer needed"), concerns: Some.Id("r")))
    );

    [Theory]
    [InlineData("{", "[{", "the whole is a list")]
    [InlineData("{\n", "{ // why not\n", "a comment")]
    [InlineData("{\n", "{ /* why not */", "a comment")]
    [InlineData("\"No longer needed\"", "\"No longer needed\",", "a comma before the end")]
    [InlineData("\"number\": 1", "\"number\": 1.0", "a fraction")]
    [InlineData("\"number\": 1", "\"number\": 1e0", "an exponent")]
    [InlineData("\"number\": 1", "\"number\": -0", "minus nought")]
    [InlineData("\"number\": 1", "\"number\": 01", "a leading nought")]
    [InlineData("\"number\": 1", "\"number\": +1", "a plus sign")]
    [InlineData("\"number\": 1", "\"number\": 9007199254740992", "an integer that not every language holds")]
    [InlineData("\"number\": 1", "\"number\": -9007199254740992", "an integer that not every language holds")]
    [InlineData("\"number\": 1", "\"number\": 99999999999999999999999999", "an integer that no machine holds")]
    [InlineData("\"number\": 1", "\"number\": NaN", "no number")]
    [InlineData("\"follows\": []", "\"follows\": [null]", "nothing in a list")]
    [InlineData("No longer", "No longer\n", "a line end that is not escaped")]
    [InlineData("No longer", "No longer \\x41", "an escape that JSON does not have")]
    [InlineData("No longer", "No longer \\ud83d", "half a character, at its start")]
    [InlineData("No longer", "No longer \\ude00", "half a character, at its end")]
    [InlineData("No longer", "No longer \\ude00\\ud83d", "two halves the wrong way round")]
    [InlineData("No longer", "No longer \\ud83d\\n\\ude00", "two halves apart")]
    [InlineData("\"reason\"", "\"reason\\ud83d\"", "half a character in a name")]
    public void What_is_not_strict_json_is_malformed_at_a_byte(string text, string instead, string what)
    {
        var refusal = Parse(Replace(Withdrawal, text, instead)).Refused();

        Assert.Equal(
            ("act.malformed", Form, true),
            (refusal.Code, refusal.Source, refusal.Where.StartsWith("byte ", StringComparison.Ordinal))
        );
        Assert.NotEmpty(what);
    }

    [Fact]
    public void The_byte_of_a_refusal_is_the_one_up_to_which_it_was_read() =>
        Assert.Equal(
            new Refusal("act.malformed", Form, "byte 37"),
            Parse(Replace(Withdrawal, "\"version\": 1", "\"version\": 1.0")).Refused()
        );

    [Theory]
    [InlineData("No longer \\ud83d\\ude00", "a character outside the basic plane, escaped")]
    [InlineData("No longer \\\\ud83d", "a backslash that is not an escape")]
    [InlineData("No longer \\\" \\/ \\t", "every other escape")]
    [InlineData("رسالة رسمية", "writing from right to left")]
    public void Whole_texts_are_read_in_every_spelling(string text, string what)
    {
        var json = Replace(Withdrawal, "No longer needed", text);

        var read = (Withdraw)Parse(json).Admitted().Body;

        Assert.Equal(JsonSerializer.Deserialize<string>($"\"{text}\""), read.Reason);
        Assert.NotEmpty(what);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_malformed_where_they_stop_being_so()
    {
        var bytes = Encoding.UTF8.GetBytes(Replace(Withdrawal, "No longer needed", "No longer Q"));
        var at = Array.LastIndexOf(bytes, (byte)'Q');
        foreach (var wrong in new byte[] { 0x80, 0xC0, 0xFF })
        {
            bytes[at] = wrong;
            Assert.Equal(new Refusal("act.malformed", Form, $"byte {at}"), ActEncoding.Parse(bytes).Refused());
        }
    }

    [Fact]
    public void A_byte_order_mark_is_malformed() =>
        Assert.Equal(
            new Refusal("act.malformed", Form, "byte 0"),
            ActEncoding.Parse([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Withdrawal)]).Refused()
        );

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"act\"")]
    [InlineData("{")]
    public void What_is_no_object_is_malformed(string text) =>
        Assert.Equal(("act.malformed", Form), Code(Parse(text).Refused()));

    [Theory]
    [InlineData("x")]
    [InlineData("{}")]
    [InlineData("\0")]
    public void Nothing_but_white_space_may_follow(string tail)
    {
        Assert.Equal(("act.malformed", Form), Code(Parse(Withdrawal + tail).Refused()));
        Assert.Equal(1, Parse(Withdrawal + " \r\n").Admitted().Number);
    }

    [Fact]
    public void Nesting_32_deep_is_read_and_33_deep_is_not()
    {
        // The act, its body and the first list are three levels.
        var deepest = $"\"a\": {new string('[', 30)}{new string(']', 30)}";
        var deeper = $"\"a\": {new string('[', 31)}{new string(']', 31)}";
        var unknown = Replace(Withdrawal, "\"withdraw\"", "\"salute\"");

        Assert.IsType<NotUnderstood>(
            Parse(Replace(unknown, "\"reason\": \"No longer needed\"", deepest)).Admitted().Body
        );
        Assert.Equal(
            ("act.malformed", Form),
            Code(Parse(Replace(unknown, "\"reason\": \"No longer needed\"", deeper)).Refused())
        );
    }

    [Fact]
    public void A_payload_of_256_KiB_is_read_and_one_byte_more_is_too_large()
    {
        var room = Act.MaximumBytes - Encoding.UTF8.GetByteCount(Withdrawal);
        Assert.Equal(262_144, Act.MaximumBytes);

        Assert.Equal(1, Parse(Withdrawal + new string(' ', room)).Admitted().Number);
        Assert.Equal(new Refusal("act.too-large", Limits), Parse(Withdrawal + new string(' ', room + 1)).Refused());
    }

    [Theory]
    [InlineData("\"a\": 1, \"a\": 1")]
    [InlineData("\"b\": {\"a\": 1, \"\\u0061\": 2}")]
    [InlineData("\"a\": 1.5")]
    [InlineData("\"a\": [null]")]
    [InlineData("\"a\": \"\\ud83d\"")]
    [InlineData("\"\\ud83d\": 1")]
    public void What_is_not_understood_must_be_strict_json_all_the_same(string body)
    {
        var unknown = Replace(Withdrawal, "\"withdraw\"", "\"salute\"");

        Assert.Equal(
            ("act.malformed", Form),
            Code(Parse(Replace(unknown, "\"reason\": \"No longer needed\"", body)).Refused())
        );
    }

    private static (string, Citation) Code(Refusal refusal) => (refusal.Code, refusal.Source);

    private static Outcome<Act> Parse(string json) => ActEncoding.Parse(Encoding.UTF8.GetBytes(json));

    private static string Replace(string json, string text, string instead)
    {
        var at = json.IndexOf(text, StringComparison.Ordinal);
        Assert.True(at >= 0, $"nothing to replace: {text}");
        return string.Concat(json.AsSpan(0, at), instead, json.AsSpan(at + text.Length));
    }
}
