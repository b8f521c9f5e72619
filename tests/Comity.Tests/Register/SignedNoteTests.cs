// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Register;
using CsCheck;

namespace Comity.Tests.Register;

public sealed class SignedNoteTests
{
    private const string Text = "A line.\n";

    [Fact]
    public void A_signed_note_is_written_and_read_the_same()
    {
        var note = SignedNote.Unsigned(Text).With(Some.Log.Sign(Text)).With(Some.OtherLog.Sign(Text));

        var read = SignedNote.Parse(note.ToBytes()).Value();
        Assert.Equal(note, read);
        Assert.Equal(note.GetHashCode(), read.GetHashCode());
        Assert.Equal("admitted", read.SignedBy(Some.Log.Verifier).Verdict());
        Assert.Equal("admitted", read.SignedBy(Some.OtherLog.Verifier).Verdict());
    }

    [Fact]
    public void A_line_is_not_added_twice()
    {
        var note = SignedNote.Unsigned(Text).With(Some.Log.Sign(Text));

        Assert.Equal(note, note.With(Some.Log.Sign(Text)));
        Assert.NotEqual(note, note.With(Some.OtherLog.Sign(Text)));
        Assert.NotEqual(note, SignedNote.Unsigned("B\n").With(Some.Log.Sign(Text)));
    }

    [Fact]
    public void A_note_takes_64_signatures_and_not_65()
    {
        var note = SignedNote.Unsigned(Text);
        for (byte i = 0; i < 64; i++)
            note = note.With(NoteSignature.By(Some.Log.Verifier, [i]));

        Assert.Equal(64, SignedNote.Parse(note.ToBytes()).Value().Signatures.Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => note.With(NoteSignature.By(Some.Log.Verifier, [64])));
    }

    [Fact]
    public void A_note_of_128_KiB_is_read_and_a_byte_more_is_not()
    {
        var line = Some.Log.Sign(Text).ToString();
        var longest = new string('a', SignedNote.MaximumBytes - 2 - Encoding.UTF8.GetByteCount(line));

        Assert.Equal("admitted", Parse($"{longest}\n\n{line}").Verdict());
        Assert.Equal("register.note-too-large", Parse($"{longest}a\n\n{line}").Verdict());
    }

    [Fact]
    public void Bytes_that_are_no_utf8_are_refused()
    {
        byte[] note = [(byte)'A', 0xFF, .. "\n\n"u8, .. Encoding.UTF8.GetBytes(Some.Log.Sign(Text).ToString())];

        Assert.Equal(
            new Refusal("register.note-malformed", new Citation("C2SP", "signed-note")),
            SignedNote.Parse(note).Why()
        );
    }

    [Fact]
    public void A_malformed_note_says_in_which_line()
    {
        var line = Some.Log.Sign(Text).ToString();

        Assert.Equal("line 3", Parse($"{Text}\nno signature\n").Why().Where);
        Assert.Equal("line 4", Parse($"{Text}\n{line}{line}").Why().Where);
        Assert.Equal("line 6", Parse($"A\n\nB\n\n{line}x\n").Why().Where);
    }

    [Fact]
    public void A_text_that_no_reader_would_take_cannot_be_signed() =>
        Assert.All(
            ["", "no newline", "a\rb\n", "a\0b\n", "half a pair \ud800\n"],
            text => Assert.ThrowsAny<ArgumentException>(() => SignedNote.Unsigned(text))
        );

    [Fact]
    public void A_signature_of_no_bytes_is_a_broken_program() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => NoteSignature.By(Some.Log.Verifier, []));

    [Fact]
    public void No_single_changed_byte_of_a_note_leaves_another_text_signed()
    {
        var note = SignedNote.Unsigned(Text).With(Some.Log.Sign(Text));
        var bytes = note.ToBytes();

        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte[1, 255])
            .Sample(
                (at, change) =>
                {
                    var changed = bytes.ToArray();
                    changed[at] ^= change;
                    var outcome = SignedNote.Parse(changed).Then(read => read.SignedBy(Some.Log.Verifier));
                    Assert.IsType<Outcome<SignedNote>.Refused>(outcome);
                }
            );
    }

    [Fact]
    public void No_bytes_make_the_reader_throw() =>
        Gen.OneOf(Gen.Byte.Array[0, 200], Gen.String[Gen.Char["\n— +=ab\u3000"], 0, 40].Select(Encoding.UTF8.GetBytes))
            .Sample(
                bytes =>
                {
                    if (SignedNote.Parse(bytes) is Outcome<SignedNote>.Admitted note)
                        Assert.Equal(bytes, note.Value.ToBytes());
                },
                iter: 2_000
            );

    private static Outcome<SignedNote> Parse(string note) => SignedNote.Parse(Encoding.UTF8.GetBytes(note));
}
