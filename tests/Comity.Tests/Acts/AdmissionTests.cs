// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Files.Keys;
using Comity.Instruments;
using Comity.Parties;
using Comity.Requests;
using Comity.Signatures;

namespace Comity.Tests.Acts;

/// <summary>Whether an act is what it claims to be: each refusal, on either side of its edge (docs/spec/act.md, 5).</summary>
public sealed class AdmissionTests
{
    private static readonly DateTimeOffset Now = Some.Day(1);
    private static readonly DateTimeOffset Soon = Now + TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly Act Request = Some.Act(Some.Request());
    private static readonly PartyDirectory Both = Some.Directory(Some.A.Entry, Some.B.Entry);

    [Fact]
    public void A_request_under_the_seal_of_a_competent_authority_is_authentic() =>
        Assert.Equal(new Authenticated(Some.A.Entry.Id, IsEntryExpired: false), Check(Request).Admitted());

    [Theory]
    [InlineData(Visibility.Party)]
    [InlineData(Visibility.Authority)]
    [InlineData(Visibility.NeverExported)]
    public void What_is_to_be_kept_at_home_is_not_taken_from_abroad(Visibility visibility) =>
        Assert.Equal(
            Refusal("act.internal", "visibility"),
            Check(Request with { To = Office.Of("XA/prosecutor"), Visibility = visibility }).Refused()
        );

    [Theory]
    [InlineData("XC/central", "another Party")]
    [InlineData("XB/police", "an authority that our entry does not have")]
    public void An_act_for_someone_else_is_not_taken(string to, string who)
    {
        Assert.Equal(Refusal("act.wrong-addressee", "to"), Check(Request with { To = Office.Of(to) }).Refused());
        Assert.NotEmpty(who);
    }

    [Fact]
    public void An_act_of_a_Party_that_the_directory_does_not_have_is_not_taken() =>
        Assert.Equal(
            Refusal("act.party-unknown", "from"),
            Check(Request, directory: Some.Directory(Some.B.Entry)).Refused()
        );

    [Fact]
    public void A_Party_whose_root_is_confirmed_but_whose_entry_never_came_is_unknown_too()
    {
        var confirmed = Some.Directory(Some.B.Entry)
            .Confirm(Some.XA, Some.A.Entry.Root, [Some.Digest("1"), Some.Digest("2")])
            .Admitted();

        Assert.Equal(Refusal("act.party-unknown", "from"), Check(Request, directory: confirmed).Refused());
    }

    [Fact]
    public void An_act_of_an_authority_that_its_Party_does_not_list_is_not_taken() =>
        Assert.Equal(
            Refusal("act.authority-unknown", "from"),
            Check(Request with { From = Office.Of("XA/police") }).Refused()
        );

    [Fact]
    public void Only_the_authoritys_own_seal_speaks_for_it()
    {
        var byRoot = SignedAct.Parse(Some.A.Sign(Request, Some.A.Root)).Admitted();
        var byOtherParty = SignedAct.Parse(Some.A.Sign(Request, Some.B.Seal)).Admitted();

        Assert.Equal(Refusal("act.signer-unknown", "signature"), Check(byRoot, Both).Refused());
        Assert.Equal(Refusal("act.signer-unknown", "signature"), Check(byOtherParty, Both).Refused());
    }

    [Fact]
    public void A_seal_speaks_until_the_second_it_is_replaced()
    {
        Assert.Equal(
            Refusal("act.certificate-replaced", "signature"),
            Check(Request, directory: WithSeal(replaced: Now)).Refused()
        );
        Check(Request, directory: WithSeal(replaced: Now + Second)).Admitted();
    }

    [Fact]
    public void A_certificate_is_good_to_the_last_second_of_its_validity()
    {
        CheckWithSeal(from: Some.Day(-1), until: Now).Admitted();
        Assert.Equal(
            Refusal("act.certificate-expired", "signature"),
            CheckWithSeal(from: Some.Day(-1), until: Now - Second).Refused()
        );
    }

    [Fact]
    public void A_certificate_may_begin_five_minutes_ahead_and_no_second_more()
    {
        CheckWithSeal(from: Soon, until: Some.Day(9)).Admitted();
        Assert.Equal(
            Refusal("act.certificate-not-yet-valid", "signature"),
            CheckWithSeal(from: Soon + Second, until: Some.Day(9)).Refused()
        );
    }

    [Fact]
    public void A_signature_that_is_not_the_seals_is_refused()
    {
        // The last byte of the file is the last of s: still a signature in form, and another one.
        var bytes = Some.A.Sign(Request);
        bytes[^1] ^= 1;

        Assert.Equal(
            Refusal("act.signature-wrong", "signature"),
            Check(SignedAct.Parse(bytes).Admitted(), Both).Refused()
        );
    }

    [Fact]
    public void A_seal_whose_key_the_profile_cannot_use_signs_nothing() =>
        Assert.Equal(
            Refusal("act.signature-wrong", "signature"),
            Admission
                .Check(Some.A.Signed(Request), Both, Some.XB, Measure.Preservation, Now, import: _ => null)
                .Refused()
        );

    [Fact]
    public void An_authority_asks_only_for_what_it_may_ask_for()
    {
        var asks = WithPowers(new Competence(Measure.Preservation, [Power.Request]));
        var answers = WithPowers(new Competence(Measure.Preservation, [Power.Answer]));
        var other = WithPowers(new Competence(Measure.StoredData, [Power.Request, Power.Answer]));

        Check(Request, directory: asks).Admitted();
        Assert.Equal(NotCompetent, Check(Request, directory: answers).Refused());
        Assert.Equal(NotCompetent, Check(Request, directory: other).Refused());
        Assert.Equal(NotCompetent, Check(Request, directory: WithPowers()).Refused());
    }

    [Fact]
    public void An_authority_answers_only_what_it_may_answer()
    {
        var grant = Some.Act(Specimens.Bodies["grant"], concerns: Specimens.Request);
        var asks = WithPowers(new Competence(Measure.Preservation, [Power.Request]));
        var answers = WithPowers(new Competence(Measure.Preservation, [Power.Answer]));

        Check(grant, directory: answers).Admitted();
        Assert.Equal(NotCompetent, Check(grant, directory: asks).Refused());
    }

    [Theory]
    [InlineData("extend")]
    public void What_either_side_may_do_asks_for_either_power(string kind)
    {
        var act = Some.Act(Specimens.Bodies[kind], concerns: Specimens.Request);

        Check(act, directory: WithPowers(new Competence(Measure.Preservation, [Power.Request]))).Admitted();
        Check(act, directory: WithPowers(new Competence(Measure.Preservation, [Power.Answer]))).Admitted();
        Assert.Equal(
            NotCompetent,
            Check(act, directory: WithPowers(new Competence(Measure.StoredData, [Power.Request]))).Refused()
        );
    }

    [Fact]
    public void A_transcription_is_for_whoever_entered_it_and_is_taken_from_nobody() =>
        Assert.Equal(
            new Refusal("act.internal", new Citation("docs/spec/act.md", "5"), "visibility"),
            Check(Some.Act(Specimens.Bodies["transcribed"], concerns: Specimens.Request)).Refused()
        );

    [Fact]
    public void An_act_about_no_request_that_we_know_is_in_nobodys_competence() =>
        Assert.Equal(
            NotCompetent,
            Check(Some.Act(new Withdraw(null), concerns: Some.Id("unknown")), measure: null).Refused()
        );

    [Fact]
    public void An_act_of_a_kind_not_understood_is_kept_whoever_sealed_it()
    {
        var act = Some.Act(new Withdraw(null)) with { Kind = "salute", Body = new NotUnderstood("{}") };

        Check(act, directory: WithPowers(), measure: null).Admitted();
    }

    [Fact]
    public void Every_kind_but_those_kept_at_home_has_a_side_with_the_power_to_issue_it()
    {
        var admitted = ActKind.All.Where(k => k.By != Side.Internal && k.Name != "transcribed").Select(k => k.Name);

        Assert.All(
            admitted,
            kind =>
                Check(Some.Act(Specimens.Bodies[kind], concerns: kind == "request" ? null : Specimens.Request))
                    .Admitted()
        );
    }

    [Fact]
    public void Another_clock_may_be_five_minutes_ahead_and_no_second_more()
    {
        Check(Request with { Issued = Soon }).Admitted();
        Assert.Equal(Refusal("act.in-the-future", "issued"), Check(Request with { Issued = Soon + Second }).Refused());
    }

    [Fact]
    public void An_act_that_was_long_on_its_way_is_taken() =>
        Check(Request with { Issued = Some.Day(-400) }).Admitted();

    [Fact]
    public void Under_an_entry_that_has_expired_only_preservation_goes_on_and_is_flagged()
    {
        var current = EntryUntil(Now + Second);
        var expired = EntryUntil(Now);
        var other = Some.Act(Some.Request(Measure.StoredData));

        Assert.Equal(
            new Authenticated(current.Id, IsEntryExpired: false),
            Check(other, directory: Some.Directory(current, Some.B.Entry), measure: Measure.StoredData).Admitted()
        );
        Assert.Equal(
            Refusal("act.directory-expired", "from"),
            Check(other, directory: Some.Directory(expired, Some.B.Entry), measure: Measure.StoredData).Refused()
        );
        Assert.Equal(
            new Authenticated(expired.Id, IsEntryExpired: true),
            Check(Request, directory: Some.Directory(expired, Some.B.Entry)).Admitted()
        );
    }

    [Fact]
    public void A_court_checks_a_seal_without_asking_for_competence_or_addressee()
    {
        var authority = Some.A.Entry.Entry.Authorities[0];
        var signed = Some.A.Signed(Request).Signed;

        Assert.Null(Admission.CheckSeal(signed, authority, Now, PinnedKey.TryImport));
        Assert.Equal(
            Refusal("act.certificate-expired", "signature"),
            Admission.CheckSeal(signed, authority, Some.Day(701), PinnedKey.TryImport)
        );
    }

    private static Refusal NotCompetent => Refusal("act.not-competent", "from");

    private static Outcome<Authenticated> Check(
        Act act,
        PartyDirectory? directory = null,
        Measure? measure = Measure.Preservation
    ) => Check(Some.A.Signed(act), directory ?? Both, measure);

    private static Outcome<Authenticated> Check(
        SignedAct signed,
        PartyDirectory directory,
        Measure? measure = Measure.Preservation
    ) => Admission.Check(signed, directory, Some.XB, measure, Now, PinnedKey.TryImport);

    private static Outcome<Authenticated> CheckWithSeal(DateTimeOffset from, DateTimeOffset until)
    {
        using var seal = Certificates.NewSigner(Some.A.Root, "XA central authority", from, until);
        var entry = Some.A.Sign(
            Some.A.Describe(a => a with { Seals = [new SealCertificate(Certificates.TextOf(seal), null)] })
        );
        var signed = SignedAct.Parse(Some.A.Sign(Request, seal)).Admitted();
        return Check(signed, Some.Directory(entry, Some.B.Entry));
    }

    private static PartyDirectory WithSeal(DateTimeOffset replaced) =>
        Some.Directory(
            Some.A.Sign(Some.A.Describe(a => a with { Seals = [a.Seals[0] with { Replaced = replaced }] })),
            Some.B.Entry
        );

    private static PartyDirectory WithPowers(params IReadOnlyList<Competence> competences) =>
        Some.Directory(Some.A.Sign(Some.A.Describe(a => a with { Competences = competences })), Some.B.Entry);

    private static SignedEntry EntryUntil(DateTimeOffset expires) =>
        Some.A.Sign(Some.A.Describe() with { Expires = expires });

    private static Refusal Refusal(string code, string where) =>
        new(code, new Citation("docs/spec/act.md", "5"), where);
}
