// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Comity.Acts;
using Comity.Exchange;
using Comity.Instruments;
using Comity.Parties;
using Comity.Register;
using Comity.Requests;

namespace Comity.Node.Tests.Exchange;

/// <summary>What fails a check is not admitted, and is still kept readable, registered and shown to a person.</summary>
public abstract class NotAdmittedTests(HostileFixture states)
{
    /// <summary>What a peer may do wrong in one act, and the code it gets.</summary>
    private static readonly Dictionary<string, (Func<HostileFixture, PushedAct> Make, string Code)> Wrongs = new()
    {
        ["bytes that are no act"] = (s => s.Hostile.Issue("hello"u8.ToArray()), "signature.malformed"),
        ["an act cut off"] = (s => s.Hostile.Issue(Bytes(s)[..^1]), "signature.malformed"),
        ["an act with a byte behind it"] = (s => s.Hostile.Issue([.. Bytes(s), 0]), "signature.malformed"),
        ["an act whose content was changed"] = (
            s => s.Hostile.Issue(Changed(Bytes(s), "hospital"u8)),
            "signature.attributes-differ"
        ),
        ["an act whose signature was changed"] = (s => s.Hostile.Issue(OtherSignature(s)), "act.signature-wrong"),
        ["an act too large by a byte"] = (s => s.Hostile.Issue(Padded(s, Act.MaximumBytes + 1)), "signature.too-large"),
        ["an act to another State"] = (s => Issue(s, r => r with { To = s.Other.Central }), "act.wrong-addressee"),
        ["an act to an authority that is not there"] = (
            s => Issue(s, r => r with { To = new Office(s.Victim.Party, "nobody") }),
            "act.wrong-addressee"
        ),
        ["an act by an authority that is not there"] = (
            s => Issue(s, r => r with { From = new Office(s.Hostile.Party, "nobody") }),
            "act.authority-unknown"
        ),
        ["an act of a third State, resealed"] = (
            s => Issue(s, r => r with { From = s.Other.Central }),
            "act.other-sender"
        ),
        ["an act of a third State, as it sealed it"] = (
            s => s.Hostile.Issue(s.Other.Sign(s.Request() with { From = s.Other.Central })),
            "act.other-sender"
        ),
        ["an act sealed with a certificate nobody announced"] = (
            s => s.Hostile.Issue(s.Hostile.Sign(s.Request(), s.Hostile.NewSeal(s.Time.Now, s.Time.Now.AddDays(9)))),
            "act.signer-unknown"
        ),
        ["an act sealed with the key of the connection"] = (
            s => s.Hostile.Issue(s.Hostile.Sign(s.Request(), s.Hostile.Keys.Connection)),
            "act.signer-unknown"
        ),
        ["an act that is none of ours to see"] = (s => Issue(s, r => Internal(r, s, Visibility.Party)), "act.internal"),
        ["an act that should never have left"] = (
            s => Issue(s, r => Internal(r, s, Visibility.NeverExported)),
            "act.internal"
        ),
        ["an act issued more than five minutes from now"] = (
            s => Issue(s, r => r with { Issued = s.Time.Now.AddSeconds(301) }),
            "act.in-the-future"
        ),
        ["a receipt of another register"] = (
            s => HostilePeer.With(Bytes(s, out var id), s.Other.Enter(id, new LeafEntry.Issued())),
            "register.checkpoint-unsigned"
        ),
        ["a receipt for another act"] = (
            s => HostilePeer.With(Bytes(s), s.Hostile.Enter(Digest.Of([9]), new LeafEntry.Issued())),
            "register.receipt-other-act"
        ),
        ["a receipt of another index"] = (OtherIndex, "exchange.receipt-other"),
        ["a receipt that says the act was admitted"] = (
            s => HostilePeer.With(Bytes(s, out var id), s.Hostile.Enter(id, new LeafEntry.Admitted())),
            "exchange.receipt-other"
        ),
        ["a receipt whose proof is of another register of the same key"] = (ProofOfAFork, "register.proof-wrong"),
        ["a receipt whose signature was made up"] = (MadeUpSignature, "register.checkpoint-signature-wrong"),
        ["a receipt that is none"] = (
            s => new PushedAct(0, Convert.ToBase64String(Bytes(s)), JsonElement.Parse("{}")),
            "register.receipt-malformed"
        ),
        ["a receipt that is no object"] = (
            s => new PushedAct(0, Convert.ToBase64String(Bytes(s)), JsonElement.Parse("null")),
            "register.receipt-malformed"
        ),
    };

    public static TheoryData<string> Everything => [.. Wrongs.Keys];

    [Theory]
    [MemberData(nameof(Everything))]
    public Task It_is_kept_registered_and_shown(string wrong) =>
        states.NotAdmittedAsync(Wrongs[wrong].Make(states), Wrongs[wrong].Code);

    [Fact]
    public Task What_is_not_even_base64_is_kept_as_it_came() =>
        states.NotAdmittedAsync(
            new PushedAct(0, "§ no base64", JsonElement.Parse("{}")),
            "act.malformed",
            Encoding.UTF8.GetBytes("§ no base64")
        );

    [Fact]
    public async Task The_largest_act_is_admitted() =>
        await states.AdmittedAsync(states.Hostile.Issue(Padded(states, Act.MaximumBytes)));

    [Fact]
    public async Task An_act_issued_five_minutes_from_now_is_admitted() =>
        await states.AdmittedAsync(Issue(states, r => r with { Issued = states.Time.Now.AddSeconds(300) }));

    [Fact]
    public async Task The_same_again_gets_the_same_answer_and_no_second_entry()
    {
        var wrong = Issue(states, r => r with { To = states.Other.Central });
        await states.NotAdmittedAsync(wrong, "act.wrong-addressee");
        var entries = await states.CountAsync("register_entry");

        await states.NotAdmittedAsync(wrong, "act.wrong-addressee");

        Assert.Equal(entries, await states.CountAsync("register_entry"));
    }

    [Fact]
    public async Task A_number_used_again_with_other_bytes_is_not_admitted()
    {
        var dossier = Pair.NewDossier();
        await states.AdmittedAsync(states.Hostile.Issue(states.Hostile.Sign(states.Request(dossier))));

        await states.NotAdmittedAsync(
            states.Hostile.Issue(states.Hostile.Sign(states.Request(dossier))),
            "act.number-taken"
        );
    }

    [Fact]
    public async Task An_act_in_a_dossier_with_another_State_is_not_admitted()
    {
        var dossier = Pair.NewDossier();
        var theirs = states.Other.Sign(states.Request(dossier) with { From = states.Other.Central });
        var answer = (await states.Other.PushAsync(states.Victim, states.Other.Issue(theirs))).Push().Answers[0];
        Assert.Equal(ActVerdict.Admitted, answer.Verdict);

        await states.NotAdmittedAsync(
            states.Hostile.Issue(states.Hostile.Sign(states.Request(dossier, 2))),
            "act.other-dossier"
        );
    }

    [Fact]
    public async Task What_a_third_State_sent_us_another_learns_nothing_about_by_sending_it_too()
    {
        var theirs = states.Other.Sign(states.Request() with { From = states.Other.Central });
        await states.Other.PushAsync(states.Victim, states.Other.Issue(theirs));

        await states.NotAdmittedAsync(states.Hostile.Issue(theirs), "act.other-sender");
    }

    [Fact]
    public async Task No_State_can_say_in_a_transcription_what_we_would_have_said()
    {
        var (dossier, request, _) = await AskAsync();
        var withdrawal = new Transcribed(
            Channel.Letter,
            states.Victim.Central,
            states.Time.Now,
            new Attachment("letter.pdf", Digest.Of([1]), 10),
            "None",
            "withdraw",
            1,
            JsonElement.Parse(Encoding.UTF8.GetString(ActEncoding.WriteBody(new Withdraw("Made up"))))
        );

        await states.NotAdmittedAsync(
            states.Hostile.Issue(
                states.Hostile.Sign(
                    states.Hostile.Act(states.Victim, dossier, withdrawal, states.Time.Now, concerns: request)
                )
            ),
            "act.internal"
        );
    }

    [Fact]
    public async Task Our_own_act_sent_back_to_us_is_not_taken_for_theirs()
    {
        var (dossier, ours, bytes) = await AskAsync();

        await states.NotAdmittedAsync(states.Hostile.Issue(bytes), "act.other-sender");
        Assert.Null((await states.Victim.DossierAsync(dossier))!.Dossier.Find(ours));
    }

    // XA asks XB for a preservation.
    private async Task<(DossierId Dossier, ActId Request, byte[] Bytes)> AskAsync()
    {
        var dossier = Pair.NewDossier();
        var request = await states.Victim.IssueAsync(
            new ActContent(
                dossier,
                null,
                states.Victim.Central,
                states.Hostile.Central,
                Visibility.Shared,
                Pair.Request(Measure.Preservation)
            )
        );
        var file = (await states.Victim.DossierAsync(dossier))!;
        return (dossier, request, file.Acts.Single(a => a.Signed.Id == request).Signed.Signed.Encoded.ToArray());
    }

    private static PushedAct Issue(HostileFixture s, Func<Act, Act> change) =>
        s.Hostile.Issue(s.Hostile.Sign(change(s.Request())));

    private static byte[] Bytes(HostileFixture s) => Bytes(s, out _);

    private static byte[] Bytes(HostileFixture s, out Digest id)
    {
        var signed = s.Hostile.Sign(s.Request());
        id = signed.Id.Digest;
        return signed.Signed.Encoded.ToArray();
    }

    private static byte[] Changed(byte[] bytes, ReadOnlySpan<byte> at)
    {
        bytes[bytes.AsSpan().IndexOf(at)] ^= 0x20;
        return bytes;
    }

    // Another signature of the right form: the one of another act, made with the same key.
    private static byte[] OtherSignature(HostileFixture s)
    {
        var input = SignedAct.Prepare(s.Request(), Files.Keys.Certificates.TextOf(s.Hostile.Seal));
        using var key = System.Security.Cryptography.X509Certificates.ECDsaCertificateExtensions.GetECDsaPrivateKey(
            s.Hostile.Seal
        )!;
        return input.Complete(key.SignData("something else"u8, HashAlgorithmName.SHA256));
    }

    // An act of a kind nobody knows, whose payload is of exactly this size.
    private static byte[] Padded(HostileFixture s, int size)
    {
        var act = s.Request() with { Kind = "novelty", Body = new NotUnderstood("""{"text":""}""") };
        var missing = size - ActEncoding.Write(act).Length;
        act = act with { Body = new NotUnderstood($$"""{"text":"{{new string('x', missing)}}"}""") };
        Assert.Equal(size, ActEncoding.Write(act).Length);
        var input = SignedAct.Prepare(act, Files.Keys.Certificates.TextOf(s.Hostile.Seal));
        return Files.Keys.Certificates.Sign(input, s.Hostile.Seal);
    }

    private static Act Internal(Act act, HostileFixture s, Visibility visibility) =>
        act with
        {
            To = s.Hostile.Central,
            Visibility = visibility,
        };

    private static PushedAct OtherIndex(HostileFixture s)
    {
        var pushed = s.Hostile.Issue(s.Hostile.Sign(s.Request()));
        return pushed with { Index = pushed.Index + 1 };
    }

    private static PushedAct ProofOfAFork(HostileFixture s)
    {
        var bytes = Bytes(s, out var id);
        var fork = s.Hostile.Fork();
        s.Hostile.Enter(Digest.Of([7]), new LeafEntry.Issued());
        var honest = s.Hostile.Enter(id, new LeafEntry.Issued());
        fork.Enter(Digest.Of([8]), new LeafEntry.Issued());
        var forked = fork.Enter(id, new LeafEntry.Issued());
        return HostilePeer.With(
            bytes,
            new Receipt(honest.Leaf, honest.Salt, honest.Index, forked.Path, honest.Checkpoint)
        );
    }

    private static PushedAct MadeUpSignature(HostileFixture s)
    {
        var bytes = Bytes(s, out var id);
        var receipt = s.Hostile.Enter(id, new LeafEntry.Issued());
        var stranger = new LogSigner(s.Hostile.Keys.Register.Verifier.Name, RandomNumberGenerator.GetBytes(32));
        var made = NoteSignature.By(
            s.Hostile.Keys.Register.Verifier,
            stranger.Sign(receipt.Checkpoint.Text).Signature()
        );
        var note = SignedNote.Unsigned(receipt.Checkpoint.Text).With(made);
        return HostilePeer.With(bytes, new Receipt(receipt.Leaf, receipt.Salt, receipt.Index, receipt.Path, note));
    }
}

/// <summary>With the data in SQLite.</summary>
public sealed class SqliteNotAdmittedTests(OnSqlite states) : NotAdmittedTests(states), IClassFixture<OnSqlite>;

/// <summary>With the data in PostgreSQL.</summary>
public sealed class PostgresNotAdmittedTests(OnPostgres states) : NotAdmittedTests(states), IClassFixture<OnPostgres>;
